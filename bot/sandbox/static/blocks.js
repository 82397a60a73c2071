// Draws blocks. A kind that is not known is drawn as its JSON, so that nothing an app sends is hidden.

import { el, link, picture } from "./dom.js";
import { interactive } from "./elements.js";
import { pictureOf } from "./files.js";
import { inputBlock } from "./inputs.js";
import { mrkdwn, plain, textObject } from "./mrkdwn.js";
import { chart, markdown, richText, table } from "./richtext.js";

const each = (value) => (Array.isArray(value) ? value : []);

export function drawBlocks(blocks, origin) {
  return each(blocks).map((block) => el("div", { class: `block block-${String(block.type).replace(/\W/g, "")}` }, drawBlock(block, origin)));
}

export function drawBlock(block, origin) {
  const draw = Object.hasOwn(KINDS, block.type) ? KINDS[block.type] : asJson;
  try {
    return draw(block, origin);
  } catch (problem) {
    return [el("p", { class: "error" }, `This block could not be drawn: ${problem.message}`), asJson(block)];
  }
}

const asJson = (value) => el("details", { open: true }, el("summary", {}, `Block of type ${value.type}`), el("pre", {}, JSON.stringify(value, null, 2)));

const image = (block, size = "large") =>
  picture(block.image_url || pictureOf(block.slack_file || {}), block.alt_text || (block.slack_file || {}).id || "", size);

const pressable = (block, origin) => (element) => interactive(element, block, origin);

function section(block, origin) {
  return [
    el("div", { class: "words" }, textObject(block.text),
      block.fields ? el("div", { class: "fields" }, each(block.fields).map((field) => el("div", {}, textObject(field)))) : null),
    block.accessory ? el("div", { class: "accessory" }, accessory(block, origin)) : null,
  ];
}

const accessory = (block, origin) => (block.accessory.type === "image" ? image(block.accessory, "small") : interactive(block.accessory, block, origin));

const header = (block) => el("p", { class: "header", role: "heading", "aria-level": String((Number(block.level) || 1) + 2) }, textObject(block.text));

const context = (block) => el("div", { class: "context" }, each(block.elements).map((one) =>
  one.type === "image" ? image(one, "tiny") : el("span", {}, textObject(one))));

const actions = (block, origin) => el("div", { class: "actions" }, each(block.elements).map(pressable(block, origin)));

const figure = (block) => el("figure", {}, block.title ? el("figcaption", {}, textObject(block.title)) : null, image(block));

const card = (block, origin) => el("article", { class: "card" },
  block.hero_image ? image(block.hero_image) : null,
  el("p", { class: "header" }, block.icon ? image(block.icon, "tiny") : null, textObject(block.title)),
  block.subtitle ? el("p", { class: "quiet" }, textObject(block.subtitle)) : null,
  el("div", {}, textObject(block.body)),
  block.subtext ? el("p", { class: "quiet" }, textObject(block.subtext)) : null,
  block.actions ? el("div", { class: "actions" }, each(block.actions).map(pressable(block, origin))) : null);

function container(block, origin) {
  const title = [
    block.icon ? image(block.icon, "tiny") : null,
    block.rich_text_title ? richText(block.rich_text_title) : el("strong", {}, textObject(block.title)),
    block.subtitle ? el("span", { class: "quiet" }, " ", textObject(block.subtitle)) : null,
  ];
  const inside = drawBlocks(block.child_blocks, origin);
  if (!block.is_collapsible) return el("div", { class: "card" }, el("div", {}, title), inside);
  return el("details", { class: "card", open: !block.default_collapsed }, el("summary", {}, title), inside);
}

const STATUS = { pending: "to do", in_progress: "in progress", complete: "done", error: "failed" };

const task = (block) => el("details", { class: "card" },
  el("summary", {}, block.title || block.task_id, el("span", { class: "quiet" }, ` (${STATUS[block.status] || block.status})`)),
  block.details ? richText(block.details) : null,
  block.output ? richText(block.output) : null,
  each(block.sources).map((source) => el("p", {}, link(source.url, source.text || source.url))));

const plan = (block) => el("div", { class: "card" }, el("p", { class: "header" }, plain(block.title || "")), each(block.tasks).map(task));

const video = (block) => el("figure", {},
  el("figcaption", {}, block.title_url ? link(block.title_url, textObject(block.title)) : textObject(block.title)),
  el("p", {}, "Video: ", link(block.video_url, block.alt_text || block.video_url)),
  block.description ? el("p", { class: "quiet" }, textObject(block.description)) : null);

const feedback = (block, origin) => el("div", { class: "actions" }, each(block.elements).map(pressable(block, origin)));

const KINDS = {
  section, header, context, actions, card, container, plan, video,
  divider: () => el("hr"),
  image: figure,
  input: inputBlock,
  rich_text: richText,
  markdown: (block) => markdown(block.text || ""),
  table: (block) => table(block),
  data_table: (block) => table(block, block.caption),
  data_visualization: chart,
  carousel: (block, origin) => el("div", { class: "carousel", tabindex: "0", role: "group", "aria-label": "Cards" }, each(block.elements).map((one) => card(one, origin))),
  context_actions: feedback,
  task_card: task,
  alert: (block) => el("div", { class: `alert ${String(block.level || "default").replace(/\W/g, "")}`, role: "note" }, textObject(block.text)),
  file: (block) => el("p", {}, `File ${block.external_id || ""}`),
};

export const drawText = (text) => mrkdwn(text || "");

// Rich text blocks, standard markdown, tables and charts.

import { el, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { channelLink, mention } from "./mrkdwn.js";
import { dateText } from "./time.js";

const each = (value) => (Array.isArray(value) ? value : []);

export function richText(block) {
  return each(block.elements).map(part);
}

function part(one) {
  const inside = () => each(one.elements).map(piece);
  switch (one.type) {
    case "rich_text_section":
      return el("p", { class: "line" }, inside());
    case "rich_text_quote":
      return el("blockquote", {}, inside());
    case "rich_text_preformatted":
      return el("pre", {}, el("code", {}, each(one.elements).map((text) => text.text || text.url || "")));
    case "rich_text_list":
      return el(one.style === "ordered" ? "ol" : "ul", { class: `indent-${Number(one.indent) || 0}` },
        each(one.elements).map((row) => el("li", {}, each(row.elements).map(piece))));
    default:
      return el("pre", {}, JSON.stringify(one));
  }
}

function piece(one) {
  return styled(bare(one), one.style || {});
}

function bare(one) {
  switch (one.type) {
    case "text":
      return one.text || "";
    case "link":
      return link(one.url, one.text || one.url);
    case "user":
      return mention("user", one.user_id);
    case "usergroup":
      return mention("usergroup", one.usergroup_id);
    case "broadcast":
      return mention("broadcast", one.range);
    case "channel":
      return channelLink(one.channel_id);
    case "emoji":
      return emoji(one.name) || `:${one.name}:`;
    case "date":
      return dateText(one.format || "{date}", Number(one.timestamp) || 0);
    case "color":
      return el("code", {}, one.value || "");
    default:
      return el("code", {}, JSON.stringify(one));
  }
}

function styled(node, style) {
  const tags = { code: "code", bold: "strong", italic: "em", strike: "s", underline: "u" };
  return Object.entries(tags).reduce((inner, [name, tag]) => (style[name] ? el(tag, {}, inner) : inner), node);
}

// The part of standard markdown that messages use: headings, lists, quotes, code, emphasis, links.
export function markdown(text) {
  const nodes = [];
  String(text).split(/^```.*$/m).forEach((chunk, place) => {
    if (place % 2) nodes.push(el("pre", {}, el("code", {}, chunk.replace(/^\n|\n$/g, ""))));
    else nodes.push(...chunk.split("\n").filter((row) => row.trim()).map(markdownLine));
  });
  return nodes;
}

function markdownLine(row) {
  const heading = row.match(/^(#{1,6})\s+(.*)$/);
  if (heading) return el("p", { class: "heading", role: "heading", "aria-level": String(heading[1].length + 2) }, inlineMarkdown(heading[2]));
  const item = row.match(/^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/);
  if (item) return el("p", { class: "item" }, item[1] ? `${item[1]}. ` : "• ", inlineMarkdown(item[2]));
  const quote = row.match(/^>\s?(.*)$/);
  return quote ? el("blockquote", {}, inlineMarkdown(quote[1])) : el("p", { class: "line" }, inlineMarkdown(row));
}

const MARKDOWN = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)|(?<!\w)[*_]([^*_\s][^*_]*)[*_](?!\w)|~~([^~]+)~~/g;

function inlineMarkdown(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(MARKDOWN)) {
    nodes.push(text.slice(end, found.index));
    const [, code, bold, label, address, italic, struck] = found;
    if (code) nodes.push(el("code", {}, code));
    else if (bold) nodes.push(el("strong", {}, bold));
    else if (label) nodes.push(link(address, label));
    else if (italic) nodes.push(el("em", {}, italic));
    else nodes.push(el("s", {}, struck));
    end = found.index + found[0].length;
  }
  nodes.push(text.slice(end));
  return nodes;
}

export function table(block, caption) {
  const [head, ...rows] = each(block.rows);
  const align = (place) => `cell-${((each(block.column_settings)[place] || {}).align) || "left"}`;
  const cells = (row, tag) => each(row).map((cell, place) =>
    el(tag, { class: align(place), scope: tag === "th" ? "col" : null }, cellContent(cell)));
  return el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": caption || "Table" },
    el("table", {}, caption ? el("caption", {}, caption) : null,
      el("thead", {}, el("tr", {}, cells(head, "th"))),
      el("tbody", {}, rows.map((row) => el("tr", {}, cells(row, "td"))))));
}

function cellContent(cell) {
  if (cell && cell.type === "rich_text") return richText(cell);
  return [String((cell || {}).text ?? (cell || {}).value ?? "")];
}

// A chart as figures with bars: readable by eye and by ear.
export function chart(block) {
  const drawn = block.chart || {};
  const groups = drawn.type === "pie"
    ? [{ name: "", points: each(drawn.segments) }]
    : each(drawn.series).map((series) => ({ name: series.name, points: each(series.data) }));
  const most = Math.max(1, ...groups.flatMap((group) => group.points.map((point) => Math.abs(Number(point.value)) || 0)));
  return el("figure", { class: "chart" }, el("figcaption", {}, `${block.title || "Chart"} (${drawn.type || "unknown"})`),
    groups.map((group) => el("table", {}, group.name ? el("caption", {}, group.name) : null,
      el("tbody", {}, group.points.map((point) => el("tr", {},
        el("th", { scope: "row" }, String(point.label)),
        el("td", {}, el("meter", { min: 0, max: most, value: Math.abs(Number(point.value)) || 0, "aria-hidden": "true" })),
        el("td", { class: "cell-right" }, String(point.value))))))));
}

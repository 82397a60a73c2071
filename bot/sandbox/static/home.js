// What one takes home from a tour: a form whose answer is a file for one's own team, to copy or to keep.

import { post } from "./api.js";
import { byId, el, freshId, keepToasts, link, replace, say } from "./dom.js";

let drawn = null;
let asked = 0;

export function openHome(home) {
  if (drawn !== home) draw(home);
  drawn = home;
  byId("take-home").showModal();
}

function draw(home) {
  const result = el("div", { class: "result", role: "status" });
  const form = el("form", { novalidate: true, autocomplete: "off", onsubmit: (event) => {
    event.preventDefault();
    answer(home, form, result);
  } },
  el("h2", { id: "take-home-title" }, home.title), el("p", {}, home.intro),
  home.fields.map((field) => (field.rows ? rows(field) : input(field, field.name, field.value))),
  el("footer", {},
    el("button", { type: "button", onclick: () => byId("take-home").close() }, "Close"),
    el("button", { type: "submit", class: "primary" }, home.button)),
  result,
  el("h3", {}, "Then"),
  el("ol", { class: "numbered" },
    el("li", {}, link(home.link, home.link_label), el("span", { class: "quiet" }, " (opens Slack)")),
    home.commands.map(([says, command]) => el("li", {}, says, el("pre", { tabindex: "0" }, command)))));
  replace(byId("take-home"), form);
}

// A part that repeats, such as the functions of a group: each row is a group of fields.
function rows(field) {
  return el("fieldset", {}, el("legend", {}, field.label), field.rows.map((values, nth) =>
    el("div", { class: "row", role: "group", "aria-label": `${field.label} ${nth + 1}` },
      field.fields.map((one) => input(one, `${field.name}.${nth}.${one.name}`, values[one.name])))));
}

function input(field, name, value = "") {
  const id = freshId("home");
  const facts = { id, name, "aria-describedby": `${id}-error` };
  const box = field.options
    ? el("select", facts, field.options.map(([option, words]) => el("option", { value: option, selected: option === value }, words)))
    : el("input", { ...facts, value, placeholder: field.placeholder });
  return el("div", { class: "field" }, el("label", { for: id }, field.label), box, el("p", { class: "error", id: `${id}-error` }));
}

async function answer(home, form, result) {
  const boxes = [...form.elements].filter((box) => box.name);
  asked += 1;
  const mine = asked;
  const given = await post(`ask/${home.ask}`, Object.fromEntries(boxes.map((box) => [box.name, box.value])));
  // What she has asked for since then is answered later.
  if (mine !== asked) return;
  const problems = given.problems || [];
  for (const box of boxes) {
    const wrong = problems.find((one) => one.field === box.name);
    byId(box.getAttribute("aria-describedby")).textContent = wrong ? wrong.message : "";
    box.setAttribute("aria-invalid", String(Boolean(wrong)));
  }
  const first = boxes.find((box) => box.getAttribute("aria-invalid") === "true");
  if (first) first.focus();
  const names = boxes.map((box) => box.name);
  const others = problems.filter((one) => !names.includes(one.field)).map((one) => el("p", { class: "error" }, one.message));
  if (given.ok === false || !given.text) {
    replace(result, others, given.ok === false ? el("p", { class: "error" }, given.shown || given.error) : null);
    return;
  }
  replace(result, el("h3", {}, home.file), el("pre", { tabindex: "0", "aria-label": home.file }, given.text),
    el("footer", {},
      el("button", { type: "button", onclick: () => copy(given.text) }, "Copy"),
      el("button", { type: "button", onclick: () => download(home.file, given.text) }, `Download ${home.file}`)));
  result.scrollIntoView({ block: "nearest" });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say("Copied.");
  } catch {
    say("This browser does not let a page copy: select the text, or download it.", "error");
  }
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

export const startHome = () => keepToasts(byId("take-home"));

// Input blocks: a label, a control, a hint and a place for its error.

import { ANSWER, asEntered, control, payload, spoken } from "./choices.js";
import { press } from "./elements.js";
import { el, freshId, replace } from "./dom.js";
import { plain, textObject } from "./mrkdwn.js";

const TYPED = { plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "text", rich_text_input: "text" };

export function inputBlock(block, origin) {
  const element = asEntered(block.element || {}, block, origin.entered);
  const id = freshId("input");
  const error = el("p", { class: "error", id: `${id}-error` });
  const hint = block.hint ? el("p", { class: "quiet", id: `${id}-hint` }, textObject(block.hint)) : null;
  const props = {
    id, "aria-describedby": [hint && hint.id, error.id].filter(Boolean).join(" "), "aria-labelledby": `${id}-label`,
    "aria-required": block.optional ? null : "true", autofocus: element.focus_on_load === true, "data-key": `${block.block_id}/${element.action_id}`,
  };
  const made = Object.hasOwn(TYPED, element.type) ? typed(element, props, block, origin) : chosen(element, props, block, origin);
  if (origin.fields) origin.fields.push({ block, element, made, began: JSON.stringify(made.read()), refuse: refuser(made, error) });
  const label = el("label", { id: `${id}-label`, for: id }, textObject(block.label), block.optional ? el("span", { class: "quiet" }, " (optional)") : null);
  return el("div", { class: "field" }, label, made.node, hint, error);
}

const refuser = (made, error) => (sentence) => {
  replace(error, ...(sentence ? [sentence] : []));
  const target = made.node.matches("input,select,textarea") ? made.node : made.node.querySelector("input,select,textarea");
  if (!target) return;
  if (sentence) target.setAttribute("aria-invalid", "true");
  else target.removeAttribute("aria-invalid");
};

function typed(element, props, block, origin) {
  const long = element.multiline || element.type === "rich_text_input";
  const shared = { ...props, placeholder: plain((element.placeholder || {}).text || ""), maxlength: element.max_length, inputmode: element.type === "number_input" ? "decimal" : null };
  const node = long ? el("textarea", { ...shared, rows: "4" }) : el("input", { ...shared, type: TYPED[element.type], autocomplete: "off" });
  node.value = initialText(element);
  if (block.dispatch_action) dispatching(node, element, block, origin);
  else if (!origin.fields) node.addEventListener("change", () => press(element, block, origin, { value: node.value }));
  return { node, read: () => (node.value === "" ? null : node.value), write: (value) => { node.value = value ?? ""; } };
}

function initialText(element) {
  const value = element.initial_value ?? "";
  if (typeof value === "string") return value;
  const pieces = [];
  const walk = (part) => {
    if (part && typeof part.text === "string") pieces.push(part.text);
    for (const inner of (part && part.elements) || []) walk(inner);
    if (part && part.type === "rich_text_section") pieces.push("\n");
  };
  walk(value);
  return pieces.join("").trim();
}

function dispatching(node, element, block, origin) {
  const when = (element.dispatch_action_config || {}).trigger_actions_on || ["on_enter_pressed"];
  const send = () => press(element, block, origin, { value: node.value }, node);
  if (when.includes("on_character_entered")) node.addEventListener("input", send);
  if (!when.includes("on_enter_pressed")) return;
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send();
  });
}

function chosen(element, props, block, origin) {
  if (element.type === "file_input") {
    const node = el("p", { class: "quiet" }, "Files cannot be chosen in the sandbox.");
    return { node, fillable: false, read: () => null, write: () => undefined };
  }
  if (!Object.hasOwn(ANSWER, element.type)) {
    const node = el("pre", {}, JSON.stringify(element, null, 2));
    return { node, fillable: false, read: () => null, write: () => undefined };
  }
  // A message has no button of its own that would send its fields: the sandbox is told of each as it is filled in.
  const told = block.dispatch_action || !origin.fields;
  const made = control(element, { ...props, onchange: told ? () => dispatch() : undefined }, origin, block);
  const dispatch = () => press(element, block, origin, payload(element, made.read()), made.node);
  return made;
}

// What a form holds: {block_id: plain value}, null or an empty list for what was emptied.
export function valuesOf(fields) {
  const filled = fields.filter((field) => field.made.fillable !== false);
  return Object.fromEntries(filled.filter(changedExternal).map(({ block, element, made }) => [block.block_id, spoken(element, made.read())]));
}

// The app is asked again for every option of an external menu, by its words; what did not change need not be asked.
const changedExternal = ({ element, made, began }) => !element.type.includes("external") || JSON.stringify(made.read()) !== began;

// Carries what was typed over to the drawing of an updated view, where block and action are still the same.
export function carryOver(before, after) {
  for (const field of after) {
    const same = before.find((one) => one.block.block_id === field.block.block_id && one.element.action_id === field.element.action_id && one.element.type === field.element.type);
    if (same) field.made.write(same.made.read());
  }
}

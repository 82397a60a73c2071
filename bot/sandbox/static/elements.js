// Elements that act at once when they are used: buttons, menus and pickers outside of forms.

import { act } from "./api.js";
import { ANSWER, asEntered, control, payload } from "./choices.js";
import { byId, el, once, replace, safeAddress } from "./dom.js";
import { plain, textObject } from "./mrkdwn.js";

const each = (value) => (Array.isArray(value) ? value : []);

export function interactive(element, block, origin) {
  const draw = { button, workflow_button: button, icon_button: iconButton, overflow, feedback_buttons: feedbackButtons }[element.type];
  if (draw) return draw(element, block, origin);
  if (Object.hasOwn(ANSWER, element.type) && element.type !== "rich_text_input") return menu(element, block, origin);
  return el("pre", {}, JSON.stringify(element, null, 2));
}

// Presses the element: asks first where the app wants that, and says so while it is under way.
export async function press(element, block, origin, answer, node, address) {
  if (element.confirm && !(await confirmed(element.confirm))) return false;
  const href = address ? safeAddress(address) : null;
  if (href) window.open(href, "_blank", "noopener,noreferrer");
  if (node) node.setAttribute("aria-busy", "true");
  if (origin.keep) await origin.keep();
  const result = await act("press", { ...origin.target, action_id: element.action_id, block_id: block.block_id, ...answer });
  if (node) node.removeAttribute("aria-busy");
  if (origin.after) origin.after(result);
  return result.ok !== false;
}

function button(element, block, origin) {
  const style = ["primary", "danger"].includes(element.style) ? element.style : "";
  const node = el("button", { type: "button", class: style, "data-key": keyOf(element, block), "aria-label": element.accessibility_label, onclick: once(() =>
    press(element, block, origin, element.value === undefined ? {} : { value: element.value }, node, element.url)) }, textObject(element.text));
  return node;
}

function iconButton(element, block, origin) {
  return button({ ...element, accessibility_label: element.accessibility_label || plain((element.text || {}).text || element.icon) }, block, origin);
}

function feedbackButtons(element, block, origin) {
  return [element.positive_button, element.negative_button].filter(Boolean).map((one) =>
    button({ ...one, action_id: element.action_id }, block, origin));
}

function overflow(element, block, origin) {
  const node = el("details", { class: "overflow" }, el("summary", { "aria-label": "More actions" }, "⋯"),
    el("div", { class: "menu" }, each(element.options).map((option) => el("button", { type: "button", onclick: () => {
      node.open = false;
      press(element, block, origin, { selected_option: option }, node, option.url);
    } }, textObject(option.text)))));
  return node;
}

function menu(given, block, origin) {
  const element = asEntered(given, block, origin.entered);
  const name = plain((element.placeholder || {}).text || (block.text || {}).text || element.type.replace(/_/g, " "));
  const send = async () => {
    const value = made.read();
    if (!(await press(element, block, origin, payload(element, value), made.node)) && element.confirm) made.write(before);
    else before = value;
  };
  const listed = element.type.startsWith("multi_") || element.type === "multi_external_select";
  const made = control(element, { "aria-label": name, "data-key": keyOf(element, block), onchange: listed ? undefined : send }, origin, block);
  let before = made.read();
  // A menu of many is sent once, as Slack sends it when the menu closes.
  return listed ? el("div", { class: "many" }, made.node, el("button", { type: "button", onclick: send }, "Done")) : made.node;
}

const keyOf = (element, block) => `${block.block_id || ""}/${element.action_id || ""}/${element.value || ""}`;

function confirmed(asked) {
  const dialog = byId("confirm");
  return new Promise((resolve) => {
    const close = (answer) => () => {
      dialog.close();
      resolve(answer);
    };
    replace(byId("confirm-content"),
      el("h2", { id: "confirm-title" }, textObject(asked.title)),
      el("div", {}, textObject(asked.text)),
      el("div", { class: "actions" },
        el("button", { type: "button", class: asked.style === "danger" ? "danger" : "primary", onclick: close(true) }, textObject(asked.confirm)),
        el("button", { type: "button", onclick: close(false) }, textObject(asked.deny))));
    dialog.oncancel = (event) => {
      event.preventDefault();
      close(false)();
    };
    dialog.showModal();
  });
}

// While somebody types a slash command: which there are, and what may follow the one that is typed.

import { byId, el, replace } from "./dom.js";
import { completions, hint } from "./steps.js";
import { store } from "./store.js";

let chosen = 0;
let closed = false;

export function startCompletion() {
  const form = byId("composer");
  const box = form.elements.text;
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", "completions");
  box.addEventListener("input", () => {
    chosen = 0;
    closed = false;
    draw(box);
  });
  box.addEventListener("blur", () => hide(box));
  form.addEventListener("submit", () => hide(box));
  // Before the composer itself hears the key, since Enter sends.
  form.addEventListener("keydown", (event) => {
    if (event.target === box && pressed(event, box)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
}

const found = (box) => (closed ? [] : completions(box.value, store.commands));

function pressed(event, box) {
  const list = found(box);
  if (!list.length || event.isComposing) return false;
  if (event.key === "Escape") {
    hide(box);
    closed = true;
    return true;
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    chosen = (chosen + (event.key === "ArrowDown" ? 1 : list.length - 1)) % list.length;
    draw(box);
    return true;
  }
  const whole = list[chosen].command === box.value;
  if (whole || event.shiftKey || (event.key !== "Enter" && event.key !== "Tab")) return false;
  take(box, list[chosen]);
  return true;
}

function take(box, one) {
  box.value = `${one.command} `;
  draw(box);
  box.focus();
}

function draw(box) {
  const list = found(box);
  replace(byId("completions"), list.map((one, nth) => el("li", {
    id: `completion-${nth}`, role: "option", "aria-selected": String(nth === chosen),
    onmousedown: (event) => {
      event.preventDefault();
      take(box, one);
    },
  }, el("code", {}, [one.command, one.usage_hint].filter(Boolean).join(" ")), " ", el("span", {}, one.description || ""))));
  byId("completions").hidden = !list.length;
  byId("usage").textContent = hint(box.value, store.commands);
  if (list.length) {
    box.setAttribute("aria-activedescendant", `completion-${chosen}`);
    byId(`completion-${chosen}`).scrollIntoView({ block: "nearest" });
  } else box.removeAttribute("aria-activedescendant");
}

function hide(box) {
  replace(byId("completions"));
  byId("completions").hidden = true;
  byId("usage").textContent = "";
  box.removeAttribute("aria-activedescendant");
}

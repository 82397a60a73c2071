// The stack of open modals: the top one is shown, kept while it is the same, carried over when it is updated.

import { act } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { byId, el, once, replace } from "./dom.js";
import { carryOver, valuesOf } from "./inputs.js";
import { textObject } from "./mrkdwn.js";
import { nameOf, store } from "./store.js";

let shown = { id: "", hash: "", me: "", fields: [] };
let refresh = async () => undefined;

export function startModals(onChange) {
  refresh = onChange;
  byId("modal").addEventListener("cancel", (event) => {
    event.preventDefault();
    close(false);
  });
  // Whoever presses Escape twice closes it without asking us: it stays as long as it is there.
  byId("modal").addEventListener("close", () => {
    if (!shown.id || byId("modal").open) return;
    byId("modal").showModal();
    focus(byId("modal"), null);
  });
}

export function drawModals() {
  const dialog = byId("modal");
  const view = store.views[store.views.length - 1];
  if (!view) {
    shown = { id: "", hash: "", me: "", fields: [] };
    if (dialog.open) leave(dialog);
    return;
  }
  if (shown.id === view.id && shown.hash === view.hash && shown.me === store.me) return;
  draw(dialog, view);
  if (!dialog.open) dialog.showModal();
}

// Chromium gives the focus back without a caret: what is typed next would be lost unless the field is entered anew.
function leave(dialog) {
  dialog.close();
  const field = document.activeElement;
  field.blur();
  field.focus();
}

function draw(dialog, view) {
  const before = shown.id === view.id && shown.me === store.me ? shown.fields : [];
  const focused = before.length && document.activeElement ? document.activeElement.dataset.key : null;
  const fields = [];
  const origin = { target: { user: store.me, view_id: view.id }, fields, entered: (view.state || {}).values, after: refresh };
  // What was typed so far goes along when something in the form is pressed.
  origin.keep = () => act("fill", { ...origin.target, values: valuesOf(fields) });
  const form = el("form", { novalidate: true, onsubmit: (event) => submit(event, view, fields) },
    el("header", {}, el("h2", { id: "modal-title" }, textObject(view.title)),
      el("button", { type: "button", class: "plain", "aria-label": "Close all", onclick: () => close(true) }, "✕")),
    store.views.length > 1 ? el("p", { class: "quiet" }, `Step ${store.views.length} of this form, from ${nameOf(view.app_id || view.bot_id)}`) : null,
    el("p", { class: "error", id: "modal-error", role: "alert" }),
    el("div", { class: "body" }, drawBlocks(view.blocks, origin)),
    el("footer", {},
      el("button", { type: "button", onclick: () => close(false) }, view.close ? textObject(view.close) : "Close"),
      view.submit ? el("button", { type: "submit", class: "primary" }, textObject(view.submit)) : null));
  replace(byId("modal-content"), form);
  carryOver(before, fields);
  shown = { id: view.id, hash: view.hash, me: store.me, fields };
  focus(dialog, focused);
}

function focus(dialog, key) {
  const again = key ? [...dialog.querySelectorAll("[data-key]")].find((node) => node.dataset.key === key) : null;
  const first = again || dialog.querySelector("[autofocus]") || dialog.querySelector(".body input, .body select, .body textarea, .body button, footer button");
  if (first) setTimeout(() => first.focus(), 0);
}

async function submit(event, view, fields) {
  event.preventDefault();
  fields.forEach((field) => field.refuse(""));
  replace(byId("modal-error"));
  const button = event.target.querySelector("button[type=submit]");
  if (button) button.disabled = true;
  const { me } = store;
  const answer = await act("submit", { user: me, view_id: view.id, values: valuesOf(fields) });
  // What has been sent is gone or drawn anew a moment later, and is not sent again until then.
  if (button) button.disabled = answer.ok !== false && !answer.errors;
  // She may have another form before her by now, or this one drawn anew.
  if (shown.id === view.id && shown.me === me) showErrors(answer, shown.fields);
  await refresh();
}

function showErrors(answer, fields) {
  const errors = Object.entries(answer.errors || {});
  for (const [key, sentence] of errors) {
    const field = fields.find(({ block, element }) => block.block_id === key || element.action_id === key);
    if (field) field.refuse(sentence);
    else byId("modal-error").append(`${sentence} `);
  }
  if (answer.ok === false && !errors.length) replace(byId("modal-error"), answer.shown || answer.error || "");
  const wrong = byId("modal").querySelector("[aria-invalid]");
  if (wrong) wrong.focus();
}

const close = once(async (all) => {
  const view = store.views[store.views.length - 1];
  const answer = view ? await act("close", { user: store.me, view_id: view.id, all }) : {};
  if (answer.ok !== false) await refresh();
});

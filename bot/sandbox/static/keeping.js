// What this tab keeps while one looks elsewhere, and when the page is loaded anew: what is written and not yet sent,
// and how far one had read.

import { byId } from "./dom.js";
import { ofTab } from "./storage.js";
import { hereNow, store } from "./store.js";

export const keep = (kind, place, value) => ofTab.write(`${kind} ${place}`, value ? JSON.stringify(value) : null);

export const recall = (kind, place) => JSON.parse(ofTab.read(`${kind} ${place}`) || "null");

// The boxes in which one writes, and whose place the text in each of them belongs to.
const BOXES = {
  composer: hereNow,
  "thread-composer": () => (store.thread ? `${hereNow()}/${store.thread}` : ""),
};
const written = {};
// The places whose words are on their way.
const sending = new Set();
// Files cannot be kept when the page is loaded anew: a browser lets nobody but a person choose them.
const attached = new Map();

export const placeOf = (form) => BOXES[form.id]();

export function keepDrafts() {
  for (const [id, place] of Object.entries(written)) {
    const { text, files } = byId(id).elements;
    keep("draft", place, text.value);
    attached.set(place, files.files);
  }
}

// Puts what was begun here into the boxes, once one has come here.
export function bringDrafts() {
  keepDrafts();
  for (const [id, here] of Object.entries(BOXES)) {
    const place = here();
    if (written[id] === place) continue;
    written[id] = place;
    const { text, files } = byId(id).elements;
    text.value = recall("draft", place) || "";
    // What is on its way from the place before holds nobody up here; what was written here and is on its way stays.
    text.disabled = sending.has(place);
    files.files = attached.get(place) || new DataTransfer().files;
    files.dispatchEvent(new Event("change"));
  }
}

// Says that what is written in a box goes on its way, and answers for its place; nothing where it is on its way already.
export function beginSending(form) {
  const place = placeOf(form);
  if (sending.has(place)) return null;
  sending.add(place);
  form.elements.text.disabled = true;
  return place;
}

export function endSending(form, place) {
  sending.delete(place);
  if (placeOf(form) === place) form.elements.text.disabled = false;
}

// It is sent, wherever one looks by now. Answers whether the box still is that place's.
export function forgetDraft(form, place) {
  keep("draft", place, "");
  attached.delete(place);
  return written[form.id] === undefined || written[form.id] === place;
}

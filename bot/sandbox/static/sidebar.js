// Who I am, where I can look, my status.

import { act } from "./api.js";
import { byId, el, once, renew, replace } from "./dom.js";
import { emoji } from "./emoji.js";
import { botDirect, channelName, go, isDirect, nameOf, store } from "./store.js";
import { wallToEpoch } from "./time.js";

export function startSidebar(onChange) {
  byId("me").addEventListener("change", (event) => go({ me: event.target.value, place: placeFor() }));
  byId("menu").addEventListener("click", () => showMenu(!document.body.classList.contains("menu-open")));
  byId("status-open").addEventListener("click", () => {
    fillStatus();
    byId("status").showModal();
  });
  byId("status-cancel").addEventListener("click", () => byId("status").close());
  byId("status-form").addEventListener("submit", (event) => {
    event.preventDefault();
    setStatus(event.target, onChange);
  });
}

const setStatus = once(async (form, onChange) => {
  const { emoji: face, text, until } = form.elements;
  const expiration = until.value ? Math.round(wallToEpoch(until.value)) : 0;
  const answer = await act("status", { user: store.me, text: text.value, emoji: face.value, expiration });
  if (answer.ok === false) return;
  byId("status").close();
  await onChange();
});

// Somebody else may not see the channel that is open; the app's Home and the log are open to all.
const placeFor = () => (["home", "log", "time", "@bot"].includes(store.place) || String(store.place).startsWith("C") ? store.place : "@bot");

export function showMenu(open) {
  document.body.classList.toggle("menu-open", open);
  byId("menu").setAttribute("aria-expanded", String(open));
}

function statusOf(id) {
  const person = store.people.get(id) || {};
  const profile = person.profile || {};
  return { text: profile.status_text || "", emoji: profile.status_emoji || "" };
}

function fillStatus() {
  const { text, emoji: face } = statusOf(store.me);
  const form = byId("status-form").elements;
  form.text.value = text;
  form.emoji.value = face;
  form.until.value = "";
}

export function drawSidebar() {
  drawPeople();
  const status = statusOf(store.me);
  const face = status.emoji.replace(/:/g, "");
  byId("status-open").textContent = status.text || status.emoji ? `${emoji(face) || status.emoji} ${status.text}`.trim() : "Set a status";
  byId("team").textContent = store.team || "Sandbox";
  document.title = `${placeName()} · ${store.team || "Sandbox"}`;
  const rooms = store.channels.filter((channel) => !isDirect(channel));
  const direct = store.channels.filter((channel) => isDirect(channel) && channel !== botDirect());
  renew(byId("rooms"), rooms.map(entry));
  renew(byId("direct"), [appEntry(), ...direct.map(entry)]);
  byId("direct-title").hidden = false;
  for (const anchor of document.querySelectorAll("[data-place]")) {
    anchor.setAttribute("href", address(anchor.dataset.place));
    current(anchor, anchor.dataset.place);
  }
}

function drawPeople() {
  const choose = byId("me");
  const people = [...store.people.values()].filter((person) => !person.is_bot);
  const print = JSON.stringify(people.map((person) => [person.id, nameOf(person.id), person.deleted]));
  if (choose.dataset.print !== print) {
    choose.dataset.print = print;
    replace(choose, people.map((person) => el("option", { value: person.id, disabled: Boolean(person.deleted) }, label(person))));
  }
  choose.value = store.me;
}

function label(person) {
  const guest = person.is_restricted || person.is_ultra_restricted ? " (guest)" : "";
  return `${nameOf(person.id)}${guest}${person.is_stranger ? " (another company)" : ""}${person.deleted ? " (deactivated)" : ""} · ${person.tz || "UTC"}`;
}

export const placeName = () => ({ home: "Home", log: "Wire log", time: "Time" }[store.place] || channelName(store.place));

const address = (place) => `#/${encodeURIComponent(store.me)}/${encodeURIComponent(place)}`;

function current(anchor, place) {
  if (store.place === place) anchor.setAttribute("aria-current", "page");
  else anchor.removeAttribute("aria-current");
}

// What she looks at she reads, and is told so a moment later.
function entry(channel) {
  const count = store.place === channel.id ? 0 : channel.unread;
  const marks = [channel.kind === "private" ? "private" : "", channel.is_archived ? "archived" : "", channel.is_ext_shared ? "shared" : ""].filter(Boolean);
  return row(channel.id, channelName(channel.id), count, marks);
}

function appEntry() {
  const direct = botDirect() || {};
  const looking = ["@bot", direct.id].includes(store.place);
  const made = row("@bot", channelName("@bot"), looking ? 0 : direct.unread || 0, ["app"]);
  if (direct.id && store.place === direct.id) made.firstChild.setAttribute("aria-current", "page");
  return made;
}

function row(place, name, count, marks) {
  const anchor = el("a", { href: address(place), class: count ? "unread" : "", "data-key": place }, el("span", {}, name),
    marks.map((mark) => el("span", { class: "tag" }, mark)),
    count ? el("span", { class: "badge", "aria-label": `${count} unread` }, String(count)) : null);
  current(anchor, place);
  return el("li", {}, anchor);
}

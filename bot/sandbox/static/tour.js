// A guided tour that whoever starts this workspace may bring along: one thing to do at a time, and the place for it.

import { watchActs } from "./api.js";
import { jump } from "./clock.js";
import { byId, el, replace } from "./dom.js";
import { openHome } from "./home.js";
import { bringDrafts } from "./keeping.js";
import { mrkdwn } from "./mrkdwn.js";
import { kept, met } from "./steps.js";
import { ofBrowser } from "./storage.js";
import { channelName, go, nameOf, now, store } from "./store.js";

const tour = JSON.parse(byId("tour-data").textContent);
const key = tour ? `tour ${tour.id}` : "";
let state = { at: 0, open: false };
let shown = "";

const back = el("button", { type: "button", onclick: () => step(-1) }, "Back");
const next = el("button", { type: "button", onclick: () => step(1) });

export function startTour() {
  byId("tour-open").hidden = !tour;
  if (!tour) return;
  state = kept(ofBrowser.read(key), tour.steps.length);
  byId("tour-open").addEventListener("click", () => {
    keep({ open: !state.open });
    if (state.open) byId("tour").focus();
  });
  watchActs((act, body) => happened({ act, user: body.user, text: body.text || "" }));
  // The same tour in another window of this browser goes on there and here alike.
  window.addEventListener("storage", (event) => {
    if (event.key !== key) return;
    state = kept(event.newValue, tour.steps.length);
    drawTour();
  });
}

function keep(change) {
  state = { ...state, ...change };
  ofBrowser.write(key, JSON.stringify(state));
  drawTour();
}

function step(by) {
  const at = state.at + by;
  if (at < tour.steps.length) keep({ at: Math.max(at, 0) });
  else close();
}

function close() {
  keep({ open: false });
  byId("tour-open").focus();
}

// What was waited for has happened: the tour goes on by itself, and says so to those who do not see it.
function happened(what) {
  const { until } = tour.steps[state.at];
  if (!state.open || !until || !met(until, { place: store.place, user: store.me, now: now(), ...what })) return;
  step(1);
  byId("announce").textContent = `Done. Next: ${tour.steps[state.at].title}`;
}

export function drawTour() {
  if (!tour) return;
  byId("tour").hidden = !state.open;
  byId("tour-open").setAttribute("aria-expanded", String(state.open));
  if (!state.open) {
    shown = "";
    return;
  }
  const print = JSON.stringify([state.at, store.me, store.place, store.people.size]);
  if (print !== shown) draw(tour.steps[state.at]);
  shown = print;
  happened({});
}

function draw(one) {
  const last = state.at === tour.steps.length - 1;
  back.disabled = state.at === 0;
  next.textContent = last ? "Finish" : "Next";
  next.className = one.until ? "" : "primary";
  const focused = document.activeElement;
  const inside = byId("tour").contains(focused);
  replace(byId("tour"),
    el("div", { class: "said" },
      el("h2", { id: "tour-title" }, `${state.at + 1} of ${tour.steps.length}: ${one.title}`),
      el("p", {}, mrkdwn(one.text))),
    el("div", { class: "actions" }, doings(one), back, next,
      el("button", { type: "button", class: "plain", onclick: () => openHome(tour.home) }, tour.home.title),
      el("button", { type: "button", class: "plain", onclick: close }, "Close the tour")));
  if (focused === back || focused === next) (focused.disabled ? next : focused).focus();
  // What was pressed may not be there any more: whoever goes by the keyboard goes on from here.
  else if (inside) byId("tour").focus();
}

function doings(one) {
  const there = (!one.user || one.user === store.me) && (!one.place || one.place === store.place);
  const walk = there ? null : el("button", { type: "button", class: "primary", onclick: () => go({ me: one.user, place: one.place }) }, where(one));
  const beside = one.beside && !there ? el("a", { class: "beside", href: address(one), target: "_blank", rel: "noopener" }, `Be ${nameOf(one.user)} in a new window`) : null;
  const write = one.write && there ? el("button", { type: "button", class: "primary", onclick: () => fill(one.write) }, "Write it for me") : null;
  const move = one.jump ? el("button", { type: "button", class: "primary", disabled: one.jump <= now(), onclick: () => jump(one.jump) }, one.jump_label) : null;
  const home = one.home ? el("button", { type: "button", class: "primary", onclick: () => openHome(tour.home) }, tour.home.title) : null;
  return [walk, beside, write, move, home];
}

const address = (one) => `#/${[one.user, one.place].map(encodeURIComponent).join("/")}`;

function where(one) {
  const place = one.place ? ` in ${channelName(one.place)}` : "";
  return one.user && one.user !== store.me ? `Be ${nameOf(one.user)}${place}` : `Go to ${channelName(one.place)}`;
}

// Only written: whoever does it sends it. She may have come here just now, with another place's words still in the box.
function fill(text) {
  bringDrafts();
  const box = byId("composer").elements.text;
  box.value = text;
  box.focus();
  box.dispatchEvent(new Event("input"));
}

// Starts the page: reads where we are, draws it, and draws again whenever the sandbox says that something happened.

import { act, follow, look } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { drawClock, startClock } from "./clock.js";
import { startCompletion } from "./completion.js";
import { drawCommands, drawConversation, enterConversation, leaveConversation, startConversation } from "./conversation.js";
import { byId, el, focusedKey, keepToasts, refocus, replace, say } from "./dom.js";
import { startHome } from "./home.js";
import { keep, recall } from "./keeping.js";
import { drawLog, forgetLog, startLog } from "./log.js";
import { drawModals, startModals } from "./modal.js";
import { drawSidebar, placeName, showMenu, startSidebar } from "./sidebar.js";
import { drawStanding, showSandbox } from "./standing.js";
import { botDirect, go, keepClock, readAddress, readState, store } from "./store.js";
import { drawTimebar, startTimebar } from "./timebar.js";
import { drawTour, startTour } from "./tour.js";

let drawing = null;
let again = null;
let homePrint = "";
let page = "";

// One drawing at a time; what happens meanwhile leads to exactly one more, which whoever asks for it waits for.
export function refresh() {
  if (!drawing) {
    drawing = drawAll().finally(() => {
      drawing = null;
    });
    return drawing;
  }
  again ||= drawing.finally(() => {
    again = null;
    return refresh();
  });
  return again;
}

async function drawAll() {
  if (!settle() || !(await readState())) return;
  if (unseen()) {
    go({ place: "@bot" });
    return;
  }
  drawSidebar();
  drawStanding();
  drawTime();
  drawCommands();
  drawModals();
  showSection();
  const place = here();
  if (section() === "conversation") await drawConversation();
  if (section() === "home") await drawHome();
  if (section() === "log") await drawLog();
  comeToPage(place);
}

// How far one had scrolled in a place that is no conversation.
const scrolled = () => document.querySelector("main > section:not([hidden]) > .page");

function comeToPage(place) {
  if (place !== here() || page === place || !scrolled()) return;
  page = place;
  scrolled().scrollTop = recall("read", place) || 0;
}

function leave() {
  leaveConversation();
  if (page && scrolled()) keep("read", page, scrolled().scrollTop);
}

function drawTime() {
  drawClock();
  drawTimebar();
  drawTour();
}

function showSection() {
  for (const name of ["conversation", "home", "log", "time"]) byId(`${name}-place`).hidden = name !== section();
  if (section() === "conversation") enterConversation();
  else byId("thread").hidden = true;
}

const section = () => (["home", "log", "time"].includes(store.place) ? store.place : "conversation");

// The first visit has no person and no place yet; an old address may name somebody who is not here.
function settle() {
  const people = JSON.parse(byId("people").textContent);
  const me = people.includes(store.me) || store.people.has(store.me) ? store.me : people[0];
  if (!me) say("This workspace has no people yet.", "error");
  if (me && (me !== store.me || !store.place)) go({ me, place: store.place || "@bot" });
  return Boolean(me) && me === store.me && Boolean(store.place);
}

// Somebody else's private channel, which an address or the change of person has led to.
const unseen = () => String(store.place).startsWith("C") && !store.channels.some((channel) => channel.id === store.place);

async function drawHome() {
  const { me } = store;
  const answer = await look("home", { as: me });
  if (answer.ok === false || me !== store.me) return;
  const view = answer.view || null;
  const place = byId("home-view");
  const print = JSON.stringify([me, view]);
  if (print === homePrint) return;
  homePrint = print;
  const key = focusedKey(place);
  const origin = { target: { user: store.me, view_id: view ? view.id : "" }, entered: ((view || {}).state || {}).values, after: refresh };
  replace(place, view && view.blocks ? drawBlocks(view.blocks, origin) : el("p", { class: "quiet" }, "The app has not put anything here yet."));
  refocus(place, key);
}

const here = () => `${store.me}/${store.place}`;

async function arrive() {
  const before = here();
  leave();
  page = "";
  readAddress();
  const came = here();
  showMenu(false);
  showSection();
  // A channel that is known is shown at once, and what has changed around it a moment later.
  if (before.startsWith(`${store.me}/`) && store.channels.some((channel) => channel.id === store.place)) await drawConversation();
  await refresh();
  if (before === came || came !== here() || !store.me) return;
  byId("announce").textContent = placeName();
  const direct = (botDirect() || {}).id;
  if (store.place === "home") await act("home", { user: store.me, tab: "home" });
  else if (store.place === "@bot" || store.place === direct) await act("home", { user: store.me, tab: "messages" });
  else return;
  await refresh();
}

function start() {
  startSidebar(refresh);
  startConversation(refresh);
  startModals(refresh);
  startClock(refresh);
  startTimebar();
  startCompletion();
  startTour();
  startHome();
  startLog();
  document.querySelectorAll("dialog").forEach(keepToasts);
  window.addEventListener("hashchange", arrive);
  window.addEventListener("pagehide", leave);
  // Many changes at once lead to a few drawings, and news that nobody looks at to none.
  let waiting = 0;
  follow(
    (update) => {
      if (update.kind === "log" && section() !== "log") return;
      if (update.kind === "clock") {
        keepClock(update);
        drawTime();
        return;
      }
      waiting = waiting || setTimeout(() => {
        waiting = 0;
        refresh();
      }, 120);
    },
    (online) => {
      showSandbox(online);
      if (!online) return;
      forgetLog();
      refresh();
    },
  );
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("place").focus();
  });
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll("details.overflow[open]")) if (!open.contains(event.target)) open.open = false;
  });
  // A menu at the end of a scrolling list opens below what is shown.
  document.addEventListener("toggle", (event) => {
    if (event.target.matches("details.overflow[open]")) event.target.lastElementChild.scrollIntoView({ block: "nearest" });
  }, true);
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" ? document.activeElement.closest("details.overflow[open]") : null;
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  arrive();
}

start();

// The clock: what time it is here, what comes next, and moving on.

import { post } from "./api.js";
import { byId, el, once, renew, say } from "./dom.js";
import { keepClock, now, store, zone } from "./store.js";
import { ago, dayAndTime, nextMondayNine, wallToEpoch } from "./time.js";

let refresh = async () => undefined;

export function startClock(onChange) {
  refresh = onChange;
  byId("time-next").addEventListener("click", () => {
    const next = coming()[0];
    if (next) jump(next.at);
  });
  byId("time-hour").addEventListener("click", () => jump(now() + 3600));
  byId("time-monday").addEventListener("click", () => jump(nextMondayNine()));
  byId("time-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const wall = event.target.elements.wall.value;
    if (wall) jump(wallToEpoch(wall));
  });
  setInterval(drawNow, 1000);
}

export const coming = () => (Array.isArray(store.clock.next) ? store.clock.next : []).filter((one) => Number(one.at) > now());

export const jump = once(async (to) => {
  const known = store.clock;
  const answer = await post("clock/jump", { to });
  if (answer.ok === false) say(answer.shown || `Time did not move: ${answer.error}.`, "error");
  else keepClock(answer, known);
  await refresh();
});

function drawNow() {
  const shown = dayAndTime(now());
  byId("now").textContent = shown;
  byId("now-big").textContent = shown;
}

export function drawClock() {
  drawNow();
  const { target, running } = store.clock;
  byId("zone").textContent = zone();
  byId("utc").textContent = dayAndTime(now(), "UTC");
  const moving = running && target - now() > 1;
  byId("moving").textContent = moving ? `Moving on to ${dayAndTime(target)}…` : "";
  document.body.classList.toggle("moving", Boolean(moving));
  const next = coming();
  byId("time-next").disabled = !next.length;
  byId("time-monday").textContent = `Jump to ${dayAndTime(nextMondayNine())}`;
  byId("nothing-next").hidden = next.length > 0;
  renew(byId("coming"), next.slice(0, 50).map((one) => el("li", {},
    el("button", { type: "button", class: "plain", "data-key": `${one.at} ${one.what}`, onclick: () => jump(one.at), "aria-label": `Jump to ${dayAndTime(one.at)}: ${one.what}` }, dayAndTime(one.at)),
    " ", el("span", {}, String(one.what)), " ", el("span", { class: "quiet" }, ago(one.at)))));
}

// The time bar in the header: play and pause, how fast, the next event, the next Monday at nine.

import { coming, drawClock, jump } from "./clock.js";
import { post } from "./api.js";
import { byId, el, replace, say } from "./dom.js";
import { nextMove } from "./steps.js";
import { keepClock, now, store } from "./store.js";
import { dayAndTime, nextMondayNine } from "./time.js";

const EVERY = 500;
// Seconds of the calendar in a second of ours; the words fit a phone.
const SPEEDS = [[60, "1 min/s"], [600, "10 min/s"], [3600, "1 h/s"], [21600, "6 h/s"]];
let playing = 0;
let asking = false;
let before = 0;

const play = el("button", { type: "button", onclick: () => (playing ? pause() : begin()) });
const next = el("button", { type: "button", onclick: () => coming()[0] && jump(coming()[0].at) }, "Next event");
const monday = el("button", { type: "button", onclick: () => jump(nextMondayNine()) });
const speed = el("select", { "aria-label": "How fast time runs while it plays, for each second of yours" },
  SPEEDS.map(([seconds, words]) => el("option", { value: String(seconds), selected: seconds === 600 }, words)));

export function startTimebar() {
  replace(byId("timebar"), play, speed, next, monday);
  drawTimebar();
}

export function drawTimebar() {
  play.textContent = playing ? "Pause" : "Play";
  const first = coming()[0];
  next.disabled = !first;
  next.title = first ? `${dayAndTime(first.at)}: ${first.what}` : "Nothing is planned that the app has told us of.";
  monday.textContent = dayAndTime(nextMondayNine()).replace(/ .*,/, "");
  monday.setAttribute("aria-label", `Jump to ${dayAndTime(nextMondayNine())}`);
}

function begin() {
  before = Date.now();
  playing = setInterval(move, EVERY);
  drawTimebar();
}

function pause() {
  clearInterval(playing);
  playing = 0;
  drawTimebar();
}

// Each step is an ordinary jump, so that everything happens on the way; it waits until the one before has arrived.
async function move() {
  const passed = (Date.now() - before) / 1000;
  before = Date.now();
  const to = asking ? null : nextMove({ ...store.clock, now: now() }, Number(speed.value), passed);
  if (to === null) return;
  asking = true;
  const known = store.clock;
  const answer = await post("clock/jump", { to });
  asking = false;
  if (answer.ok === false) {
    pause();
    say(answer.shown || `Time did not move: ${answer.error}.`, "error");
    return;
  }
  keepClock(answer, known);
  drawClock();
}

// A list of messages of any length: only what lies a few screens around what is seen is read and drawn.

import { look } from "./api.js";

const MOST = 50;
const STEP = 20;
const NEAR = 600;
const STUCK = 120;

export function windowOn(list, redraw) {
  let bounds = {};
  let known = { messages: [], earlier: 0, later: 0 };
  let follows = true;

  const below = () => list.scrollHeight - list.scrollTop - list.clientHeight;

  list.addEventListener("scroll", () => {
    follows = !known.later && below() < STUCK;
    const next = further();
    if (!next || next.since === bounds.since && next.until === bounds.until) return;
    bounds = next;
    redraw();
  }, { passive: true });

  function further() {
    const { messages, earlier, later } = known;
    if (earlier && list.scrollTop < NEAR) return { until: messages[Math.max(messages.length - 1 - STEP, 0)].ts };
    if (later && below() < NEAR) return { since: messages[Math.min(STEP, messages.length - 1)].ts };
    return null;
  }

  async function read(params) {
    const answer = await look("messages", { ...params, ...bounds, limit: MOST });
    known = { messages: answer.messages || [], earlier: answer.earlier || 0, later: answer.later || 0 };
    if (!known.later) bounds = {};
    return known.messages;
  }

  // Whoever reads further up keeps her line while others write; whoever is at the end stays there.
  function draw(drawAll) {
    const anchor = follows ? null : firstSeen();
    const before = anchor ? anchor.getBoundingClientRect().top : 0;
    drawAll();
    const after = anchor ? [...list.children].find((node) => node.dataset.ts === anchor.dataset.ts) : null;
    if (follows) list.scrollTop = list.scrollHeight;
    else if (after) list.scrollTop += after.getBoundingClientRect().top - before;
  }

  function firstSeen() {
    const top = list.getBoundingClientRect().top;
    return [...list.children].find((node) => node.dataset.ts && node.getBoundingClientRect().bottom > top);
  }

  return {
    read,
    draw,
    atTheEnd: () => !known.later,
    toTheEnd: () => {
      bounds = {};
      follows = true;
    },
  };
}

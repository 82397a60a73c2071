// A list of messages of any length: only what lies a few screens around what is seen is read and drawn.
// Whoever comes back to it finds the line that she had read up to.

import { look } from "./api.js";

const MOST = 50;
const STEP = 20;
const NEAR = 600;
const STUCK = 120;

export function windowOn(list, redraw) {
  let bounds = {};
  let known = { messages: [], earlier: 0, later: 0 };
  let follows = true;
  let wanted = null;
  // From when a place is asked for until its messages are drawn: what the list shows meanwhile is of another one.
  let coming = true;
  let asked = 0;

  const below = () => list.scrollHeight - list.scrollTop - list.clientHeight;

  list.addEventListener("scroll", () => {
    if (coming) return;
    follows = !known.later && below() < STUCK;
    const next = further();
    if (!next || next.since === bounds.since && next.until === bounds.until) return;
    bounds = next;
    redraw();
  }, { passive: true });
  // A picture takes its room when it has come.
  list.addEventListener("load", () => follows && stick(), true);

  const stick = () => {
    list.scrollTop = list.scrollHeight;
  };

  function further() {
    const { messages, earlier, later } = known;
    if (earlier && list.scrollTop < NEAR) return { until: messages[Math.max(messages.length - 1 - STEP, 0)].ts };
    if (later && below() < NEAR) return { since: messages[Math.min(STEP, messages.length - 1)].ts };
    return null;
  }

  // The messages to draw; null where she has asked for others meanwhile, which are drawn when they come, and where none
  // have come: what is drawn then stays.
  async function read(params) {
    asked += 1;
    const mine = asked;
    const within = bounds;
    const answer = await look("messages", { ...params, ...within, limit: MOST });
    if (mine !== asked || answer.ok === false) return null;
    known = { messages: answer.messages || [], earlier: answer.earlier || 0, later: answer.later || 0 };
    if (!known.later && bounds === within) bounds = {};
    return known.messages;
  }

  // Whoever reads further up keeps her line while others write; whoever is at the end stays there.
  function draw(drawAll) {
    const anchor = follows ? null : wanted || seen();
    drawAll();
    if (follows) stick();
    else if (anchor) bring(anchor);
    if (!list.children.length) return;
    wanted = null;
    coming = false;
  }

  // The first message that is seen, by how many pixels below the upper edge it begins.
  function seen() {
    const node = firstSeen();
    return node ? { ts: node.dataset.ts, below: place(node) } : null;
  }

  function bring({ ts, below: pixels }) {
    const node = [...list.children].find((one) => one.dataset.ts >= ts);
    if (node) list.scrollTop += place(node) - pixels;
  }

  const place = (node) => node.getBoundingClientRect().top - list.getBoundingClientRect().top;

  function firstSeen() {
    const top = list.getBoundingClientRect().top;
    return [...list.children].find((node) => node.dataset.ts && node.getBoundingClientRect().bottom > top);
  }

  function come(where) {
    asked += 1;
    bounds = where ? { since: where.since } : {};
    follows = !where;
    wanted = where;
    coming = true;
  }

  return {
    read,
    draw,
    atTheEnd: () => !known.later,
    toTheEnd: () => come(null),
    come,
    // What `come` takes; null at the end, where everybody comes who has not been here.
    stands: () => {
      if (coming) return wanted;
      const anchor = follows || !known.messages.length ? null : seen();
      return anchor ? { ...anchor, since: known.messages[0].ts } : null;
    },
  };
}

// One message: who, when, what, its reactions, and what can be done with it.

import { act } from "./api.js";
import { drawBlocks, drawText } from "./blocks.js";
import { arrange, el, focusedKey, once, refocus, say } from "./dom.js";
import { common, emoji } from "./emoji.js";
import { drawFile } from "./files.js";
import { go, isBot, nameOf, store } from "./store.js";
import { dayAndTime, fullDay, timeOfDay } from "./time.js";

const each = (value) => (Array.isArray(value) ? value : []);

export const author = (message) => message.user || message.bot_id || message.app_id || "";

export function drawMessage(message, channel, inThread, refresh) {
  const mine = message.user === store.me && !message.bot_id;
  const epoch = Number(message.ts);
  const name = (message.username && !mine ? message.username : "") || nameOf(author(message));
  const origin = { target: { user: store.me, channel, ts: message.ts }, after: refresh };
  return el("article", { class: message.is_ephemeral ? "message ephemeral" : "message", "data-ts": message.ts },
    el("p", { class: "byline" },
      el("span", { class: "avatar", "aria-hidden": "true" }, name.slice(0, 1).toUpperCase()),
      el("strong", {}, name), isBot(author(message)) ? el("span", { class: "tag" }, "APP") : null,
      el("time", { datetime: Number.isFinite(epoch) ? new Date(epoch * 1000).toISOString() : "", title: dayAndTime(epoch) }, timeOfDay(epoch)),
      message.edited ? el("span", { class: "quiet" }, "(edited)") : null,
      message.subtype === "thread_broadcast" ? el("span", { class: "quiet" }, "replied to a thread") : null,
      each(message.pings).length ? el("span", { class: "tag ping", title: each(message.pings).map(nameOf).join(", ") }, `notifies ${message.pings.length}`) : null),
    message.is_ephemeral ? el("p", { class: "quiet" }, "Only visible to you") : null,
    el("div", { class: "content" }, drawn(message, origin),
      each(message.attachments).map((one) => el("div", { class: "card" }, each(one.blocks).length ? drawBlocks(one.blocks, origin) : drawText(one.text || one.fallback || ""))),
      each(message.files).map(drawFile)),
    reactions(message, channel, refresh),
    footer(message, channel, inThread, mine, refresh));
}

// What a person typed shows her formatting, which is in the text; what an app sent shows its blocks.
function drawn(message, origin) {
  const typed = !message.bot_id && each(message.blocks).every((block) => block.type === "rich_text");
  return typed || !each(message.blocks).length ? el("div", { class: "words" }, drawText(message.text)) : drawBlocks(message.blocks, origin);
}

function reactions(message, channel, refresh) {
  if (!each(message.reactions).length) return null;
  return el("p", { class: "reactions" }, each(message.reactions).map((one) => {
    const mine = each(one.users).includes(store.me);
    return el("button", { type: "button", "aria-pressed": String(mine), title: each(one.users).map(nameOf).join(", "),
      onclick: once(() => act(mine ? "unreact" : "react", { user: store.me, channel, ts: message.ts, name: one.name }).then(refresh)) },
      `${emoji(one.name) || `:${one.name}:`} ${one.count ?? each(one.users).length}`);
  }));
}

function footer(message, channel, inThread, mine, refresh) {
  if (message.is_ephemeral) return null;
  const replies = Number(message.reply_count) || 0;
  const open = () => go({ thread: message.thread_ts || message.ts });
  const word = replies ? `${replies} ${replies === 1 ? "reply" : "replies"}` : "Reply in thread";
  return el("div", { class: "doings" },
    inThread ? null : el("button", { type: "button", class: replies ? "plain strong" : "plain", onclick: open }, word),
    more(message, () => doings(message, channel, mine, refresh)));
}

// Most menus are never opened; one is filled when it is.
function more(message, fill) {
  const menu = el("div", { class: "menu" });
  const name = `More for the message of ${nameOf(author(message))}`;
  const summary = el("summary", { "aria-label": name, onclick: () => menu.firstChild || menu.append(...fill()) }, "⋯");
  return el("details", { class: "overflow" }, summary, menu);
}

function doings(message, channel, mine, refresh) {
  const at = { user: store.me, channel, ts: message.ts };
  const item = (label, what) => el("button", { type: "button", onclick: (event) => {
    event.target.closest("details").open = false;
    what(event);
  } }, label);
  const shortcuts = store.shortcuts.filter((one) => one.type === "message").map((one) =>
    item(one.name, () => act("shortcut", { ...at, callback_id: one.callback_id }).then(refresh)));
  const faces = common.map((name) => item(`React ${emoji(name)}`, () => act("react", { ...at, name }).then(refresh)));
  const own = [
    item("Edit", (event) => edit(event.target.closest(".message"), message, at, refresh)),
    item("Delete", () => act("delete", at).then(refresh)),
  ];
  const look = item("Look at its JSON", (event) => {
    const node = event.target.closest(".message");
    const already = node.querySelector(".raw");
    if (already) already.remove();
    else node.append(el("pre", { class: "raw", tabindex: "0" }, JSON.stringify(message, null, 2)));
  });
  return [...shortcuts, ...faces, ...(mine ? own : []), look];
}

function edit(node, message, at, refresh) {
  const box = el("textarea", { rows: "3", "aria-label": "Edit the message", "data-key": `edit ${message.ts}` });
  box.value = message.text || "";
  const save = once(async () => {
    const answer = await act("edit", { ...at, text: box.value });
    if (answer.ok === false) return;
    say("Edited.");
    form.remove();
    await refresh();
  });
  const form = el("form", { class: "composer edit", onsubmit: (event) => {
    event.preventDefault();
    save();
  } }, box, el("button", { type: "submit", class: "primary" }, "Save"), el("button", { type: "button", onclick: () => form.remove() }, "Cancel"));
  node.append(form);
  box.focus();
}

// Draws a list of messages, keeping the nodes of those that have not changed, so that an open menu stays open, and what
// somebody writes anew in one that has.
export function drawList(list, messages, channel, inThread, refresh) {
  const key = focusedKey(list);
  const before = new Map([...list.children].map((node) => [node.dataset.ts, node]));
  const stamp = (message) => JSON.stringify([store.me, channel, inThread, store.people.size, store.shortcuts.length, message]);
  let day = "";
  const nodes = [];
  for (const message of messages) {
    const today = fullDay(Number(message.ts));
    if (today !== day) nodes.push(el("p", { class: "day" }, today));
    day = today;
    const old = before.get(message.ts);
    const print = stamp(message);
    if (old && old.print === print) nodes.push(old);
    else {
      const node = drawMessage(message, channel, inThread, refresh);
      node.print = print;
      const written = old && old.querySelector(".edit");
      if (written) node.append(written);
      nodes.push(node);
    }
  }
  arrange(list, nodes);
  if (!list.contains(document.activeElement)) refocus(list, key);
}

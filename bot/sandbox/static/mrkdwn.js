// Slack's mrkdwn as nodes: bold, italic, strike, code, quotes, links, mentions, dates, emoji.

import { el, link } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { channelName, nameOf, store } from "./store.js";
import { dateText } from "./time.js";

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const INLINE = new RegExp(
  [
    "`([^`\\n]+)`",
    "<([@#!][^<>\\n]+|[A-Za-z][A-Za-z0-9+.-]*:[^<>\\n]*)>",
    "(?<![\\w*])\\*(?![\\s*])([^*\\n]*[^\\s*])\\*(?![\\w*])",
    "(?<![\\w_])_(?![\\s_])([^_\\n]*[^\\s_])_(?![\\w_])",
    "(?<![\\w~])~(?![\\s~])([^~\\n]*[^\\s~])~(?![\\w~])",
    ":([a-z0-9_+'-]+):",
  ].join("|"),
  "g",
);

export const decode = (text) => String(text).replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);

export const plain = (text) => withEmoji(decode(text));

export function textObject(object) {
  if (typeof object === "string") return [plain(object)];
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text || "") : [plain(object.text || "")];
}

export function mrkdwn(text) {
  return String(text)
    .split(/```/)
    .flatMap((part, place) => (place % 2 ? [el("pre", {}, el("code", {}, decode(part.replace(/^\n|\n$/g, ""))))] : lines(part)));
}

function lines(text) {
  const nodes = [];
  let quoted = [];
  const endQuote = () => {
    if (quoted.length) nodes.push(el("blockquote", {}, joined(quoted)));
    quoted = [];
  };
  let plainLines = [];
  const endPlain = () => {
    nodes.push(...joined(plainLines));
    plainLines = [];
  };
  for (const line of text.split("\n")) {
    const quote = line.match(/^(?:&gt;|>)\s?(.*)$/);
    if (quote) {
      endPlain();
      quoted.push(quote[1]);
    } else {
      endQuote();
      plainLines.push(line);
    }
  }
  endPlain();
  endQuote();
  return nodes;
}

const joined = (rows) => rows.flatMap((row, place) => (place ? [el("br"), ...inline(row)] : inline(row)));

function inline(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > end) nodes.push(decode(text.slice(end, found.index)));
    nodes.push(...piece(found));
    end = found.index + found[0].length;
  }
  if (end < text.length) nodes.push(decode(text.slice(end)));
  return nodes;
}

function piece([whole, code, angle, bold, italic, struck, name]) {
  if (code !== undefined) return [el("code", {}, decode(code))];
  if (angle !== undefined) return [reference(angle)];
  if (bold !== undefined) return [el("strong", {}, inline(bold))];
  if (italic !== undefined) return [el("em", {}, inline(italic))];
  if (struck !== undefined) return [el("s", {}, inline(struck))];
  return [emoji(name) || whole];
}

function reference(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : decode(inside.slice(bar + 1));
  if (target.startsWith("@")) return mention("user", target.slice(1), label);
  if (target.startsWith("#")) return channelLink(target.slice(1), label);
  if (target.startsWith("!subteam^")) return mention("usergroup", target.slice(9), label);
  if (target.startsWith("!date^")) return dated(target, label);
  if (target.startsWith("!")) return mention("broadcast", target.slice(1).split("^")[0], "");
  return link(decode(target), label || decode(target));
}

export function mention(kind, id, label = "") {
  const group = store.groups.get(id);
  const names = { user: nameOf(id), usergroup: (group || {}).handle || label.replace(/^@/, "") || id, broadcast: id };
  const me = kind === "broadcast" || id === store.me;
  return el("span", { class: me ? "mention me" : "mention" }, `@${names[kind]}`);
}

export function channelLink(id, label = "") {
  const known = store.channels.some((channel) => channel.id === id);
  const shown = known ? channelName(id) : `#${label || id}`;
  return known ? el("a", { class: "mention", href: `#/${store.me}/${encodeURIComponent(id)}` }, shown) : el("span", { class: "mention" }, shown);
}

function dated(target, fallback) {
  const [, stamp, pattern = "", address] = target.split("^");
  const epoch = Number(stamp);
  const shown = Number.isFinite(epoch) && stamp ? dateText(decode(pattern), epoch) : fallback;
  const time = el("time", { datetime: Number.isFinite(epoch) ? new Date(epoch * 1000).toISOString() : "" }, shown);
  return address ? link(decode(address), time) : time;
}

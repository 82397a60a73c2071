// A channel or a direct message: its messages, its open thread, and where to type.

import { act } from "./api.js";
import { builtIn } from "./builtins.js";
import { byId, el, once, renew, replace } from "./dom.js";
import { detach, encoded, startAttaching } from "./files.js";
import { beginSending, bringDrafts, endSending, forgetDraft, keep, keepDrafts, placeOf, recall } from "./keeping.js";
import { drawList } from "./messages.js";
import { botDirect, channelName, go, hereNow, store } from "./store.js";
import { windowOn } from "./window.js";

let refresh = async () => undefined;
let drawn = "";
let main = null;
let side = null;

export function startConversation(onChange) {
  refresh = onChange;
  main = windowOn(byId("messages"), refresh);
  side = windowOn(byId("thread-messages"), refresh);
  byId("newest").addEventListener("click", () => {
    main.toTheEnd();
    refresh();
  });
  byId("composer").addEventListener("submit", (event) => send(event, ""));
  byId("thread-composer").addEventListener("submit", (event) => send(event, store.thread));
  for (const form of [byId("composer"), byId("thread-composer")]) {
    startAttaching(form);
    form.elements.text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
  }
  byId("join").addEventListener("click", once(() => act("join", { user: store.me, channel: channelNow() }).then(refresh)));
  byId("thread-close").addEventListener("click", () => go({}));
}

const channelNow = () => (store.place === "@bot" ? (botDirect() || {}).id || "@bot" : store.place);

const threadNow = () => (store.thread ? `${hereNow()}/${store.thread}` : "");

// Before one goes elsewhere: nothing of what was written and read here is lost.
export function leaveConversation() {
  keepDrafts();
  const lists = [[byId("messages"), drawn, main], [byId("thread-messages"), byId("thread-messages").dataset.thread, side]];
  for (const [list, place, read] of lists) if (place && list.clientHeight) keep("read", place, read.stands());
}

// From the moment that one comes, nothing is seen that belongs to another place; what belongs here follows when it is known.
export function enterConversation() {
  const place = hereNow();
  const thread = threadNow();
  const replies = byId("thread-messages");
  bringDrafts();
  if (drawn !== place) {
    drawn = "";
    replace(byId("messages"));
    for (const id of ["empty", "newest", "join"]) byId(id).hidden = true;
    main.come(recall("read", place));
  }
  byId("thread").hidden = !thread;
  document.body.classList.toggle("in-thread", Boolean(thread));
  if (!thread || replies.dataset.thread === thread) return;
  replies.dataset.thread = "";
  replace(replies);
  side.come(recall("read", thread));
}

export async function drawConversation() {
  const channel = channelNow();
  const place = hereNow();
  byId("place-name").textContent = channelName(channel);
  byId("place-topic").textContent = topic(channel);
  byId("join").hidden = !outside(channel);
  const messages = await main.read({ as: store.me, channel });
  if (!messages || place !== hereNow()) return;
  drawn = place;
  main.draw(() => drawList(byId("messages"), messages, channel, false, refresh));
  byId("empty").hidden = messages.length > 0;
  byId("newest").hidden = main.atTheEnd();
  await drawThread(channel);
}

function outside(id) {
  const channel = store.channels.find((one) => one.id === id);
  return Boolean(channel) && !channel.is_member && !channel.is_archived;
}

function topic(id) {
  const channel = store.channels.find((one) => one.id === id);
  if (!channel) return "";
  return [channel.is_archived ? "Archived." : "", channel.kind === "private" ? "Private." : "", channel.topic].filter(Boolean).join(" ");
}

async function drawThread(channel) {
  if (!store.thread) return;
  const thread = threadNow();
  const list = byId("thread-messages");
  const messages = await side.read({ as: store.me, channel, thread_ts: store.thread });
  if (!messages || thread !== threadNow()) return;
  list.dataset.thread = thread;
  byId("thread-name").textContent = `Thread in ${channelName(channel)}`;
  side.draw(() => drawList(list, messages, channel, true, refresh));
}

async function send(event, thread) {
  event.preventDefault();
  const form = event.target;
  const { text: box, files } = form.elements;
  const text = box.value.trim();
  if (!text && !files.files.length) return;
  const place = beginSending(form);
  if (!place) return;
  const body = { user: store.me, channel: channelNow(), text };
  if (thread) body.thread_ts = thread;
  const answer = await (files.files.length ? upload(body, files.files) : speak(body));
  endSending(form, place);
  // The answer may come late, when she is busy elsewhere.
  const here = placeOf(form) === place;
  const waits = document.activeElement === document.body || form.contains(document.activeElement);
  if (waits && here) box.focus();
  if (answer.ok === false) return;
  if (forgetDraft(form, place)) {
    box.value = "";
    detach(form);
    (thread ? side : main).toTheEnd();
  }
  if (answer.channel && answer.channel !== body.channel && here && store.place !== "@bot") go({ place: answer.channel });
  await refresh();
}

async function upload(body, files) {
  const given = await encoded(files);
  if (given) return act("upload", { ...body, files: given });
  return { ok: false };
}

async function speak(body) {
  const isCommand = body.text.startsWith("/") && !body.text.startsWith("//");
  return (isCommand && !body.thread_ts && (await builtIn(body.text, body.channel))) || act(isCommand ? "command" : "message", body);
}

export function drawCommands() {
  const commands = store.commands.map((one) => el("option", { value: `${one.command} ` }, `${one.description || ""} ${one.usage_hint || ""}`));
  renew(byId("command-list"), commands.map((option) => el("li", {},
    el("button", { type: "button", class: "plain", "data-key": option.value, onclick: () => {
      const box = byId("composer").elements.text;
      box.value = option.value;
      box.closest("details")?.removeAttribute("open");
      byId("commands").open = false;
      box.focus();
    } }, el("code", {}, option.value.trim()), " ", el("span", { class: "quiet" }, option.textContent)))));
  const globals = store.shortcuts.filter((one) => one.type === "global");
  renew(byId("shortcut-list"), globals.map((one) => el("li", {},
    el("button", { type: "button", class: "plain", "data-key": one.callback_id, onclick: () => {
      byId("commands").open = false;
      act("shortcut", { user: store.me, callback_id: one.callback_id }).then(refresh);
    } }, one.name))));
  byId("commands").hidden = !commands.length && !globals.length;
}


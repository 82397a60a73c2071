// What the page knows: who I am, where I look, and what the sandbox last told.

import { look } from "./api.js";

export const store = {
  me: "",
  place: "",
  thread: "",
  team: "",
  people: new Map(),
  groups: new Map(),
  channels: [],
  apps: [],
  shortcuts: [],
  commands: [],
  views: [],
  clock: { now: Date.now() / 1000, target: 0, running: false },
  clockReadAt: Date.now(),
};

// Answers whether the state of who one is could be read; somebody else's, whom one was when it was asked for, is left alone.
export async function readState() {
  const { me, clock } = store;
  const state = await look("state", { as: me });
  if (state.ok === false || me !== store.me) return false;
  store.team = state.team.name;
  store.people = new Map(state.users.map((person) => [person.id, person]));
  store.groups = new Map(state.usergroups.map((group) => [group.id, group]));
  store.channels = state.channels;
  store.apps = state.apps;
  store.views = state.views;
  const installed = state.apps.filter((app) => app.installed);
  store.shortcuts = installed.flatMap((app) => app.shortcuts);
  store.commands = installed.flatMap((app) => app.commands);
  keepClock(state.clock, clock);
  return true;
}

// `known` is the clock that was known when this one was asked for: what has been told meanwhile is newer.
export function keepClock(clock, known = store.clock) {
  if (known !== store.clock) return;
  store.clock = { ...store.clock, ...clock };
  store.clockReadAt = Date.now();
}

export const now = () => store.clock.now + (Date.now() - store.clockReadAt) / 1000;

export const zone = () => (store.people.get(store.me) || {}).tz || "UTC";

export const isBot = (id) => store.apps.some((app) => app.bot_user_id === id || app.bot_id === id) || Boolean((store.people.get(id) || {}).is_bot);

export function nameOf(id) {
  const app = store.apps.find((one) => one.bot_user_id === id || one.app_id === id || one.bot_id === id);
  if (app) return app.name;
  const person = store.people.get(id);
  return person ? person.real_name || person.name : id || "Somebody";
}

export const isDirect = (channel) => channel.kind === "im" || channel.kind === "mpim";

export function channelName(id) {
  if (id === "@bot") return store.apps.length ? store.apps[0].name : "App";
  const channel = store.channels.find((one) => one.id === id);
  if (!channel) return id;
  if (channel.kind === "im") return nameOf(channel.with || store.me);
  return channel.kind === "mpim" ? channel.members.map(nameOf).join(", ") : `#${channel.name}`;
}

export function botDirect() {
  return store.channels.find((channel) => channel.kind === "im" && isBot(channel.with));
}

// Who looks where. A conversation with the app has two addresses, and is one place all the same.
export const hereNow = () => `${store.me}/${store.place === (botDirect() || {}).id ? "@bot" : store.place}`;

// Addresses look like #/U1/C1/1234.5678: who, where, which thread.
export function readAddress() {
  const [, me = "", place = "", thread = ""] = decodeURIComponent(location.hash).split("/");
  Object.assign(store, { me, place, thread });
}

export function go({ me = store.me, place = store.place, thread = "" }) {
  location.hash = `#/${[me, place, thread].filter(Boolean).map(encodeURIComponent).join("/")}`;
}

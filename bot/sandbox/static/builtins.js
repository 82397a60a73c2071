// Commands that Slack itself answers: inviting, removing, joining, leaving.

import { act } from "./api.js";
import { say } from "./dom.js";
import { nameOf, store } from "./store.js";

const FORM = /^\/(invite|remove|kick|join|leave)(?:\s+(.*))?$/;

// The answer when it was one of these, null when it is for an app.
export async function builtIn(text, channel) {
  const [, command, rest = ""] = text.match(FORM) || [];
  if (!command) return null;
  if (command === "join" || command === "leave") return act(command, { user: store.me, channel: rest.trim() || channel });
  const who = personNamed(rest);
  if (!who) {
    say(`Nobody here is called ${rest.trim() || "that"}. Write /${command} @name.`, "error");
    return { ok: false };
  }
  return act(command === "invite" ? "invite" : "kick", { user: store.me, channel, who });
}

function personNamed(text) {
  const wanted = text.trim().replace(/^@/, "").toLowerCase();
  const everybody = [...store.people.values(), ...store.apps.map((app) => ({ id: app.bot_user_id, name: app.name }))];
  const names = (person) => [person.name, person.real_name, nameOf(person.id), person.id].filter(Boolean).map((name) => name.toLowerCase());
  const found = everybody.find((person) => person.id && names(person).includes(wanted));
  return found ? found.id : null;
}

// Who does not answer: the sandbox itself, or an app that is not connected to it.

import { byId } from "./dom.js";
import { store } from "./store.js";

export function showSandbox(answers) {
  byId("offline").hidden = answers;
  if (!answers) byId("asleep").hidden = true;
}

export function drawStanding() {
  const asleep = store.apps.filter((app) => app.installed && app.socket_mode && !app.connected).map((app) => app.name);
  const sentence = `${asleep.join(" and ")} ${asleep.length === 1 ? "is" : "are"} not connected: until then nobody answers here.`;
  const place = byId("asleep");
  place.hidden = !asleep.length;
  // A sentence that is written anew is read out anew.
  if (asleep.length && place.textContent !== sentence) place.textContent = sentence;
}

// The control endpoints: every word between this page and the sandbox goes through here.

import { hush, say } from "./dom.js";

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    return { ok: false, error: "offline", shown: "The sandbox does not answer. Is it still running?" };
  }
  const body = await answer.json().catch(() => null);
  if (body === null) return { ok: false, error: `http_${answer.status}`, shown: `The sandbox answered ${answer.status}.` };
  return answer.ok || typeof body !== "object" ? body : { ok: false, error: `http_${answer.status}`, ...body };
}

// What cannot be read is said, but for what the page says anyway: that nobody answers.
export async function look(what, params = {}) {
  const given = Object.entries(params).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const answer = await ask(`/control/${what}?${new URLSearchParams(given)}`, { headers: { Accept: "application/json" } });
  if (answer.ok === false && answer.error !== "offline") say(answer.shown || `That could not be read: ${answer.error}.`);
  return answer;
}

export function post(path, body) {
  return ask(`/control/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

// Where a file can be read by whoever sees it.
export const fileAddress = (me, id) => `/control/file?${new URLSearchParams({ as: me, id })}`;

let witness = () => undefined;

// Who wants to know of everything that was done here and went well.
export function watchActs(onAct) {
  witness = onAct;
}

// Does something as a person; what Slack would show her when it fails is shown, unless it belongs to fields of a form.
export async function act(what, body) {
  const answer = await post(`act/${what}`, body);
  if (answer.ok !== false) {
    hush();
    if (!answer.errors) witness(what, body);
  } else if (!answer.errors) say(answer.shown || `That did not work: ${answer.error}.`, "error");
  return answer;
}

const AGAIN = 3000;

export function follow(onUpdate, onLine) {
  const source = new EventSource("/control/updates");
  source.onopen = () => onLine(true);
  source.onerror = () => {
    onLine(false);
    // A browser tries again by itself, but not where the answer was no stream, as that of a proxy in between is.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => follow(onUpdate, onLine), AGAIN);
  };
  source.onmessage = (event) => {
    let update = {};
    try {
      update = JSON.parse(event.data);
    } catch {
      update = { kind: "unknown" };
    }
    onUpdate(update);
  };
}

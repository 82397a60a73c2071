// The wire log: every call, event and interaction, newest first, errors in red.

import { look } from "./api.js";
import { byId, el, renew, replace } from "./dom.js";

const KEPT = 2000;
const DRAWN = 200;
let entries = [];
let last = 0;

export function startLog() {
  byId("log-errors").addEventListener("change", draw);
  byId("log-search").addEventListener("input", draw);
}

// A sandbox that has come back may be another one, whose log begins anew.
export function forgetLog() {
  entries = [];
  last = 0;
  replace(byId("log"));
}

export async function drawLog() {
  const since = last;
  const answer = await look("log", { since });
  if (since !== last) return;
  const fresh = answer.log || [];
  entries = entries.concat(fresh.filter((one) => Number(one.n) > last)).slice(-KEPT);
  if (entries.length) last = Number(entries[entries.length - 1].n);
  draw();
}

const name = (entry) => entry.method || entry.type || "";
// Which limit was met, or what Slack says about the block that it refuses.
const why = (entry) => (entry.limit ? `the limit is ${entry.limit}` : entry.response?.response_metadata?.messages?.[0]);
const failed = (entry) => entry.ok === false || Boolean(entry.error);

function draw() {
  const onlyErrors = byId("log-errors").checked;
  const wanted = byId("log-search").value.trim().toLowerCase();
  const fits = (entry) => (!onlyErrors || failed(entry)) && (!wanted || `${entry.direction} ${name(entry)} ${entry.error || ""}`.toLowerCase().includes(wanted));
  const shown = entries.filter(fits).slice(-DRAWN).reverse();
  const list = byId("log");
  const before = new Map([...list.children].map((node) => [node.dataset.n, node]));
  renew(list, shown.map((entry) => before.get(String(entry.n)) || line(entry)));
  byId("log-count").textContent = `${shown.length} shown of ${entries.length} kept; ${entries.filter(failed).length} with an error.`;
}

function line(entry) {
  const at = new Date(entry.at * 1000);
  const node = el("details", { class: failed(entry) ? "failed" : "" }, el("summary", { "data-key": String(entry.n) },
    el("span", { class: "tag" }, entry.direction || "?"), " ", el("code", {}, name(entry)), " ",
    failed(entry) ? el("strong", { class: "error" }, `error: ${entry.error || "not ok"}`) : null,
    why(entry) ? el("span", { class: "quiet" }, ` (${why(entry)})`) : null, " ",
    el("time", { class: "quiet" }, Number.isNaN(at.getTime()) ? "" : at.toISOString().slice(11, 23))));
  node.addEventListener("toggle", () => {
    if (!node.open || node.querySelector("pre")) return;
    for (const part of ["request", "response"]) {
      node.append(el("h3", {}, part), el("pre", { tabindex: "0" }, JSON.stringify(entry[part] ?? null, null, 2)));
    }
  });
  return el("li", { "data-n": String(entry.n) }, node);
}

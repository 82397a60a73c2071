// Files under messages, and files that are about to be sent.

import { fileAddress } from "./api.js";
import { el, picture, replace, say } from "./dom.js";
import { store } from "./store.js";

const addressOf = (id) => fileAddress(store.me, id);

export function drawFile(file) {
  const address = addressOf(file.id);
  const name = file.title || file.name || file.id;
  return el("div", { class: "file" },
    el("p", {}, el("a", { href: address, download: file.name || file.id }, name),
      el("span", { class: "quiet" }, ` ${[file.pretty_type, sizeOf(file.size)].filter(Boolean).join(", ")}`)),
    String(file.mimetype).startsWith("image/") ? picture(address, name, "large") : null,
    file.preview ? el("pre", {}, file.preview + (file.preview_is_truncated ? "\n…" : "")) : null);
}

// The picture of an image block that names a file of the workspace, by its id or by its private address.
export function pictureOf(given) {
  const id = given.id || (String(given.url).match(/\/files-pri\/[^/-]+-([^/]+)\//) || [])[1];
  return id ? addressOf(id) : "";
}

const sizeOf = (bytes) => (bytes < 1000 ? `${bytes} bytes` : bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

// Says which files go along with the next message, and lets go of them again.
export function startAttaching(form) {
  const field = form.elements.files;
  const chosen = form.querySelector(".chosen");
  const show = () => {
    const names = [...field.files].map((file) => file.name);
    replace(chosen, names.length ? [names.join(", "), " ", el("button", { type: "button", class: "plain", onclick: () => detach(form) }, "Remove")] : []);
  };
  field.addEventListener("change", show);
}

export function detach(form) {
  form.elements.files.value = "";
  replace(form.querySelector(".chosen"));
}

// Name and content, as the sandbox takes them; nothing, and a sentence, where one of them has gone or changed meanwhile.
export async function encoded(files) {
  const given = [];
  for (const file of files) {
    try {
      given.push({ name: file.name, content: base64(await file.arrayBuffer()) });
    } catch {
      say(`${file.name} cannot be read any more. Remove it, or attach it again.`, "error");
      return null;
    }
  }
  return given;
}

function base64(buffer) {
  const bytes = new Uint8Array(buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
}

// Builds elements. Text only ever becomes text nodes, so nothing that a person or an app wrote can be executed.

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name in node && typeof value !== "string") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function replace(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
}

// Draws a list anew while somebody may be in it: what has the same `data-key` stays, so that the focus stays on it, and a
// press that has begun on it ends on it.
export function renew(node, ...children) {
  const key = focusedKey(node);
  const before = new Map([...node.children].map((child) => [keyWithin(child), child]));
  arrange(node, children.flat(Infinity).map((child) => become(before.get(keyWithin(child)), child)));
  if (!node.contains(document.activeElement)) refocus(node, key);
}

const keyWithin = (node) => (node.querySelector("[data-key]") || node).dataset.key;

// The old node with all that is new about it, where it is of the same kind.
function become(old, fresh) {
  if (!old || old === fresh || old.nodeName !== fresh.nodeName || old.dataset?.key !== fresh.dataset?.key) return fresh;
  if (old.isEqualNode(fresh)) return old;
  if (old.nodeType !== old.ELEMENT_NODE) return fresh;
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const before = [...old.childNodes];
  arrange(old, [...fresh.childNodes].map((child, nth) => become(before[nth], child)));
  return old;
}

// Puts these nodes into another one, in this order; those that are there already are moved only where they have to be.
export function arrange(node, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...node.childNodes]) if (!wanted.has(child)) child.remove();
  nodes.forEach((child, nth) => {
    if (node.childNodes[nth] !== child) node.insertBefore(child, node.childNodes[nth] || null);
  });
}

export const focusedKey = (node) => (node.contains(document.activeElement) ? document.activeElement.dataset.key : null);

export function refocus(node, key) {
  const again = key ? [...node.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key) : null;
  if (again) again.focus();
}

export const byId = (id) => document.getElementById(id);

// What is under way is not begun again by whoever presses twice.
export function once(doing) {
  let busy = false;
  return async (...given) => {
    if (busy) return;
    busy = true;
    try {
      await doing(...given);
    } finally {
      busy = false;
    }
  };
}

let counter = 0;
export const freshId = (word) => `${word}-${(counter += 1)}`;

const SAFE = new Set(["http:", "https:", "mailto:", "tel:", "slack:"]);

export function safeAddress(address) {
  try {
    const url = new URL(address);
    return SAFE.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

export function link(address, ...label) {
  const href = safeAddress(address);
  const shown = label.length ? label : [address];
  return href ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }, shown) : el("span", {}, shown);
}

// Pictures on other hosts are named, not loaded: this page asks nobody but its own server.
export function picture(address, description, size) {
  let url = null;
  try {
    url = new URL(address, location.href);
  } catch {
    url = null;
  }
  if (url && url.origin === location.origin && url.protocol.startsWith("http")) {
    return el("img", { src: url.href, alt: description, class: size });
  }
  return el("span", { class: `picture ${size}` }, "Picture: ", address ? link(address, description) : description);
}

let fading = 0;
export function say(sentence, kind = "info") {
  const place = byId(kind === "error" ? "alerts" : "notices");
  const other = byId(kind === "error" ? "notices" : "alerts");
  // While a dialog is open, what lies outside of it can be neither seen nor pressed.
  (document.querySelector("dialog[open]") || document.body).append(place);
  replace(other);
  replace(
    place,
    el("p", { class: `toast ${kind}` }, sentence, " ", el("button", { type: "button", onclick: () => replace(place) }, "Dismiss")),
  );
  clearTimeout(fading);
  fading = setTimeout(() => replace(byId("notices")), 8000);
}

export const hush = () => replace(byId("alerts"));

export function keepToasts(dialog) {
  dialog.addEventListener("close", () => (document.querySelector("dialog[open]") || document.body).append(byId("notices"), byId("alerts")));
}

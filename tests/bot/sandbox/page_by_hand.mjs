// Uses the page's own scripts in Node against a running sandbox, with just enough of a document to act in.
//
//   node page_by_hand.mjs '{"folder", "url", "me", "channel", "acts", "attach"}'
//
// `attach` sends files through the composer; each of `acts` names a node of the newest message, what is set in it and
// the event that follows. Printed are the links to files, with their content, that the newest message then shows.

const facts = JSON.parse(process.argv[2]);

class Node {
  constructor(tag) {
    Object.assign(this, { tag, attributes: {}, dataset: {}, children: [], listeners: {}, value: "", checked: false });
    this.classList = { add() {}, remove() {}, toggle() {} };
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
    if (name.startsWith("data-")) this.dataset[name.slice(5)] = value;
    if (name === "value") this.value = value;
  }
  getAttribute(name) { return this.attributes[name] ?? null; }
  removeAttribute(name) { delete this.attributes[name]; }
  append(...children) {
    this.children.push(...children);
    for (const child of children) if (child instanceof Node) child.parent = this;
  }
  replaceChildren(...children) { this.children = children; }
  addEventListener(name, listener) { (this.listeners[name] ||= []).push(listener); }
  querySelector() { return null; }
  matches() { return false; }
  closest(tag) { return this.tag === tag ? this : this.parent ? this.parent.closest(tag) : null; }
  contains(node) { return all(this).includes(node); }
  focus() {}
}

const all = (node) => (node instanceof Node ? [node, ...node.children.flatMap(all)] : []);
const text = (node) => (node instanceof Node ? node.children.map(text).join("") : String(node));

const named = new Map([["emoji", { textContent: "{}" }]]);
const byId = (id) => named.get(id) || named.set(id, new Node(id)).get(id);
globalThis.location = { href: `${facts.url}/`, origin: facts.url, hash: "" };
globalThis.document = { createElement: (tag) => new Node(tag), getElementById: byId, querySelector: () => null, body: new Node("body") };

globalThis.sessionStorage = { getItem: () => null, setItem() {}, removeItem() {} };

// An event is over when nothing that it asked for is under way any more.
const asked = new Set();
const real = globalThis.fetch;
globalThis.fetch = (path, options) => {
  const answer = real(facts.url + path, options);
  asked.add(answer);
  return answer.finally(() => setTimeout(() => asked.delete(answer)));
};
async function happens(node, name, event = {}) {
  const done = (node.listeners[name] || []).map((listener) => listener({ target: node, preventDefault() {}, ...event }));
  await Promise.all(done);
  while (asked.size) await Promise.all([...asked, new Promise((resolve) => setTimeout(resolve))]);
}

const { look } = await import(`${facts.folder}/api.js`);
const { store, readState } = await import(`${facts.folder}/store.js`);
const { drawMessage } = await import(`${facts.folder}/messages.js`);
const { startConversation } = await import(`${facts.folder}/conversation.js`);

Object.assign(store, { me: facts.me, place: facts.channel });
await readState();

for (const form of [byId("composer"), byId("thread-composer")]) {
  const chosen = new Node("span");
  form.id = form.tag;
  form.elements = { text: new Node("textarea"), files: Object.assign(new Node("input"), { files: [] }) };
  form.querySelector = () => chosen;
}
startConversation(async () => {});
if (facts.attach) {
  const { text: box, files } = byId("composer").elements;
  box.value = facts.attach.text;
  files.files = facts.attach.files.map(([name, content]) => new File([content], name));
  await happens(files, "change");
  console.error(text(byId("composer").querySelector(".chosen")));
  await happens(byId("composer"), "submit");
}

const newest = async () => {
  const { messages } = await look("messages", { as: facts.me, channel: facts.channel });
  return drawMessage(messages.at(-1), facts.channel, false, async () => {});
};
const drawn = await newest();
// The menu of a message is filled when it is opened.
for (const node of all(drawn)) if (node.tag === "summary") await happens(node, "click");
for (const { find, set, event, pressed } of facts.acts || []) {
  const { key, tag, words, value } = find;
  const node = all(drawn).find((one) => (!key || one.dataset.key === key) && (!tag || one.tag === tag)
    && (!words || text(one) === words) && (!value || one.value === value));
  if (!node) throw new Error(`Nothing on the page is ${JSON.stringify(find)}.`);
  Object.assign(node, set);
  await happens(node, event, { key: pressed });
}

const links = all(await newest()).filter((node) => node.attributes.download);
console.log(JSON.stringify(await Promise.all(links.map(async (node) => [
  text(node), node.attributes.download, await (await fetch(node.attributes.href)).text()]))));

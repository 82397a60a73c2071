// Menus and pickers: one control per element type, and how its answer is read and written.

import { act } from "./api.js";
import { el, freshId, say } from "./dom.js";
import { plain, textObject } from "./mrkdwn.js";
import { channelName, nameOf, store } from "./store.js";
import { epochToWall, wallToEpoch } from "./time.js";

const each = (value) => (Array.isArray(value) ? value : []);

// What Slack calls the answer of each element, in a payload and in a view's state.
export const ANSWER = {
  static_select: "selected_option", external_select: "selected_option", radio_buttons: "selected_option",
  overflow: "selected_option", checkboxes: "selected_options", multi_static_select: "selected_options",
  multi_external_select: "selected_options", users_select: "selected_user", multi_users_select: "selected_users",
  conversations_select: "selected_conversation", multi_conversations_select: "selected_conversations",
  channels_select: "selected_channel", multi_channels_select: "selected_channels", datepicker: "selected_date",
  timepicker: "selected_time", datetimepicker: "selected_date_time", rich_text_input: "rich_text_value",
};

// The element as it stands: what was entered before takes the place of what it began with.
export function asEntered(element, block, entered) {
  const value = ((entered || {})[block.block_id] || {})[element.action_id];
  if (!value || value.type !== element.type) return element;
  const begun = Object.fromEntries(Object.entries(element).filter(([name]) => !name.startsWith("initial_")));
  for (const [name, part] of Object.entries(value)) {
    if (name === "type" || part === null) continue;
    begun[name === "value" || name === "rich_text_value" ? "initial_value" : name.replace("selected_", "initial_")] = part;
  }
  return begun;
}

// A control is {node, read(), write(value)}; values are plain: a string, a number, or a list of strings.
export function control(element, props, origin, block) {
  const type = element.type;
  if (type === "checkboxes") return boxes(element, props, true);
  if (type === "radio_buttons") return boxes(element, props, false);
  if (type === "datepicker") return field(el("input", { type: "date", ...props }), element.initial_date);
  if (type === "timepicker") return field(el("input", { type: "time", ...props }), element.initial_time);
  if (type === "datetimepicker") return moment(element, props);
  if (type.startsWith("multi_")) return type === "multi_external_select" ? searched(element, props, origin, block, true) : many(element, props);
  if (type === "external_select") return searched(element, props, origin, block, false);
  return single(element, props);
}

export function optionOf(element, value) {
  return optionsOf(element).find((option) => option.value === value) || null;
}

function optionsOf(element) {
  return [...each(element.options), ...each(element.option_groups).flatMap((group) => each(group.options))];
}

// The choices as [{label, entries: [[value, shown]]}]; people and channels come from the workspace.
function groupsOf(element) {
  const entries = (options) => each(options).map((option) => [option.value, shownText(option)]);
  if (element.option_groups) return element.option_groups.map((group) => ({ label: plain(group.label.text), entries: entries(group.options) }));
  if (element.options) return [{ label: "", entries: entries(element.options) }];
  if (element.type.includes("users")) return [{ label: "", entries: people(element) }];
  return [{ label: "", entries: channels(element) }];
}

const shownText = (option) => plain((option.text || {}).text || option.value);

const people = () => [...store.people.values()].filter((person) => !person.deleted).map((person) => [person.id, nameOf(person.id)]);

function channels(element) {
  const include = (element.filter || {}).include;
    const fits = (channel) => (element.type.includes("channels") ? channel.kind === "public" : !include || include.includes(channel.kind));
  return store.channels.filter(fits).map((channel) => [channel.id, channelName(channel.id)]);
}

const field = (node, initial) => {
  if (initial) node.value = initial;
  return { node, read: () => node.value || null, write: (value) => { node.value = value ?? ""; } };
};

function moment(element, props) {
  const node = el("input", { type: "datetime-local", ...props });
  const write = (epoch) => { node.value = epoch ? epochToWall(Number(epoch)).slice(0, 16) : ""; };
  write(element.initial_date_time);
  return { node, write, read: () => (node.value ? wallToEpoch(node.value) : null) };
}

function initialOf(element) {
  const one = element.initial_user || element.initial_conversation || element.initial_channel || (element.initial_option || {}).value;
  const some = element.initial_users || element.initial_conversations || element.initial_channels;
  return some || each(element.initial_options).map((option) => option.value).concat(one ? [one] : []);
}

function single(element, props) {
  const prompt = plain((element.placeholder || {}).text || "Choose…");
  const node = el("select", props, el("option", { value: "" }, prompt));
  for (const group of groupsOf(element)) {
    const options = group.entries.map(([value, shown]) => el("option", { value }, shown));
    node.append(...(group.label ? [el("optgroup", { label: group.label }, options)] : options));
  }
  return field(node, initialOf(element)[0]);
}

// Radio buttons and checkboxes; also every menu of many, since a list of boxes works by touch and by keyboard.
function listOf(entries, props, multiple, initial) {
  const name = freshId("choice");
  const boxesOf = new Map();
  const node = el("div", { class: "choices", role: multiple ? "group" : "radiogroup", "aria-labelledby": props["aria-labelledby"], "aria-label": props["aria-label"], "aria-describedby": props["aria-describedby"] });
  for (const [value, shown, note] of entries) {
    const box = el("input", { type: multiple ? "checkbox" : "radio", name, value, onchange: props.onchange });
    box.checked = initial.includes(value);
    boxesOf.set(value, box);
    node.append(el("label", { class: "choice" }, box, el("span", {}, shown, note ? el("small", {}, note) : null)));
  }
  const chosen = () => [...boxesOf].filter(([, box]) => box.checked).map(([value]) => value);
  const write = (value) => boxesOf.forEach((box, own) => { box.checked = [value].flat().includes(own); });
  return { node, write, read: () => (multiple ? chosen() : chosen()[0] || null) };
}

const boxes = (element, props, multiple) => listOf(
  each(element.options).map((option) => [option.value, textObject(option.text), option.description ? textObject(option.description) : null]),
  props, multiple, initialOf(element));

function many(element, props) {
  const made = listOf(groupsOf(element).flatMap((group) => group.entries), props, true, initialOf(element));
  made.node.classList.add("scrolling");
  return made;
}

// A menu whose options the app supplies: type, search, choose.
function searched(element, props, origin, block, multiple) {
  const query = el("input", { type: "search", "aria-label": "Search the options", placeholder: plain((element.placeholder || {}).text || "Search…") });
  const results = el("div");
  const initial = each(element.initial_options).concat(element.initial_option || []);
  let options = initial;
  let asked = 0;
  let list = { read: () => (multiple ? [] : null), write: () => undefined };
  const show = (chosen) => {
    list = listOf(options.map((option) => [option.value, shownText(option)]), props, multiple, chosen);
    results.replaceChildren(list.node);
  };
  const search = async () => {
    const least = element.min_query_length ?? 3;
    if (query.value.length < least) return say(`Type at least ${least} characters to search.`);
    asked += 1;
    const mine = asked;
    const answer = await act("options", { ...origin.target, action_id: element.action_id, block_id: block.block_id, query: query.value });
    // What she has searched for since then is found later; where nothing is answered, what was found stays.
    if (mine !== asked || answer.ok === false) return undefined;
    const kept = options.filter((option) => [list.read()].flat().includes(option.value));
    const found = [...each(answer.options), ...each(answer.option_groups).flatMap((group) => each(group.options))];
    options = [...kept, ...found.filter((option) => !kept.some((one) => one.value === option.value))];
    element.options = options;
    return show(kept.map((option) => option.value));
  };
  query.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    search();
  });
  show(initial.map((option) => option.value));
  const node = el("div", { class: "searched" }, query, el("button", { type: "button", onclick: search }, "Search"), results);
  return { node, read: () => list.read(), write: (value) => list.write(value) };
}

// What the app is asked for an option of an external menu: its words.
export function spoken(element, value) {
  if (!element.type.includes("external") || value === null) return value;
  const words = (one) => ((optionOf(element, one) || {}).text || {}).text || one;
  return Array.isArray(value) ? value.map(words) : words(value);
}

export function payload(element, value) {
  const name = ANSWER[element.type];
  if (element.type.includes("external")) return { [name]: spoken(element, value) };
  if (name === "selected_option") return { selected_option: value ? optionOf(element, value) : null };
  if (name === "selected_options") return { selected_options: each(value).map((one) => optionOf(element, one)).filter(Boolean) };
  return { [name]: value };
}

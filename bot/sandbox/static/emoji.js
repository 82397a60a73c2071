// Shortcodes as pictures, from the workspace's own table; one that is not there stays as it was typed.

import { byId } from "./dom.js";

const TABLE = JSON.parse((byId("emoji") || {}).textContent || "{}");

export const emoji = (name) => (Object.hasOwn(TABLE, name) ? TABLE[name] : null);
export const withEmoji = (text) => text.replace(/:([a-z0-9_+'-]+):/g, (whole, name) => emoji(name) || whole);
export const common = ["+1", "eyes", "white_check_mark", "heart", "tada"];

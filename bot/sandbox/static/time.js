// Times in the zone of the person who looks, as Slack shows them.

import { now, zone } from "./store.js";

// Making a format takes a hundred times as long as using it.
const made = new Map();
function formatIn(tz, options, language = "en-GB") {
  const key = JSON.stringify([tz, options, language]);
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(language, { timeZone: tz, ...options }));
  return made.get(key);
}

const format = (options) => (epoch, tz = zone()) => formatIn(tz, options).format(new Date(epoch * 1000));

const clockTime = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const seconds = format({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const long = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const middle = format({ day: "numeric", month: "long", year: "numeric" });
const short = format({ day: "numeric", month: "short", year: "numeric" });
const day = format({ weekday: "short", day: "numeric", month: "short" });
const isoDay = (epoch, tz = zone()) => formatIn(tz, {}, "en-CA").format(new Date(epoch * 1000));

export const timeOfDay = clockTime;
export const dayAndTime = (epoch, tz) => `${day(epoch, tz)}, ${clockTime(epoch, tz)}`;
export const fullDay = long;

export function dateToken(token, epoch) {
  const plainly = {
    date_num: isoDay(epoch),
    date_slash: short(epoch),
    date: middle(epoch),
    date_long: long(epoch),
    date_long_full: middle(epoch),
    date_short: short(epoch),
    time: clockTime(epoch),
    time_secs: seconds(epoch),
    ago: ago(epoch),
  };
  if (token in plainly) return plainly[token];
  if (token.endsWith("_pretty")) return nearDay(epoch) || plainly[token.replace("_pretty", "")] || long(epoch);
  return null;
}

export const dateText = (pattern, epoch) => pattern.replace(/\{(\w+)\}/g, (whole, token) => dateToken(token, epoch) || whole);

function nearDay(epoch) {
  const names = { [isoDay(now() - 86400)]: "yesterday", [isoDay(now())]: "today", [isoDay(now() + 86400)]: "tomorrow" };
  return names[isoDay(epoch)];
}

export function ago(epoch) {
  const difference = epoch - now();
  const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, size] = units.find(([, length]) => Math.abs(difference) >= length) || units[3];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(difference / size), unit);
}

// What a person's wall clock says ("2026-11-30T09:00") as an epoch, in her zone.
export function wallToEpoch(wall, tz = zone()) {
  const wanted = Date.parse(`${wall.length === 16 ? wall + ":00" : wall}Z`) / 1000;
  let guess = wanted;
  for (let round = 0; round < 3; round += 1) guess += wanted - Date.parse(`${epochToWall(guess, tz)}Z`) / 1000;
  return guess;
}

export function epochToWall(epoch, tz = zone()) {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: tz, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
    hour: "2-digit", minute: "2-digit", second: "2-digit",
  }).formatToParts(new Date(epoch * 1000));
  const got = Object.fromEntries(parts.map((part) => [part.type, part.value]));
  return `${got.year}-${got.month}-${got.day}T${got.hour}:${got.minute}:${got.second}`;
}

export function nextMondayNine(tz = zone()) {
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const candidate = new Date(Date.parse(`${epochToWall(now(), tz).slice(0, 10)}T00:00:00Z`) + ahead * 86400000);
    const wall = `${candidate.toISOString().slice(0, 10)}T09:00:00`;
    if (candidate.getUTCDay() === 1 && wallToEpoch(wall, tz) > now()) return wallToEpoch(wall, tz);
  }
  return now() + 7 * 86400;
}

// What a tour waits for: something that a person does on this page, a moment of the calendar, or a place that is open.

// `until` is one condition, or several of which one is enough. All that a condition names must hold:
//   user: by that person; act: an act of the page; text: which begins so, in small letters
//   place: what is open; clock: the moment that the calendar has reached
export function met(until, happened) {
  const conditions = Array.isArray(until) ? until : [until];
  return conditions.some((one) => Boolean(one) && Object.keys(one).length > 0 && fits(one, happened));
}

function fits(wanted, { act, user, text = "", place, now }) {
  const holds = {
    user: () => wanted.user === user,
    act: () => wanted.act === act,
    text: () => text.trim().toLowerCase().startsWith(wanted.text),
    place: () => wanted.place === place,
    clock: () => wanted.clock <= now,
  };
  return Object.keys(wanted).every((name) => holds[name]());
}

// Where somebody was in the tour of this workspace, as it was kept; a tour that has grown shorter ends where it ends.
export function kept(written, steps) {
  try {
    const { at = 0, open = true } = JSON.parse(written || "{}");
    return { at: Math.min(Math.max(Number.parseInt(at, 10) || 0, 0), steps - 1), open: Boolean(open) };
  } catch {
    return { at: 0, open: true };
  }
}

// How far the calendar goes while `seconds` pass: nowhere while an earlier move is still under way, and no further than
// a few seconds' worth when the page has slept.
export function nextMove({ now, target, running }, speed, seconds) {
  return running && target > now ? null : now + speed * Math.min(seconds, 2);
}

// The commands that could still become what is typed; none once an argument has begun.
export function completions(typed, commands) {
  if (!/^\/\S*$/.test(typed)) return [];
  return commands.filter((one) => one.command.startsWith(typed.toLowerCase()));
}

// What may follow the command that is typed already.
export function hint(typed, commands) {
  const [, word = ""] = typed.match(/^(\/\S+)\s/) || [];
  const found = commands.find((one) => one.command === word.toLowerCase());
  return found ? [found.command, found.usage_hint].filter(Boolean).join(" ") : "";
}

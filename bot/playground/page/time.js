// Times are shown in the world's own offset, whatever zone the browser is in.

import { words } from "./words.js";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
// Worlds that state UTC are in China all the same: the page is for villages there.
const HOME_OFFSET = 8 * 60;

let offset = HOME_OFFSET; // minutes east of UTC

/** Take the world's offset from its ISO time, e.g. "2026-03-05T09:00:00+08:00". */
export function learnOffset(iso) {
  const match = /([+-])(\d\d):?(\d\d)$/.exec(iso ?? "");
  const minutes = match ? (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0;
  offset = minutes || HOME_OFFSET;
}

/** Milliseconds since 1970 from an ISO string or Telegram's Unix seconds; null stays null. */
export function instant(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return value * 1000;
  const parsed = Date.parse(value);
  return Number.isNaN(parsed) ? null : parsed;
}

function parts(ms) {
  const shifted = new Date(ms + offset * MINUTE);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
  };
}

const two = (n) => String(n).padStart(2, "0");

/** "09:05" */
export function clockTime(ms) {
  const t = parts(ms);
  return `${two(t.hour)}:${two(t.minute)}`;
}

export const weekdayOf = (ms) => words.weekday[parts(ms).weekday];

/** "2026年3月5日" */
export function fullDate(ms) {
  const t = parts(ms);
  return words.date(t.year, t.month, t.day);
}

/** "3月5日 09:05" */
export function dayAndTime(ms) {
  const t = parts(ms);
  return `${words.monthDay(t.month, t.day)} ${clockTime(ms)}`;
}

/** A number that is the same for all instants of one local day. */
export const dayNumber = (ms) => Math.floor((ms + offset * MINUTE) / DAY);

/** The separator between days: "今天", "昨天", "3月5日 星期四", with the year where it differs from `now`. */
export function dayTitle(ms, now) {
  const apart = dayNumber(now) - dayNumber(ms);
  const t = parts(ms);
  const date = t.year === parts(now).year ? words.monthDay(t.month, t.day) : fullDate(ms);
  const name = `${date} ${weekdayOf(ms)}`;
  if (apart === 0) return `${words.today} · ${name}`;
  if (apart === 1) return `${words.yesterday} · ${name}`;
  return name;
}

/** The short stamp in a list of chats: a time today, "昨天", or a date. */
export function shortStamp(ms, now) {
  const apart = dayNumber(now) - dayNumber(ms);
  if (apart === 0) return clockTime(ms);
  if (apart === 1) return words.yesterday;
  const t = parts(ms);
  return `${t.month}/${t.day}`;
}

/** The next local `hour`:00 after `ms`. */
export function nextMorning(ms, hour = 8) {
  const today = dayNumber(ms) * DAY - offset * MINUTE + hour * 60 * MINUTE;
  return today > ms ? today : today + DAY;
}

/** ISO 8601 with the world's offset, as the control API takes it. */
export function isoOf(ms) {
  const shifted = new Date(ms + offset * MINUTE).toISOString().slice(0, 19);
  const sign = offset < 0 ? "-" : "+";
  const size = Math.abs(offset);
  return `${shifted}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

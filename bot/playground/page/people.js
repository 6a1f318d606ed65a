// How a person looks: initials on a colour of their own.

import { el, icon } from "./dom.js";

// Each is dark enough for white initials (contrast of 4.5 and more).
const COLOURS = ["#b4483c", "#9a5a14", "#3f7d32", "#1f7f74", "#2b6fa8", "#4a5fc1", "#7a4fb5", "#a8437f", "#6b6259", "#7d6410"];

/** The same colour for the same id, on every visit. */
export function colourOf(id) {
  let hash = 0;
  for (const digit of String(id)) hash = (hash * 31 + digit.charCodeAt(0)) >>> 0;
  return COLOURS[hash % COLOURS.length];
}

/** "王建国" → "建国", "老王" → "老王", "Li Lei" → "LL". */
export function initialsOf(name) {
  const text = (name ?? "").trim();
  if (!text) return "?";
  const words = text.split(/\s+/);
  if (/^[\x20-\x7e]+$/.test(text)) return words.slice(0, 2).map((w) => w[0].toUpperCase()).join("");
  const signs = [...text];
  return signs.length > 2 ? signs.slice(-2).join("") : text;
}

/** A round picture for a person, the bot (`isBot`) or a chat (`square`); decoration, so hidden from screen readers. */
export function avatar(id, name, { isBot = false, square = false, size = "" } = {}) {
  const face = isBot ? icon("robot") : initialsOf(square ? (name ?? "").slice(0, 2) : name);
  return el("span.avatar", {
    class: [size, isBot ? "is-bot" : "", square ? "is-group" : ""].join(" "),
    style: { "--colour": colourOf(id) },
    "aria-hidden": "true",
  }, face);
}

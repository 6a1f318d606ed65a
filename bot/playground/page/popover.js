// Small panels that open at a button and close by Escape or a click elsewhere: menus and pickers.

import { el } from "./dom.js";

let open = null;

/** Open `content` next to `anchor` (or at `point`, {x, y}); returns a function that closes it. */
export function popover(anchor, content, { point = null, label = "", role = "menu" } = {}) {
  open?.();
  const box = el("div.popover", { role, "aria-label": label }, content);
  document.body.append(box);
  place(box, anchor, point);
  anchor.setAttribute("aria-expanded", "true");

  const close = () => {
    if (open !== close) return;
    open = null;
    const inside = box.contains(document.activeElement);
    box.remove();
    anchor.removeAttribute("aria-expanded");
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("keydown", keys, true);
    window.removeEventListener("resize", close);
    if (inside && anchor.isConnected) anchor.focus();
  };
  const outside = (event) => {
    if (!box.contains(event.target)) close();
  };
  const keys = (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(box, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Tab") close();
  };
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("keydown", keys, true);
  window.addEventListener("resize", close);
  open = close;
  (box.querySelector("input") ?? box.querySelector("[aria-selected=true]") ?? box.querySelector("button"))?.focus({ preventScroll: true });
  return close;
}

function step(box, by) {
  const stops = [...box.querySelectorAll("button:not([disabled])")];
  const at = stops.indexOf(document.activeElement);
  stops[(at + by + stops.length) % stops.length]?.focus();
}

function place(box, anchor, point) {
  const edge = 8;
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  let left = point ? point.x : at.left;
  let top = point ? point.y : at.bottom + 4;
  if (top + height > innerHeight - edge) top = (point ? point.y : at.top - 4) - height;
  if (left + width > innerWidth - edge) left = point ? point.x - width : at.right - width;
  box.style.left = `${Math.max(edge, Math.min(left, innerWidth - width - edge))}px`;
  box.style.top = `${Math.max(edge, top)}px`;
}

/** A line of a menu. */
export function menuItem(icon, text, onclick, props = {}) {
  return el("button.menu-item", { type: "button", role: "menuitem", onclick, ...props }, icon, el("span", {}, text));
}

// Which panes stand where: side by side on a wide screen, one at a time with tabs below on a narrow one.

import { byId } from "./dom.js";
import { words } from "./words.js";

const NARROW = matchMedia("(max-width: 1099px)");
const KEPT_AS = "lianxinqiao.playground.widths";
const LEAST = { private: 280, panel: 260 }; // pixels

export class Layout {
  constructor(store) {
    this.store = store;
    this.panes = byId("panes");
    this.tabs = [...byId("tabs").querySelectorAll("button")];
    this.pane = "group";
    for (const tab of this.tabs) tab.addEventListener("click", () => this.show(tab.dataset.pane));
    NARROW.addEventListener("change", () => this.arrange());
    for (const split of document.querySelectorAll(".split")) this.makeSplit(split);
    byId("rail-veil").addEventListener("click", () => this.openRail(false));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        this.openRail(false);
        this.openDrawer(false);
      }
    });
    byId("faults-button").addEventListener("click", () => this.openDrawer(byId("faults").hidden));
    byId("faults-close").addEventListener("click", () => this.openDrawer(false));
    this.restore();
    this.arrange();
  }

  get narrow() {
    return NARROW.matches;
  }

  /** Bring a pane ("group", "private", "panel", "time") to the front where only one is on screen. */
  show(pane) {
    this.pane = pane;
    this.panes.dataset.pane = pane;
    for (const tab of this.tabs) tab.setAttribute("aria-selected", String(tab.dataset.pane === pane));
    this.openRail(false);
    this.tellStore();
  }

  arrange() {
    document.body.classList.toggle("narrow", this.narrow);
    byId(this.narrow ? "clock-narrow" : "clock-wide").append(byId("clock-controls"), byId("actions"));
    if (!this.narrow) byId("top").append(byId("actions"));
    this.show(this.pane);
  }

  tellStore() {
    this.store.setShown({ group: !this.narrow || this.pane === "group", private: !this.narrow || this.pane === "private" });
  }

  openRail(open) {
    document.body.classList.toggle("rail-open", open);
  }

  openDrawer(open) {
    const drawer = byId("faults");
    if (drawer.hidden === !open) return;
    drawer.hidden = !open;
    byId("faults-button").setAttribute("aria-expanded", String(open));
    (open ? byId("faults-close") : byId("faults-button")).focus();
  }

  /** A separator that is dragged, or moved by arrow keys, to give the pane on its right another width. */
  makeSplit(split) {
    const { pane } = split.dataset;
    split.setAttribute("aria-label", words.tabs[pane]);
    const width = () => byId(`${pane}-pane`).offsetWidth;
    split.addEventListener("pointerdown", (event) => {
      const [x, before] = [event.clientX, width()];
      split.setPointerCapture(event.pointerId);
      document.body.classList.add("resizing"); // frames would swallow the pointer
      const move = (e) => this.setWidth(pane, before + x - e.clientX);
      split.addEventListener("pointermove", move);
      split.addEventListener("lostpointercapture", () => {
        split.removeEventListener("pointermove", move);
        document.body.classList.remove("resizing");
        this.keep();
      }, { once: true });
    });
    split.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: 24, ArrowRight: -24 }[event.key];
      if (!by) return;
      event.preventDefault();
      this.setWidth(pane, width() + by);
      this.keep();
    });
    split.addEventListener("dblclick", () => {
      this.panes.style.removeProperty(`--${pane}-width`);
      this.keep();
    });
  }

  setWidth(pane, pixels) {
    const most = innerWidth * 0.5;
    this.panes.style.setProperty(`--${pane}-width`, `${Math.round(Math.max(LEAST[pane], Math.min(most, pixels)))}px`);
  }

  // Widths are kept where the browser allows it; without storage the page simply starts anew.
  keep() {
    const widths = Object.fromEntries(Object.keys(LEAST).map((pane) => [pane, this.panes.style.getPropertyValue(`--${pane}-width`)]));
    try {
      localStorage.setItem(KEPT_AS, JSON.stringify(widths));
    } catch {
      // private browsing
    }
  }

  restore() {
    try {
      const widths = JSON.parse(localStorage.getItem(KEPT_AS) ?? "{}");
      for (const [pane, width] of Object.entries(widths)) if (pane in LEAST && width) this.setWidth(pane, parseInt(width, 10));
    } catch {
      // private browsing, or a value of another program
    }
  }
}

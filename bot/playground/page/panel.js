// The ledger beside the chats: somebody else's page in a frame, loaded again after each change without a flicker.
//
// Two frames take turns: the hidden one loads, then they swap. Scroll is kept by reading the old frame's, which the
// browser allows for a page of the same origin only. A page of another origin can take part by posting to its parent
//     {type: "panel", height: document height in px, href: its own address}
// when loaded and when its height changes: then the frame is as tall as the page, the scrolling is this pane's own
// and survives, and a reload stays on the page one had gone to inside.

import { el, fill, iconButton } from "./dom.js";
import { words } from "./words.js";

const SETTLE = 600; // milliseconds of quiet before a reload
const AT_MOST_EVERY = 1500;
const SHOWN_AFTER = 120; // for a page of another origin to report its height before it is shown

export class Panel {
  constructor(root, store) {
    this.root = root;
    this.store = store;
    this.url = null;
    this.loadedAt = 0;
    this.fresh = el("span.panel-fresh", { role: "status" });
    this.open = el("a.icon-button", { target: "_blank", rel: "noopener", "aria-label": words.ledgerOpen, title: words.ledgerOpen });
    this.open.append(...iconButton("out", "", null).childNodes);
    this.scroller = el("div.panel-scroll");
    this.head = el("header.pane-head", {}, el("h2.head-title", {}, words.ledger), this.fresh,
      iconButton("reload", words.ledgerReload, () => this.reload()), this.open);
    fill(root, this.head, this.scroller);
    this.frame = null;
    store.on("reset", () => this.setUrl(store.panelUrl));
    for (const kind of ["chat", "turned", "clock"]) store.on(kind, () => this.later());
    window.addEventListener("message", (event) => this.told(event));
    new ResizeObserver(() => this.dirty && this.reload()).observe(root);
    document.addEventListener("visibilitychange", () => this.dirty && this.reload());
  }

  setUrl(url) {
    this.url = url;
    document.body.classList.toggle("no-panel", !url);
    if (!url) return;
    this.open.href = url;
    this.reload();
  }

  get visible() {
    return this.root.offsetParent !== null && !document.hidden;
  }

  later() {
    if (!this.url) return;
    this.dirty = true;
    clearTimeout(this.timer);
    if (!this.visible) return;
    const wait = Math.max(SETTLE, this.loadedAt + AT_MOST_EVERY - performance.now());
    this.timer = setTimeout(() => this.reload(), wait);
  }

  /** Load again now, or as soon as the pane is seen: a page nobody sees would be laid out without any width. */
  reload() {
    this.dirty = Boolean(this.url) && !this.visible;
    if (this.dirty || !this.url) return;
    this.loadedAt = performance.now();
    this.next?.remove();
    const next = el("iframe.panel-frame.loading", { title: words.ledger, src: this.address() });
    this.next = next;
    next.addEventListener("load", () => setTimeout(() => this.swap(next), sameOrigin(next) ? 0 : SHOWN_AFTER), { once: true });
    this.scroller.append(next);
  }

  /** Where the frame is now, when that can be known, or where it began. */
  address() {
    const here = sameOrigin(this.frame)?.location.href ?? this.frame?.dataset.href;
    return here && here !== "about:blank" ? here : this.url;
  }

  swap(next) {
    if (this.next !== next) return;
    const old = this.frame;
    const from = sameOrigin(old);
    const to = sameOrigin(next);
    if (from && to) to.scrollTo({ left: from.scrollX, top: from.scrollY, behavior: "instant" });
    if (old?.dataset.height && !next.dataset.height) next.style.height = old.style.height;
    next.classList.remove("loading");
    this.frame = next;
    this.next = null;
    old?.remove();
    this.fresh.textContent = old ? words.ledgerFresh : "";
    this.fresh.classList.remove("shown");
    void this.fresh.offsetWidth; // restarts the animation
    this.fresh.classList.add("shown");
  }

  told({ data, source }) {
    const frame = [this.frame, this.next].find((f) => f?.contentWindow === source);
    if (!frame || data?.type !== "panel") return;
    if (Number.isFinite(data.height)) {
      frame.dataset.height = String(data.height);
      frame.style.height = `${Math.max(data.height, this.scroller.clientHeight)}px`;
    }
    try {
      if (new URL(data.href).origin === new URL(this.url, location.href).origin) frame.dataset.href = data.href;
    } catch {
      // no address told: a reload begins at the panel's first page
    }
  }
}

/** The frame's window when this page may look into it, else null. */
function sameOrigin(frame) {
  try {
    void frame.contentWindow.location.href;
    return frame.contentWindow;
  } catch {
    return null;
  }
}

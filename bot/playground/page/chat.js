// The list of one chat's messages: only a window of it is in the page, new entries are appended, edits replace one row.

import { el, fill, icon } from "./dom.js";
import { messageRow, senderOf } from "./message.js";
import { dayNumber, dayTitle, instant } from "./time.js";
import { words } from "./words.js";

const WINDOW = 80; // messages shown when a chat is opened, and added when one scrolls up
const MOST_ROWS = 400; // beyond this the oldest rows leave the page while one reads at the bottom
const GROUPED_WITHIN = 5 * 60_000; // messages of one sender this close stand as one block
const NEAR_BOTTOM = 90; // pixels

export class ChatView {
  /** `root` gets the list; `act` what bubbles do; `empty()` gives the node shown while there is nothing. */
  constructor(root, store, act, { label, empty }) {
    this.store = store;
    this.act = { ...act, jump: (id) => this.jump(id), grown: () => this.stuck && this.toBottom(false) };
    this.empty = empty;
    this.list = el("div.messages", { role: "log", "aria-label": label, "aria-live": "polite", tabindex: "0" });
    this.below = el("button.to-bottom", { type: "button", hidden: true, "aria-label": words.toBottom, onclick: () => this.toBottom(true) },
      el("span.below-count"), icon("down"));
    fill(root, this.list, this.below);
    this.chat = null;
    this.missed = 0;
    this.list.addEventListener("keydown", (event) => this.walk(event));
    this.list.addEventListener("scroll", () => this.scrolled(), { passive: true });
    // Panes change their height (composer, tour card): whoever read at the bottom stays there.
    new ResizeObserver(() => {
      this.height = this.list.clientHeight;
      if (this.stuck) this.toBottom(false);
    }).observe(this.list);
  }

  /** Show `chat` (null: nothing yet) as seen by `viewerId`; only `topicId`'s messages unless null. */
  show(chat, viewerId, topicId = null) {
    this.chat = chat;
    this.viewerId = viewerId;
    this.topicId = topicId;
    this.missed = 0;
    this.start = null;
    this.render();
    this.toBottom(false);
  }

  get messages() {
    const all = this.chat?.messages ?? [];
    return all.filter((m) => !m.deleted && this.inTopic(m));
  }

  inTopic(message) {
    return this.topicId === null || (message.topic_id ?? 0) === this.topicId;
  }

  /** Build the window anew. */
  render() {
    const messages = this.messages;
    this.start = Math.max(0, Math.min(this.start ?? messages.length - WINDOW, messages.length));
    this.entries = [];
    this.rows = new Map(); // message id → its entry
    const nodes = [];
    for (const message of messages.slice(this.start)) {
      const entry = this.enter(message);
      if (entry) nodes.push(entry);
    }
    // Rows need their neighbours to know where a block ends, so they are built after all entries are known.
    fill(this.list, messages.length ? nodes.flatMap((entry, i) => this.nodesOf(entry, nodes[i - 1], nodes[i + 1])) : this.empty());
  }

  /** Put a message into an entry: a new one (returned), or the album before it (null returned). */
  enter(message) {
    const last = this.entries.at(-1);
    if (message.media_group_id && last?.messages[0].media_group_id === message.media_group_id) {
      last.messages.push(message);
      this.rows.set(message.id, last);
      return null;
    }
    const entry = { messages: [message], at: instant(message.date), row: null };
    this.entries.push(entry);
    this.rows.set(message.id, entry);
    return entry;
  }

  together(a, b) {
    if (!a || !b) return false;
    const [x, y] = [a.messages[0], b.messages[0]];
    return !x.service && !y.service && senderOf(x, this.store).id === senderOf(y, this.store).id
      && Math.abs(b.at - a.at) < GROUPED_WITHIN && dayNumber(a.at) === dayNumber(b.at) && !x.reply_markup;
  }

  lookOf(entry, before, after) {
    const message = entry.messages[0];
    const topic = this.topicId === null && message.topic_id ? this.chat.topics.find((t) => t.id === message.topic_id) : null;
    return {
      first: !this.together(before, entry),
      last: !this.together(entry, after),
      mine: message.from_user_id === this.viewerId && !message.sender_chat,
      showSender: this.chat.type !== "private",
      topicName: topic?.name ?? null,
    };
  }

  nodesOf(entry, before, after) {
    entry.row = messageRow(entry, this.lookOf(entry, before, after), this.store, this.act);
    const newDay = !before || dayNumber(before.at) !== dayNumber(entry.at);
    return newDay ? [this.daySeparator(entry), entry.row] : [entry.row];
  }

  daySeparator(entry) {
    return el("div.day", { role: "separator", dataset: { at: entry.at } }, el("span", {}, dayTitle(entry.at, this.store.now)));
  }

  /** The day has changed: what was today is yesterday. */
  renameDays() {
    for (const day of this.list.querySelectorAll(".day")) day.firstChild.textContent = dayTitle(Number(day.dataset.at), this.store.now);
  }

  /** Take what happened in this chat since the last frame. */
  apply(changes) {
    const wasStuck = this.stuck;
    for (const change of changes) {
      if (change.type === "message") this.append(change.message);
      else if (change.type === "delete") this.remove(change.message);
      else this.refresh(change);
    }
    const added = changes.filter((c) => c.type === "message" && this.inTopic(c.message));
    const own = added.some((c) => c.message.from_user_id === this.viewerId);
    if (wasStuck || own) {
      if (this.entries.length > MOST_ROWS) {
        this.start = null;
        this.render();
      }
      this.toBottom(added.length > 0 && added.length < 6);
    } else if (added.length) {
      this.missed += added.length;
      this.showBelow();
    }
  }

  append(message) {
    if (message.deleted || !this.inTopic(message) || this.rows.has(message.id)) return;
    const last = this.entries.at(-1);
    if (!last || last.messages.at(-1).id > message.id) {
      this.render();
      return;
    }
    const entry = this.enter(message);
    if (entry === null) {
      this.redraw(last);
      return;
    }
    if (this.together(last, entry)) last.row.classList.remove("last");
    const nodes = this.nodesOf(entry, last, null);
    entry.row.classList.add("arriving");
    this.list.append(...nodes);
  }

  remove(message) {
    const row = this.rows.get(message.id)?.row;
    if (!row) return;
    row.classList.add("leaving");
    setTimeout(() => this.render(), 200);
  }

  refresh({ type, message, before }) {
    const entry = this.rows.get(message.id);
    if (!entry) return;
    this.redraw(entry);
    entry.row.classList.remove("arriving");
    if (type === "edit") entry.row.classList.add("changed");
    const had = new Set((before ?? []).map((r) => r.emoji + r.user_id));
    for (const { emoji, user_id: userId } of message.reactions ?? []) {
      if (type === "reaction" && !had.has(emoji + userId)) entry.row.querySelector(`[data-emoji="${CSS.escape(emoji)}"]`)?.classList.add("popping");
    }
  }

  redraw(entry) {
    const i = this.entries.indexOf(entry);
    const row = messageRow(entry, this.lookOf(entry, this.entries[i - 1], this.entries[i + 1]), this.store, this.act);
    entry.row.replaceWith(row);
    entry.row = row;
  }

  /** Another person looks on: whose bubbles are one's own changes, the place in the chat doesn't. */
  setViewer(viewerId) {
    if (this.viewerId === viewerId) return;
    this.viewerId = viewerId;
    const { scrollTop } = this.list;
    this.render();
    if (this.stuck) this.toBottom(false);
    else this.list.scrollTop = scrollTop;
  }

  /** With the list focused, arrows go from message to message and Enter opens one's menu: one tab stop, not hundreds. */
  walk(event) {
    const row = event.target.closest(".row");
    if (event.target !== this.list && event.target !== row) return;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const rows = [...this.list.querySelectorAll(".row")];
      const at = row ? rows.indexOf(row) + (event.key === "ArrowUp" ? -1 : 1) : rows.length - 1;
      rows[at]?.focus();
      if (rows[at]) event.preventDefault();
    } else if (row && (event.key === "Enter" || event.key === "ContextMenu")) {
      event.preventDefault();
      row.querySelector(".more-button")?.click();
    }
  }

  /** Scroll to a message, fetching it into the window first, and point at it. */
  jump(id) {
    const index = this.messages.findIndex((m) => m.id === id);
    if (index < 0) return;
    if (index < this.start) {
      this.start = Math.max(0, index - 20);
      this.render();
    }
    const row = this.rows.get(id)?.row;
    if (!row) return;
    row.scrollIntoView({ block: "center", behavior: motion() });
    row.classList.remove("pointed");
    void row.offsetWidth; // restarts the animation when one jumps to the same message twice
    row.classList.add("pointed");
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.list;
    // A pane that changed its height was not scrolled by the reader: the observer puts it right.
    if (clientHeight !== this.height) {
      this.height = clientHeight;
      return;
    }
    this.stuck = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
    if (this.stuck) this.missed = 0;
    this.showBelow();
    if (scrollTop < 120 && this.start > 0) {
      this.start = Math.max(0, this.start - WINDOW);
      this.render();
      this.list.scrollTop = this.list.scrollHeight - scrollHeight + scrollTop;
    }
  }

  showBelow() {
    this.below.hidden = this.stuck;
    this.below.firstChild.textContent = this.missed ? String(this.missed) : "";
    this.below.setAttribute("aria-label", this.missed ? words.newBelow(this.missed) : words.toBottom);
  }

  toBottom(smoothly) {
    this.stuck = true;
    this.missed = 0;
    this.below.hidden = true;
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smoothly ? motion() : "instant" });
  }
}

function motion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}

// The list of chats on the left: groups, then everybody's private chat with the bot.

import { byId, el, fill, soon } from "./dom.js";
import { gist, senderOf } from "./message.js";
import { avatar } from "./people.js";
import { badge } from "./picker.js";
import { instant, shortStamp } from "./time.js";
import { words } from "./words.js";

const SEARCH_FROM = 14; // chats
const MANY = 80; // from so many chats on the list is drawn anew
const REST = 250; // only after so many milliseconds

export class Rail {
  /** `goTo(kind, id)`: kind "group" or "person". */
  constructor(root, store, goTo) {
    this.store = store;
    this.goTo = goTo;
    this.needle = "";
    this.search = el("input.search", { type: "search", placeholder: words.findChat, "aria-label": words.findChat, oninput: () => {
      this.needle = this.search.value.trim().toLowerCase();
      this.draw();
    } });
    this.list = el("div.rail-list");
    fill(root, this.search, this.list);
    for (const kind of ["reset", "chats", "users", "chosen", "day"]) store.on(kind, () => this.later());
  }

  later() {
    if (this.waiting) return;
    this.waiting = true;
    setTimeout(() => soon(() => {
      this.waiting = false;
      this.draw();
    }), this.store.chats.size > MANY ? REST : 0);
  }

  draw() {
    const { store } = this;
    const fits = (text) => !this.needle || text.toLowerCase().includes(this.needle);
    const groups = store.groups().filter((chat) => fits(chat.title ?? ""));
    const people = store.people().filter((user) => fits(`${user.name} ${user.label ?? ""}`));
    this.search.hidden = store.groups().length + store.people().length < SEARCH_FROM;
    const focused = document.activeElement?.dataset?.key;
    fill(this.list,
      el("h2.rail-title", {}, words.groups), groups.map((chat) => this.groupItem(chat)),
      el("h2.rail-title", {}, words.people), people.map((user) => this.personItem(user)));
    if (focused) this.list.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
    this.countTabs();
  }

  groupItem(chat) {
    return this.item({
      key: `g${chat.id}`,
      face: avatar(chat.id, chat.title, { square: true }),
      name: chat.title ?? String(chat.id),
      chat,
      chosen: chat.id === this.store.chosen.groupId,
      otherwise: () => words.memberCount(this.store.membersOf(chat.id).length),
      withSender: true,
      onclick: () => this.goTo("group", chat.id),
    });
  }

  personItem(user) {
    return this.item({
      key: `p${user.id}`,
      face: avatar(user.id, user.name),
      name: user.name,
      label: user.label,
      muted: user.blocked_bot,
      chat: this.store.privateChatOf(user.id),
      chosen: user.id === this.store.chosen.personId,
      otherwise: () => words.neverTalked,
      onclick: () => this.goTo("person", user.id),
    });
  }

  item({ key, face, name, label, muted, chat, chosen, otherwise, withSender, onclick }) {
    const last = chat?.messages.findLast((m) => !m.deleted);
    const sender = withSender && last && !last.service ? `${senderOf(last, this.store).name}：` : "";
    return el("button.chat-item", {
      type: "button",
      class: [chosen ? "chosen" : "", muted ? "muted" : ""].join(" "),
      dataset: { key },
      "aria-current": chosen ? "true" : null,
      onclick,
    }, face, el("span.chat-item-body", {},
      el("span.chat-item-head", {}, el("span.chat-item-name", {}, name), label ? el("span.chat-item-label", {}, label) : null,
        last ? el("span.chat-item-time", {}, shortStamp(instant(last.date), this.store.now)) : null),
      el("span.chat-item-foot", {}, el("span.chat-item-last", {}, last ? sender + gist(last, this.store) : otherwise()), badge(chat?.unread))));
  }

  /** The unread counts on a phone's bottom tabs. */
  countTabs() {
    const sum = (type) => [...this.store.chats.values()]
      .filter((c) => (c.type === "private") === (type === "private"))
      .reduce((n, c) => n + c.unread, 0);
    for (const pane of ["group", "private"]) {
      const spot = byId(`tab-badge-${pane}`);
      if (spot) fill(spot, badge(sum(pane)));
    }
  }
}

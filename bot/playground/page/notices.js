// What appears over the page for a moment: toasts, the alert of a button press, and peeks at chats not on screen.

import { byId, el, fill } from "./dom.js";
import { gist, senderOf } from "./message.js";
import { avatar } from "./people.js";
import { words } from "./words.js";

const TOAST = 3600; // milliseconds on screen
const PEEK = 6500;
const MOST_PEEKS = 3;

/** A short line that fades by itself. `about` says for whom it is; `kind` may be "bad". */
export function toast(text, { about = "", kind = "" } = {}) {
  const node = el("div.toast", { class: kind }, about ? el("span.toast-about", {}, about) : null, el("span", {}, text));
  byId("toasts").append(node);
  setTimeout(() => node.classList.add("leaving"), TOAST);
  setTimeout(() => node.remove(), TOAST + 300);
}

/** Tell of a request that was refused. */
export function complain(error) {
  toast(words.failed(error.message), { kind: "bad" });
}

/** A box that stays until it is closed, as show_alert asks for. */
export function alertBox(text, about) {
  const dialog = byId("alert");
  fill(dialog, el("p.alert-about", {}, about), el("p.alert-text", {}, text),
    el("form", { method: "dialog" }, el("button.primary", { autofocus: true }, words.ok)));
  if (!dialog.open) dialog.showModal();
}

/** Peeks: a card for each chat where the bot spoke while one looked elsewhere; a click goes there. */
export class Peeks {
  constructor(store, goTo) {
    this.store = store;
    this.goTo = goTo;
    this.cards = new Map(); // chat id → {node, timer}
    store.on("chat", ({ chatId, changes }) => this.look(chatId, changes));
    store.on("chosen", () => this.dropSeen());
  }

  look(chatId, changes) {
    const { store } = this;
    if (store.isOnScreen(chatId)) return;
    const last = changes.filter((c) => c.type === "message" && c.message.from_user_id === store.bot.id && !c.message.service).at(-1);
    if (!last) return;
    this.drop(chatId);
    if (this.cards.size >= MOST_PEEKS) this.drop(this.cards.keys().next().value);
    const chat = store.chats.get(chatId);
    const owner = store.ownerOf(chat);
    const node = el("button.peek", { type: "button", onclick: () => {
      this.drop(chatId);
      this.goTo(chat);
    } },
      owner ? avatar(owner.id, owner.name) : avatar(chat.id, chat.title, { square: true }),
      el("span.peek-body", {},
        el("span.peek-who", {}, owner ? words.peekPrivate(owner.name) : `${chat.title} · ${senderOf(last.message, store).name}`),
        el("span.peek-text", {}, gist(last.message, store))));
    byId("peeks").append(node);
    this.cards.set(chatId, { node, timer: setTimeout(() => this.drop(chatId), PEEK) });
  }

  dropSeen() {
    for (const chatId of [...this.cards.keys()]) if (this.store.isOnScreen(chatId)) this.drop(chatId);
  }

  drop(chatId) {
    const card = this.cards.get(chatId);
    if (!card) return;
    clearTimeout(card.timer);
    card.node.remove();
    this.cards.delete(chatId);
  }
}

// The guided tour: a card with the caption and its buttons, and looking where the tour is acting.

import { el, fill, icon } from "./dom.js";
import { complain } from "./notices.js";
import { words } from "./words.js";

const LOOK_AT_LEAST = 1600; // milliseconds one stays at a chat before the tour takes the view elsewhere

export class Tour {
  /** `goTo(chat)` brings a chat into view. */
  constructor(root, button, store, api, goTo) {
    Object.assign(this, { root, button, store, api, goTo });
    this.dismissed = false;
    this.lookedAt = 0;
    store.on("reset", () => this.draw());
    store.on("tour", () => this.draw());
    store.on("chat", ({ chatId, changes }) => this.follow(chatId, changes));
    button.addEventListener("click", () => {
      this.dismissed = false;
      if (!store.tour?.playing) this.act("start");
      this.draw();
    });
  }

  act(action) {
    this.api.tour(action).catch(complain);
  }

  draw() {
    const { tour } = this.store;
    this.button.hidden = !tour;
    this.root.hidden = !tour || this.dismissed;
    if (!tour) return;
    const begun = tour.playing || tour.index > 0;
    const { over } = tour;
    const control = (name, text, action, props = {}) =>
      el("button", { type: "button", class: "tour-button", "aria-label": text, title: text, onclick: () => this.act(action), ...props }, icon(name), el("span", {}, text));
    const shut = () => {
      this.dismissed = true;
      if (this.store.tour?.playing || begun) this.act("stop");
      this.draw();
    };
    const caption = tour.error ? words.failed(tour.error) : over ? words.tourDone : tour.caption || words.tourReady;
    fill(this.root,
      el("div.tour-progress", { "aria-hidden": "true", style: { "--part": String(tour.total ? Math.min(1, tour.index / tour.total) : 0) } }),
      el("p.tour-title", {}, tour.title ?? "", begun && tour.total ? el("span.tour-step", {}, words.tourStep(Math.min(tour.index, tour.total), tour.total)) : null),
      el("p.tour-caption", { "aria-live": "polite" }, caption),
      el("div.tour-buttons", {},
        tour.playing ? control("pause", words.tourPause, "pause")
          : control("play", over ? words.tourAgain : begun ? words.tourGoOn : words.tourStart, "start", { class: "tour-button primary" }),
        begun && !over ? control("next", words.tourNext, "next") : null,
        el("button.icon-button", { type: "button", "aria-label": begun ? words.tourStop : words.close, title: begun ? words.tourStop : words.close, onclick: shut }, icon("close"))));
  }

  /** While the tour plays, look at the chat where something is said; what people say comes before the bot's answers. */
  follow(chatId, changes) {
    const { store } = this;
    if (!store.tour?.playing || store.isOnScreen(chatId)) return;
    const spoken = changes.filter((c) => c.type === "message" && !c.message.service);
    if (!spoken.length) return;
    const byPerson = spoken.some((c) => c.message.from_user_id !== store.bot.id);
    const now = performance.now();
    if (!byPerson && now - this.lookedAt < LOOK_AT_LEAST) return;
    this.lookedAt = now;
    this.goTo(store.chats.get(chatId));
  }
}

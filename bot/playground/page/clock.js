// The world's time: the large face, the buttons that turn it, and what comes in while it turns.

import { el, fill } from "./dom.js";
import { complain, toast } from "./notices.js";
import { popover } from "./popover.js";
import { clockTime, dayAndTime, fullDate, instant, isoOf, nextMorning, weekdayOf } from "./time.js";
import { words } from "./words.js";

const HOUR = 3600;
const DAY = 24 * HOUR;
const TICK = 1000; // milliseconds between face updates while time runs

export class Clock {
  /** `face` gets the time, `controls` the buttons, `bar` is the thin progress line of a turn; `large` repeats the time on a phone. */
  constructor({ face, controls, bar, large }, store, api) {
    Object.assign(this, { face, controls, bar, large, store, api });
    this.turn = null; // {from, to, messages} while one is under way
    this.time = el("strong.face-time");
    this.day = el("span.face-day");
    this.state = el("span.face-state", { role: "status" });
    fill(face, this.time, el("span.face-side", {}, this.day, this.state));
    store.on("reset", () => this.draw());
    store.on("clock", () => this.take());
    store.on("chat", ({ changes }) => {
      if (this.turn) this.turn.messages += changes.filter((c) => c.type === "message").length;
    });
    // While time runs the server only says so; the face goes on by itself.
    setInterval(() => {
      if (!store.running || this.turn) return;
      store.tick({ now: isoOf(store.now + TICK) });
    }, TICK);
  }

  take() {
    this.drawFace();
    if (this.drawnRunning !== this.store.running) this.draw();
  }

  draw() {
    const { store } = this;
    this.drawnRunning = store.running;
    const turnButton = (text, to, props = {}) =>
      el("button.turn", { type: "button", onclick: () => this.turnTo(to()), ...props }, text);
    this.buttons = [
      turnButton(words.hour, () => store.now + HOUR * 1000),
      turnButton(words.day, () => store.now + DAY * 1000),
      turnButton(words.morning, () => nextMorning(store.now)),
      ...store.marks.map((mark) => turnButton(words.toMark(mark.label), () => instant(mark.at), { class: "mark", title: dayAndTime(instant(mark.at)) })),
    ];
    const other = el("button.turn.turn-other", { type: "button", "aria-haspopup": "dialog", "aria-label": words.otherTime, title: words.otherTime, onclick: () => this.askTime(other) }, "…");
    this.buttons.push(other);
    this.toggle = el("button.run-switch", {
      type: "button", role: "switch", "aria-checked": String(store.running), onclick: () => this.setRunning(!store.running),
    }, el("span.run-knob"), el("span.run-word", {}, store.running ? words.running : words.standing));
    fill(this.controls, el("div.turns", { role: "group", "aria-label": words.tabs.time }, this.buttons), this.toggle);
    this.drawFace();
  }

  drawFace() {
    const { store, turn } = this;
    this.time.textContent = clockTime(store.now);
    this.day.textContent = `${fullDate(store.now)} ${weekdayOf(store.now)}`;
    fill(this.large, el("strong", {}, clockTime(store.now)), el("span", {}, this.day.textContent));
    fill(this.state, turn ? words.turning(dayAndTime(turn.to)) : "");
    this.face.classList.toggle("turning", Boolean(turn));
    for (const button of this.buttons ?? []) button.disabled = Boolean(turn);
    this.bar.hidden = !turn;
    if (turn) {
      const part = Math.max(0.04, Math.min(1, (store.now - turn.from) / (turn.to - turn.from)));
      this.bar.style.setProperty("--part", String(part));
    }
  }

  /** Any other time, in the world's own offset. */
  askTime(anchor) {
    const now = isoOf(this.store.now);
    const [least, offset] = [now.slice(0, 16), now.slice(19)];
    const go = (to) => {
      close();
      this.turnTo(to);
    };
    const field = el("input.search", { type: "datetime-local", min: least, value: least, "aria-label": words.otherTime, required: true });
    const form = el("form.time-form", { onsubmit: (event) => {
      event.preventDefault();
      go(instant(`${field.value}:00${offset}`));
    } }, field, el("button.primary", {}, words.turnThere));
    const close = popover(anchor, [
      el("button.menu-item", { type: "button", onclick: () => go(this.store.now + 7 * DAY * 1000) }, words.week), form,
    ], { role: "dialog", label: words.otherTime });
  }

  async turnTo(to) {
    if (this.turn) return;
    if (to <= this.store.now) {
      toast(words.alreadyPast);
      return;
    }
    this.turn = { from: this.store.now, to, messages: 0 };
    this.drawFace();
    try {
      const answer = await this.api.clock({ to: isoOf(to) });
      this.store.tick({ now: answer.now });
      this.store.flush();
      toast(words.turned(dayAndTime(this.store.now), this.turn.messages));
    } catch (error) {
      complain(error);
    } finally {
      this.turn = null;
      this.drawFace();
      this.store.emit("turned");
    }
  }

  async setRunning(running) {
    try {
      const answer = await this.api.clock({ running });
      this.store.tick({ now: answer.now, running });
    } catch (error) {
      complain(error);
    }
  }
}


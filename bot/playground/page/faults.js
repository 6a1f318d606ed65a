// The drawer where one breaks things on purpose, and sees what is broken now.

import { el, fill } from "./dom.js";
import { complain } from "./notices.js";
import { avatar } from "./people.js";
import { words } from "./words.js";

// Which faults there are and what can be set on each; the numbers are what the form starts with.
const KINDS = [
  { key: "too_many_requests", fields: { times: 3, retry_after: 5 }, method: true },
  { key: "server_error", fields: { times: 3, code: 502 }, method: true },
  { key: "lost_answer", fields: { times: 1 }, method: true },
  { key: "undecodable_update", fields: { times: 1 } },
  { key: "duplicate_updates", on: true, off: false },
  { key: "rate_limits", on: "real", off: null },
];
const LOOK_AGAIN = 2500; // milliseconds; the server doesn't tell of each use of a counted fault
const METHODS = ["sendMessage", "editMessageText", "answerCallbackQuery", "setMessageReaction", "getUpdates"];

export class Faults {
  constructor(root, button, count, store, api) {
    Object.assign(this, { root, button, count, store, api });
    for (const kind of ["reset", "faults", "users", "chosen"]) store.on(kind, () => this.draw());
    setInterval(() => {
      if (this.on.some(({ fields }) => fields)) this.send(api.faults());
    }, LOOK_AGAIN);
  }

  /** The faults that are on now. */
  get on() {
    return KINDS.filter(({ key }) => isOn(this.store.faults[key]));
  }

  draw() {
    const { store } = this;
    // A form that is being filled in stays as it is.
    if (this.root.contains(document.activeElement) && document.activeElement.matches("input, select")) return;
    const blocked = store.people().filter((user) => user.blocked_bot).length;
    const total = this.on.length + (blocked ? 1 : 0);
    this.count.textContent = total ? String(total) : "";
    this.count.hidden = !total;
    this.button.classList.toggle("active", total > 0);
    const focused = document.activeElement?.dataset?.switch;
    fill(this.root,
      el("p.faults-now", { class: total ? "some" : "", role: "status" }, total ? words.faultsOn(total) : words.faultsNone,
        this.on.length ? el("button.link", { type: "button", onclick: () => this.send(this.api.clearFaults()) }, words.faultsClear) : null),
      KINDS.map((kind) => this.card(kind)),
      store.group?.type === "group" ? el("section.fault", {}, el("h3", {}, words.migrateTitle), el("p", {}, words.migrateAbout),
        el("button.link", { type: "button", onclick: () => this.send(this.api.migrate(store.group.id)) }, words.migrate)) : null,
      el("section.fault", {}, el("h3", {}, words.blockedTitle), el("p", {}, words.blockedAbout),
        el("div.block-list", {}, store.people().map((user) => this.blockSwitch(user)))));
    if (focused) this.root.querySelector(`[data-switch="${CSS.escape(focused)}"]`)?.focus();
  }

  card({ key, fields, method, on: valueOn, off: valueOff = null }) {
    const now = this.store.faults[key];
    const on = isOn(now);
    const { name, about } = words.faultKinds[key];
    const form = el("form.fault", { class: on ? "on" : "", onsubmit: (event) => {
      event.preventDefault();
      // An input that has the focus would keep the form from being drawn anew.
      if (document.activeElement?.matches("input, select")) document.activeElement.blur();
      this.send(this.api.setFaults({ [key]: on ? valueOff : fields ? read(form, fields) : valueOn }));
    } },
      el("div.fault-head", {}, el("h3", {}, name), on && now.times ? el("span.fault-left", {}, words.faultLeft(now.times)) : null,
        el("button.fault-switch", { dataset: { switch: key }, role: "switch", "aria-checked": String(on), "aria-label": `${name} ${on ? words.faultOff : words.faultOn}` }, el("span.run-knob"))),
      el("p", {}, about),
      fields && !on ? el("div.fault-fields", {},
        Object.entries(fields).map(([field, value]) => el("label", {}, words.faultFields[field], el("input", { type: "number", name: field, min: "1", max: "999", value: String(value) }))),
        method ? el("label.fault-method", {}, words.faultMethod, el("select", { name: "method" }, el("option", { value: "" }, words.faultAnyMethod), METHODS.map((m) => el("option", {}, m)))) : null) : null);
    return form;
  }

  blockSwitch(user) {
    return el("button.block-person", {
      type: "button", role: "switch", dataset: { switch: String(user.id) }, "aria-checked": String(Boolean(user.blocked_bot)),
      onclick: () => this.send(this.api.block(user.id, !user.blocked_bot)),
    }, avatar(user.id, user.name, { size: "small" }), el("span", {}, user.name));
  }

  // The new state comes back by the stream as well; taking it from the answer too keeps the switch from lagging.
  async send(request) {
    try {
      const answer = await request;
      if (answer && KINDS.some(({ key }) => key in answer)) {
        this.store.faults = answer;
        this.store.emit("faults");
      }
    } catch (error) {
      complain(error);
    }
  }
}

function isOn(fault) {
  return fault === true || typeof fault === "string" || (fault !== null && typeof fault === "object" && fault.times !== 0);
}

function read(form, fields) {
  const data = new FormData(form);
  const fault = Object.fromEntries(Object.keys(fields).map((field) => [field, Number(data.get(field))]));
  if (data.get("method")) fault.method = data.get("method");
  return fault;
}

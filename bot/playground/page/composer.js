// Where one writes: as whom, the text, what it replies to, a photo or album, and sentences to try.

import { el, fill, icon, iconButton } from "./dom.js";
import { gist, senderOf } from "./message.js";
import { complain } from "./notices.js";
import { avatar } from "./people.js";
import { menuItem, popover } from "./popover.js";
import { pickPerson } from "./picker.js";
import { words } from "./words.js";

const QUICK_FACES = 8; // people one click away; the picker has all
const MOST_SUGGESTIONS = 4;
const THINKING_AFTER = 350; // milliseconds before "正在看" is shown, so that quick answers do not flicker

/** The composer of one pane. `kind` is "group" or "private"; `api` the control API. */
export class Composer {
  constructor(root, store, api, kind) {
    Object.assign(this, { root, store, api, kind });
    this.reply = null; // the message replied to
    this.edited = null; // the message being edited
    this.way = null; // "photo", "album", "anonymous" or "hidden"
    this.suggestions = el("div.suggestions", { role: "group", "aria-label": words.try });
    this.replyKeys = el("div.reply-keys", { hidden: true, role: "group", "aria-label": words.replyKeys });
    this.commands = el("div.commands", { hidden: true, role: "listbox", "aria-label": words.commands });
    this.thinking = el("div.thinking", { hidden: true, role: "status" });
    this.persona = el("div.persona");
    this.context = el("div.context", { hidden: true });
    this.text = el("textarea.say", { rows: "1", enterkeyhint: "send", oninput: () => this.typed(), onkeydown: (e) => this.key(e) });
    this.photo = iconButton("photo", words.withPhoto, () => this.setWay(this.way === "photo" ? null : "photo"), { class: "photo-button", "aria-pressed": "false" });
    this.moreWays = iconButton("plus", words.moreWays, (e) => this.openWays(e.currentTarget), { class: "ways-button", "aria-haspopup": "menu" });
    this.sendButton = el("button.send-button", { "aria-label": words.send, title: words.send }, icon("send"));
    this.form = el("form.composer-line", { onsubmit: (e) => {
      e.preventDefault();
      this.send();
    } }, this.moreWays, this.photo, this.text, this.sendButton);
    fill(root, this.thinking, this.suggestions, this.commands, kind === "group" ? this.persona : null, this.context, this.form,
      kind === "private" ? this.replyKeys : null);
    this.draw();
  }

  get chat() {
    return this.kind === "group" ? this.store.group : this.store.privateChatOf(this.store.chosen.personId);
  }

  /** Whether the chosen person can write here. */
  get able() {
    const { person } = this.store;
    if (!person) return false;
    if (this.kind === "private") return true;
    return this.chat !== null && this.store.membersOf(this.chat.id).some((user) => user.id === person.id);
  }

  /** Whether the chosen person could write in the group's name here. */
  get mayHide() {
    const { chat, store } = this;
    return chat?.type === "supergroup" && ["creator", "administrator"].includes(store.statusIn(chat.id, store.chosen.personId));
  }

  draw() {
    const { person } = this.store;
    const hint = this.kind === "group" ? words.sayInGroup : words.sayPrivately;
    const { able } = this;
    this.text.disabled = !able;
    this.text.placeholder = !person ? words.sayNothing : able ? (this.way ? words.photoCaption : hint(person.name)) : words.notMember(person.name);
    if (this.way === "anonymous" || this.way === "hidden") this.text.placeholder = hint(person?.name ?? "");
    this.text.setAttribute("aria-label", this.text.placeholder);
    for (const button of [this.photo, this.moreWays, this.sendButton]) button.disabled = !able;
    this.photo.setAttribute("aria-pressed", String(this.way === "photo" || this.way === "album"));
    this.drawPersona();
    this.drawContext();
    this.drawSuggestions();
    this.drawReplyKeys();
    this.typed();
  }

  drawPersona() {
    if (this.kind !== "group") return;
    const { store } = this;
    const { person } = store;
    const choose = (user) => {
      store.choose({ personId: user.id });
      this.text.focus();
    };
    const open = (event) => pickPerson(event.currentTarget, store, { groupId: store.chosen.groupId, onPick: choose });
    const others = store.membersOf(store.chosen.groupId).filter((user) => user.id !== person?.id).slice(0, QUICK_FACES);
    fill(this.persona,
      el("button.persona-button", { type: "button", "aria-haspopup": "dialog", title: words.pickPerson, onclick: open },
        el("span.persona-as", {}, words.speakAs),
        person ? avatar(person.id, person.name, { size: "small" }) : null,
        el("span.persona-name", {}, person?.name ?? ""),
        person?.label ? el("span.persona-label", {}, person.label) : null,
        el("span.persona-as.persona-end", {}, words.speakAsEnd), icon("down")),
      el("div.quick-faces", {}, others.map((user) =>
        el("button.quick-face", { type: "button", title: `${user.name} ${user.label ?? ""}`, "aria-label": `${words.speakAs} ${user.name} ${words.speakAsEnd}`, onclick: () => choose(user) },
          avatar(user.id, user.name, { size: "small" })))));
  }

  drawContext() {
    const { store } = this;
    const message = this.edited ?? this.reply;
    const notes = { album: words.withAlbum, anonymous: words.anonymously, hidden: words.asForwarded, photo: words.withPhoto };
    this.context.hidden = !message && !this.way;
    if (message) {
      const title = this.edited ? words.editing : words.replying(senderOf(message, store).name);
      fill(this.context, icon(this.edited ? "edit" : "reply"), el("span.context-body", {}, el("strong", {}, title), el("span", {}, gist(message, store))),
        iconButton("close", words.cancel, () => this.clear()));
    } else if (this.way) {
      fill(this.context, icon(this.way === "anonymous" || this.way === "hidden" ? "person" : "photo"),
        el("span.context-body", {}, el("strong", {}, notes[this.way])), iconButton("close", words.cancel, () => this.setWay(null)));
    }
    this.sendButton.replaceChildren(icon(this.edited ? "check" : "send"));
    this.sendButton.setAttribute("aria-label", this.edited ? words.save : words.send);
  }

  drawSuggestions() {
    const { store } = this;
    const mine = store.suggestions.filter((s) => {
      const isPrivate = s.chat_id === "private" || store.chats.get(s.chat_id)?.type === "private" || s.chat_id === s.user_id;
      return this.kind === "private" ? isPrivate && s.user_id === store.chosen.personId : s.chat_id === store.chosen.groupId;
    });
    const said = new Set((this.chat?.messages ?? []).map((m) => m.text));
    const fresh = mine.filter((s) => !said.has(s.text)).slice(0, MOST_SUGGESTIONS);
    this.suggestions.hidden = !fresh.length;
    fill(this.suggestions, fresh.length ? el("span.try", {}, words.try) : null, fresh.map((s) =>
      el("button.suggestion", { type: "button", title: s.text, onclick: () => {
        if (store.chosen.personId !== s.user_id) store.choose({ personId: s.user_id });
        this.text.value = s.text;
        this.typed();
        this.text.focus();
        this.sendButton.classList.add("beckoning");
      } }, avatar(s.user_id, store.nameOf(s.user_id), { size: "tiny" }), el("span", {}, s.text))));
  }

  /** The keyboard that the bot has put in place of the phone's own: of its latest message that says anything of one. */
  drawReplyKeys() {
    if (this.kind !== "private") return;
    const { person } = this.store;
    const says = (m) => m.reply_markup?.keyboard || m.reply_markup?.remove_keyboard;
    const latest = this.chat?.messages.findLast((m) => !m.deleted && says(m));
    const used = latest && latest.reply_markup.one_time_keyboard && this.chat.messages.some((m) => m.id > latest.id && m.from_user_id === person?.id);
    const rows = used ? [] : latest?.reply_markup.keyboard ?? [];
    this.replyKeys.hidden = !rows.length || !this.able;
    fill(this.replyKeys, rows.map((row) => el("div.reply-key-row", {}, row.map((key) =>
      el("button.reply-key", {
        type: "button",
        title: key.request_contact ? words.shareContact(person?.name ?? "") : key.text,
        onclick: () => key.request_contact ? this.shareContact() : this.api.say({ chat_id: "private", user_id: person.id, text: key.text }).catch(complain),
      }, key.text)))));
  }

  shareContact() {
    const { person } = this.store;
    const phone = person.phone ?? window.prompt(words.askPhone(person.name), "");
    if (phone) this.api.contact({ user_id: person.id, phone }).catch(complain);
  }

  typed() {
    this.text.style.height = "auto";
    // Hidden on another tab of a phone it measures 0: the style's least height holds.
    this.text.style.height = `${Math.min(this.text.scrollHeight, 140)}px`;
    this.root.classList.toggle("has-text", this.text.value.trim() !== "");
    this.sendButton.classList.remove("beckoning");
    this.drawCommands();
  }

  /** Commands of the bot that fit what is being typed, when the server tells which it has. */
  drawCommands() {
    const typed = /^\/(\w*)$/.exec(this.text.value)?.[1];
    const known = this.store.bot.commands ?? [];
    const fitting = typed === undefined ? [] : known.filter((c) => c.command.startsWith(typed)).slice(0, 8);
    this.commands.hidden = !fitting.length;
    fill(this.commands, fitting.map((c) => el("button.command-item", { type: "button", role: "option", onclick: () => {
      this.text.value = `/${c.command} `;
      this.text.focus();
      this.typed();
    } }, el("strong", {}, `/${c.command}`), el("span", {}, c.description ?? ""))));
  }

  key(event) {
    // isComposing: Enter that ends a Chinese input method's word must not send.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && (this.reply || this.edited || this.way)) this.clear();
    else if (event.key === "ArrowUp" && !this.text.value && !this.edited) {
      const own = this.chat?.messages.findLast((m) => m.from_user_id === this.store.chosen.personId && m.text && !m.deleted && !m.service);
      if (own) this.startEdit(own);
    }
  }

  setWay(way) {
    this.way = way;
    this.edited = null;
    this.draw();
    this.text.focus();
  }

  openWays(anchor) {
    const pick = (way) => () => {
      close();
      this.setWay(way);
    };
    const close = popover(anchor, [
      menuItem(icon("photo"), words.withAlbum, pick("album")),
      this.mayHide ? menuItem(icon("person"), words.anonymously, pick("anonymous")) : null,
      menuItem(icon("forward"), words.asForwarded, pick("hidden")),
    ], { label: words.moreWays });
  }

  startReply(message) {
    this.edited = null;
    this.reply = message;
    this.draw();
    this.text.focus();
  }

  startEdit(message) {
    this.reply = null;
    this.way = null;
    this.edited = message;
    this.text.value = message.text ?? message.caption ?? "";
    this.draw();
    this.text.focus();
  }

  clear() {
    if (this.edited) this.text.value = "";
    this.reply = this.edited = this.way = null;
    this.draw();
  }

  async send() {
    const text = this.text.value.trim();
    const pictures = this.way === "photo" || this.way === "album";
    const { person } = this.store;
    if (!this.able || (!text && !pictures)) return;
    const request = this.edited
      ? this.api.edit({ chat_id: this.edited.chat_id, message_id: this.edited.id, user_id: person.id, text })
      : this.api.say(this.body(text, pictures));
    const written = this.text.value;
    this.text.value = "";
    this.clear();
    const done = this.showThinking();
    try {
      await request;
    } catch (error) {
      if (!this.text.value) this.text.value = written;
      this.typed();
      complain(error);
    } finally {
      done();
    }
  }

  body(text, pictures) {
    const { chosen } = this.store;
    const body = { chat_id: this.kind === "group" ? chosen.groupId : "private", user_id: chosen.personId };
    if (pictures) {
      body.photo = true;
      if (text) body.caption = text;
      if (this.way === "album") body.album = 3;
    } else body.text = text;
    if (this.reply) body.reply_to_id = this.reply.id;
    if (this.kind === "group" && chosen.topicId) body.topic_id = chosen.topicId;
    if (this.way === "anonymous") body.anonymous = true;
    if (this.way === "hidden") body.forward_from = "hidden";
    return body;
  }

  /** Show that the bot is at it until the returned function is called. */
  showThinking() {
    this.waiting = (this.waiting ?? 0) + 1;
    const timer = setTimeout(() => {
      fill(this.thinking, el("span.dots", {}, el("i"), el("i"), el("i")), words.thinking(this.store.bot.name));
      this.thinking.hidden = false;
    }, THINKING_AFTER);
    return () => {
      clearTimeout(timer);
      this.waiting -= 1;
      if (!this.waiting) this.thinking.hidden = true;
    };
  }
}

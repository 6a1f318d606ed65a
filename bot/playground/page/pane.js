// One chat pane: header, topics, pinned message, messages, composer. The group's and the private one are both this.

import { ChatView } from "./chat.js";
import { Composer } from "./composer.js";
import { el, fill, icon, iconButton } from "./dom.js";
import { messageMenu } from "./menu.js";
import { gist } from "./message.js";
import { alertBox, complain, toast } from "./notices.js";
import { avatar } from "./people.js";
import { pickPerson } from "./picker.js";
import { words } from "./words.js";

const PRESS_AT_MOST = 8000; // milliseconds a pressed button spins when no answer comes

export class Pane {
  /** `kind` is "group" or "private"; `openRail` shows the list of chats where it isn't beside; `opened(person)` after a deep link. */
  constructor(root, store, api, kind, { openRail, opened }) {
    Object.assign(this, { root, store, api, kind, opened });
    this.head = el("header.pane-head");
    this.bar = el("div.pane-bar");
    const body = el("div.pane-body");
    const foot = el("footer.composer");
    fill(root, this.head, this.bar, body, foot);
    this.openRail = openRail;
    this.pressed = null;
    this.composer = new Composer(foot, store, api, kind);
    this.view = new ChatView(body, store, this.acts(), { label: kind === "group" ? words.groups : words.privateWith, empty: () => this.emptyNote() });
    store.on("reset", () => this.show());
    store.on("chosen", (before) => this.chosen(before));
    store.on("chats", () => this.drawHead());
    store.on("users", () => this.drawHead());
    store.on("chat", ({ chatId, changes }) => this.happened(chatId, changes));
    store.on("day", () => this.view.renameDays());
    store.on("press", (press) => this.watched(press));
    store.on("answer", (answer) => this.answered(answer));
  }

  get chat() {
    return this.composer.chat;
  }

  acts() {
    const react = (message, emoji) => {
      const { person } = this.store;
      if (person) this.api.react({ chat_id: message.chat_id, message_id: message.id, user_id: person.id, emoji }).catch(complain);
    };
    const does = { react, reply: (m) => this.composer.startReply(m), edit: (m) => this.composer.startEdit(m) };
    return {
      ...does,
      menu: (message, anchor, point = null) => messageMenu(message, anchor, point, this.store, this.api, does),
      press: (message, button, node) => this.press(message, button, node),
      link: (url) => this.openLink(url),
      command: (command) => this.say(command),
    };
  }

  say(text) {
    const { chosen } = this.store;
    const chatId = this.kind === "group" ? chosen.groupId : "private";
    this.api.say({ chat_id: chatId, user_id: chosen.personId, text }).catch(complain);
  }

  /** Show the chosen chat from its end. */
  show() {
    const { store } = this;
    this.shownChat = this.chat;
    this.drawHead();
    this.view.show(this.shownChat, store.chosen.personId, this.kind === "group" ? store.chosen.topicId : null);
    this.composer.clear();
  }

  chosen(before) {
    const { chosen } = this.store;
    const other = this.kind === "group"
      ? before.groupId !== chosen.groupId || before.topicId !== chosen.topicId
      : before.personId !== chosen.personId;
    if (other) this.show();
    else if (before.personId !== chosen.personId) {
      this.view.setViewer(chosen.personId);
      this.composer.draw();
    }
    this.drawHead();
  }

  happened(chatId, changes) {
    const { chat } = this;
    if (chat?.id !== chatId) return;
    if (this.view.chat !== chat) this.show(); // the private chat began just now, or the chat was replaced
    else this.view.apply(changes);
    if (changes.some((c) => c.type === "message")) {
      this.composer.drawSuggestions();
      this.composer.drawReplyKeys();
    }
  }

  drawHead() {
    if (this.kind === "group") this.drawGroupHead();
    else this.drawPrivateHead();
    this.drawBar();
  }

  drawGroupHead() {
    const { store } = this;
    const { group } = store;
    const members = group ? store.membersOf(group.id) : [];
    fill(this.head, iconButton("menu", words.chatsOf, this.openRail, { class: "rail-button" }),
      group ? avatar(group.id, group.title, { square: true }) : null,
      el("div.head-body", {}, el("h1.head-title", {}, group?.title ?? words.noGroup),
        group ? el("p.head-about", {}, words.memberCount(members.length), " · ", members.map((u) => u.name).join("、")) : null));
  }

  drawPrivateHead() {
    const { store } = this;
    const { person } = store;
    const choose = (event) => pickPerson(event.currentTarget, store, { onPick: (user) => store.choose({ personId: user.id }) });
    fill(this.head, person
      ? el("button.head-person", { type: "button", title: words.pickPerson, "aria-haspopup": "dialog", onclick: choose },
        avatar(person.id, person.name), el("div.head-body", {},
          el("span.head-title", {}, person.name, person.label ? el("span.tag", {}, person.label) : null),
          el("span.head-about", {}, words.privateWith)), icon("down"))
      : el("p.head-about", {}, words.noPerson));
  }

  drawBar() {
    const { store } = this;
    const { chat } = this;
    const parts = [];
    if (this.kind === "group" && chat?.topics.length) parts.push(this.topicTabs(chat));
    if (this.kind === "private" && store.person?.blocked_bot) {
      parts.push(el("div.blocked", {}, words.blockedNote(store.person.name),
        el("button.link", { type: "button", onclick: () => this.api.block(store.person.id, false).catch(complain) }, words.unblock)));
    }
    const pinned = chat?.byId.get(chat.pinned?.at(-1));
    if (pinned && !pinned.deleted) {
      parts.push(el("button.pinned", { type: "button", onclick: () => this.view.jump(pinned.id) },
        el("strong", {}, words.pinned), el("span", {}, gist(pinned, store))));
    }
    fill(this.bar, parts);
  }

  topicTabs(chat) {
    const { store } = this;
    const tab = (id, name) => el("button.topic", {
      type: "button", role: "tab", "aria-selected": String(store.chosen.topicId === id), onclick: () => store.choose({ topicId: id }),
    }, name);
    return el("div.topics", { role: "tablist" }, tab(null, words.allTopics), chat.topics.map((t) => tab(t.id, t.name)));
  }

  emptyNote() {
    const { person } = this.store;
    if (this.kind === "group") return el("div.empty", {}, icon("people"), el("p", {}, this.chat ? words.emptyGroup : words.noGroup));
    if (!person) return el("div.empty", {}, icon("person"), el("p", {}, words.noPerson));
    return el("div.empty", {}, icon("robot"), el("p", {}, words.emptyPrivate(person.name)),
      el("button.primary", { type: "button", onclick: () => this.say("/start") }, words.start));
  }

  async press(message, button, node) {
    if (button.url) {
      if (!this.openLink(button.url)) window.open(button.url, "_blank", "noopener");
      return;
    }
    const { person } = this.store;
    if (!person || button.callback_data === undefined) return;
    node.classList.add("pressed");
    this.pressed = { userId: person.id, messageId: message.id, node };
    const done = () => node.classList.remove("pressed");
    const timer = setTimeout(done, PRESS_AT_MOST);
    try {
      await this.api.press({ chat_id: message.chat_id, message_id: message.id, user_id: person.id, data: button.callback_data });
    } catch (error) {
      complain(error);
    } finally {
      clearTimeout(timer);
      done();
    }
  }

  /** A press by the tour or in another window: show which button, and later its answer. */
  watched({ chat_id: chatId, message_id: messageId, user_id: userId, label }) {
    if (this.chat?.id !== chatId || (this.pressed?.userId === userId && this.pressed.messageId === messageId)) return;
    const row = this.view.rows.get(messageId)?.row;
    const node = [...(row?.querySelectorAll(".key") ?? [])].find((key) => key.textContent === label);
    if (!node) return;
    this.view.jump(messageId);
    node.classList.add("pressed");
    this.pressed = { userId, messageId, node };
    setTimeout(() => node.classList.remove("pressed"), PRESS_AT_MOST);
    toast(words.pressed(this.store.nameOf(userId), label));
  }

  /** Show what answerCallbackQuery said, in the pane where the button was pressed. */
  answered({ user_id: userId, text, show_alert: showAlert, url }) {
    if (this.pressed?.userId !== userId) return;
    this.pressed.node.classList.remove("pressed");
    this.pressed = null;
    if (url) this.openLink(url);
    if (!text) return;
    const about = words.seesOnly(this.store.nameOf(userId));
    if (showAlert) alertBox(text, about);
    else toast(text, { about });
  }

  /** A t.me link of the bot opens the private chat of the chosen person; true when it was one. */
  openLink(url) {
    const { person, bot } = this.store;
    const match = /^(?:https?:\/\/)?t\.me\/(\w+)/i.exec(url);
    if (!match || !person || match[1].toLowerCase() !== (bot.username ?? "").toLowerCase()) return false;
    this.api.open({ user_id: person.id, link: url }).then(() => this.opened(person), complain);
    return true;
  }
}

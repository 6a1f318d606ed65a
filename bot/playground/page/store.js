// What the page knows of the world, and whom and what it is showing. Views subscribe; nothing here touches the page.

import { soon } from "./dom.js";
import { dayNumber, instant, learnOffset } from "./time.js";

const PRESENT = new Set(["creator", "administrator", "member", "restricted"]);

/**
 * Kinds of change a view can subscribe to with `on(kind, listener)`:
 * "reset" all is new · "chat" ({chatId, changes}) · "chats" the list, members or unread counts ·
 * "users" · "clock" · "day" (another day) · "faults" · "tour" · "press" (somebody presses a button) ·
 * "answer" (what that showed) · "resync" (too much was missed: load again) · "chosen" the group, topic or person.
 */
export class Store {
  constructor() {
    this.listeners = new Map();
    this.pending = new Map(); // chat id → changes since the last frame
    this.shown = { group: true, private: true }; // which panes are on screen, set by the layout
    this.chosen = { groupId: null, topicId: null, personId: null };
    // An empty world until the first state is loaded, so that views can be built before.
    this.now = 0;
    this.running = false;
    this.bot = { id: 0, name: "" };
    this.users = new Map();
    this.chats = new Map();
    this.faults = {};
    this.tour = null;
    this.panelUrl = null;
    this.marks = [];
    this.suggestions = [];
  }

  on(kind, listener) {
    if (!this.listeners.has(kind)) this.listeners.set(kind, []);
    this.listeners.get(kind).push(listener);
  }

  emit(kind, data) {
    for (const listener of this.listeners.get(kind) ?? []) listener(data);
  }

  /** Take a whole state; keeps what was chosen where it still exists. Returns the state's seq. */
  load(state) {
    learnOffset(state.now);
    this.now = instant(state.now);
    this.running = state.running ?? state.clock?.running ?? false;
    this.bot = state.bot;
    this.title = state.title ?? null;
    this.users = new Map(state.users.map((user) => [user.id, user]));
    this.chats = new Map();
    for (const chat of state.chats) this.addChat(chat);
    this.faults = state.faults ?? {};
    this.tour = tourOf(state.tour, state.tour_title);
    this.tourTitle = state.tour_title ?? null;
    this.panelUrl = state.panel_url ?? null;
    this.marks = state.marks ?? [];
    this.suggestions = state.suggestions ?? [];
    this.pending.clear();
    this.keepChoice();
    this.emit("reset");
    return state.seq ?? 0;
  }

  addChat(raw) {
    const known = this.chats.get(raw.id);
    const messages = [...(raw.messages ?? known?.messages ?? [])].sort((a, b) => a.id - b.id);
    const chat = { ...known, ...raw, messages, byId: new Map(messages.map((m) => [m.id, m])), unread: known?.unread ?? 0 };
    chat.members = chat.members ?? [];
    chat.topics = chat.topics ?? [];
    this.chats.set(chat.id, chat);
    return chat;
  }

  keepChoice() {
    const { chosen } = this;
    const successor = this.chats.get(chosen.groupId)?.migrated_to;
    if (successor && this.chats.has(successor)) {
      chosen.groupId = successor;
      chosen.topicId = null;
    } else if (!this.chats.has(chosen.groupId)) {
      chosen.groupId = this.groups()[0]?.id ?? null;
      chosen.topicId = null;
    }
    if (!this.users.has(chosen.personId)) {
      const first = this.suggestions.find((s) => this.users.has(s.user_id))?.user_id;
      chosen.personId = first ?? this.membersOf(chosen.groupId)[0]?.id ?? this.people()[0]?.id ?? null;
    }
  }

  // Reading

  /** Groups that live; one that became a supergroup is shown as its successor. */
  groups() {
    return [...this.chats.values()].filter((chat) => chat.type !== "private" && !chat.migrated_to);
  }

  people() {
    return [...this.users.values()].filter((user) => user.id !== this.bot.id && !user.is_bot);
  }

  /** The people (not the bot) who are in a chat now, in the world's order. */
  membersOf(chatId) {
    const members = this.chats.get(chatId)?.members ?? [];
    const ids = new Set(members.filter((m) => PRESENT.has(m.status)).map((m) => m.user_id));
    return this.people().filter((user) => ids.has(user.id));
  }

  statusIn(chatId, userId) {
    return this.chats.get(chatId)?.members.find((m) => m.user_id === userId)?.status ?? null;
  }

  /** A private chat has its person's id. */
  privateChatOf(userId) {
    return this.chats.get(userId) ?? null;
  }

  /** Whose private chat this is; null for groups. */
  ownerOf(chat) {
    if (chat.type !== "private") return null;
    return this.users.get(chat.id) ?? null;
  }

  nameOf(userId) {
    if (userId === this.bot.id) return this.bot.name;
    return this.users.get(userId)?.name ?? String(userId ?? "");
  }

  get person() {
    return this.users.get(this.chosen.personId) ?? null;
  }

  get group() {
    return this.chats.get(this.chosen.groupId) ?? null;
  }

  isOnScreen(chatId) {
    if (chatId === this.chosen.groupId) return this.shown.group;
    return this.shown.private && this.privateChatOf(this.chosen.personId)?.id === chatId;
  }

  // Choosing

  choose(change) {
    const before = { ...this.chosen };
    Object.assign(this.chosen, change);
    if (before.groupId !== this.chosen.groupId && !("topicId" in change)) this.chosen.topicId = null;
    this.readOnScreen();
    this.emit("chosen", before);
  }

  /** Say which panes are visible; what they show counts as read. */
  setShown(shown) {
    this.shown = shown;
    this.readOnScreen();
  }

  readOnScreen() {
    let changed = false;
    for (const chat of [this.group, this.privateChatOf(this.chosen.personId)]) {
      if (chat?.unread && this.isOnScreen(chat.id)) {
        chat.unread = 0;
        changed = true;
      }
    }
    if (changed) this.emit("chats");
  }

  // What happens

  /** Apply one event of the stream. Changes inside chats are handed on once a frame, so that a flood stays smooth. */
  apply({ type, data }) {
    switch (type) {
      case "message": return this.take(data);
      case "edit": return this.amend(data.chat_id, data.id ?? data.message_id, data, "edit");
      case "reaction": return this.amend(data.chat_id, data.id ?? data.message_id, { reactions: data.reactions }, "reaction");
      case "delete": return this.amend(data.chat_id, data.id ?? data.message_id, { deleted: true }, "delete");
      case "press": return this.emit("press", data);
      case "answer": return this.emit("answer", data);
      case "clock": return this.tick(data);
      case "member": return this.setMember(data);
      case "chat":
        return this.changeChat(data);
      case "user": return this.setUser(data);
      case "faults":
        this.faults = data;
        return this.emit("faults");
      case "tour":
        this.tour = tourOf(data, this.tourTitle);
        return this.emit("tour");
      case "resync": return this.emit("resync");
      default: return undefined; // a newer server's event: nothing to show for it
    }
  }

  changeChat(data) {
    const before = { ...this.chosen };
    this.addChat(data);
    this.keepChoice();
    this.emit("chats");
    if (before.groupId !== this.chosen.groupId || before.personId !== this.chosen.personId) {
      this.readOnScreen();
      this.emit("chosen", before);
    }
  }

  take(message) {
    const chat = this.chats.get(message.chat_id) ?? this.addChat(this.unknownChat(message));
    const known = chat.byId.get(message.id);
    if (known) return this.amend(chat.id, message.id, message, "edit");
    chat.byId.set(message.id, message);
    const last = chat.messages.at(-1);
    chat.messages.push(message);
    if (last && last.id > message.id) chat.messages.sort((a, b) => a.id - b.id);
    const mine = chat.type === "private" && message.from_user_id !== this.bot.id;
    if (!mine && !message.deleted && !this.isOnScreen(chat.id)) chat.unread += 1;
    return this.note(chat.id, { type: "message", message });
  }

  /** A private chat the state did not list yet: it begins with its first message. */
  unknownChat(message) {
    const isPrivate = message.chat_id > 0;
    return { id: message.chat_id, type: isPrivate ? "private" : "group", title: null, topics: [], members: [], messages: [] };
  }

  amend(chatId, messageId, change, type) {
    const message = this.chats.get(chatId)?.byId.get(messageId);
    if (!message) return;
    const before = message.reactions;
    Object.assign(message, change);
    this.note(chatId, { type, message, before });
  }

  note(chatId, change) {
    if (!this.pending.size) soon(() => this.flush());
    if (!this.pending.has(chatId)) this.pending.set(chatId, []);
    this.pending.get(chatId).push(change);
  }

  flush() {
    const batch = [...this.pending];
    this.pending.clear();
    for (const [chatId, changes] of batch) this.emit("chat", { chatId, changes });
    if (batch.length) this.emit("chats");
  }

  tick(data) {
    const day = dayNumber(this.now);
    if (data.now) this.now = instant(data.now);
    if (dayNumber(this.now) !== day) this.emit("day");
    if (typeof data.running === "boolean") this.running = data.running;
    this.emit("clock");
  }

  setMember({ chat_id: chatId, user_id: userId, status }) {
    const chat = this.chats.get(chatId);
    if (!chat) return;
    chat.members = [...chat.members.filter((m) => m.user_id !== userId), { user_id: userId, status }];
    this.emit("chats");
  }

  setUser(user) {
    this.users.set(user.id, { ...this.users.get(user.id), ...user });
    this.emit("users");
    this.emit("chats");
  }
}

/** A tour as the page shows it; null when there is none. Its title may stand in the state instead. */
function tourOf(raw, title) {
  return raw && { ...raw, title: raw.title || title || "", over: raw.state === "done" };
}

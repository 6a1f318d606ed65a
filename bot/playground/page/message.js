// One entry of a chat as elements: a bubble (or an album's, one for several messages), or a service line.

import { el, icon, iconButton } from "./dom.js";
import { emojiNode } from "./emoji.js";
import { formatted } from "./entities.js";
import { avatar, colourOf } from "./people.js";
import { serviceText } from "./service.js";
import { clockTime, dayAndTime, instant } from "./time.js";
import { words } from "./words.js";

const STATUS_TAGS = { creator: words.owner, administrator: words.admin };

/** Who an entry is shown as coming from: {id, name, tag, isBot}. */
export function senderOf(message, store) {
  if (message.sender_chat) {
    const chat = typeof message.sender_chat === "object" ? message.sender_chat : store.chats.get(message.sender_chat);
    return { id: chat?.id ?? message.chat_id, name: chat?.title ?? words.anonymousAdmin, tag: words.anonymousAdmin, isBot: false };
  }
  const id = message.from_user_id;
  if (id === store.bot.id) return { id, name: store.bot.name, tag: words.bot, isBot: true };
  const label = store.users.get(id)?.label;
  return { id, name: store.nameOf(id), tag: label || STATUS_TAGS[store.statusIn(message.chat_id, id)] || "", isBot: false };
}

/** One line of what a message says, for lists and quotes. */
export function gist(message, store) {
  if (message.service) return serviceText(message, store);
  const text = (message.text ?? message.caption ?? "").replace(/\s+/g, " ");
  if (message.photo) return `[${words.photo}] ${text}`.trim();
  if (message.document) return `[${words.file}] ${message.document}`;
  if (message.poll) return `[${words.poll}] ${message.poll.question}`;
  if (message.contact) return `[${words.contact}] ${message.contact.first_name}`;
  return text;
}

/**
 * The row of an entry. `entry` is {messages: [Message, …]} (several for an album); `look` is
 * {first, last, mine, showSender, topicName}; `act` holds what its parts do when used.
 */
export function messageRow(entry, look, store, act) {
  const message = entry.messages[0];
  if (message.service) {
    return el("div.service-row", { dataset: { id: message.id } }, el("span.service", {}, serviceText(message, store)));
  }
  const sender = senderOf(message, store);
  const stack = el("div.stack", {}, bubble(entry, look, sender, store, act), keyboard(message, store, act));
  return el("div.row", {
    class: rowClasses(look, sender),
    dataset: { id: message.id },
    tabindex: "-1",
    style: { "--colour": colourOf(sender.id) },
  }, look.showSender && !look.mine ? el("span.row-face", {}, avatar(sender.id, sender.name, { isBot: sender.isBot, square: sender.id < 0 })) : null,
    stack,
    iconButton("more", words.more, (event) => act.menu(message, event.currentTarget), { class: "more-button", tabindex: "-1", "aria-haspopup": "menu" }));
}

function rowClasses(look, sender) {
  return [look.mine ? "mine" : "theirs", sender.isBot ? "from-bot" : "", look.first ? "first" : "", look.last ? "last" : ""].join(" ");
}

function bubble(entry, look, sender, store, act) {
  const message = entry.messages[0];
  const captioned = entry.messages.find((m) => m.caption || m.text) ?? message;
  const text = captioned.text ?? captioned.caption ?? "";
  const pictures = entry.messages.filter((m) => m.photo);
  const parts = [
    look.first && look.showSender && !look.mine ? nameLine(sender) : null,
    message.forward_from ? el("div.forward-head", {}, icon("forward"), words.forwardedFrom(forwardName(message.forward_from, store))) : null,
    message.reply_to_id ? quote(message, store, act) : null,
    pictures.length ? pictureGrid(pictures, store, act) : null,
    message.document ? documentLink(message) : null,
    message.poll ? pollCard(message.poll) : null,
    message.contact ? contactCard(message.contact) : null,
    text ? el("div.text", {}, formatted(text, captioned.entities ?? captioned.caption_entities, { onLink: act.link, onCommand: act.command })) : null,
    foot(reactionChips(message, store, act), meta(entry, look, store)),
  ];
  return el("div.bubble", {
    class: [pictures.length ? "has-picture" : "", text ? "" : "wordless"].join(" "),
    oncontextmenu: (event) => {
      if (String(window.getSelection())) return;
      event.preventDefault();
      act.menu(message, event.currentTarget, { x: event.clientX, y: event.clientY });
    },
    ondblclick: () => act.reply(message),
  }, parts);
}

function nameLine(sender) {
  return el("div.who", {}, el("span.who-name", {}, sender.name), sender.tag ? el("span.tag", {}, sender.tag) : null);
}

function forwardName(from, store) {
  if (from === "hidden" || from === "·" || from === "None" || from?.type === "hidden_user") return from?.sender_user_name ?? words.hiddenSender;
  if (typeof from === "string") return from;
  if (typeof from === "object") return from.name ?? from.first_name ?? from.title ?? store.nameOf(from.id ?? from.user_id);
  return store.nameOf(from);
}

function quote(message, store, act) {
  const original = store.chats.get(message.chat_id)?.byId.get(message.reply_to_id);
  const sender = original ? senderOf(original, store) : null;
  return el("button.quote", {
    type: "button",
    style: sender ? { "--quoted": colourOf(sender.id) } : {},
    onclick: () => act.jump(message.reply_to_id),
  }, el("span.quote-who", {}, sender?.name ?? words.replyTo),
    el("span.quote-text", {}, original && !original.deleted ? gist(original, store) : words.originalGone));
}

// What people photograph is not there in the playground: a small landscape stands for each, its colours from the
// message's id. What the bot sends is a real picture and shown.
function pictureGrid(pictures, store, act) {
  const count = Math.min(pictures.length, 4);
  const label = pictures.length > 1 ? words.album(pictures.length) : words.photo;
  return el("div.pictures", { class: `pictures-${count}`, role: "img", "aria-label": label },
    pictures.map((m) => m.from_user_id === store.bot.id && m.file_id
      ? el("a.picture.real", { href: fileOf(m), target: "_blank", rel: "noopener" }, el("img", { src: fileOf(m), alt: m.caption ?? words.photo, onload: act.grown }))
      : el("div.picture", { style: { "--hue": String((m.id * 47) % 360) } }, icon("photo"))));
}

const fileOf = (message) => `control/files/${encodeURIComponent(message.file_id)}`;

function documentLink(message) {
  const name = [icon("ledger"), el("span", {}, message.document)];
  return message.file_id ? el("a.document", { href: fileOf(message), download: message.document }, name) : el("div.document", {}, name);
}

/** The last line of a bubble: the time floats beside the text's end, or stands beside the reactions. */
function foot(reactions, time) {
  return reactions ? el("div.foot", {}, reactions, time) : time;
}

function pollCard(poll) {
  return el("div.poll", {}, el("strong", {}, poll.question), (poll.options ?? []).map((option) =>
    el("div.poll-option", {}, el("span", {}, option.text), option.voter_count ? el("span.count", {}, String(option.voter_count)) : null)));
}

function contactCard({ first_name: name, phone_number: phone }) {
  return el("div.contact-card", {}, icon("person"), el("span", {}, el("strong", {}, name), el("span", {}, phone)));
}

function meta(entry, look, store) {
  const edited = entry.messages.find((m) => m.edit_date);
  const sent = instant(entry.messages[0].date);
  return el("div.meta", { title: dayAndTime(sent) },
    look.topicName ? el("span.topic-chip", {}, look.topicName) : null,
    edited ? el("span.edited", { title: dayAndTime(instant(edited.edit_date)) }, words.edited) : null,
    el("time", { datetime: String(entry.messages[0].date) }, clockTime(sent)));
}

function reactionChips(message, store, act) {
  const byEmoji = new Map();
  for (const { emoji, user_id: userId } of message.reactions ?? []) {
    if (!byEmoji.has(emoji)) byEmoji.set(emoji, []);
    byEmoji.get(emoji).push(userId);
  }
  if (!byEmoji.size) return null;
  return el("div.reactions", {}, [...byEmoji].map(([emoji, users]) => {
    const own = users.includes(store.chosen.personId);
    const names = users.map((id) => store.nameOf(id)).join("、");
    return el("button.reaction", {
      type: "button",
      class: own ? "own" : "",
      dataset: { emoji },
      "aria-pressed": String(own),
      title: names,
      "aria-label": words.reactions(emoji, names),
      onclick: () => act.react(message, own ? null : emoji),
    }, el("span.emoji", {}, emojiNode(emoji)), users.length > 3
      ? el("span.count", {}, String(users.length))
      : users.map((id) => avatar(id, store.nameOf(id), { isBot: id === store.bot.id, size: "tiny" })));
  }));
}

function keyboard(message, store, act) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el("div.keyboard", { role: "group" }, rows.map((row) =>
    el("div.keyboard-row", {}, row.map((button) =>
      el("button.key", {
        type: "button",
        class: button.url ? "is-link" : "",
        onclick: (event) => act.press(message, button, event.currentTarget),
      }, el("span.key-text", {}, button.text), button.url ? icon("out") : null)))));
}

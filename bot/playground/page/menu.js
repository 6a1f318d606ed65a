// The menu of one message: answer with a sign, reply, edit one's own, forward, copy.

import { el, icon } from "./dom.js";
import { canShow, emojiNode } from "./emoji.js";
import { complain, toast } from "./notices.js";
import { menuItem, popover } from "./popover.js";
import { words } from "./words.js";

const SIGNS = ["👍", "❤️", "🙏", "👏", "😢", "🔥"];

/** Open the menu of `message`; `does` has reply, edit and react as functions of the message. */
export function messageMenu(message, anchor, point, store, api, does) {
  const { person } = store;
  const text = message.text ?? message.caption ?? "";
  const isPrivate = store.chats.get(message.chat_id)?.type === "private";
  const pick = (work) => () => {
    close();
    work();
  };
  const own = message.from_user_id === person?.id && !message.sender_chat;
  const forward = (chatId) => () =>
    api.say({ chat_id: chatId, user_id: person.id, text, forward_from: message.from_user_id ?? "hidden" }).catch(complain);

  const close = popover(anchor, [
    el("div.signs", {}, SIGNS.filter(canShow).map((emoji) =>
      el("button.sign", { type: "button", role: "menuitem", "aria-label": words.reactWith(emoji), onclick: pick(() => does.react(message, emoji)) }, emojiNode(emoji)))),
    menuItem(icon("reply"), words.reply, pick(() => does.reply(message))),
    own && text ? menuItem(icon("edit"), words.edit, pick(() => does.edit(message))) : null,
    text && person && !isPrivate ? menuItem(icon("forward"), words.forwardToBot(person.name), pick(forward("private"))) : null,
    text && person && isPrivate && store.group ? menuItem(icon("forward"), words.forwardToGroup(person.name), pick(forward(store.group.id))) : null,
    text ? menuItem(icon("copy"), words.copy, pick(() => copy(text))) : null,
    own ? menuItem(icon("close"), words.remove, pick(() => api.remove({ chat_id: message.chat_id, message_id: message.id, user_id: person.id }).catch(complain))) : null,
  ], { point, label: words.more });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(words.copied);
  } catch (error) {
    complain(error); // a page that is not served from this machine may not touch the clipboard
  }
}

// Service messages ("某某加入了群聊"), worded from the Bot API's own fields.

import { words } from "./words.js";

/** A sentence for `message.service`; `store` gives the names. */
export function serviceText(message, store) {
  const service = message.service ?? {};
  const say = words.service;
  const name = (who) => (who && typeof who === "object" ? who.name ?? who.first_name ?? store.nameOf(who.id ?? who.user_id) : store.nameOf(who));
  const actor = message.from_user_id;

  if (typeof service.text === "string") return service.text;
  if (service.new_chat_members) {
    const joined = service.new_chat_members;
    const ids = joined.map((m) => m?.id ?? m?.user_id ?? m);
    const names = joined.map(name).join("、");
    return ids.length === 1 && (ids[0] === actor || !actor) ? say.joined(names) : say.added(name(actor), names);
  }
  if (service.left_chat_member) {
    const gone = service.left_chat_member;
    const id = gone?.id ?? gone?.user_id ?? gone;
    return !actor || id === actor ? say.left(name(gone)) : say.removed(name(actor), name(gone));
  }
  if (service.migrate_to_chat_id) return say.migrated;
  if (service.migrate_from_chat_id) return say.migratedFrom;
  if (service.group_chat_created) return say.created;
  if (service.supergroup_chat_created) return say.supergroup;
  if (service.new_chat_title) return say.titled(service.new_chat_title);
  if (service.forum_topic_created) return say.topic(service.forum_topic_created.name ?? "");
  if (service.pinned_message) {
    const pinned = service.pinned_message;
    const id = pinned?.message_id ?? pinned?.id ?? pinned;
    const original = store.chats.get(message.chat_id)?.byId.get(id);
    const text = original?.text ?? original?.caption ?? pinned?.text ?? words.photo;
    return say.pinned(text.length > 24 ? `${text.slice(0, 24)}…` : text);
  }
  return say.other;
}

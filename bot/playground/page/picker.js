// Choosing a person: avatars with their labels, by mouse or keyboard.

import { el, fill } from "./dom.js";
import { avatar } from "./people.js";
import { popover } from "./popover.js";
import { words } from "./words.js";

const FILTER_FROM = 9; // with fewer people a search field would only be in the way

/** Open the picker at `anchor`; `groupId` (or null) sorts who is in that group before the others. */
export function pickPerson(anchor, store, { groupId = null, onPick }) {
  const inside = groupId === null ? store.people() : store.membersOf(groupId);
  const here = new Set(inside.map((user) => user.id));
  const outside = store.people().filter((user) => !here.has(user.id));

  const list = el("div.picker-list", { role: "listbox", "aria-label": words.pickPerson });
  const draw = (needle) => {
    const fits = (user) => !needle || `${user.name} ${user.label ?? ""} ${user.username ?? ""}`.toLowerCase().includes(needle);
    const part = (title, users) => {
      const matching = users.filter(fits);
      return matching.length ? [title ? el("div.picker-title", {}, title) : null, matching.map(option)] : [];
    };
    fill(list, part(groupId === null ? "" : words.inThisGroup, inside), part(words.notInThisGroup, outside));
  };
  const option = (user) => {
    const chosen = user.id === store.chosen.personId;
    return el("button.person", { type: "button", role: "option", "aria-selected": String(chosen), onclick: () => {
      close();
      onPick(user);
    } },
      avatar(user.id, user.name),
      el("span.person-body", {}, el("span.person-name", {}, user.name), el("span.person-label", {}, user.label ?? "")),
      badge(store.privateChatOf(user.id)?.unread));
  };

  const search = store.people().length >= FILTER_FROM
    ? el("input.search", { type: "search", placeholder: words.findChat, "aria-label": words.findChat, oninput: (e) => draw(e.target.value.trim().toLowerCase()) })
    : null;
  draw("");
  const close = popover(anchor, el("div.picker", {}, search, list), { role: "dialog", label: words.pickPerson });
}

/** A round unread count, or nothing. */
export function badge(count) {
  return count ? el("span.badge", { "aria-label": words.unread(count) }, count > 99 ? "99+" : String(count)) : null;
}

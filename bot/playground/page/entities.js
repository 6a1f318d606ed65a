// Formatted text: Bot API entities, whose offsets count UTF-16 units just as JavaScript's strings do.

import { el } from "./dom.js";

const SAFE = /^(https?|tg|mailto|tel):/i;

const WRAPPERS = {
  bold: () => el("strong"),
  italic: () => el("em"),
  underline: () => el("u"),
  strikethrough: () => el("s"),
  spoiler: () => {
    const node = el("span.spoiler", { tabindex: "0", role: "button", onclick: () => node.classList.add("seen") });
    return node;
  },
  blockquote: () => el("blockquote"),
  expandable_blockquote: () => el("blockquote"),
  code: () => el("code"),
  pre: () => el("pre"),
  mention: () => el("span.mention"),
  text_mention: () => el("span.mention"),
  hashtag: () => el("span.mention"),
  cashtag: () => el("span.mention"),
  phone_number: () => el("span.mention"),
};

/**
 * Nodes for `text`. `onLink(url)` is asked when a link is clicked and returns true when it dealt with it;
 * `onCommand(command)` when a /command is clicked.
 */
export function formatted(text, entities, { onLink, onCommand } = {}) {
  const sorted = [...(entities ?? [])]
    .filter((e) => e.length > 0 && e.offset >= 0 && e.offset + e.length <= text.length)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);

  const wrap = (entity) => {
    const words = text.slice(entity.offset, entity.offset + entity.length);
    if (entity.type === "bot_command" && onCommand) {
      return el("button.command", { type: "button", onclick: () => onCommand(words) });
    }
    if (entity.type === "url" || entity.type === "text_link" || entity.type === "email") {
      const plain = entity.type === "email" ? `mailto:${words}` : /^[a-z]+:/i.test(words) ? words : `https://${words}`;
      return link(entity.url ?? plain, onLink);
    }
    return (WRAPPERS[entity.type] ?? (() => el("span")))();
  };

  // Entities nest and never cross, so each one's inside is a text of its own.
  const render = (start, end, list) => {
    const nodes = [];
    let at = start;
    for (let i = 0; i < list.length; ) {
      const entity = list[i];
      const stop = Math.min(entity.offset + entity.length, end);
      let j = i + 1;
      while (j < list.length && list[j].offset < stop) j += 1;
      if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
      const node = wrap(entity);
      node.append(...render(entity.offset, stop, list.slice(i + 1, j)));
      nodes.push(node);
      at = stop;
      i = j;
    }
    if (at < end) nodes.push(text.slice(at, end));
    return nodes;
  };
  return render(0, text.length, sorted);
}

function link(url, onLink) {
  if (!SAFE.test(url)) return el("span.mention");
  return el("a", {
    href: url,
    target: "_blank",
    rel: "noopener noreferrer",
    onclick: (event) => {
      if (onLink?.(url)) event.preventDefault();
    },
  });
}

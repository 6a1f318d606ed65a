"""What happened, as lines a person can read: ``11-21 19:05 [群] 李建国：今天走访了老王家``.

Words around what was said stand in ``transcript.toml``.
"""

from __future__ import annotations

import tomllib
from datetime import datetime
from importlib.resources import files
from typing import Any

from bot.playground.world import World

Json = dict[str, Any]

_WORDS: dict[str, str] = tomllib.loads(
    files("bot.playground").joinpath("transcript.toml").read_text(encoding="utf-8")
)
_GIST = 16
"""Characters of a message that are quoted where it is reacted to, edited or deleted."""


class Transcript:
    """Listens to the world's events from its making on; ``lines`` grow as things happen."""

    def __init__(self, world: World) -> None:
        self.lines: list[str] = []
        self._world = world
        world.events.listeners.append(self._hear)

    def text(self) -> str:
        return "\n".join(self.lines)

    def _hear(self, event: Json) -> None:
        tell = getattr(self, f"_on_{event['type']}", None)
        if tell is not None:
            tell(event["data"])

    def _on_message(self, data: Json) -> None:
        if data["service"] is not None:
            self._line(data["chat_id"], self._service(data))
            return
        said = self._said(data)
        if data["forward_from"]:
            said = self._word("forwarded", name=data["forward_from"]["name"], said=said)
        self._line(data["chat_id"], self._word("said", who=self._sender(data), said=said))

    def _on_edit(self, data: Json) -> None:
        self._line(data["chat_id"], self._word("edited", who=self._sender(data), said=self._said(data)))

    def _on_delete(self, data: Json) -> None:
        gist = self._gist(data)
        self._line(data["chat_id"], self._word("deleted", gist=gist))

    def _on_reaction(self, data: Json) -> None:
        word = "reacted" if data["emoji"] else "unreacted"
        who = self._name(data["user_id"])
        self._line(data["chat_id"], self._word(word, who=who, emoji=data["emoji"], gist=self._gist(data)))

    def _on_press(self, data: Json) -> None:
        who = self._name(data["user_id"])
        self._line(data["chat_id"], self._word("pressed", who=who, label=data["label"]))

    def _on_answer(self, data: Json) -> None:
        if data["text"]:
            line = self._word("answered", who=self._name(data["user_id"]), text=data["text"])
            self.lines.append(f"{self._now()} {line}")

    def _on_tour(self, data: Json) -> None:
        if data["caption"] and data["new_caption"]:
            self.lines.append(self._word("caption", text=data["caption"]))

    def _line(self, chat_id: int, what: str) -> None:
        self.lines.append(f"{self._now()} [{self._place(chat_id)}] {what}")

    def _now(self) -> str:
        return _stamp(self._world.clock.now())

    def _place(self, chat_id: int) -> str:
        chat = self._world.chats[chat_id]
        return self._word("private", name=chat.title) if chat.type == "private" else chat.title

    def _sender(self, data: Json) -> str:
        if data["sender_chat"]:
            return str(data["sender_chat"]["title"])
        return self._name(data["from_user_id"])

    def _name(self, user_id: int) -> str:
        return self._world.user(user_id).name

    def _said(self, data: Json) -> str:
        parts = [self._word("photo")] if data["photo"] else []
        if data["contact"]:
            parts.append(self._word("contact", name=data["contact"]["first_name"]))
        if data["document"]:
            parts.append(self._word("document", name=data["document"]))
        if data["poll"]:
            options = " / ".join(each["text"] for each in data["poll"]["options"])
            parts.append(self._word("poll", question=data["poll"]["question"], options=options))
        parts += [each for each in (data["text"], data["caption"]) if each]
        rows = (data["reply_markup"] or {}).get("inline_keyboard", [])
        buttons = "".join(self._word("button", label=each["text"]) for row in rows for each in row)
        # Further lines of a message are moved in, so that each line that begins with a time is an event.
        words = " ".join(parts).replace("\n", "\n    ")
        return f"{words}\n    {buttons}" if buttons else words

    def _gist(self, data: Json) -> str:
        message = self._world.chats[data["chat_id"]].messages[data["message_id"]]
        words = message.text or message.caption or self._word("photo")
        words = words.replace("\n", " ")
        return words if len(words) <= _GIST else words[:_GIST] + "…"

    def _service(self, data: Json) -> str:
        kind, value = next(iter(data["service"].items()))
        names = ""
        if kind == "new_chat_members":
            names = "、".join(each["first_name"] for each in value)
        elif kind == "left_chat_member":
            names = value["first_name"]
        elif kind == "forum_topic_created":
            names = value["name"]
        return self._word(kind if kind in _WORDS else "service", names=names, who=self._sender(data))

    def _word(self, key: str, /, **values: Any) -> str:
        return _WORDS[key].format(**values)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%m-%d %H:%M")

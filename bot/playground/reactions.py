"""Which emoji Telegram takes as reactions."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

_LISTED = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡
🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘
🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡
"""
ALLOWED = frozenset(_LISTED.split())


def check_emoji(emoji: str, refusal: Exception) -> str:
    """The emoji as Telegram writes it (no variation selectors); raises ``refusal`` when it is none."""
    plain = emoji.replace("\ufe0f", "")
    if plain not in ALLOWED:
        raise refusal
    return plain


def reaction_types(emoji: str | None) -> list[Json]:
    """A ``ReactionType`` list of none or one."""
    return [{"type": "emoji", "emoji": emoji}] if emoji else []

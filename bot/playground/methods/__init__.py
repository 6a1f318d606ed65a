"""The Bot API's methods, by subject; importing the package registers them.

``run(world, name, arguments)`` carries one out and gives its ``result``, or raises ``ApiError``.
"""

from __future__ import annotations

from bot.playground.methods import about_bot, about_chats, editing, files, members, polling, reacting, sending
from bot.playground.methods.registry import Call, exists, run

__all__ = [
    "Call",
    "about_bot",
    "about_chats",
    "editing",
    "exists",
    "files",
    "members",
    "polling",
    "reacting",
    "run",
    "sending",
]

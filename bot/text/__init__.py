"""Chinese group messages → acts. Pure: no clock, no I/O besides reading its own word lists once."""

from __future__ import annotations

from bot.text.messages import Context, Message, Speaker, Understanding
from bot.text.understand import understand, warm

__all__ = ["Context", "Message", "Speaker", "Understanding", "understand", "warm"]

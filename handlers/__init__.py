"""What people do: one module a conversation. Each understands, calls one use case, and that answers.

Handlers are given by name: `session` (the update's transaction), `now`, `aftermath` (what is done after
the commit), `bot_profile`, and `chat` (the row of the chat it comes from, put there by `seeing`).
"""

from __future__ import annotations

from handlers.build import build_router

__all__ = ["build_router"]

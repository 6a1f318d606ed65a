"""All conversations together."""

from __future__ import annotations

from aiogram import Router

from handlers import (
    appraisal,
    buttons,
    commands,
    contact,
    edits,
    forget,
    group_messages,
    leave,
    linking,
    meetings,
    membership,
    names,
    orders,
    papers,
    points,
    private_messages,
    rollcall,
    teaching,
    why,
)
from handlers.errors import AnswerExpected
from handlers.seeing import SeeChat

# In the order in which they are asked: commands before plain talk.
_CONVERSATIONS = (
    membership,
    rollcall,
    leave,
    contact,
    meetings,
    names,
    linking,
    appraisal,
    points,
    why,
    forget,
    papers,
    commands,
    teaching,
    orders,
    buttons,
    edits,
    group_messages,
    private_messages,
)


def build_router() -> Router:
    """A router with every conversation, new each time: a router can have one parent only."""
    root = Router(name="handlers")
    for kind in ("message", "edited_message", "callback_query", "my_chat_member"):
        root.observers[kind].outer_middleware(SeeChat())
        root.observers[kind].outer_middleware(AnswerExpected())
    for conversation in _CONVERSATIONS:
        root.include_router(conversation.conversation())
    return root

"""What handlers are told of the bot itself; the assembler gives it as `bot_profile`."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Profile(Protocol):
    """can_read_all_group_messages: privacy mode is off, so that plain talk in groups arrives."""

    @property
    def username(self) -> str: ...

    @property
    def can_read_all_group_messages(self) -> bool: ...


class Doors(Protocol):
    """Lets one person into the console; the assembler gives it as `doors`."""

    def link(self, person_id: int, *, now: datetime, to: str = "") -> str: ...


def reads_all(profile: Profile | None) -> bool:
    """Whether plain talk in groups reaches a bot that is no admin there."""
    return profile is not None and profile.can_read_all_group_messages

"""How fast messages may leave: per chat, per group and minute, and overall; edits count like messages.

The platform promises no numbers (about 30 a second overall, 1 a second in a chat, 20 a minute in a
group), so these stay below them, and what it asks for with `retry_after` is obeyed besides. A reaction is
no message: it is not held against a group's minute, so that a busy evening's 👍 come at once.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from math import inf

_MINUTE = 60.0
_SECOND = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages per span. Of a group's minute, `group_reserve` are kept for emergencies."""

    overall_a_second: float = 25
    chat_a_second: float = 1
    group_a_minute: float = 20
    group_reserve: float = 4


UNLIMITED = Limits(overall_a_second=inf, chat_a_second=inf, group_a_minute=inf, group_reserve=0)


class Pacer:
    """Remembers what left when, and says how long to wait. Times are those of `monotonic`, in seconds."""

    def __init__(self, limits: Limits | None = None, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits or Limits()
        self._now = monotonic
        self._overall: deque[float] = deque()
        self._chats: dict[int, deque[float]] = {}
        self._groups: dict[int, deque[float]] = {}  # messages alone

    def wait(self, chat_id: int, *, urgent: bool, reaction: bool = False) -> float:
        """Seconds until a message, or a reaction, may leave for this chat; 0 for at once."""
        now = self._now()
        waits = [
            _until_free(self._overall, self._limits.overall_a_second, _SECOND, now),
        ]
        if (left := self._chats.get(chat_id)) is not None:
            waits.append(_until_free(left, self._limits.chat_a_second, _SECOND, now))
        if not reaction and (left := self._groups.get(chat_id)) is not None:
            a_minute = self._limits.group_a_minute - (0 if urgent else self._limits.group_reserve)
            waits.append(_until_free(left, a_minute, _MINUTE, now))
        return max(waits)

    def leaves(self, chat_id: int, *, reaction: bool = False) -> None:
        """A message, edit or deletion, or a reaction, leaves for this chat now."""
        now = self._now()
        self._forget(now)
        self._overall.append(now)
        self._chats.setdefault(chat_id, deque()).append(now)
        if chat_id < 0 and not reaction:
            self._groups.setdefault(chat_id, deque()).append(now)

    def _forget(self, now: float) -> None:
        while self._overall and self._overall[0] <= now - _SECOND:
            self._overall.popleft()
        for kept, span in ((self._chats, _SECOND), (self._groups, _MINUTE)):
            for chat_id, left in list(kept.items()):
                while left and left[0] <= now - span:
                    left.popleft()
                if not left:
                    del kept[chat_id]


def _until_free(left: deque[float], most: float, span: float, now: float) -> float:
    if most == inf:
        return 0.0
    recent = [moment for moment in left if moment > now - span]
    if len(recent) < most:
        return 0.0
    return recent[-int(most)] + span - now

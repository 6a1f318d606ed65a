"""The platform's rate limits, as far as they are known: 20 messages a minute in a group (edits count), one a
second in a chat with a short burst, 30 a second overall.

Off unless switched on as the fault ``rate_limits``: ``"clock"`` counts time on the playground's clock (a
standing clock forgives nothing until it is turned), ``"real"`` counts real time.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque

from bot.playground.errors import too_many_requests

GROUP_PER_MINUTE = 20
OVERALL_PER_SECOND = 30
BURST = 3
"""Messages a chat takes at once before one a second holds."""


class RateLimits:
    """Remembers when messages were sent; ``seconds`` below is a reading of whichever time counts."""

    def __init__(self) -> None:
        self._overall: deque[float] = deque()
        self._by_group: defaultdict[int, deque[float]] = defaultdict(deque)
        self._by_chat: defaultdict[int, deque[float]] = defaultdict(deque)

    def spend(self, chat_id: int, seconds: float, *, is_group: bool, messages: int = 1) -> None:
        """Count ``messages`` sent to a chat, or raise 429 when they are too many."""
        windows = [(self._overall, 1.0, OVERALL_PER_SECOND), (self._by_chat[chat_id], float(BURST), BURST)]
        if is_group:
            windows.append((self._by_group[chat_id], 60.0, GROUP_PER_MINUTE))
        wait = max(_wait(sent, span, most, seconds, messages) for sent, span, most in windows)
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        for sent, _, _ in windows:
            sent.extend([seconds] * messages)


def _wait(sent: deque[float], span: float, most: int, seconds: float, messages: int) -> float:
    """Seconds until ``messages`` more fit into the window of ``span`` seconds."""
    while sent and sent[0] <= seconds - span:
        sent.popleft()
    too_many = len(sent) + min(messages, most) - most
    return sent[too_many - 1] + span - seconds if too_many > 0 else 0.0

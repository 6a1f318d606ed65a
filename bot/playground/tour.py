"""A guided tour: steps played one after the other, with pauses to watch them (page) or without (headless).

A step is a mapping with at most one deed, and besides it, all optional:

    caption    what the viewer is told before the deed happens; stays until the next caption
    pause_ms   real time to wait after the step when played with pauses (default: long enough to read it)
    as         a name for the message that the deed makes, for later steps

The deeds (people and chats by alias, or else by name and title; ``bot`` is the bot):

    {"say": {"chat": "group", "user": "li", "text": "…"}}
        chat may be "private"; further: reply_to (a message), topic (its name), photo, caption, album,
        forward_from (a person or "hidden"), anonymous
    {"edit": {"message": …, "text": "…"}}              its author edits it
    {"delete": {"message": …}}                         its author deletes it
    {"react": {"user": "li", "message": …, "emoji": "👍"}}
    {"press": {"user": "wang", "button": "是"}}         in the private chat; or with "chat", or "message"
    {"open": {"user": "wang", "code": "AB12"}}         opens the bot's link with that start code
    {"turn": {"to": "2026-11-22T08:00:00+08:00"}}      what lies in the past already is passed over
    {"turn": {"to": "08:00"}}                          the next time it is eight; with "days": that many
    days on {"turn": {"days": 1, "hours": 2, "minutes": 5}}    or {"by_seconds": 90}
    {"member": {"chat": "group", "user": "bot", "status": "administrator"}}
    {"block": {"user": "wang", "blocked": true}}
    {"migrate": {"chat": "group"}}
    {"faults": {"duplicate_updates": true}}

A message is named by an earlier step's ``as``, or described, and is then the last one that fits:
``{"chat": "group", "from": "bot", "text": "part of it", "button": "label"}`` (chat may be
``"private:wang"``; all but chat optional). ``press`` without ``message`` means the last message of the bot
with such a button there.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from bot.playground.errors import ControlError
from bot.playground.given import Given
from bot.playground.tour_deeds import DEEDS, Cast

if TYPE_CHECKING:
    from bot.playground.server import Playground

_log = logging.getLogger(__name__)

Json = dict[str, Any]
Step = Mapping[str, Any]

SHORTEST_PAUSE_MS = 1200
PATIENCE_S = 5.0
"""How long stopping waits for the deed being done."""
READING_MS = 45
"""Per character of what a step says."""


class TourError(Exception):
    """A step cannot be played; the text names the step and what is wrong."""


class Tour:
    """Plays steps on a playground. ``state`` is ``idle``, ``playing``, ``paused``, ``done`` or ``failed``.

    ``users`` and ``chats`` map aliases to ids and may be filled until the tour starts.
    """

    def __init__(self, playground: Playground, steps: Sequence[Step] = ()) -> None:
        self._playground = playground
        self.cast = Cast(playground)
        self.users = self.cast.users
        self.chats = self.cast.chats
        self.state = "idle"
        self.step = 0
        self.caption = ""
        self.title = ""
        self.error: str | None = None
        self._task: asyncio.Task[None] | None = None
        self._skip = asyncio.Event()
        self.steps: list[Step] = []
        self.load(steps)

    def load(
        self,
        steps: Sequence[Step],
        *,
        users: Mapping[str, int] | None = None,
        chats: Mapping[str, int] | None = None,
        title: str = "",
    ) -> None:
        """Take other steps (and more aliases); ``TourError`` names the first step that makes no sense."""
        for number, step in enumerate(steps, 1):
            if unknown := set(step) - set(DEEDS) - {"caption", "pause_ms", "as"}:
                raise TourError(f"step {number} has no {', '.join(sorted(unknown))}")
            if len(set(step) & set(DEEDS)) > 1:
                raise TourError(f"step {number} has more than one deed")
        self.steps = list(steps)
        self.title = title
        self.users.update(users or {})
        self.chats.update(chats or {})
        self.state, self.step, self.caption, self.error = "idle", 0, "", None

    def show(self) -> Json | None:
        """What the viewer is told; null when there is no tour. ``index`` counts the steps played."""
        if not self.steps:
            return None
        return {
            "title": self.title,
            "state": self.state,
            "playing": self.state == "playing",
            "index": self.step,
            "total": len(self.steps),
            "caption": self.caption,
            "error": self.error,
        }

    async def play(self) -> None:
        """Play all that is left (after the end: everything) without pauses.

        ``TourError`` names the step that cannot be played.
        """
        await self._cancel()
        self._begin()
        while self.step < len(self.steps):
            await self._play_step()
        self._set("done")

    async def start(self) -> None:
        """Play on with pauses, in the background; from the beginning when the tour was over."""
        if not self.steps:
            raise ControlError("there is no tour", status=404)
        if self._task is not None and not self._task.done():
            return
        self._begin()
        self._task = asyncio.create_task(self._play_with_pauses())

    async def finished(self) -> None:
        """Wait until what ``start`` began has ended, by itself or by being paused or stopped."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def pause(self) -> None:
        """Stop after the deed that is being done; ``start`` goes on."""
        await self._cancel()
        if self.state == "playing":
            self._set("paused")

    async def stop(self) -> None:
        """End the tour; ``start`` begins it anew. The clock and the world stay as they are."""
        await self._cancel()
        if self.state in ("playing", "paused"):
            self.step, self.caption = 0, ""
            self._set("idle")

    async def next(self) -> None:
        """While playing: end the present pause. Otherwise: play one step and stay."""
        if self._task is not None and not self._task.done():
            self._skip.set()
            return
        if self.step >= len(self.steps):
            raise ControlError("the tour is over")
        self.state = "paused"
        try:
            await self._play_step()
        except TourError as error:
            raise ControlError(str(error)) from error
        if self.step == len(self.steps):
            self._set("done")

    async def _play_with_pauses(self) -> None:
        try:
            while self.step < len(self.steps):
                self._skip.clear()
                step = self.steps[self.step]
                await self._play_whole_step()
                with suppress(TimeoutError):
                    async with asyncio.timeout(_pause_ms(step) / 1000):
                        await self._skip.wait()
            self._set("done")
        except TourError:
            return  # shown in the state
        except Exception:
            _log.exception("step %d of the tour broke", self.step + 1)

    async def _play_whole_step(self) -> None:
        """A pause or stop may come at any time, but a deed is done whole (unless the bot hangs on it)."""
        deed = asyncio.ensure_future(self._play_step())
        try:
            await asyncio.shield(deed)
        except asyncio.CancelledError:
            await asyncio.wait({deed}, timeout=PATIENCE_S)
            if not deed.cancel() and not deed.cancelled():
                deed.exception()  # it is shown in the state; here it is only to be taken notice of
            raise

    async def _play_step(self) -> None:
        step = self.steps[self.step]
        if "caption" in step:
            self.caption = str(step["caption"])
            self._tell(new_caption=True)
        try:
            for name in set(step) & set(DEEDS):
                message = await DEEDS[name](self.cast, Given(step[name]))
                if "as" in step and message is not None:
                    self.cast.messages[step["as"]] = message
            await self._playground.settled()
        except ControlError as error:
            self.error = f"step {self.step + 1}: {error}"
            self._set("failed")
            raise TourError(self.error) from error
        except Exception as error:
            # Not the step's fault but the bot's, which reacts within it: say so, and let it be seen.
            self.error = f"step {self.step + 1}: {error!r}"
            self._set("failed")
            raise
        self.step += 1
        self._tell()

    async def _cancel(self) -> None:
        task, self._task = self._task, None
        if task is not None and not task.done():
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def _begin(self) -> None:
        if self.state == "failed" or self.step >= len(self.steps):
            self.step, self.error = 0, None
        self._set("playing")

    def _set(self, state: str) -> None:
        self.state = state
        self._tell()

    def _tell(self, *, new_caption: bool = False) -> None:
        shown = self.show()
        if shown is not None:
            self._playground.world.events.add("tour", {**shown, "new_caption": new_caption})


def _pause_ms(step: Step) -> float:
    if "pause_ms" in step:
        return float(step["pause_ms"])
    words = [step.get("caption", "")]
    words += [each.get("text") or "" for name, each in step.items() if name in DEEDS]
    return SHORTEST_PAUSE_MS + READING_MS * sum(map(len, words))

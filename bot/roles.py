"""The parts that a process of the program may run, and why it may be unable to."""

from __future__ import annotations

from enum import StrEnum

from bot.exclusive import LockLost
from bot.serving import AddressTaken
from bot.telegram.connecting import TokenRefused
from bot.wording import say
from storage.exclusion import AlreadyHeld


class Role(StrEnum):
    """Which part of the program a process runs."""

    ALL = "all"
    INTAKE = "intake"
    WORKER = "worker"
    CONSOLE = "console"

    @property
    def takes_in(self) -> bool:
        """Whether it fetches and stores updates."""
        return self in (Role.ALL, Role.INTAKE)

    @property
    def works(self) -> bool:
        """Whether it handles updates, runs the cycle and sends."""
        return self in (Role.ALL, Role.WORKER)

    @property
    def shows(self) -> bool:
        """Whether it serves the console."""
        return self in (Role.ALL, Role.CONSOLE)


class CannotStart(Exception):
    """The program can't do its work here; the text is a plain sentence for whoever runs it."""


def why_not(error: BaseException) -> str | None:
    """The sentence for what ended the program, alone or among others; null: nobody could expect it."""
    match error:
        case BaseExceptionGroup():
            told = [why_not(each) for each in error.exceptions]
            return next((sentence for sentence in told if sentence is not None), None)
        case AddressTaken():
            return say("running.address_taken", host=error.host, port=error.port)
        case AlreadyHeld():
            return say("running.already_running")
        case TokenRefused():
            return say("running.token_refused")
        case LockLost():
            return say("running.lock_lost")
        case _:
            return None

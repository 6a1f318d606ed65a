"""What people do that cannot be done: expected, and answered in one clear sentence.

ExpectedError
├── NotEntitled     they are not the one who may do this
├── Stale           the button was shown for a state that has passed
├── NotFound        what they name is not there
└── NotPossible     it is there, but not in a state for this
"""

from __future__ import annotations


class ExpectedError(Exception):
    """Answered with the sentence `key` of the wording, filled in with `values`. Nothing was changed."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class NotEntitled(ExpectedError):
    """They are not the one who may do this."""


class Stale(ExpectedError):
    """The button was shown for a state that has passed."""


class NotFound(ExpectedError):
    """What they name is not there."""


class NotPossible(ExpectedError):
    """It is there, but not in a state for this."""

"""What a name in a message is."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class NameKind(StrEnum):
    PERSON = "person"
    ADDRESS = "address"


class Name(NamedTuple):
    """A name in the plain text. known: it stands on the roster given."""

    start: int
    end: int
    text: str
    kind: NameKind
    known: bool = False

"""The life of a promise (承诺): a dated word that somebody has given on a matter."""

from __future__ import annotations

from enum import StrEnum


class PromiseState(StrEnum):
    """What has become of a promise. `void` counts as none of the others."""

    STANDING = "standing"  # its day has not passed
    KEPT = "kept"  # the matter was said to be settled by its day
    BROKEN = "broken"  # its day has passed without that
    MOVED = "moved"  # a later promise has taken its place
    VOID = "void"  # the matter came to another end, or into other hands

"""Telling database trouble that passes by itself from faults of ours."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

# SQLite reports all of these as OperationalError, like a missing table, which no waiting mends.
_PASSING = (
    "locked",
    "busy",
    "disk is full",
    "disk i/o error",
    "unable to open",
    "readonly",
    "connection",
    "deadlock",
    "could not serialize",
    "starting up",
    "shutting down",
    "too many clients",
)


def is_passing(error: BaseException) -> bool:
    """Whether the same work can succeed later without anybody changing it."""
    if isinstance(error, NoFreeConnection | ConnectionError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    kinds = {type(error).__name__, type(error.orig).__name__}
    if not kinds & {"OperationalError", "InterfaceError", "InternalError"}:
        return False
    return any(words in str(error.orig).lower() for words in _PASSING)

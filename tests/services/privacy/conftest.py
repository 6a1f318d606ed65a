"""The same village as in tests of time."""

from __future__ import annotations

from tests.services.time.conftest import session, village

__all__ = ["session", "village"]

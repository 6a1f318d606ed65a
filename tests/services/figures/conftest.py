"""The village of the tests of time, for what is reckoned from its ledger."""

from tests.services.time.conftest import session, village

__all__ = ["session", "village"]

"""Phones as a roster gives them and as the ledger keeps them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.secrets import Secrets, WrongKey


@dataclass(frozen=True, slots=True)
class RosterPhones:
    """Compares phones with those that are stored, and encrypts what is new."""

    secrets: Secrets

    def kept(self, stored: str | None, given: str | None) -> str | None:
        """What to store: what is there when it says the same, or when the roster says nothing."""
        if given is None or self.read(stored) == given:
            return stored
        return self.secrets.encrypt_phone(given)

    def read(self, encrypted: str | None) -> str | None:
        """A stored phone; null when there is none, or when it was stored under another key."""
        try:
            return None if encrypted is None else self.secrets.decrypt_phone(encrypted)
        except WrongKey:
            return None

"""Links that let one person into the console for a while, and the pass they get at the door.

Both are encrypted and signed with a key of their own, carry their time, and expire; nothing is stored.
"""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken

from bot.secrets import Secrets

LINK_HOLDS = timedelta(minutes=30)
PASS_HOLDS = timedelta(hours=12)


class DoorShut(Exception):
    """The link or pass is not one of ours, or too old."""


class Doors:
    """Makes and checks links and passes.

    url: where people reach the HTTP server, without a slash at the end.
    """

    def __init__(
        self,
        secrets: Secrets,
        *,
        url: str,
        link_holds: timedelta = LINK_HOLDS,
        pass_holds: timedelta = PASS_HOLDS,
    ) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(secrets.derive("console")))
        self.url = url
        self.link_holds = link_holds
        self.pass_holds = pass_holds

    def link(self, person_id: int, *, now: datetime, to: str = "") -> str:
        """A link that lets this person in, until it is too old; `to`: straight to this page."""
        behind = f"&to={to}" if to else ""
        return f"{self.url}/console/in?t={self._seal('link', person_id, now)}{behind}"

    def make_pass(self, person_id: int, *, now: datetime) -> str:
        """A pass for this person, to be kept in a cookie."""
        return self._seal("pass", person_id, now)

    def person_by_link(self, token: str, *, now: datetime) -> int:
        """Whom the link's token lets in.

        Raises:
            DoorShut: nobody.
        """
        return self._open("link", token, self.link_holds, now)

    def person_by_pass(self, token: str, *, now: datetime) -> int:
        """Whose pass this is.

        Raises:
            DoorShut: nobody's.
        """
        return self._open("pass", token, self.pass_holds, now)

    def _seal(self, use: str, person_id: int, now: datetime) -> str:
        told = json.dumps({"use": use, "person": person_id}).encode()
        return self._fernet.encrypt_at_time(told, int(now.timestamp())).decode()

    def _open(self, use: str, token: str, holds: timedelta, now: datetime) -> int:
        try:
            told = self._fernet.decrypt_at_time(
                token.encode(), int(holds.total_seconds()), int(now.timestamp())
            )
        except InvalidToken:
            raise DoorShut from None
        content = json.loads(told)
        if content["use"] != use:
            raise DoorShut
        return int(content["person"])

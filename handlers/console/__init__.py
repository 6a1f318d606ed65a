"""The ledger pages for secretaries and town officers. No script is needed to read them.

/console/in?t=…   a signed link's way in: sets the cookie and leads to
/console/         the ledger of a branch (?branch=ID), newest first
"""

from __future__ import annotations

from handlers.console.pages import Opening, console_routes

__all__ = ["Opening", "console_routes"]

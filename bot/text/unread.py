"""What the gates kept from being looked into, looked into after all for whoever asks for reasons."""

from __future__ import annotations

from dataclasses import replace

from bot.text.courtesies import without_courtesies
from bot.text.gate import may_tell_visit
from bot.text.grievances import find_grievances
from bot.text.messages import Context, Message, Understanding
from bot.text.notes import Account
from bot.text.reading import read
from bot.text.second_opinion import doubt_noted
from bot.text.visits import find_visits

_VISITS = frozenset(("visit", "correction"))


def unread_accounts(found: Understanding, message: Message, context: Context) -> list[Account]:
    """Why a call told of is no visit, and the trouble that the model dismissed no matter."""
    reading = read(replace(message, text=without_courtesies(message.text)), context)
    known = {account.kind for account in found.accounts}
    calls = reading.has("phone") or reading.has("online")
    if calls and _VISITS.isdisjoint(known) and not may_tell_visit(reading):
        find_visits(reading)
    if "grievance" not in known and reading.dismissed:
        for grievance, _ in find_grievances(reading, visits=False):
            doubt_noted(reading, grievance)
    return reading.accounts

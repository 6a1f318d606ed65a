"""What the gates kept from being looked into, looked into after all for whoever asks for reasons."""

from __future__ import annotations

from bot.text.gate import may_tell_visit
from bot.text.grievances import find_grievances
from bot.text.hearing import heard
from bot.text.messages import Context, Message, Understanding
from bot.text.notes import Account
from bot.text.second_opinion import doubt_noted
from bot.text.visits import find_visits

_VISITS = frozenset(("visit", "correction"))


def unread_accounts(found: Understanding, message: Message, context: Context) -> list[Account]:
    """Why a call told of is no visit, and the trouble that the model dismissed no matter."""
    reading = heard(message, context)
    known = {account.kind for account in found.accounts}
    calls = reading.has("phone") or reading.has("online")
    if calls and _VISITS.isdisjoint(known) and not may_tell_visit(reading):
        find_visits(reading)
    if "grievance" not in known and reading.dismissed:
        for grievance, _ in find_grievances(reading, visits=False):
            doubt_noted(reading, grievance)
    return reading.accounts

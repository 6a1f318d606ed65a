"""Why a message was read as it was: for `parse --explain`.

Codes for programs, and under `says` Chinese sentences (lexicon/explaining.toml) for people.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.domain.acts import Act, Grievance, Visit
from bot.text.differences import Change, Difference, differences, shortfall
from bot.text.grievances import ASK, LIKELY, SURE
from bot.text.hearing import as_written, heard
from bot.text.lexicon import load
from bot.text.messages import Context, Message, Understanding
from bot.text.notes import Account, Note, outermost
from bot.text.unread import unread_accounts

_SAYS: dict[str, str] = load("explaining")["says"]
_KINDS: dict[str, str] = load("explaining")["kinds"]
_VALUES: dict[str, str] = load("explaining")["values"]
_RULES: dict[str, str] = load("explaining")["rules"]
_EXAMPLES: dict[str, str] = load("explaining")["examples"]


def explain(found: Understanding, message: Message, context: Context) -> list[dict[str, Any]]:
    """One object for each act, in their order, then one for each candidate that failed, the best first.

    kind: as in the guide. text: what was read by itself, the message or a part of it, in plain spelling,
    without courtesies, and with commas where a message without marks was given pauses; places of words count
    its characters. outcome: `printed`, `too_unsure` (asked about, not printed), `hidden` (another act takes
    its place) or `none`. score: weight of the evidence, null where rules decide alone; thresholds: what it is
    held against. notes: the rules that counted. runner_up: the category that came second. difference: what
    would have made it otherwise. says: all this in sentences.
    """
    outcomes = {
        id(act): "printed" if likely else "too_unsure"
        for act, likely in zip(found.acts, found.likely, strict=True)
    }
    order = {id(act): place for place, act in enumerate(found.acts)}
    accounts = sorted(
        [*found.accounts, *unread_accounts(found, message, context)],
        key=lambda account: (order.get(id(account.act), len(order)), -(account.score or 0.0)),
    )
    whole = {read(message, context).text for read in (heard, as_written)}
    out = []
    for account in accounts:
        outcome = "none" if account.act is None else outcomes.get(id(account.act), "hidden")
        changes = [] if outcome == "hidden" else differences(account, message, context)
        out.append(_as_json(account, outcome, changes, part=account.text not in whole))
    return out


def _as_json(account: Account, outcome: str, changes: list[Difference], *, part: bool) -> dict[str, Any]:
    rival = _runner_up(account)
    says = [_SAYS["part"].format(text=account.text)] if part else []
    return {
        "kind": account.kind,
        "text": account.text,
        "outcome": outcome,
        "sureness": account.act.sureness if account.act else None,
        "score": account.score,
        "thresholds": None if account.score is None else {"ask": ASK, "likely": LIKELY, "sure": SURE},
        "notes": [_note(account, note) for note in account.notes],
        "runner_up": {"category": rival[0], "votes": round(rival[1], 2)} if rival else None,
        "difference": [_difference(change) for change in changes],
        "says": [*says, *_sentences(account, outcome, changes)],
    }


def _note(account: Account, note: Note) -> dict[str, Any]:
    words = [
        {"text": account.text[start:end], "start": start, "end": end} for start, end in outermost(note.words)
    ]
    out = {"rule": note.rule, "effect": note.effect, "weight": round(note.weight, 2), "words": words}
    return {**out, "frames": list(note.frames)} if note.frames else out


def _difference(difference: Difference) -> dict[str, Any]:
    acts = None if difference.acts is None else [_name(act) for act in difference.acts]
    return {
        "change": difference.change,
        "rule": difference.rule,
        "words": list(difference.words),
        "then": acts,
    }


def _runner_up(account: Account) -> tuple[str, float] | None:
    """The category that came second, with its votes."""
    ruling = account.act.category if isinstance(account.act, Grievance) else None
    others = [(name, votes) for name, votes in account.rivals.items() if name != ruling]
    return max(others, key=lambda one: one[1], default=None)


# ------------------------------------------------------------------ in sentences


def _sentences(account: Account, outcome: str, changes: list[Difference]) -> Iterator[str]:
    kind = _KINDS[account.kind]
    what = _name(account.act) if account.act else kind
    yield _SAYS[outcome].format(kind=kind, what=what)
    for note in account.notes:
        words = "、".join(dict.fromkeys(account.text[start:end] for start, end in outermost(note.words)))
        words = _SAYS["words"].format(words=words) if words else ""
        weight = _SAYS["weight"].format(weight=note.weight) if note.weight else ""
        yield _SAYS["note"].format(rule=_RULES[note.rule], words=words, weight=weight)
    if account.score is not None:
        yield _SAYS["sum"].format(score=account.score, ask=ASK, likely=LIKELY, sure=SURE)
    rival = _runner_up(account)
    if rival:
        yield _SAYS["runner_up" if account.act else "likeliest"].format(
            value=_VALUES[rival[0]], votes=rival[1]
        )
    for change in changes:
        yield _change(account, change)


def _change(account: Account, change: Difference) -> str:
    if change.change is Change.ADDED:
        template = "added_to_be_asked" if (account.score or 0.0) < ASK else "added_to_be_printed"
        return _SAYS[template].format(
            short=shortfall(account), rule=_RULES[change.rule], examples=_EXAMPLES[change.rule]
        )
    words = "、".join(change.words)
    if change.acts is not None:
        then = "；".join(_name(act) for act in change.acts) or _SAYS["nothing"]
        return _SAYS["removed"].format(words=words, then=then)
    template = ("removed" if words else "not_so") + ("_enough" if shortfall(account) > 0 else "_short")
    return _SAYS[template].format(words=words, rule=_RULES[change.rule])


def _name(act: Act) -> str:
    """The act in a few words."""
    kind = _KINDS[type(act).__name__.lower()]
    if isinstance(act, Grievance):
        return f"{kind}（{_VALUES[act.category]}、{_VALUES[act.urgency]}）"
    if isinstance(act, Visit) and act.count is not None:
        return f"{kind}{act.count}户"
    return kind

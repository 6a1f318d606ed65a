"""How a roll-call stands, in words: for the group without details, for those who decide with all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from bot.domain.buttons import Verb, encode
from bot.domain.roll_call import AskedAs, CallStatus, HouseholdState
from bot.services.notices.times import moment_words, span_words
from bot.services.rollcalls.cards import Buttons, Card, button, state_words
from bot.services.rollcalls.standing import Row, Standing
from bot.wording import say
from storage.tables import RollCallAsk

_LONGEST = 2400  # characters of a list of names: an edit can't be split
_PHONES = 6


def board(standing: Standing, group_ids: frozenset[int] | None) -> str:
    """What a group sees: figures, and the heads of households that nobody has accounted for.

    group_ids: only the households of these groups; null: all.
    """
    if standing.call.status == CallStatus.WITHDRAWN:
        return standing.say("board_withdrawn", head=standing.head)
    rows = [row for row in standing.rows.values() if group_ids is None or row.household.group_id in group_ids]
    part = Standing(standing.call, standing.preset, {row.id: row for row in rows}, standing.now)
    part.groups = standing.groups
    lines = [standing.head, tally_words(part), *missing_lines(part, lambda row: row.head)]
    if standing.is_open and part.missing:
        lines.append(standing.say("board_how", example=part.missing[0].head))
    elif not standing.is_open:
        lines.append(standing.say("board_over", span=span_words(standing.went_on)))
    return "\n".join(lines)


def listing(standing: Standing, ask: RollCallAsk, nobody: Sequence[Row]) -> Card:
    """What those who decide see: who is missing and who answers for them, and what needs a decision.

    nobody: households for which nobody could be asked.
    """
    if standing.call.status == CallStatus.WITHDRAWN:
        return Card(standing.say("card_withdrawn", head=standing.head))
    heads = standing.head
    if ask.role in (AskedAs.SECRETARY, AskedAs.TOWN) and standing.is_open and ask.asked_at > _begun(standing):
        heads = standing.say("list_secretary", head=heads, span=span_words(ask.asked_at - _begun(standing)))
    lines = [heads, tally_words(standing), *missing_lines(standing, lambda row: _with_members(standing, row))]
    lines += _decisions(standing)
    if nobody:
        lines.append(standing.say("list_nobody", names=_cut([row.head for row in nobody], _LONGEST // 10)))
    return Card("\n".join(lines), _list_buttons(standing, ask.person_id))


def tally_words(standing: Standing) -> str:
    """The figures in a line."""
    say, tally = standing.say, standing.tally
    people = ""
    if tally.people_expected:
        people = say("tally_people_of", people=tally.people, expected=tally.people_expected)
    elif tally.people:
        people = say("tally_people", people=tally.people)
    if people and tally.without_number:
        people += say("tally_uncounted", count=tally.without_number)
    confirmed = tally.by_state[HouseholdState.MOVED] - tally.moved_unconfirmed
    return say(
        "tally",
        accounted=tally.accounted,
        total=tally.total,
        people=people,
        safe=tally.by_state[HouseholdState.SAFE],
        moved=tally.by_state[HouseholdState.MOVED],
        confirmed=say("tally_confirmed", count=confirmed) if confirmed else "",
        refused=tally.by_state[HouseholdState.REFUSED],
    )


def missing_lines(standing: Standing, name: Callable[[Row], str]) -> list[str]:
    """Who is missing, group by group; as many as a message holds."""
    say, missing = standing.say, standing.missing
    if not missing:
        return [say("missing_none")]
    unreached = standing.tally.by_state[HouseholdState.UNREACHED]
    lines = [say("missing", count=len(missing), unreached=unreached)]
    by_group: dict[str, list[str]] = defaultdict(list)
    room, named = _LONGEST, 0
    for row in sorted(missing, key=lambda row: (row.household.group_id or 0, row.id)):
        words = name(row)
        room -= len(words) + 1
        if room < 0:
            break
        by_group[standing.groups.get(row.household.group_id or 0, say("no_group"))].append(words)
        named += 1
    lines += [say("missing_group", group=group, names="、".join(names)) for group, names in by_group.items()]
    return lines if named == len(missing) else [*lines, say("missing_more", count=len(missing) - named)]


def report(standing: Standing) -> str:
    """What came of it, once it is closed."""
    say, call, zone = standing.say, standing.call, standing.preset.zone
    closed_at = call.closed_at or standing.now
    lines = [
        say(
            "report",
            head=standing.head,
            opened=moment_words(_begun(standing), now=closed_at, zone=zone),
            closed=moment_words(closed_at, now=closed_at, zone=zone),
            by=call.closed_by_name or "",
        ),
        tally_words(standing),
    ]
    if missing := standing.missing:
        lines.append(say("report_incomplete", count=len(missing)))
        reasons = [say("report_reason", household=row.head, why=_why(standing, row)) for row in missing]
        lines.append(say("report_not_reached", names=_cut(reasons)))
    else:
        lines.append(say("report_took", span=span_words(standing.went_on)))
    return "\n".join([*lines, *_decisions(standing), say("report_late")])


def _why(standing: Standing, row: Row) -> str:
    if row.state is HouseholdState.UNREACHED:
        return standing.say("why_unreached", by=row.known.by_name or "")
    names = standing.members_of(row.id)
    return standing.say("why_unchecked", names=names) if names else standing.say("why_unchecked_nobody")


def _decisions(standing: Standing) -> list[str]:
    """What somebody has to look after, besides those who are missing."""
    rows, lines = list(standing.rows.values()), []
    sorts: list[tuple[str, Iterable[str]]] = [
        ("refused", (row.head for row in rows if row.state is HouseholdState.REFUSED)),
        (
            "disputed",
            (
                standing.say("report_reason", household=row.head, why=state_words(standing, row))
                for row in rows
                if row.known.disputed
            ),
        ),
        (
            "unconfirmed",
            (row.head for row in rows if row.state is HouseholdState.MOVED and not row.known.confirmed),
        ),
        (
            "short",
            (
                standing.say(
                    "list_short_one",
                    household=row.head,
                    people=row.known.people,
                    residents=row.known.residents,
                )
                for row in rows
                if row.counted.is_short
            ),
        ),
    ]
    for sort, names in sorts:
        if found := list(names):
            lines.append(standing.say(f"list_{sort}", names=_cut(found, _LONGEST // 10)))
    return lines


def _list_buttons(standing: Standing, reader_id: int) -> Buttons:
    if not standing.is_open:
        return ()
    missing = standing.missing
    choices = []
    if missing:
        choices.append(button(standing, "button_again", "again"))
    choices.append(button(standing, "button_close", "close"))
    answered = any(row.known.state_at is not None for row in standing.rows.values())
    first = () if answered else ((button(standing, "button_undo", "undo"),),)
    people = {person.id: person for row in missing for person in standing.members.get(row.id, ())}
    phones = [
        {
            "text": standing.say("button_phone", name=person.name),
            "data": encode(Verb.PHONE, person.id or 0, choice=str(standing.id)),
        }
        for person in [one for one in people.values() if one.id != reader_id][:_PHONES]
    ]
    return (*first, tuple(choices), *(tuple(phones[i : i + 2]) for i in range(0, len(phones), 2)))


def _with_members(standing: Standing, row: Row) -> str:
    names = standing.members_of(row.id)
    if not names:
        return standing.say("with_nobody", household=row.head)
    return standing.say("with_members", household=row.head, names=names)


def _cut(names: Sequence[str], longest: int = _LONGEST) -> str:
    """The names, as many as there is room for."""
    words = ""
    for number, name in enumerate(names):
        if len(words) + len(name) > longest:
            return words + say("roll_call.missing_more", count=len(names) - number)
        words = f"{words}、{name}" if words else name
    return words


def _begun(standing: Standing) -> datetime:
    return standing.call.opened_at or standing.call.asked_at

"""The drafted agenda as the secretary gets it: one private message with buttons, kept up to date in place.

Kind `meeting.draft`, subject `session`.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Verb, encode
from bot.domain.preset import Preset
from bot.services.chat.answering import rewrite
from bot.services.meetings.agenda import agenda_lines, shown_items
from bot.services.meetings.chair import chairs_of
from bot.services.meetings.session_words import SUBJECT, about_session, when_words
from bot.services.notices.tell import Buttons, to_person
from bot.services.notices.times import full_day_words, plain_day_words
from bot.wording import say
from storage.queries import notices
from storage.tables import ActivitySession, Person, Unit

DRAFT = "meeting.draft"
SHOWN = "partyday"
"""What the answer to `党日` is called: to whoever prepares it, it is a copy of the draft."""
_COPIES = (DRAFT, f"reply.{SHOWN}")
_DROPS_A_ROW = 5
_DAYS_OFFERED = 4
_FARTHEST = 14  # days


async def send_draft(session: AsyncSession, held: ActivitySession, preset: Preset, *, now: datetime) -> int:
    """Send the draft to whoever prepares the session; returns to how many."""
    today = now.astimezone(preset.zone).date()
    made = 0
    for person in await chairs_of(session, held.branch_id, today):
        text, buttons = await draft_message(session, held, preset, now=now)
        notice = await to_person(
            session,
            person,
            about_session(held, DRAFT, "draft", held.reported_at),
            text,
            preset=preset,
            now=now,
            buttons=buttons,
        )
        made += notice is not None
    return made


async def is_drafted(session: AsyncSession, held: ActivitySession) -> bool:
    """Whether anybody has been sent its draft."""
    about = await notices.about(session, subject_kind=SUBJECT, subject_id=held.id or 0)
    return any(notice.kind == DRAFT for notice in about)


async def refresh_draft(
    session: AsyncSession, held: ActivitySession, preset: Preset, *, now: datetime, choosing_day: bool = False
) -> None:
    """Let every copy of the draft say how things stand; `choosing_day`: with days to move it to."""
    text, buttons = await draft_message(session, held, preset, now=now, choosing_day=choosing_day)
    for notice in await notices.about(session, subject_kind=SUBJECT, subject_id=held.id or 0):
        if notice.kind in _COPIES:
            mark = f"{held.version}.{int(choosing_day)}.{now.isoformat()}"
            await rewrite(session, notice, text, mark=mark, now=now, buttons=buttons)


async def draft_message(
    session: AsyncSession, held: ActivitySession, preset: Preset, *, now: datetime, choosing_day: bool = False
) -> tuple[str, Buttons]:
    """The draft's words and buttons."""
    name, today = preset.name, now.astimezone(preset.zone).date()
    branch = await session.get_one(Unit, held.branch_id)
    lines = await agenda_lines(session, held, preset)
    fixed = held.agenda_fixed_at is not None
    when = when_words(held, preset, today=today)
    head = say(f"meetings.draft_head{'_fixed' if fixed else ''}", name, branch=branch.name, when=when)
    text = [head, *(lines or [say("meetings.agenda_empty", name)])]
    if preset.calendar.pauses(held.day):
        text.append(say("meetings.draft_paused", name))
    over = held.opened_at is not None or held.day < today
    if over:
        return "\n".join(text), ()
    if choosing_day:
        text.append(say("meetings.move_which", name))
        return "\n".join(text), _days(held, preset, today)
    if not fixed:
        text.append(say("meetings.draft_foot", name))
    return "\n".join(text), await _buttons(session, held, preset)


async def _buttons(session: AsyncSession, held: ActivitySession, preset: Preset) -> Buttons:
    def button(sentence: str, choice: str, **values: object) -> dict[str, object]:
        label = say(f"meetings.button_{sentence}", preset.name, **values)
        return {"text": label, "data": encode(Verb.MEETING, held.id or 0, held.version, choice)}

    if held.agenda_fixed_at is not None:
        return ((button("reopen", "reopen"), button("move", "days")),)
    drops = [
        button("drop_item", f"drop.{item.position}", position=item.position)
        for item, _ in await shown_items(session, held)
    ]
    rows = [tuple(drops[at : at + _DROPS_A_ROW]) for at in range(0, len(drops), _DROPS_A_ROW)]
    return (*rows, (button("add", "add"), button("move", "days")), (button("fix", "fix"),))


def _days(held: ActivitySession, preset: Preset, today: date) -> Buttons:
    """The days to which it may be moved by a press: the next open ones, and one's own in words."""
    open_days = [
        day
        for ahead in range(1, _FARTHEST + 1)
        if (day := max(held.day, today) + timedelta(days=ahead)) and not preset.calendar.pauses(day)
    ]

    def button(label: str, choice: str) -> dict[str, object]:
        return {"text": label, "data": encode(Verb.MEETING, held.id or 0, held.version, choice)}

    rows = [
        (button(say("meetings.button_to", preset.name, day=full_day_words(day, today=today)), f"to.{day}"),)
        for day in open_days[:_DAYS_OFFERED]
    ]
    other = button(say("meetings.button_other_day", preset.name), "move")
    back = button(say("meetings.button_back", preset.name, day=plain_day_words(held.day)), "back")
    return (*rows, (other, back))


async def tell_chairs(
    session: AsyncSession,
    held: ActivitySession,
    kind: str,
    text: str,
    *,
    preset: Preset,
    now: datetime,
    stage: str = "",
    buttons: Buttons = (),
) -> list[Person]:
    """Tell whoever prepares a session something about it; returns whom."""
    told = []
    for person in await chairs_of(session, held.branch_id, now.astimezone(preset.zone).date()):
        about = about_session(held, kind, stage or kind, held.starts_at or held.reported_at)
        notice = await to_person(session, person, about, text, preset=preset, now=now, buttons=buttons)
        if notice is not None:
            told.append(person)
    return told

"""`/why`: a number that the bot states, opened to its definition and to the rows behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Press, Verb, encode
from bot.domain.errors import NotFound
from bot.domain.figures import Figure, Measure
from bot.domain.inbound import Inbound
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking, place_name
from bot.services.figures.figures_in_reach import Reach, figures_in_reach, to_all, to_branch
from bot.services.figures.figures_of_message import figures_of
from bot.services.figures.gather_indicators import Span
from bot.services.figures.indicator_words import definition_of, name_of, plain, unit_of, value_words
from bot.services.figures.row_words import OWN, lines_of, rows_shown
from bot.services.figures.standing_figures import DECIDING, STANDING
from bot.services.matters.press_order import PressedOn
from bot.services.notices.times import plain_day_words
from bot.text.asked_period import this_month
from bot.text.why import WhyAsked
from bot.wording import say
from storage import outbox

_PAGE = 20  # rows in a message
_CHOICES = 10  # buttons to choose a figure by
_PERCENT = "%"
_MENU = (
    "own_visits",
    "own_matters",
    "households_reached",
    "participation",
    "coverage",
    "opinions_collected",
    "matters_closed",
    "matters_running",
    "solution_rate",
    "satisfaction_rate",
)

Buttons = list[list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Explained:
    """What is answered."""

    text: str
    buttons: Buttons


async def explain(
    session: AsyncSession, asked: WhyAsked, speaking: Speaking, inbound: Inbound, *, now: datetime
) -> Explained | None:
    """Open the number that a message asks for, or ask which one is meant.

    In a group only members are answered, and only where it is clear that a figure is meant.

    Raises:
        NotFound: no figure is named so, or none has this number.
    """
    in_group = not inbound.private
    if in_group and not speaking.actor.is_member:
        return None
    first, last = _days(asked, speaking.day_of(now))
    keys: Sequence[str] = () if asked.key is None else (asked.key,)
    which = "which"
    if asked.names_nothing and inbound.reply_to_id is not None:
        notice = await outbox.notice_of_message(session, inbound.chat_id, inbound.reply_to_id)
        stated = None if notice is None else figures_of(notice, speaking.preset)
        if stated is not None:
            keys, which = stated.keys, "which_message"
            if asked.first is None:
                first, last = stated.first, stated.last
    if in_group and not keys:
        return None  # a word like any other there
    reach = await figures_in_reach(session, speaking, first, last, now=now)
    if not keys and asked.number is not None:
        keys = [one.key for one in reach.figures if _is_worth(one, asked)]
        if not keys:
            raise NotFound("why.no_such_number", said=_said(asked))
    if not keys:
        if not asked.whole:
            raise NotFound("why.unknown")
        keys, which = _MENU, "menu"
    found = [one for one in map(reach.figure, keys) if one is not None]
    if len(found) == 1 or (found and len(keys) == 1):
        return await _opened(session, found[0], reach, speaking, asked, in_group=in_group)
    if not found:
        return await _own_matters(session, reach, speaking, asked, in_group=in_group)
    return Explained(say(f"why.{which}", speaking.preset.name), _choices(found, reach))


async def press_figure(
    session: AsyncSession, press: Press, speaking: Speaking, on: PressedOn, *, now: datetime
) -> str:
    """Show a figure, or another page of it, in the message whose button was pressed.

    Raises:
        NotFound: the button makes no sense any more.
        NotEntitled: the figure is not theirs to see.
    """
    key, first, last = _decoded(press.choice)
    speaking = await to_branch(session, speaking, press.id) if press.id else to_all(speaking)
    reach = await figures_in_reach(session, speaking, first, last, now=now)
    figure = reach.figure(key)
    notice = await outbox.notice_of_message(session, on.chat_id, on.message_id)
    if figure is None or notice is None:
        raise NotFound("questions.bad_button")
    in_group = on.chat_id != speaking.actor.telegram_id
    shown = await _opened(session, figure, reach, speaking, in_group=in_group, page=press.version)
    mark = f"{press.id}.{press.choice}.{press.version}.{on.press_id}"
    await answering.rewrite(session, notice, shown.text, mark=mark, buttons=shown.buttons, now=now)
    return say("why.opened", speaking.preset.name)


async def _opened(
    session: AsyncSession,
    figure: Figure,
    reach: Reach,
    speaking: Speaking,
    asked: WhyAsked | None = None,
    *,
    in_group: bool,
    page: int = 0,
) -> Explained:
    preset, name = speaking.preset.name, name_of(figure.key, speaking.preset.name)
    unit = unit_words(reach, speaking)
    lines = [
        say(
            "why.head_now" if figure.key in STANDING else "why.head",
            preset,
            name=name,
            unit=unit,
            days=days_words(reach.span),
            value=value_words(figure),
        ),
        definition_of(figure.key, preset),
    ]
    if asked is not None and asked.number is not None and not _is_worth(figure, asked):
        lines.append(say("why.said", preset, said=_said(asked), value=value_words(figure)))
    if len(reach.branches) > 1 and figure.key not in OWN:
        return _by_village(figure, reach, lines, page=page)
    shown = await rows_shown(session, figure, speaking, reach.span, in_group=in_group)
    pages = max(-(-len(shown.rows) // _PAGE), 1)
    page = min(page, pages - 1)
    if shown.rows:
        sentence = "rows_share" if figure.measure is Measure.SHARE else "rows"
        if pages > 1:
            sentence += "_page"
        lines.append(say(f"why.{sentence}", preset, count=len(shown.rows), page=page + 1, pages=pages))
        rows = shown.rows[page * _PAGE : (page + 1) * _PAGE]
        lines += await lines_of(session, figure, rows, speaking, reach.span)
    elif not shown.kept_back:
        lines.append(say("why.rows_none", preset))
    if shown.kept_back:
        sentence = "kept_back_private" if speaking.actor.roles & DECIDING else "kept_back_member"
        sentence = "kept_back_group" if in_group else sentence
        lines.append(say(f"why.{sentence}", preset, count=shown.kept_back, name=name))
    up = bool(speaking.villages) and len(speaking.villages) > 1 and figure.key not in OWN
    return Explained("\n".join(lines), _turning(figure, reach, page=page, pages=pages, up=up))


def _by_village(figure: Figure, reach: Reach, lines: list[str], *, page: int) -> Explained:
    """A town's figure as its villages', each of which opens in turn."""
    lines.append(say("why.by_village"))
    buttons: Buttons = []
    pages = -(-len(reach.branches) // _PAGE)
    for branch in reach.branches[page * _PAGE : (page + 1) * _PAGE]:
        one = next(one for one in reach.of_each[branch.id or 0] if one.key == figure.key)
        village = place_name(branch.name)
        lines.append(say("why.village", village=village, value=value_words(one)))
        _beside(buttons, village, _data(branch.id or 0, 0, figure.key, reach.span))
    return Explained("\n".join(lines), [*buttons, *_turning(figure, reach, page=page, pages=pages)])


async def _own_matters(
    session: AsyncSession, reach: Reach, speaking: Speaking, asked: WhyAsked, *, in_group: bool
) -> Explained:
    """What somebody is shown who asks for a figure that is not theirs to see."""
    own = reach.figure("own_matters")
    assert own is not None  # everybody has it
    shown = await _opened(session, own, reach, speaking, in_group=in_group)
    return Explained(f"{say('why.not_yours', speaking.preset.name)}\n{shown.text}", shown.buttons)


def _turning(figure: Figure, reach: Reach, *, page: int, pages: int, up: bool = False) -> Buttons:
    """The buttons that turn pages; up: to the villages of the town."""
    unit_id = reach.branches[0].id or 0 if len(reach.branches) == 1 else 0
    row = []
    for there, sentence in ((page - 1, "button_back"), (page + 1, "button_next")):
        if 0 <= there < pages:
            row.append(
                {"text": say(f"why.{sentence}"), "data": _data(unit_id, there, figure.key, reach.span)}
            )
    rows = [row] if row else []
    if up:
        rows.append([{"text": say("why.button_villages"), "data": _data(0, 0, figure.key, reach.span)}])
    return rows


def _choices(found: Sequence[Figure], reach: Reach) -> Buttons:
    unit_id = reach.branches[0].id or 0 if len(reach.branches) == 1 else 0
    buttons: Buttons = []
    for figure in found[:_CHOICES]:
        text = say("why.choice", name=name_of(figure.key), value=value_words(figure))
        _beside(buttons, text, _data(unit_id, 0, figure.key, reach.span))
    return buttons


def _beside(buttons: Buttons, text: str, data: str) -> None:
    """Put a button beside the last one, or below when there are two already."""
    if not buttons or len(buttons[-1]) == 2:
        buttons.append([])
    buttons[-1].append({"text": text, "data": data})


def _data(unit_id: int, page: int, key: str, span: Span) -> str:
    return encode(Verb.WHY, unit_id, page, f"{key}.{span.first:%Y%m%d}.{span.last:%Y%m%d}")


def _decoded(choice: str) -> tuple[str, date, date]:
    key, _, days = choice.partition(".")
    try:
        first, last = (date.fromisoformat(day) for day in days.split("."))
    except ValueError:
        raise NotFound("questions.bad_button") from None
    return key, first, last


def _days(asked: WhyAsked, today: date) -> tuple[date, date]:
    if asked.first is not None and asked.last is not None:
        return asked.first, asked.last
    return this_month(today)


def _is_worth(figure: Figure, asked: WhyAsked) -> bool:
    """Whether a figure has the number that was asked for, in what it counts."""
    if figure.value is None or asked.number is None:
        return False
    if figure.measure is Measure.SHARE:
        return asked.unit == _PERCENT and round(figure.value * 100) == round(asked.number)
    return asked.unit == unit_of(figure.key) and round(figure.value, 2) == round(asked.number, 2)


def _said(asked: WhyAsked) -> str:
    return f"{plain(asked.number or 0)}{asked.unit or ''}"


def unit_words(reach: Reach, speaking: Speaking) -> str:
    """Whose figures they are, to read."""
    if len(reach.branches) == 1:
        return place_name(reach.branches[0].name)
    return say("why.all_villages") if reach.branches else speaking.actor.name


def days_words(span: Span) -> str:
    """The days of a figure, to read; up to today while they last."""
    last = min(span.last, span.today)
    if last < span.first:
        last = span.last
    sentence = "days" if span.first.year == span.today.year else "days_year"
    return say(
        f"why.{sentence}", year=span.first.year, first=plain_day_words(span.first), last=plain_day_words(last)
    )

"""A unit sets a parameter for itself, or goes back to what it would have without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import presets
from bot.domain.party_day import RuleNotUnderstood, read_rule
from bot.presets.values import unknown_parameter, wrong_value
from bot.services.roster.parameters import for_unit
from bot.services.roster.show_parameters import of_unit, value_words
from bot.wording import say
from storage.tables import AuditEntry, Unit

_YES_NO = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


async def set_parameters(
    session: AsyncSession, unit: Unit, changes: Mapping[str, str], *, now: datetime
) -> list[str]:
    """Set parameters of a unit, all of them or none; returns a sentence for each.

    Args:
        changes: values by name, as written.

    Raises:
        ParameterWrong: there is no such parameter, or it can't have this value. Nothing may be kept then.
    """
    _see_that_they_are_known(changes)
    before = {one.name: one for one in await of_unit(session, unit.id or 0)}
    values = {name: _as_data(text, like=before[name].value) for name, text in changes.items()}
    unit.overrides = {**unit.overrides, **values}
    session.add(unit)
    await _see_that_they_fit(session, unit)
    told = []
    for name, value in values.items():
        old, new = before[name].value_words, value_words(value)
        changed = old != new or before[name].unit != unit.name
        sentence = "parameters.set" if changed else "parameters.set_same"
        told.append(say(sentence, unit=unit.name, name=name, old=old, new=new))
        if changed:
            _note(session, unit, f"{name}={new}", now)
    return told


async def unset_parameters(
    session: AsyncSession, unit: Unit, names: Sequence[str], *, now: datetime
) -> list[str]:
    """Forget what a unit has set for itself; returns a sentence for each parameter.

    Raises:
        ParameterWrong: there is no such parameter, or what it falls back to does not fit the others.
    """
    _see_that_they_are_known(names)
    had = unit.overrides
    unit.overrides = {name: value for name, value in had.items() if name not in names}
    session.add(unit)
    await _see_that_they_fit(session, unit)
    after = {one.name: one for one in await of_unit(session, unit.id or 0)}
    told = []
    for name in dict.fromkeys(names):
        if name not in had:
            told.append(say("parameters.unset_not_set", unit=unit.name, name=name))
            continue
        origin, new = after[name].origin_words, after[name].value_words
        told.append(say("parameters.unset", unit=unit.name, name=name, origin=origin, new=new))
        _note(session, unit, f"-{name}", now)
    return told


def _see_that_they_are_known(names: Mapping[str, str] | Sequence[str]) -> None:
    known = presets.known_parameters()
    for name in names:
        if name not in known:
            raise unknown_parameter(name, known)


def _as_data(text: str, *, like: Any) -> Any:
    """A value as written, as data of the kind that the parameter has; what does not fit stays as written."""
    if isinstance(like, bool):
        return _YES_NO.get(text.lower(), text)
    try:
        return type(like)(text) if isinstance(like, int | float) else text
    except ValueError:
        return text


async def _see_that_they_fit(session: AsyncSession, unit: Unit) -> None:
    preset = await for_unit(session, unit.id)
    if rule := preset.party_day_rule:
        try:
            read_rule(rule)
        except RuleNotUnderstood:
            raise wrong_value("party_day.rule", rule, say("parameters.wanted_rule")) from None
    infirm_least, infirm_most = preset.linking.infirm_least, preset.linking.infirm_most
    for least, most, named in (
        (preset.links_least, preset.links_most, "links."),
        (infirm_least, infirm_most or infirm_least, "links.infirm_"),
    ):
        if most < least:
            wanted = say("parameters.wanted_no_less", other=f"{named}least", limit=least)
            raise wrong_value(f"{named}most", str(most), wanted)


def _note(session: AsyncSession, unit: Unit, detail: str, now: datetime) -> None:
    by = say("setup.command_line")
    session.add(AuditEntry(at=now, by_name=by, action="preset.set", subject=unit.name, detail=detail))

"""The presets as data, one `*.toml` each over `common.toml`, and how they become a `Preset`.

A parameter's name is its path in those files: `cadence.key`, `clocks.urgent.acknowledge`, `quiet.start`.
A unit's overrides use the same names. What each is says `explained.toml`, in a line of Chinese.
`terms.member` and the like are names of roles and units; their defaults stand with the other words in
`bot/wording/`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from bot.domain.acts import Urgency
from bot.domain.contact import ContactRules
from bot.domain.hubs import HubRules
from bot.domain.linking import LinkRules, Way
from bot.domain.matters import Step
from bot.domain.occasions import OccasionKind
from bot.domain.papers import PaperRules
from bot.domain.preset import Preset
from bot.domain.roll_call import RollCallRules
from bot.domain.roster import HouseholdKind, Role
from bot.domain.village_calendar import VillageCalendar
from bot.holidays import day_kind
from bot.presets.appraisal import appraisal_rules, point_rules
from bot.presets.meetings import meeting_rules
from bot.presets.values import ParameterWrong, Values
from bot.wording import say, terms, with_terms

__all__ = [
    "DEFAULT",
    "Default",
    "ParameterWrong",
    "defaults",
    "explained",
    "explanation",
    "known_parameters",
    "load",
    "names",
]

DEFAULT = "huozhou"
_TERMS = "terms."
_NO_PRESETS = ("common", "explained")

_OPTIONAL = {
    f"clocks.{urgency}.{part}" for urgency in Urgency for part in ("warn_acknowledge", "warn_solve", "pauses")
}


def names() -> list[str]:
    """The presets there are, sorted."""
    found = (path.name.removesuffix(".toml") for path in files(__name__).iterdir() if path.is_file())
    return sorted(name for name in found if name not in _NO_PRESETS and not name.endswith((".py", ".pyc")))


def load(name: str, overrides: Mapping[str, Any] | None = None) -> Preset:
    """The preset `name` with single parameters changed (`{"cadence.key": 5, "quiet.start": "22:00"}`).

    Args:
        overrides: as JSON can hold them; null: none.

    Raises:
        ParameterWrong: when there is no such preset or parameter, or a value does not fit.
    """
    return _load(name, json.dumps(overrides or {}, sort_keys=True))


# Every unit's parameters are asked for in each cycle, and hardly any unit has overrides of its own.
@lru_cache(maxsize=1024)
def _load(name: str, overrides: str) -> Preset:
    own = json.loads(overrides)
    values = Values({**_stored(name), **own}, known=known_parameters())
    return Preset(
        name=with_terms(name, _own_terms(own)),
        title=values.text("title"),
        zone=values.zone("timezone"),
        cadence={kind: values.number(f"cadence.{kind}", least=1) for kind in HouseholdKind},
        contact=ContactRules(
            twice_daily=frozenset(values.some_of("contact.twice_daily", HouseholdKind)),
            fever_from=values.decimal("contact.fever_from", least=36, most=40),
            occasions=frozenset(values.some_of("occasions.kinds", OccasionKind)),
            occasion_days=values.number("occasions.days", most=14),
        ),
        links_least=values.number("links.least"),
        links_most=values.number("links.most"),
        hubs=HubRules(
            least=values.number("hubs.least"),
            most=values.number("hubs.most"),
            needy=values.number("hubs.needy"),
        ),
        linking=LinkRules(
            ways=values.some_of("links.ways", Way),
            committee_needing=values.number("links.committee_needing"),
            infirm_least=values.number("links.infirm_least"),
            infirm_most=values.number("links.infirm_most"),
            follow_moves=values.flag("links.follow_moves"),
        ),
        reminder_share=values.share("reminders.share"),
        reminder_days_before=values.number("reminders.days_before"),
        reminder_at=values.time("reminders.at"),
        notices_a_day=values.number("budget.notices_a_day", least=1),
        duties=values.lines("duties"),
        services=values.words("services"),
        ladder_steps=values.some_of("ladder.steps", Step),
        ladder_alternates=values.some_of("ladder.alternates", Role),
        spans={urgency: values.spans(f"clocks.{urgency}") for urgency in Urgency},
        complex_solve=values.span("clocks.complex_solve"),
        call_every=values.span("calls.every"),
        calls=values.number("calls.times"),
        confirm_remind_after=values.span("confirm.remind_after"),
        confirm_close_after=values.span("confirm.close_after"),
        joining_days=values.number("voices.joining_days", least=1),
        hurry_from=values.number("voices.hurry_from", least=2),
        hurry_share=values.share("voices.hurry_share"),
        look_back_share=values.share("look_back.share"),
        look_back_days=values.number("look_back.days", least=1),
        recurrence_times=values.number("recurrence.times", least=2),
        recurrence_days=values.number("recurrence.days", least=1),
        quiet_start=values.time("quiet.start"),
        quiet_end=values.time("quiet.end"),
        calendar=VillageCalendar(
            kind_of=day_kind,
            holidays=values.flag("calendar.holidays"),
            weekends=values.flag("calendar.weekends"),
            busy=values.busy("calendar.busy"),
        ),
        digest_at=values.time("digest.at"),
        digest_weekday=values.number("digest.weekday", least=1, most=7),
        party_day_rule=values.text("party_day.rule"),
        party_day_at=values.time("party_day.at"),
        party_day_remind_days=values.numbers("party_day.remind_days"),
        party_day_draft_days=values.number("party_day.draft_days"),
        meetings=meeting_rules(values),
        appraisal=appraisal_rules(values),
        points=point_rules(values),
        spot_check_share=values.share("spot_check.share"),
        retention_days=values.number("retention.days", least=1),
        heard_days=values.number("retention.heard_days", most=31),
        roll_call=RollCallRules(
            call_every=values.span("roll_call.call_every"),
            calls=values.number("roll_call.calls"),
            neighbours_after=values.span("roll_call.neighbours_after"),
            neighbours=values.number("roll_call.neighbours"),
            group_after=values.span("roll_call.group_after"),
            secretary_after=values.span("roll_call.secretary_after"),
            town_after=values.span("roll_call.town_after"),
            board_every=values.span("roll_call.board_every"),
            late_for=values.span("roll_call.late_for"),
        ),
        papers=PaperRules(values.flag("papers.phones"), values.names("papers.unlisted")),
    )


def _own_terms(overrides: Mapping[str, Any]) -> dict[str, str]:
    return {key.removeprefix(_TERMS): str(overrides[key]) for key in overrides if key.startswith(_TERMS)}


def known_parameters() -> frozenset[str]:
    """The names of all parameters."""
    return frozenset(_read("common")) | _OPTIONAL | {f"{_TERMS}{term}" for term in terms(None)}


@dataclass(frozen=True, slots=True)
class Default:
    """What a parameter is where nobody has set it. own: the preset's, not what all presets start from."""

    value: Any
    own: bool


def defaults(name: str) -> dict[str, Default]:
    """The parameters of a preset by name, in the order of `common.toml`, terms last.

    Raises:
        ParameterWrong: there is no such preset.
    """
    stored, own = _stored(name), _read(name)
    found = {key: Default(value, key in own) for key, value in stored.items()}
    for term, word in terms(name).items():
        found[f"{_TERMS}{term}"] = Default(word, word != terms(None)[term])
    return found


def explanation(parameter: str) -> str:
    """What a parameter is, in a line of Chinese."""
    return str(_read("explained")[parameter])


def explained() -> frozenset[str]:
    """The names of the parameters that `explained.toml` explains."""
    return frozenset(_read("explained"))


def _stored(name: str) -> dict[str, Any]:
    if name not in names():
        raise ParameterWrong(say("parameters.no_preset", name=name, names="、".join(names())))
    return {**_read("common"), **_read(name)}


@cache
def _read(name: str) -> dict[str, Any]:
    return _flat(tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8")))


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in table.items():
        flat |= _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return flat

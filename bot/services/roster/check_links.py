"""Whether every household has a member, and every member as many households as the preset asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.errors import NotEntitled
from bot.domain.hubs import Hub, HubFaults, hub_faults
from bot.domain.linking import Imbalance, imbalance
from bot.domain.preset import Preset
from bot.domain.roster import HouseholdKind
from bot.services.chat.speaker import Speaking
from bot.services.roster.decide_claim import leads
from bot.services.roster.gather_links import BranchLinks, gather_links
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.queries.units import groups_within
from storage.tables import Unit

_SHOWN = 30  # names in a line


async def check_links(session: AsyncSession, unit: Unit, *, now: datetime) -> tuple[Imbalance, str]:
    """Where the links of a branch are out of balance, and that in words."""
    preset = await for_unit(session, unit.id)
    links = await gather_links(session, unit.id or 0, preset, now=now)
    found = imbalance(
        links.homes,
        links.members,
        rules=preset.linking,
        least=preset.links_least,
        most=preset.links_most,
    )
    groups = await groups_within(session, unit.id or 0)
    hubs = hub_faults([_hub(group, links) for group in groups], preset.hubs)
    lines = [*_lines(found, preset), *_hub_lines(hubs, preset)]
    if found.is_sound and hubs.none:
        lines = [say("linking.check_sound", preset.name)]
    return found, "\n".join([say("linking.check_head", preset.name, unit=unit.name), *lines])


async def show_links(session: AsyncSession, speaking: Speaking, *, now: datetime) -> str:
    """The check of the speaker's branch, for whoever leads it.

    Raises:
        NotEntitled: somebody else asks.
    """
    await see_that_they_lead(session, speaking)
    branch = await session.get_one(Unit, speaking.branch_id)
    return (await check_links(session, branch, now=now))[1]


async def see_that_they_lead(session: AsyncSession, speaking: Speaking) -> None:
    """See that the speaker decides on links: the secretary, the deputy, or the town.

    Raises:
        NotEntitled: they do not.
    """
    person_id = speaking.actor.person_id
    if person_id is None or not await leads(session, person_id, speaking.branch_id):
        raise NotEntitled("linking.secretary_only")


def _lines(found: Imbalance, preset: Preset) -> Iterator[str]:
    name = preset.name
    if found.unlinked:
        heads = _few([home.head for home in found.unlinked])
        yield say("linking.check_unlinked", name, count=len(found.unlinked), heads=heads)
    for what, limit, numbers in (
        ("under", preset.links_least, found.under),
        ("over", preset.links_most, found.over),
    ):
        if numbers:
            names = [say("linking.check_number", name, name=who, count=n) for who, n in numbers.items()]
            values = {"least": limit, "most": limit}
            yield say(f"linking.check_{what}", name, names=_few(names), **values)
    if found.infirm:
        names = [say("linking.check_hub_members", name, name=who, count=n) for who, n in found.infirm.items()]
        values = {"least": preset.linking.infirm_least, "most": preset.linking.infirm_most}
        yield say("linking.check_infirm", name, names=_few(names), **values)
    if found.committee_without:
        yield say("linking.check_committee", name, names=_few(found.committee_without))


def _hub(group: Unit, links: BranchLinks) -> Hub:
    members = sum(member.group == group.id for member in links.members)
    needy = sum(home.group == group.id and HouseholdKind.NEEDY in home.kinds for home in links.homes)
    return Hub(group.name, members, needy)


def _hub_lines(found: HubFaults, preset: Preset) -> Iterator[str]:
    name, rules = preset.name, preset.hubs
    for what, hubs, number in (
        ("hubs_small", found.too_small, "hub_members"),
        ("hubs_big", found.too_big, "hub_members"),
        ("hubs_needy", found.few_needy, "number"),
    ):
        if hubs:
            counts = [hub.needy if what == "hubs_needy" else hub.members for hub in hubs]
            names = [
                say(f"linking.check_{number}", name, name=hub.name, count=count)
                for hub, count in zip(hubs, counts, strict=True)
            ]
            values = {"least": rules.least, "most": rules.most, "needy": rules.needy}
            yield say(f"linking.check_{what}", name, names=_few(names), **values)


def _few(names: list[str] | tuple[str, ...]) -> str:
    shown = "、".join(names[:_SHOWN])
    return f"{shown}…" if len(names) > _SHOWN else shown

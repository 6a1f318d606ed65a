"""What stands in a digest: matters that wait for a decision, households overdue, a week in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from bot.domain.acts import Urgency
from bot.domain.digest import Section
from bot.domain.matters import MatterStatus
from bot.domain.preset import Preset
from bot.services.coverage import Covered
from bot.services.matter_words import short_words
from bot.services.times import moment_words
from bot.wording import say
from storage.queries.figures import Done
from storage.tables import Matter, Person, Unit


def matter_sections(
    matters: Sequence[tuple[Matter, Person | None]],
    preset: Preset,
    now: datetime,
    *,
    branches: dict[int, Unit] | None = None,
) -> list[Section]:
    """Matters with their assignees, by what is to be done; `branches`: their names stand in the lines."""
    lines: dict[str, list[str]] = {"emergencies": [], "open": [], "in_hand": []}
    for matter, assignee in matters:
        place = "open" if matter.status == MatterStatus.OPEN else "in_hand"
        if matter.urgency == Urgency.EMERGENCY:
            place = "emergencies"
        values = {
            "number": matter.number,
            "short": short_words(matter),
            "state": _state(matter, assignee, preset, now),
        }
        if branches is None:
            lines[place].append(say("digest.line", preset.name, **values))
        else:
            branch = branches[matter.branch_id].name
            lines[place].append(say("digest.line_of_branch", preset.name, branch=branch, **values))
    return [Section(say(f"digest.{place}", preset.name), found) for place, found in lines.items()]


def overdue_section(overdue: Sequence[Covered], preset: Preset) -> Section:
    """How many households of each member are overdue, the most first."""
    names: Counter[str] = Counter()
    for covered in overdue:
        names.update(member.name for member in covered.members)
    lines = [say("digest.line_overdue", preset.name, name=name, count=n) for name, n in names.most_common()]
    return Section(say("digest.overdue", preset.name), lines)


def week_sections(done: Done, preset: Preset, *, overdue: int, unclaimed: int) -> list[Section]:
    """A branch's week; `overdue`: households overdue now; `unclaimed`: members who cannot be told."""
    matters = say(
        "digest.weekly_line_matters",
        preset.name,
        raised=done.raised,
        closed=done.closed,
        running=done.running,
    )
    visits = [
        say(
            "digest.weekly_line_visits",
            preset.name,
            households=done.households,
            members=done.members,
        )
    ]
    if overdue:
        visits.append(say("digest.weekly_line_overdue", preset.name, count=overdue))
    if unclaimed:
        visits.append(say("digest.weekly_line_unclaimed", preset.name, count=unclaimed))
    return [
        Section(say("digest.weekly_matters", preset.name), [matters]),
        Section(say("digest.weekly_visits", preset.name), visits),
    ]


def branches_section(done: Sequence[tuple[Unit, Done]], preset: Preset) -> Section:
    """The week of each branch of a town in a line."""
    lines = [
        say(
            "digest.weekly_line_branch",
            preset.name,
            branch=branch.name,
            raised=figures.raised,
            closed=figures.closed,
            running=figures.running,
            households=figures.households,
        )
        for branch, figures in done
        if not figures.is_nothing
    ]
    return Section(say("digest.weekly_branches", preset.name), lines)


def _state(matter: Matter, assignee: Person | None, preset: Preset, now: datetime) -> str:
    is_open = matter.status == MatterStatus.OPEN
    deadline = matter.acknowledge_by if is_open else matter.solve_by
    late = deadline is None or deadline <= now
    return say(
        f"digest.state_{'open' if is_open else 'in_hand'}{'_late' if late else ''}",
        preset.name,
        holder=say("digest.nobody", preset.name) if assignee is None else assignee.name,
        deadline="" if deadline is None else moment_words(deadline, now=now, zone=preset.zone),
    )

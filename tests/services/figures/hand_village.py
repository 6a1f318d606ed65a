"""Two villages and their town in November 2026, small enough to be counted on one's fingers.

杏花村: six members and twelve households; 桃源村: two members and eight households. What is there of each is
written as lines of a table, so that every expected figure can be counted here by hand.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.matters import MatterStatus, Move
from storage.tables import (
    ActivitySession,
    AppraisalRound,
    BallotCount,
    CoReporter,
    Household,
    Leave,
    Link,
    Matter,
    MatterEvent,
    Person,
    Report,
    RoleHeld,
    RollCall,
    RollCallHousehold,
    Visit,
)
from tests.services.time.village import at, person, unit

_ids = count(1)

# Household: kinds, and who answers for it (from 1 October on). 杏3 has two; 杏11's link has ended, 杏12 never
# had one; 桃8 left on 20 November.
HOUSEHOLDS = {
    "杏": [
        ("needy", "甲"),
        ("old_alone", "甲"),
        ("ordinary", "甲丙"),
        *[("ordinary", "乙")] * 5,
        *[("ordinary", "丙")] * 2,
        ("disabled", ""),
        ("left_behind", ""),
    ],
    "桃": [("needy,old_alone", "戊"), *[("ordinary", "戊")] * 3, *[("ordinary", "己")] * 4],
}

# Village, member, day, households named, others, services, whether it stands.
REPORTS = [
    ("杏", "甲", "11-03", (1, 2), 0, ["publicity", "health_check"], True),
    ("杏", "乙", "11-10", (4, 5), 2, ["publicity"], True),
    ("杏", "乙", "11-20", (4,), 0, [], True),
    ("杏", "丙", "11-12", (9,), 0, ["repair"], False),
    ("杏", "甲", "10-31", (3,), 0, ["errand"], True),
    ("桃", "戊", "11-05", (1,), 0, [], True),
    ("桃", "己", "11-06", (), 3, ["errand"], True),
]

# Village, kind, day, present, expected, status.
SESSIONS = [
    ("杏", "study", "11-08", 3, 4, "recorded"),
    ("杏", "study", "11-22", 4, None, "recorded"),
    ("杏", "study", "11-29", None, 4, "planned"),
    ("杏", "party_day", "11-05", 5, 4, "recorded"),  # a guest came along
    ("杏", "meeting", "11-06", 2, 4, "recorded"),
    ("桃", "study", "11-09", 1, 2, "recorded"),
    ("桃", "party_day", "11-05", 2, 2, "recorded"),
]

# Of each matter: village, category, urgency, step, status, when it was raised, taken on, dealt with,
# by when it was to be dealt with as first said, when it was closed, outcome, what a neighbour said besides.
MATTERS = """
杏 infrastructure normal    member    closed    11-02 11-02 11-04 11-08 11-05 satisfied -
杏 dispute        normal    group     closed    11-06 11-06 11-09 11-08 11-09 satisfied -
杏 dispute        emergency secretary open      11-10 -     -     11-11 -     -         -
杏 safety         emergency member    closed    11-11 11-13 11-13 11-14 11-14 partly    satisfied
杏 infrastructure normal    member    withdrawn 11-12 -     -     11-19 -     -         -
杏 environment    normal    member    closed    10-20 10-20 11-02 -     11-03 satisfied -
杏 environment    normal    member    in_hand   10-25 10-25 -     11-01 -     -         -
杏 infrastructure normal    member    open      12-02 -     -     12-09 -     -         -
桃 discipline     normal    town      closed    11-15 11-15 11-18 11-22 11-25 silent    -
桃 policy         normal    member    merged    11-16 -     -     11-23 -     -         -
桃 hardship       normal    member    closed    11-17 11-17 12-02 11-24 12-03 satisfied -
"""

# Village, whether a drill, minutes until complete (0: never), household: state, told of, living there.
ROLL_CALLS = [
    ("杏", False, 45, {1: ("moved", 3, None), 2: ("safe", None, 2), 3: ("safe", None, None)}),
    ("杏", True, 5, {1: ("safe", 3, None)}),
    ("桃", False, 0, {1: ("moved", 4, None), 2: ("unreached", None, 5)}),
]

# Village, member, votes: 说不清 is in no share.
BALLOTS = [
    ("杏", "甲", {"content": 6, "fairly": 2, "discontent": 2, "unsure": 3}),
    ("桃", "戊", {"content": 1, "so_so": 1}),  # too few to be told
]


class HandVillage:
    """Keys by name: branches by 杏 and 桃, people by name, households by village and number."""

    def __init__(self) -> None:
        self.branches: dict[str, int] = {}
        self.people: dict[str, Person] = {}
        self.households: dict[tuple[str, int], Household] = {}
        self.matters: list[Matter] = []


async def found(session: AsyncSession) -> HandVillage:
    """Put all of it into an empty database."""
    here = HandVillage()
    town = await unit(session, "town", "河西镇", None)
    for short, name, groups in (("杏", "杏花村党支部", 2), ("桃", "桃源村党支部", 1)):
        here.branches[short] = await unit(session, "branch", name, town, "huozhou")
        for number in range(groups):
            await unit(session, "group", f"第{number + 1}党小组", here.branches[short])
    await person(session, "镇干部", None, ("town_officer", town))
    for short, names in (("杏", "甲乙丙丁"), ("桃", "戊己")):
        branch = here.branches[short]
        for position, name in enumerate(names):
            roles = [("member", branch)] + ([("secretary", branch)] if position == 0 else [])
            here.people[name] = await person(session, name, branch, *roles)
    await _households(session, here)
    await _reports(session, here)
    await _matters(session, here)
    await _others(session, here)
    await session.flush()
    return here


async def _households(session: AsyncSession, here: HandVillage) -> None:
    for short, lines in HOUSEHOLDS.items():
        for number, (kinds, members) in enumerate(lines, 1):
            one = Household(branch_id=here.branches[short], head=f"{short}{number}", kinds=kinds.split(","))
            here.households[short, number] = one
            session.add(one)
            await session.flush()
            session.add_all(
                Link(person_id=here.people[name].id, household_id=one.id, since=date(2026, 10, 1))
                for name in members
            )
    here.households["桃", 8].removed_on = date(2026, 11, 20)
    ended = here.households["杏", 11].id
    session.add(
        Link(
            person_id=here.people["甲"].id,
            household_id=ended,
            since=date(2026, 10, 1),
            until=date(2026, 11, 15),
        )
    )
    month = {"first": date(2026, 11, 1), "last": date(2026, 11, 30)}
    away = {"asked_at": at("10-30 09:00"), "begun_at": at("11-01 00:00")}
    session.add(Leave(person_id=here.people["丁"].id, **month, **away))
    session.add(RoleHeld(person_id=here.people["乙"].id, unit_id=here.branches["杏"], role="deputy"))


async def _reports(session: AsyncSession, here: HandVillage) -> None:
    for short, name, day, numbers, others, services, stands in REPORTS:
        one = Report(
            branch_id=here.branches[short],
            person_id=here.people[name].id,
            day=_day(day),
            mode="home",
            count=len(numbers) + others,
            unclaimed=others,
            services=services,
            status="recorded" if stands else "withdrawn",
            reported_at=at(f"{day} 18:00"),
            text=f"{name}走访",
            **_source(),
        )
        session.add(one)
        await session.flush()
        session.add_all(
            Visit(
                report_id=one.id,
                household_id=here.households[short, number].id,
                person_id=one.person_id,
                day=one.day,
                named_as=f"{short}{number}",
                withdrawn_at=None if stands else one.reported_at,
            )
            for number in numbers
        )


async def _matters(session: AsyncSession, here: HandVillage) -> None:
    for line in MATTERS.strip().splitlines():
        words = ["" if word == "-" else word for word in line.split()]
        short, category, urgency, step, status, raised, taken, dealt, by, closed, outcome, neighbour = words
        start = at(f"{raised} 09:00")
        one = Matter(
            branch_id=here.branches[short],
            number=len(here.matters) + 1,
            category=category,
            urgency=urgency,
            text=f"{category} {raised}",
            reporter_name="小李",
            step=step,
            status=MatterStatus(status),
            created_at=start,
            first_acknowledge_by=start + timedelta(days=1),
            solved_at=_noon(dealt),
            first_solve_by=_noon(by),
            closed_at=_noon(closed),
            outcome=outcome or None,
            reporter_said=None if outcome in ("", "silent") else outcome,
            **_source(),
        )
        session.add(one)
        await session.flush()
        here.matters.append(one)
        session.add(MatterEvent(matter_id=one.id, at=start, kind=Move.RAISE, by_name="小李"))
        if taken:
            session.add(
                MatterEvent(matter_id=one.id, at=at(f"{taken} 12:00"), kind=Move.ACKNOWLEDGE, by_name="甲")
            )
        if neighbour:
            source = {"chat_id": -1, "message_id": next(_ids), "telegram_id": 77}
            session.add(
                CoReporter(
                    matter_id=one.id, name="邻居", joined_at=start, text="我家也是", said=neighbour, **source
                )
            )


async def _others(session: AsyncSession, here: HandVillage) -> None:
    for short, kind, day, present, expected, status in SESSIONS:
        held = {"participants": present, "expected": expected, "status": status}
        who = {"reporter_name": "甲", "reported_at": at(f"{day} 20:00"), "text": ""}
        session.add(
            ActivitySession(
                branch_id=here.branches[short], kind=kind, day=_day(day), **held, **who, **_source()
            )
        )
    for short, drill, minutes, states in ROLL_CALLS:
        opened = at("11-14 10:00")
        source = _source()
        source.pop("act_index")
        call = RollCall(
            branch_id=here.branches[short],
            title="暴雨转移",
            scope="全村",
            drill=drill,
            status="closed",
            asked_by_name="甲",
            asked_at=opened,
            opened_at=opened,
            completed_at=opened + timedelta(minutes=minutes) if minutes else None,
            **source,
        )
        session.add(call)
        await session.flush()
        session.add_all(
            RollCallHousehold(
                roll_call_id=call.id,
                household_id=here.households[short, number].id,
                state=state,
                people=people,
                residents=living,
            )
            for number, (state, people, living) in states.items()
        )
    for short, name, votes in BALLOTS:
        days = {"planned_for": _day("11-10"), "first": _day("07-01"), "last": _day("10-31")}
        one = AppraisalRound(
            branch_id=here.branches[short],
            kind="residents",
            state="closed",
            opens_on=_day("11-10"),
            ended_at=at("11-20 12:00"),
            **days,
        )
        session.add(one)
        await session.flush()
        session.add_all(
            BallotCount(round_id=one.id, subject_id=here.people[name].id, choice=choice, votes=number)
            for choice, number in votes.items()
        )


def _source() -> dict[str, int]:
    return {"chat_id": -1, "message_id": next(_ids), "act_index": 0}


def _day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def _noon(text: str) -> datetime | None:
    return at(f"{text} 12:00") if text else None

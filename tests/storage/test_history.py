"""The history is taken out of a copy, whatever points to it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlmodel import select

from storage.database import Database
from storage.queries.history import take_out
from storage.tables import (
    Continuation,
    HealthLine,
    Household,
    HouseholdAway,
    Occasion,
    Person,
    Report,
    SpotCheck,
    Unit,
    Visit,
)

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
TODAY = date(2026, 11, 10)
WHERE = {"chat_id": -1, "message_id": 1}


async def test_what_points_to_it_is_cut_loose_and_what_does_not_stays(database: Database) -> None:
    async with database.transaction() as session:
        branch = Unit(kind="branch", name="柳湾村")
        session.add(branch)
        await session.flush()
        person = Person(branch_id=branch.id, name="王建设", created_at=NOW)
        household = Household(branch_id=branch.id, head="李桂英")
        session.add_all([person, household])
        await session.flush()
        who = {"household_id": household.id, "person_id": person.id}
        report = Report(
            branch_id=branch.id,
            person_id=person.id,
            day=TODAY,
            mode="home",
            reported_at=NOW,
            act_index=0,
            text="走访了李桂英家",
            **WHERE,
        )
        session.add(report)
        await session.flush()
        visit = Visit(report_id=report.id, day=TODAY, named_as="李桂英", **who)
        session.add(visit)
        await session.flush()
        session.add_all(
            [
                HealthLine(visit_id=visit.id, day=TODAY, kept_at=NOW, **who),
                SpotCheck(visit_id=visit.id, branch_id=branch.id, asked_user_id=7, asked_at=NOW, **who),
                Occasion(
                    branch_id=branch.id,
                    household_id=household.id,
                    kind="illness",
                    told_by_name="何文",
                    told_at=NOW,
                    words="住院了",
                    since=TODAY,
                    due_by=TODAY,
                    report_id=report.id,
                    **WHERE,
                ),
                HouseholdAway(
                    household_id=household.id,
                    first=TODAY,
                    told_by_name="何文",
                    told_at=NOW,
                    words="外出",
                    **WHERE,
                ),
                Continuation(chat_id=-1, message_id=2, user_id=7, sent_at=NOW, report_id=report.id),
            ]
        )
    async with database.transaction() as session:
        taken = await take_out(session)
    assert [one.text for one in taken.reports] == ["走访了李桂英家"]
    assert len(taken.visits) == 1
    async with database.reading() as session:
        for gone in (Report, Visit, HealthLine, SpotCheck, Occasion):
            assert list(await session.exec(select(gone))) == []
        assert len(list(await session.exec(select(HouseholdAway)))) == 1
        [row] = await session.exec(select(Continuation))
        assert row.report_id is None

"""However much waits in a branch, an emergency is told first."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category, Grievance, Urgency
from bot.services.chat.take_message import take_message
from bot.services.matters.escalate_matters import escalate
from storage import outbox
from storage.tables import Matter, Unit
from tests.services.acts.village import WANG, Village, at, found, said, speaks

MORNING = at("11-20 10:00")


async def test_three_hundred_open_matters_do_not_delay_an_emergency(session: AsyncSession) -> None:
    village: Village = await found(session)
    act = Grievance(Category.SERVICE, Urgency.NORMAL, None, False, "路灯坏了")
    speaking = await speaks(session, WANG, MORNING)
    effect = await take_message(session, [act], speaking, said(act.span, WANG, MORNING), now=MORNING)
    like_it = effect.raised[0].model_dump(exclude={"id", "number", "message_id"})
    session.add_all([Matter(**like_it, number=1 + more, message_id=-more) for more in range(1, 300)])
    (await session.get_one(Unit, village.branch)).matters_numbered = 300
    await session.flush()
    assert len(list(await session.exec(select(Matter)))) == 300

    # All of them have to climb in the moment in which the fire is told.
    now = MORNING + timedelta(days=30)
    fire = Grievance(Category.SAFETY, Urgency.EMERGENCY, "李大娘", False, "李大娘家着火了")
    speaking = await speaks(session, WANG, now)
    await take_message(session, [fire], speaking, said(fire.span, WANG, now), now=now)
    while await escalate(session, now=now):
        pass

    due = await outbox.take_due(session, now, limit=5000)
    assert len(due) > 300
    told = [notice for notice in due if notice.kind == "matter.raised" and notice.due_at == now]
    first = due[: len(told)]
    assert {notice.person_id for notice in first} == {village.wang, village.zhao, village.qian}
    assert all("着火" in notice.text for notice in first)

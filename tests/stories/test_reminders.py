from datetime import timedelta

from tests.stories.telling import Tale


async def test_a_reminder_is_cancelled_by_the_report_that_answers_it(village: Tale) -> None:
    # 谢秀珍 lives alone: she is looked in on every three days, and 何文 has not been there yet.
    await village.turn_to(village.now.replace(hour=8, minute=30) + timedelta(days=3))
    village.listen_from_now()
    [waiting] = [
        notice
        for notice in await village.notices("visit.reminder")
        if notice.recipient == "何文" and notice.state == "pending"
    ]
    assert "谢秀珍" in waiting.text

    await village.say("何文", "昨晚去看了谢秀珍老人，一切都好")
    await village.turn_to("10:00")

    assert village.heard("何文") == []
    [notice] = [one for one in await village.notices("visit.reminder") if one.id == waiting.id]
    assert notice.state == "cancelled"
    assert notice.ended_by is not None
    assert "report" in notice.ended_by
    # Who has not reported is reminded.
    assert any("彭玉兰" in text for text in village.heard("孙立新"))

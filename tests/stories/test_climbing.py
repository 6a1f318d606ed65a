from datetime import timedelta
from itertools import pairwise

from bot.domain.matters import Step
from tests.stories.telling import Tale

TROUBLE = "我家门口的排水沟堵了，一下雨就往院里灌"
LADDER = ("刘春梅", "孙立新", "陈志强", "赵敏")


async def test_an_unresolved_matter_climbs_to_the_town_on_time_each_told_before(village: Tale) -> None:
    await village.say("马小军", TROUBLE, private=True)
    steps = [(await village.matter()).step]
    assert [name for name in LADDER if any("排水沟" in text for text in village.heard(name))] == ["刘春梅"]
    for below, above in pairwise(LADDER):
        deadline = (await village.matter()).acknowledge_by
        assert deadline is not None

        # Before the time: the one who holds it is told who is next; the next one knows nothing yet.
        await village.turn_to(deadline - timedelta(minutes=1))
        assert any("提醒一下" in text and above in text for text in village.heard(below))
        assert not any("排水沟" in text for text in village.heard(above))

        await village.turn_to(deadline)
        assert any("到时间没人接手" in text and above in text for text in village.heard(below))
        assert any(f"{below}到时间没有接手" in text for text in village.heard(above))
        steps.append((await village.matter()).step)
    assert steps == list(Step)
    moves = [event.kind for event in (await village.matter()).events]
    assert moves.count("escalate") == 3
    assert moves.count("warn") == 3
    await village.nothing_is_left_over()

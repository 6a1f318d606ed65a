import pytest

from scheduler.pacing import UNLIMITED, Limits, Pacer
from tests.fakes.times import Pauses


def test_a_chat_gets_one_message_a_second_and_others_do_not_wait_for_it() -> None:
    pauses = Pauses()
    pacer = Pacer(Limits(), pauses.monotonic)
    pacer.leaves(7)
    assert pacer.wait(7, urgent=False) == pytest.approx(1.0)
    assert pacer.wait(8, urgent=False) == 0
    pauses.seconds += 1
    assert pacer.wait(7, urgent=False) == 0


def test_the_whole_bot_sends_no_more_than_its_share_a_second() -> None:
    pauses = Pauses()
    pacer = Pacer(Limits(overall_a_second=3), pauses.monotonic)
    for chat_id in (1, 2, 3):
        assert pacer.wait(chat_id, urgent=True) == 0
        pacer.leaves(chat_id)
    assert pacer.wait(4, urgent=True) == pytest.approx(1.0)


def test_of_a_groups_minute_the_last_messages_are_kept_for_emergencies() -> None:
    pauses = Pauses()
    pacer = Pacer(Limits(group_a_minute=5, group_reserve=2), pauses.monotonic)
    for _ in range(3):
        assert pacer.wait(-9, urgent=False) == 0
        pacer.leaves(-9)
        pauses.seconds += 1
    assert pacer.wait(-9, urgent=False) == pytest.approx(57.0)
    for _ in range(2):
        assert pacer.wait(-9, urgent=True) == 0
        pacer.leaves(-9)
        pauses.seconds += 1
    assert pacer.wait(-9, urgent=True) == pytest.approx(55.0)


def test_reactions_neither_use_up_a_groups_minute_nor_wait_for_it() -> None:
    pauses = Pauses()
    pacer = Pacer(Limits(group_a_minute=2, group_reserve=0), pauses.monotonic)
    for _ in range(5):
        pacer.leaves(-9, reaction=True)
        pauses.seconds += 1
    for _ in range(2):
        assert pacer.wait(-9, urgent=False) == 0
        pacer.leaves(-9)
        pauses.seconds += 1
    assert pacer.wait(-9, urgent=False) == pytest.approx(58.0)
    assert pacer.wait(-9, urgent=False, reaction=True) == 0


def test_a_private_chat_knows_no_limit_a_minute() -> None:
    pauses = Pauses()
    pacer = Pacer(Limits(group_a_minute=2, group_reserve=0), pauses.monotonic)
    for _ in range(30):
        assert pacer.wait(9, urgent=False) == 0
        pacer.leaves(9)
        pauses.seconds += 1


def test_unlimited_never_waits() -> None:
    pacer = Pacer(UNLIMITED, lambda: 0.0)
    for _ in range(100):
        pacer.leaves(-9)
    assert pacer.wait(-9, urgent=False) == 0

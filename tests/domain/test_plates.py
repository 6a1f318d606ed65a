from random import Random

from bot.domain.plates import new_plate


def test_a_code_is_no_word_no_number_and_has_no_characters_taken_for_others() -> None:
    chance = Random(7)
    for _ in range(2000):
        code = new_plate((), chance)
        assert len(code) == 5
        assert code[0].isalpha()
        assert not code.isalpha()
        assert not set(code) & set("0O1IL2Z5S8B")


def test_a_code_that_is_taken_is_not_given_again() -> None:
    first = new_plate((), Random(7))
    assert new_plate({first}, Random(7)) != first

import pytest

from bot.domain.claims import How, Ruling, ruling

THEY, ANOTHER = 7, 8


@pytest.mark.parametrize(
    ("how", "holder", "rivals", "expected"),
    [
        (How.CODE, None, 0, Ruling.LET_IN),
        (How.CODE, ANOTHER, 0, Ruling.LET_IN),  # made anew for somebody with a new account
        (How.CODE, None, 1, Ruling.ASK),
        (How.PHONE, None, 0, Ruling.LET_IN),
        (How.PHONE, ANOTHER, 0, Ruling.ASK),
        (How.PHONE, None, 1, Ruling.ASK),
        (How.WORD, None, 0, Ruling.ASK),
        (How.WORD, ANOTHER, 2, Ruling.ASK),
        *((how, THEY, rivals, Ruling.THEIRS) for how in How for rivals in (0, 1)),
    ],
)
def test_what_is_done_with_a_claim(how: How, holder: int | None, rivals: int, expected: Ruling) -> None:
    assert ruling(how, user_id=THEY, holder=holder, rivals=rivals) is expected

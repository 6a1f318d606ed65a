"""Of the households gone to, or called, those count that were met."""

from __future__ import annotations

import pytest

from tests.text.reading_aids import visit_of


@pytest.mark.parametrize(
    ("report", "met"),
    [
        ("今晚打电话，6户，5户接了", 5),
        ("打了一圈电话，9户里接了7户", 7),
        ("电话走访，接通四户，一户没接", 4),
        ("微信上挨个问，七户，六户回话", 6),
        ("敲了八户，七户应", 7),
        ("从一楼敲到六楼，一共12户，开门的十户", 10),
        ("走访了8户，3户是空的，实际见到人的是5户", 5),
        ("今天去了六户，四户在屋里，两户赶集去了没碰到", 4),
        ("今天走了三家，第一家老谭好着呢，第二家老卞也好，第三家没找着人", 2),
        ("3号楼201、202、401都敲开了门，402不在家", 3),
        ("今天走访7栋，101、201、202、301开门了，102、302没应", 4),
        ("打了四个电话，都是在浙江打工的，问啥时候回来", 4),
        ("去了七户有两户锁门", 5),
        ("去了7户有2户锁门", 5),
        ("走了七户两户没人", 5),
        ("跑了六户其中一户不在家", 5),
        ("跑了六户一户没人开门", 5),
        ("跑了6户两户都没人开门", 4),
        ("跑了5户，1户扑空", 4),
        ("跑了5户，1户敲不开门", 4),
    ],
)
def test_whoever_was_not_met_does_not_count(report: str, met: int) -> None:
    assert visit_of(report).count == met


@pytest.mark.parametrize(
    ("report", "met"),
    [
        ("今天走访六户，四户在家，两户在地里，都说上话了", 6),
        ("走了七户，一户在家打牌，我没打扰", 7),
        ("三户在，另一户在菜园里，四户都见着了", 4),
        ("今儿入户4户，明儿再入户2户", 4),
        ("走了六家，第七家锁着门", 6),
        ("截至9月8日，我走访8户，其中入户6户、电话2户", 8),
        ("走了4户，2户扑空，晚上又补上了", 4),
        ("我走了8户,有1户没在表上,等我补", 8),
    ],
)
def test_those_met_elsewhere_or_told_of_once_more_all_count(report: str, met: int) -> None:
    assert visit_of(report).count == met


@pytest.mark.parametrize(
    ("report", "reckoned"),
    [
        ("好像是五户，也好像是六户，给我算五户", 5),
        ("今天走了4户，有一户是路上碰的，按3户报", 3),
        ("今天敲了五户，两户不肯开，算三户吧", 3),
    ],
)
def test_the_speaker_has_the_last_word_on_the_number(report: str, reckoned: int) -> None:
    assert visit_of(report).count == reckoned


def test_what_says_how_many_were_met_is_evidence() -> None:
    assert visit_of("打了一圈电话，9户，8户接了").evidence[-1] == "8户"

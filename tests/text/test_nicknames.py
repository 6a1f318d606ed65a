import pytest

from bot.text.nicknames import nicknames_in


@pytest.mark.parametrize(
    ("note", "names"),
    [
        ("小名二孬", ("二孬",)),
        ("外号“老憨”，耳背", ("老憨",)),
        ("村里人都叫他石头，小名：铁蛋", ("石头", "铁蛋")),
        ("又名王保国（曾用名王卫国）", ("王保国", "王卫国")),
        ("儿子王小军在外打工，老伴李秀兰", ("王小军", "李秀兰")),
        ("孙子栓柱", ("栓柱",)),
        ("儿子常年在外", ()),
        ("女儿已婚，老伴去世", ()),
        ("父母在外务工", ()),
        ("耳背，打电话要大声", ()),
        ("跟着奶奶", ()),
        ("", ()),
    ],
)
def test_a_note_tells_by_which_names_a_household_goes(note: str, names: tuple[str, ...]) -> None:
    assert nicknames_in(note) == names

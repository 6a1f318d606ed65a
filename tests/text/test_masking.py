"""What tells who somebody is goes out of a text; what is told stays."""

from __future__ import annotations

import pytest

from bot.text.masking import mask_personal

KNOWN = ["李桂英", "陈志强", "张海燕", "杏林路12号", "王"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("李桂英家水管漏了", "某某家水管漏了"),
        ("村东头老王家的电线杆歪了，王大娘不敢出门", "村东头某某家的电线杆歪了，某某不敢出门"),
        ("我爹王福贵断药两天了，电话13800001111", "我爹某某断药两天了，电话***"),
        ("电话 138-0000-1111 或 138 0000 2222", "电话 *** 或 ***"),
        ("座機 010-12345678", "座機 ***"),
        ("１３８００００１１１１ 打这个", "*** 打这个"),
        ("身份证34050119500101123X，卡6222020200012345678", "身份证***，卡***"),
        ("三号楼二单元301漏水，找张海燕没人管", "某处漏水，找某某没人管"),
        ("杏林路12号下水道堵了", "某处下水道堵了"),
        ("三组12号漏水", "某处漏水"),
        ("書記陳志強吃拿卡要", "書記某某吃拿卡要"),
        ("张海燕张海燕", "某某某某"),
    ],
)
def test_names_numbers_and_addresses_go(text: str, masked: str) -> None:
    assert mask_personal(text, KNOWN) == masked


@pytest.mark.parametrize(
    "text",
    [
        "村口路灯坏了三天没人管",
        "人行道坏了",
        "俺娘的低保到期了",
        "娘病了两天",
        "断水20户，2026年11月10日",
        "",
    ],
)
def test_everything_else_stays_as_it_was_written(text: str) -> None:
    assert mask_personal(text, KNOWN) == text


def test_what_is_masked_stays_as_it_is_when_masked_again() -> None:
    once = mask_personal("李桂英家水管漏了，电话13800001111，住杏林路12号", KNOWN)
    assert mask_personal(once, KNOWN) == once

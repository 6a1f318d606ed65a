"""HTML markup and what Telegram finds in a text by itself."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.entities import find_entities, parse_html, trim, units
from bot.playground.errors import ApiError

PARSED: list[tuple[str, str, list[tuple[Any, ...]]]] = [
    ("<b>老王</b>家", "老王家", [("bold", 0, 2)]),
    ("🎉<i>好</i>", "🎉好", [("italic", 2, 1)]),
    ("<b>一<i>二</i></b>", "一二", [("bold", 0, 2), ("italic", 1, 1)]),
    ("a &lt;b&gt; &amp; &quot;c&quot; &#33; &copy;", 'a <b> & "c" ! &copy;', []),
    ('<a href="https://example.org/x">台账</a>', "台账", [("text_link", 0, 2)]),
    ("<a>nowhere</a>", "nowhere", []),
    ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
    ("<blockquote expandable>长</blockquote>", "长", [("expandable_blockquote", 0, 1)]),
    ('<span class="tg-spoiler">密</span>', "密", [("spoiler", 0, 1)]),
]


@pytest.mark.parametrize(("markup", "text", "entities"), PARSED)
def test_html_becomes_text_and_entities(markup: str, text: str, entities: list[tuple[Any, ...]]) -> None:
    parsed, found = parse_html(markup)
    assert parsed == text
    assert [(each["type"], each["offset"], each["length"]) for each in found] == entities


@pytest.mark.parametrize(
    "markup", ["1 < 2", "<b", "</", "<span>x</span>", "<B>x</i>", "<>x</>", "<script>x</script>"]
)
def test_markup_that_telegram_refuses(markup: str) -> None:
    with pytest.raises(Exception, match="can't parse entities"):
        parse_html(markup)


def test_commands_mentions_links_and_tags_are_found() -> None:
    text = "/事项 /help@lianxin_bot 🎉 @lijianguo 见 https://example.org/a?b=1，#用水"
    found = find_entities(text)
    encoded = text.encode("utf-16-le")
    words = [
        (
            each["type"],
            encoded[2 * each["offset"] : 2 * (each["offset"] + each["length"])].decode("utf-16-le"),
        )
        for each in found
    ]
    assert words == [
        ("bot_command", "/help@lianxin_bot"),
        ("mention", "@lijianguo"),
        ("url", "https://example.org/a?b=1"),
        ("hashtag", "#用水"),
    ]


def test_nothing_is_found_inside_code() -> None:
    text, entities = parse_html("<code>/help</code>")
    assert [each["type"] for each in find_entities(text, besides=entities)] == ["code"]


def test_trimming_moves_the_entities() -> None:
    text, entities = parse_html("  <b> 好 </b> ")
    assert trim(text, entities) == ("好", [{"type": "bold", "offset": 0, "length": 1}])


@given(st.text(alphabet=st.sampled_from("<>/ab&;#x3 户🎉\n\"'=i"), max_size=40))
def test_any_markup_is_parsed_or_refused(markup: str) -> None:
    try:
        text, entities = parse_html(markup)
    except ApiError as refused:
        assert refused.description.startswith("Bad Request: can't parse entities: ")
        return
    trimmed, moved = trim(text, entities)
    assert trimmed == text.strip()
    for each in [*moved, *find_entities(trimmed, besides=moved)]:
        assert 0 <= each["offset"] < each["offset"] + each["length"] <= units(trimmed)

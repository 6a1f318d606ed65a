"""Until when something is put off: "到下周五", "12月底前", "三周后"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.text.coming import Coming, coming_span
from bot.text.dates import Span, days
from bot.text.lexicon import load
from bot.text.month_days import month_end
from bot.text.normalise import normalise

_FARTHEST = 366  # days
_ENDS = ("底", "末")


def day_ahead(text: str, today: date) -> Coming | None:
    """The first expression of a text that stands for a day after `today`; null when there is none.

    A bare weekday, day of the month or date is the next one: said on a Tuesday, 周五 is three days off and
    周一 six. A month or a year stands for its last day. The place is that in the normalised text.
    """
    plain = normalise(text).text
    return coming_span(plain, today) or _by_expression(plain, today)


def _by_expression(plain: str, today: date) -> Coming | None:
    """Whatever may be told of the past, understood of the future: 清明, 正月十五, 三月."""
    for expression in days(plain, today):
        future = expression.span is Span.FUTURE
        day = expression.day if future else _next(expression.words, today)
        if day is not None:
            return Coming(day, expression.start, expression.end)
    return None


def _next(words: str, after: date) -> date | None:
    """The first day after `after` on which `words`, looking back, would mean that very day."""
    for ahead in range(1, _FARTHEST + 1):
        day = after + timedelta(days=ahead)
        said = days(words, day)
        if not said or said[0].day != day or said[0].span is Span.FUTURE or _today_itself(words):
            continue
        # Looking back, a month that has begun and its end come no later than the day they are said on.
        whole = said[0].span is Span.PERIOD or words.endswith(_ENDS)
        return month_end(day.year, day.month) if whole else day
    return None


def _today_itself(words: str) -> bool:
    """Whether the words mean the day on which they are said, or a day reckoned back from it."""
    return re.fullmatch(load("orders")["ahead"]["not_ahead"], words) is not None

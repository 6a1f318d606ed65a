"""Rates in words, for tables on the terminal and the ledger pages."""

from __future__ import annotations

from bot.domain.acts import Category
from bot.domain.rates import Rate
from bot.services.figures.reckon_rates import By, Figures
from bot.wording import say

COLUMNS = (
    "name", "raised", "response", "solution", "satisfaction",
    "silent", "cannot_explained", "unanswered", "withdrawn", "merged",
)  # fmt: skip
DEFINITIONS = ("response", "solution", "satisfaction", "apart", "scope", "few")


def rate_words(rate: Rate) -> str:
    """A rate with what it is made of; of nothing there is none."""
    if rate.value is None:
        return say("figures.share_none")
    sentence = "figures.share_few" if rate.few else "figures.share"
    percent = f"{rate.value * 100:.1f}".removesuffix(".0")
    return say(sentence, percent=percent, numerator=rate.numerator, denominator=rate.denominator)


def column_titles() -> list[str]:
    """What stands over the columns of `cells`."""
    rates = ("response", "solution", "satisfaction")
    return [say(f"figures.{name}" if name in rates else f"figures.column_{name}") for name in COLUMNS]


def cells(figures: Figures, by: By) -> list[str]:
    """One row of the table."""
    found = figures.rates
    name = figures.name or say("figures.unnamed")
    if by is By.CATEGORY and figures.name in set(Category):
        name = say(f"console.category_{figures.name}")
    return [
        name,
        str(found.raised),
        rate_words(found.response),
        rate_words(found.solution),
        rate_words(found.satisfaction),
        str(found.silent),
        str(found.cannot_explained),
        str(found.unanswered),
        str(found.withdrawn),
        str(found.merged),
    ]


def definitions() -> list[str]:
    """What the figures mean, a sentence each."""
    return [say(f"figures.definition_{name}") for name in DEFINITIONS]

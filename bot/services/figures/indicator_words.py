"""What a published figure is called, what it means, and how its value is written."""

from __future__ import annotations

from bot.domain.acts import Category, Service
from bot.domain.figures import Figure, Measure
from bot.wording import say, sentences

# Figures of which there is one for each kind of thing, with what a kind is called.
_OF_KINDS = {
    **{f"category_{one}": ("category", f"console.category_{one}") for one in Category},
    **{f"service_{one}": ("service", f"console.service_{one}") for one in Service},
}


def name_of(key: str, preset: str | None = None) -> str:
    """What a figure is called."""
    return _say("name_", key, preset)


def definition_of(key: str, preset: str | None = None) -> str:
    """What a figure means, in one sentence."""
    return _say("is_", key, preset)


def value_words(figure: Figure) -> str:
    """The value of a figure with what it is counted in; of a share with its numerator and denominator."""
    value = figure.value
    if value is None:
        return say("indicators.nothing")
    if figure.measure is Measure.SHARE:
        percent = plain(round(value * 100, 1))
        return say("indicators.share", percent=percent, **_made_of(figure))
    unit = unit_of(figure.key)
    if figure.measure is Measure.AVERAGE:
        return say("indicators.average", number=plain(value), unit=unit, **_made_of(figure))
    return say("indicators.count", number=plain(value), unit=unit)


def plain(number: float) -> str:
    """A number without a fraction that says nothing ("3.0": "3")."""
    return f"{number:g}"


def _made_of(figure: Figure) -> dict[str, str]:
    return {
        "numerator": plain(figure.numerator or 0),
        "denominator": plain(figure.denominator or 0),
    }


def unit_of(key: str) -> str:
    """In what a figure is counted; empty for a share."""
    general = _OF_KINDS[key][0] if key in _OF_KINDS else key
    named = f"indicators.in_{general}"
    return say(named) if named in sentences() else ""


def _say(prefix: str, key: str, preset: str | None) -> str:
    if key in _OF_KINDS:
        general, kind = _OF_KINDS[key]
        sentence = general if prefix == "name_" else f"{prefix}{general}"
        return say(f"indicators.{sentence}", preset, kind=say(kind, preset))
    return say(f"indicators.{prefix}{key}", preset)

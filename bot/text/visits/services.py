"""What was done for the households visited."""

from __future__ import annotations

from bot.domain.acts import Service
from bot.text.lexicon.patterns import patterns
from bot.text.notes import Place
from bot.text.reading import Reading

_P = patterns("visits")


def service_codes(reading: Reading, start: int, end: int) -> tuple[Service, ...]:
    """The services told in the stretch; what is only asked for was not done."""
    return tuple(
        service
        for service in Service
        if any(
            not _wanted(reading, place, start, end)
            for place in reading.hits.within(f"svc_{service.value}", start, end)
        )
    )


def _wanted(reading: Reading, place: Place, start: int, end: int) -> bool:
    clause = reading.clause_at(place[0])
    piece = reading.text[clause.start : clause.end] if clause else reading.text[start:end]
    return _P["service_wanted"].search(piece) is not None

"""From the trouble in a message to its matters."""

from __future__ import annotations

from bot.domain.acts import Grievance, Sureness, Urgency
from bot.text.cries import find_cry
from bot.text.grievances.about import about_whom, words_telling
from bot.text.grievances.beside_visit import matters_beside_visit
from bot.text.grievances.category import category_of, votes
from bot.text.grievances.mended import mended_by
from bot.text.grievances.raised import is_raised
from bot.text.grievances.stretches import Stretch, cut_stretches
from bot.text.grievances.titles import fits, title_of
from bot.text.grievances.urgency import urgency_of
from bot.text.grievances.void import is_void
from bot.text.grievances.weighing import ASK, LIKELY, SURE, total, weigh, weigh_again
from bot.text.lexicon.frames import Match
from bot.text.notes import Account, Effect, Note
from bot.text.reading import Reading

_KIND = "grievance"
_SILENT = 0  # weight of frames that only vote for a category
_SOMEWHERE = frozenset(("here", "mine"))
_ASKING = frozenset(("ask", "complain"))
_FAINT = 1  # weight of trouble that is some only where somebody asks, of a place here


def find_grievances(reading: Reading, *, visits: bool) -> list[tuple[Grievance, float]]:
    """The matters told, each with its weight of evidence. visits: the message reports a visit too."""
    cry = find_cry(reading)
    if cry is not None:
        whole = Note("cry", Effect.MAKES, ((0, len(reading.text)),))
        reading.accounts.append(Account(_KIND, reading.text, [whole], cry))
        return [(cry, SURE)]
    found = _worded(reading, visits=visits)
    if found or not visits or reading.by_resident:
        return found
    return matters_beside_visit(reading)


def _worded(reading: Reading, *, visits: bool) -> list[tuple[Grievance, float]]:
    """The matters that words of trouble tell."""
    matches = reading.matches
    if not _may_tell(reading, matches):
        return []
    title = title_of(reading)
    matches = [m for m in matches if fits(title, m.frame.title)]
    matches = [m for m in matches if not is_void(reading, m, visits=visits)]
    if not _may_tell(reading, matches):
        return []
    stretches = cut_stretches(reading, matches, visits=visits, title=title is not None)
    found = (_judge(stretch) for stretch in stretches)
    return [one for one in found if one is not None]


def _may_tell(reading: Reading, matches: list[Match]) -> bool:
    """Whether there is trouble enough to be weighed: most messages hold none or only a faint sign."""
    return bool(matches) and _tells(reading, max([match.frame.weight for match in matches]))


def _tells(reading: Reading, weight: int) -> bool:
    if weight != _FAINT:
        return weight > _FAINT
    names = reading.hits.names
    return not (_SOMEWHERE.isdisjoint(names) or _ASKING.isdisjoint(names))


def _judge(stretch: Stretch) -> tuple[Grievance, float] | None:
    if not _tells(stretch.reading, stretch.weight) or (stretch.visits and not is_raised(stretch)):
        return None
    notes = weigh(stretch)
    stretch.urgency = urgency_of(stretch, likely=total(notes) >= LIKELY)
    notes += weigh_again(stretch)
    score = total(notes)
    account = Account(_KIND, stretch.reading.text, notes, score=score, rivals=votes(stretch))
    stretch.reading.accounts.append(account)
    if score < ASK:
        return None
    grievance = _grievance(stretch, account, score)
    account.act = grievance
    return grievance, score


def _grievance(stretch: Stretch, account: Account, score: float) -> Grievance:
    text = stretch.reading.text
    telling = [match for match in stretch.matches if match.frame.weight > _SILENT]
    mended = mended_by(stretch)
    if mended is not None:
        account.notes.append(Note("mended", Effect.MAKES, (mended,)))
    return Grievance(
        category=category_of(stretch, stretch.urgency, account.rivals),
        urgency=stretch.urgency if mended is None else Urgency.NORMAL,
        about=about_whom(stretch),
        resolved=mended is not None,
        span=words_telling(stretch),
        sureness=Sureness.SURE if score >= SURE else Sureness.PROBABLY,
        evidence=tuple(dict.fromkeys(text[m.start : m.end] for m in telling))[:6],
    )

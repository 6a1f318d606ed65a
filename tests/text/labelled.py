"""The project's own labelled messages, and the fifth of them that nothing is learned from."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.acts import ActivityKind, Category, Urgency
from tests.text.notation import messages

_FOLDER = Path(__file__).parent / "messages"
# The first, by which the rules were made, and those measured on at first sight and then gone through message
# by message: nothing of these is unseen any more.
_WORKED_ON = frozenset(("own", "fresh_look", "members_again", "needs_again"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """One message with its gold acts; the keys are those of the labelling guide.

    id: the name of its file and its number there. begins: where the text goes over to something else; null:
    nobody has marked that in its file.
    """

    id: str
    text: str
    at: str
    speaker: str
    reply_to: str | None
    acts: tuple[dict[str, Any], ...]
    begins: tuple[int, ...] | None

    @property
    def categories(self) -> list[Category]:
        """Of the matters told, in order; empty when there is none."""
        return [Category(act["category"]) for act in self.acts if act["kind"] == "grievance"]

    @property
    def activities(self) -> list[ActivityKind]:
        """The kinds of those told, in order."""
        return [ActivityKind(act["activity"]) for act in self.acts if act["kind"] == "activity"]

    @property
    def kinds(self) -> set[str]:
        """Of the acts."""
        return {act["kind"] for act in self.acts}

    @property
    def urgencies(self) -> list[Urgency]:
        """Of the matters told, in order."""
        return [Urgency(act["urgency"]) for act in self.acts if act["kind"] == "grievance"]

    @property
    def written_in(self) -> str:
        """Name of the file it stands in."""
        return self.id.rpartition("-")[0]

    def as_row(self) -> dict[str, Any]:
        """As `parse` takes it, without its labels."""
        return {
            "id": self.id,
            "text": self.text,
            "at": self.at,
            "speaker": self.speaker,
            "reply_to": self.reply_to,
        }

    @property
    def ended(self) -> bool:
        """Whether every matter told is over."""
        return all(act["resolved"] for act in self.acts if act["kind"] == "grievance")

    @property
    def held_out(self) -> bool:
        """Whether it is of the fifth that is only measured on."""
        return self.written_in not in _WORKED_ON and zlib.crc32(self.id.encode()) % 5 == 0


def labelled() -> list[Labelled]:
    """All of them, file by file."""
    return [each for path in sorted(_FOLDER.glob("*.txt")) for each in _of_file(path)]


def _of_file(path: Path) -> list[Labelled]:
    written = list(messages(path.read_text("utf-8")))
    marked = any(m.begins for m in written)
    return [
        Labelled(
            f"{path.stem}-{number:04d}",
            m.text,
            m.at.isoformat(),
            m.speaker,
            m.reply_to,
            m.acts,
            m.begins if marked else None,
        )
        for number, m in enumerate(written, start=1)
    ]


def learned_from() -> list[Labelled]:
    """Those that may be learned from."""
    return [each for each in labelled() if not each.held_out]


def held_out() -> list[Labelled]:
    """The fifth that figures are reported on."""
    return [each for each in labelled() if each.held_out]

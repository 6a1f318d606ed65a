"""A village to which things happen in any order, each example in a database of its own."""

from __future__ import annotations

import asyncio
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.tables import Notice
from tests.handlers.conversation import Conversation, reply_to
from tests.services.acts.village import QIAN, SUN, WANG, XIAOMEI, ZHAO, found, open_private

PEOPLE = (WANG, ZHAO, QIAN, SUN, XIAOMEI)

Step: TypeAlias = tuple[Any, ...]
"""What happens, by the name of the method that does it, and with what."""


@dataclass
class Life(ABC):
    """A village and all that its people have been shown. Each kind of step is a method with a leading `_`."""

    talk: Conversation
    path: Path
    told: list[dict[str, Any]] = field(default_factory=list)

    async def do(self, step: Step) -> None:
        what, *rest = step
        await getattr(self, f"_{what}")(*rest)

    @abstractmethod
    async def is_in_order(self) -> None:
        """What holds whatever has happened."""

    def button(self, pick: int) -> tuple[Notice, str] | None:
        """One of all buttons that anybody has ever been shown, and the message where it stood."""
        by_id = {one.id: one for one in self.talk.sent}
        shown = []
        for one in self.talk.sent:
            under = one if one.edits_notice_id is None else by_id.get(one.edits_notice_id, one)
            shown += [(under, each["data"]) for row in one.buttons for each in row if "data" in each]
        return shown[-1 - pick % len(shown)] if shown else None

    def pressed(self, notice: Notice, data: str, who: int) -> dict[str, Any]:
        """The update of a press."""
        self.talk.last_id += 1
        return {
            "id": str(self.talk.last_id),
            "from": {"id": who, "is_bot": False, "first_name": "某人"},
            "chat_instance": "1",
            "data": data,
            "message": reply_to(notice)["reply_to_message"],
        }


def live(
    kind: Callable[[Conversation, Path], Life],
    migrated: Path,
    steps: st.SearchStrategy[list[Step]],
    *,
    first: Sequence[Step],
    last: Sequence[Step] = (),
    examples: int,
) -> None:
    """Let steps happen to as many villages, between `first` and `last`, and look whether all is in order."""

    @settings(
        max_examples=examples,
        phases=(Phase.generate,),  # making a failing example smaller would take minutes
        suppress_health_check=list(HealthCheck),
    )
    @given(steps)
    def lives(between: list[Step]) -> None:
        asyncio.run(_live(kind, migrated, [*first, *between, *last]))

    lives()


async def _live(kind: Callable[[Conversation, Path], Life], migrated: Path, steps: Sequence[Step]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "any.db"
        shutil.copyfile(migrated, path)
        database = Database(f"sqlite+aiosqlite:///{path}")
        async with database.transaction() as session:
            village = await found(session)
            await open_private(session, *PEOPLE)
        life = kind(Conversation(database, village), path)
        try:
            for step in steps:
                await life.do(step)
            await life.is_in_order()
        finally:
            await life.talk.database.close()

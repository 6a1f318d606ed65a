"""A later message says where a matter is, or shows it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category, Grievance, Urgency
from bot.domain.inbound import Inbound
from bot.services.chat.speaker import Speaking
from bot.services.matters.amend_matter import amend_matter, words_added
from storage.tables import Continuation, Matter


async def set_place(
    session: AsyncSession,
    matter: Matter,
    row: Continuation,
    place: str,
    speaking: Speaking,
    inbound: Inbound,
    *,
    about: str | None = None,
    now: datetime,
) -> None:
    """Put the words that say where after the matter's own; empty: take them out again.

    Of an emergency, everybody who has to act is told anew.

    Args:
        about: the household that they name, as written; null: none, or the matter has one.
    """
    own = matter.text.removesuffix(await words_added(session, matter))
    row.matter_id, row.names = matter.id, [place] if place else []
    session.add(row)
    await session.flush()
    act = Grievance(
        Category(matter.category), Urgency(matter.urgency), about or matter.about, resolved=False, span=own
    )
    await amend_matter(session, matter, act, speaking, inbound, place_told=bool(place), now=now)


def add_photos(session: AsyncSession, matter: Matter, row: Continuation, photos: tuple[str, ...]) -> None:
    """Keep photos with a matter."""
    new = [photo for photo in photos if photo not in matter.photos]
    matter.photos = [*matter.photos, *new]
    row.matter_id, row.photos = matter.id, new
    session.add_all([matter, row])


def take_photos_out(session: AsyncSession, matter: Matter, row: Continuation) -> None:
    """The matter is without these photos again."""
    matter.photos = [photo for photo in matter.photos if photo not in row.photos]
    row.photos = []
    session.add_all([matter, row])

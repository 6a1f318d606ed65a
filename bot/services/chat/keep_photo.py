"""A photo of an album: it belongs to the matter that another message of the album tells."""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.inbound import Inbound
from storage.queries import matters as matter_rows
from storage.tables import AlbumPhoto


async def keep_photo(session: AsyncSession, inbound: Inbound, *, now: datetime) -> None:
    """Remember an album's photo, and add it to the matters of the album, whichever message comes first."""
    if inbound.media_group_id is None or not inbound.photos:
        return
    album = await matter_rows.album_photos(session, inbound.chat_id, inbound.media_group_id)
    if inbound.message_id in {photo.message_id for photo in album}:
        return
    photo = AlbumPhoto(
        chat_id=inbound.chat_id,
        message_id=inbound.message_id,
        media_group_id=inbound.media_group_id,
        file_id=inbound.photos[-1],
        received_at=now,
    )
    session.add(photo)
    await session.flush()
    files = [one.file_id for one in sorted([*album, photo], key=lambda one: one.message_id)]
    for matter in await matter_rows.matters_of_album(session, inbound.chat_id, inbound.media_group_id):
        matter.photos = files
        session.add(matter)

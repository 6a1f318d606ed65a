"""A matter without what tells who it was about: its figures and its course stay, names and numbers go."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.text.masking import mask_personal
from bot.wording import say
from storage import outbox
from storage.queries import privacy
from storage.queries.co_reporters import co_reporters_of
from storage.queries.matters import events_of
from storage.tables import CoReporter, Matter, Notice

_NOWHERE = 0  # in place of the chat of a message that is not known any more


@dataclass(frozen=True, slots=True)
class Mask:
    """What is taken out of texts: the names and addresses known in a branch, besides what looks like any."""

    known: frozenset[str]

    def over(self, text: str) -> str:
        """A text without what tells who somebody is."""
        return mask_personal(text, self.known)


async def mask_for(session: AsyncSession, branch_id: int, besides: Collection[str] = ()) -> Mask:
    """What is masked in a branch; besides: names that stand on no roster."""
    return Mask(frozenset(await privacy.names_of_branch(session, branch_id)) | frozenset(besides) - {""})


async def mask_matter(session: AsyncSession, matter: Matter, mask: Mask, *, now: datetime) -> None:
    """Mask a matter that is over, with all that was written and said about it.

    Whoever has told of it is not known any more, nor the messages in which they did.
    """
    key, somebody = matter.id or 0, say("moves.somebody")
    joined = await co_reporters_of(session, key)
    names = {matter.reporter_name, *(one.name for one in joined)}
    people = {matter.reporter_person_id, *(one.person_id for one in joined)} - {None}
    mask = Mask(mask.known | names | {matter.about or "", matter.on_behalf_of or ""} - {""})
    matter.text = mask.over(matter.text)
    matter.explanation = None if matter.explanation is None else mask.over(matter.explanation)
    matter.about = matter.on_behalf_of = matter.household_id = None
    matter.reporter_name, matter.unnamed, matter.photos = somebody, True, []
    matter.reporter_person_id = matter.reporter_telegram_id = None
    if matter.chat_id > 0:  # a private chat is its user
        matter.chat_id, matter.message_id = _NOWHERE, -key
    matter.masked_at = now
    session.add(matter)
    for one in joined:
        unname_voice(one, mask)
        session.add(one)
    for event in (await events_of(session, [key])).get(key, []):
        if event.by_person_id in people or (event.by_person_id is None and event.by_name in names):
            event.by_name, event.by_person_id = somebody, None
        event.note = mask.over(event.note)
        session.add(event)
    for added in await privacy.continuations_of_matter(session, key):
        added.text, added.names, added.photos = mask.over(added.text), [], []
        session.add(added)
    for promise in await privacy.promises_on(session, key):
        promise.words = mask.over(promise.words)
        session.add(promise)
    for occasion in await privacy.occasions_of(session, key):
        occasion.words, occasion.told_by_name, occasion.told_by_id = mask.over(occasion.words), somebody, None
        session.add(occasion)
    for line in await privacy.digest_lines(session, key):
        line.text = mask.over(line.text)
        session.add(line)
    for notice in await privacy.notices_on(session, key):
        if notice.state != outbox.PENDING:
            blank(notice, mask.over(notice.text))
            session.add(notice)
    await session.flush()


def unname_voice(one: CoReporter, mask: Mask) -> None:
    """Take out of what somebody has told besides others who they are."""
    one.name, one.text = say("moves.somebody"), mask.over(one.text)
    one.person_id = one.household_id = None
    # Both tell who it was; they have to be told apart all the same.
    one.telegram_id = one.message_id = -(one.id or 0)
    one.chat_id = _NOWHERE


def blank(notice: Notice, text: str) -> None:
    """Leave of a notice that there was one, and `text`: not to whom it went when that was a person."""
    notice.text, notice.buttons = text, []
    if notice.person_id is None and (notice.chat_id or 0) > 0:
        notice.key, notice.recipient, notice.chat_id = f"erased:{notice.id}", "", None

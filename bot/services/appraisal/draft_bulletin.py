"""The bulletin of a quarter (季通报): drafted for the secretary, posted in the group when they say so.

It praises by name and shames nobody: what was not done stands in sums alone. Kinds as in `rank_members`.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.buttons import Press, Verb, encode
from bot.domain.duties import Duties, ranking
from bot.domain.errors import NotEntitled, NotFound, NotPossible
from bot.domain.leave import Days
from bot.domain.preset import Preset
from bot.domain.roster import Role
from bot.services.appraisal.gather_duties import duties_of, gather
from bot.services.appraisal.points_words import praised, quarter_words
from bot.services.appraisal.post_in_group import post_in_group
from bot.services.chat import answering
from bot.services.chat.speaker import Speaking
from bot.services.notices.tell import About, Buttons, to_person
from bot.services.roster.parameters import for_unit
from bot.wording import say
from storage.queries import notices
from storage.queries import points as account
from storage.queries.roster import people_with_role
from storage.queries.units import members_of
from storage.tables import PointBulletin, Unit

BULLETIN = "bulletin"
POST, KEEP = "post", "keep"


async def draft_bulletin(
    session: AsyncSession, branch_id: int, preset: Preset, quarter: Days, *, now: datetime
) -> PointBulletin | None:
    """Draft the bulletin of a quarter, once, and show it to the secretary; null: there is nothing in it."""
    drafted = await account.bulletin_of(session, branch_id, quarter.first)
    if drafted is not None:
        return drafted
    text = await _text(session, branch_id, preset, quarter)
    if text is None:
        return None
    drafted = PointBulletin(
        branch_id=branch_id, first=quarter.first, last=quarter.last, text=text, drafted_at=now
    )
    session.add(drafted)
    await session.flush()
    about = About("points.bulletin", BULLETIN, drafted.id or 0, "draft", now, branch_id)
    asked = say("points.bulletin_ask", preset.name, quarter=quarter_words(quarter), text=text)
    for secretary in await people_with_role(session, branch_id, Role.SECRETARY):
        if secretary.telegram_id is not None:
            buttons = bulletin_buttons(drafted, preset)
            await to_person(session, secretary, about, asked, preset=preset, now=now, buttons=buttons)
    return drafted


def bulletin_buttons(drafted: PointBulletin, preset: Preset) -> Buttons:
    """What the secretary can do with a draft."""
    row = [
        {
            "text": say(f"points.button_{choice}", preset.name),
            "data": encode(Verb.BULLETIN, drafted.id or 0, choice=choice),
        }
        for choice in (POST, KEEP)
    ]
    return (tuple(row),)


async def press_bulletin(session: AsyncSession, press: Press, speaking: Speaking, *, now: datetime) -> str:
    """Post a draft in the group, or keep it back; returns what is shown for a moment.

    Raises:
        NotFound: there is no such draft.
        NotEntitled: the presser is not the branch's secretary.
        NotPossible: it has been decided, or there is no group.
    """
    drafted = await session.get(PointBulletin, press.id)
    if drafted is None or press.choice not in (POST, KEEP):
        raise NotFound("questions.bad_button")
    if not speaking.is_secretary or speaking.branch is None or speaking.branch.id != drafted.branch_id:
        raise NotEntitled("points.secretary_only")
    if drafted.answer is not None:
        raise NotPossible("points.bulletin_answered")
    preset = await for_unit(session, drafted.branch_id)
    if press.choice == POST:
        posted = await post_in_group(
            session,
            drafted.branch_id,
            drafted.text,
            key=f"points.posted:{drafted.id}",
            kind="points.posted",
            preset=preset,
            now=now,
        )
        if not posted:
            raise NotPossible("points.bulletin_no_group")
    drafted.answer, drafted.answered_at = press.choice, now
    session.add(drafted)
    sentence = "bulletin_posted" if press.choice == POST else "bulletin_kept"
    text = say(f"points.{sentence}", preset.name, text=drafted.text)
    for notice in await notices.about(session, subject_kind=BULLETIN, subject_id=drafted.id or 0):
        await answering.rewrite(session, notice, text, mark=press.choice, now=now)
    return text.partition("\n")[0]


async def _text(session: AsyncSession, branch_id: int, preset: Preset, quarter: Days) -> str | None:
    gathered = await gather(session, branch_id, preset, quarter)
    duties = duties_of(gathered)
    total = sum(duties.values(), Duties())
    if total.share.of == 0:
        return None
    branch = await session.get_one(Unit, branch_id)
    names = {one.id: one.name for one in await members_of(session, branch_id) if one.id is not None}
    best = praised(ranking({key: duties[key].share for key in names if key in duties}), names)
    values = {
        "branch": branch.name,
        "quarter": quarter_words(quarter),
        "members": len({charge.person_id for charge in gathered.charges}),
        "households": len({charge.household_id for charge in gathered.charges}),
        "contacts": total.contacts,
        "contacted": total.contacted,
        "matters": total.matters,
        "settled": total.settled,
        "meetings": total.meetings,
        "attended": total.attended,
        "names": best,
    }
    praise = "bulletin_praise" if best else "bulletin_no_praise"
    parts = ("bulletin_head", "bulletin_contacts", "bulletin_matters", "bulletin_meetings", praise)
    return "\n".join(say(f"points.{part}", preset.name, **values) for part in parts)

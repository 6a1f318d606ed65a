"""A made-up village on a playground, with the real bot in it, set up as a real one would be.

The roster is imported, the group is bound with /bind and everybody claims their name with /start,
through messages; from then on it is any village. The demo shows it, stories are told in it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlmodel import select

from bot.app import App
from bot.config import Mode, Settings
from bot.demo.inhabited import Inhabited
from bot.playground import Clock, Playground, members, people
from bot.playground.chats import Chat
from bot.playground.users import User
from bot.secrets import Secrets
from bot.services.roster.create_branch import create_branch
from bot.services.roster.import_roster import import_roster
from bot.services.roster.make_invites import InviteLine, make_invites
from bot.services.roster.roster_file import read_roster
from scheduler.pacing import UNLIMITED
from storage.database import Database
from storage.tables import Household, Person

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 10, 17, 30, tzinfo=ZONE)  # a Tuesday, after work
BRANCH, TOWN, PRESET = "杏林村", "青石镇", "huozhou"
GROUP = "杏林村联户群"
BOT_NAME = "连心桥"
DATABASE = "village.db"
_ROSTER = Path(__file__).parent / "village.csv"
# Only ever protects the invented phones of this village.
_SECRET_KEY = "the-playground-has-no-secrets-to-keep"

# Name, what the viewer is told they are. The first makes the group.
CAST: tuple[tuple[str, str], ...] = (
    ("陈志强", "书记"),
    ("张海燕", "一组组长"),
    ("李建国", "党员·一组"),
    ("何文", "党员·一组"),
    ("孙立新", "二组组长"),
    ("刘春梅", "党员·二组"),
    ("赵敏", "镇干部"),
    ("王德福", "住户·一组"),
    ("钱玉兰", "住户·二组"),
    ("马小军", "住户·二组"),
)
# Residents who have scanned the plate on their door: the code on it, and the household's head.
_PLATES = {"王德福": "xinglin-10", "钱玉兰": "helian-9", "马小军": "helian-11"}
_AT_HOME = {"王德福": "王德福", "钱玉兰": "钱玉兰", "马小军": "马德胜"}
_DOORS_OPEN = timedelta(days=3650)  # visitors turn the clock by months while they look
_SECRETARY = "陈志强"


@dataclass
class Village(Inhabited):
    """The village with its people in reach by name."""

    group: Chat
    people: Mapping[str, User]

    async def ledger_link(self) -> str:
        """A link that lets the secretary into the ledger page."""
        async with self.app.database.reading() as session:
            found = await session.exec(select(Person.id).where(Person.name == _SECRETARY))
            person_id = found.one()
        return self.app.doors.link(person_id or 0, now=self.clock.now())


def settings_for(playground: Playground, url: str, database_url: str) -> Settings:
    """The settings of a bot on this playground; nothing of the machine's own settings gets in."""
    return Settings(
        _env_file=None,
        token=SecretStr(playground.world.bot.token or ""),
        api_url=url,
        database_url=database_url,
        timezone=ZONE.key,
        mode=Mode.POLLING,
        webhook_url=None,
        webhook_secret=None,
        host="127.0.0.1",
        port=0,
        console_url=None,
        secret_key=SecretStr(_SECRET_KEY),
        proxy=None,
    )


async def found(database_url: str, *, now: datetime) -> list[InviteLine]:
    """Make the village's database: its branch, its roster, and a code for the group and each person."""
    async with Database(database_url) as database:
        await database.upgrade()
        async with database.transaction() as session:
            made = await create_branch(session, preset=PRESET, branch=BRANCH, town=TOWN, zone=ZONE, now=now)
            await import_roster(
                session,
                read_roster(_ROSTER).rows,
                branch=made.branch,
                secrets=Secrets(_SECRET_KEY),
                today=now.astimezone(ZONE).date(),
                now=now,
            )
            for resident, head in _AT_HOME.items():
                chosen = await session.exec(select(Household).where(Household.head == head))
                chosen.one().plate = _PLATES[resident]
            return list((await make_invites(session, [made.branch], now=now)).lines)


@asynccontextmanager
async def village(
    folder: Path,
    *,
    start: datetime = START,
    host: str = "127.0.0.1",
    port: int = 0,
    ticking: bool = False,
    in_frame: bool = False,
    invites: Sequence[InviteLine] | None = None,
) -> AsyncIterator[Village]:
    """The village with its bot running, everybody bound and claimed.

    Args:
        folder: where its database file is made, unless an empty one with all tables is there.
        port: of the playground; 0: a free one.
        ticking: whether the bot also acts by itself while the clock runs.
        in_frame: whether the ledger page may be shown within the playground's.
        invites: of the database that `found` has made in the folder; null: it is made now.
    """
    playground = Playground(Clock(start), name=BOT_NAME, username="lianxin_bot")
    database_url = f"sqlite+aiosqlite:///{folder / DATABASE}"
    if invites is None:
        invites = await found(database_url, now=start)
    async with playground.serve(host, port) as url:

        def make_app() -> App:
            return App(
                settings_for(playground, url, database_url),
                playground.clock,
                limits=UNLIMITED,
                ticking=ticking,
                framed_by=url if in_frame else None,
                doors_open=_DOORS_OPEN,
            )

        users = {name: playground.world.add_user(name, label=label) for name, label in CAST}
        everybody = [user.id for user in users.values()]
        group = members.add_chat(playground.world, "supergroup", GROUP, members=everybody)
        here = Village(playground, url, make_app, group, users)
        await here.start_bot()
        try:
            # As the platform has it, the bot's arrival is told once it has asked for such updates.
            members.set_member(playground.world, group.id, playground.world.bot.id, "administrator")
            await here.settle()
            await _bind_and_claim(here, invites)
            yield here
        finally:
            await here.stop_bot()


async def _bind_and_claim(here: Village, invites: Sequence[InviteLine]) -> None:
    for invite in invites:
        if invite.kind == "group":
            people.say(here.world, here.group.id, here.people[_SECRETARY].id, f"/bind {invite.code}")
        elif invite.name in here.people:
            _open(here, invite.name, invite.code)
    for resident, plate in _PLATES.items():
        _open(here, resident, plate)
    await here.settle()


def _open(here: Village, name: str, code: str) -> None:
    link = f"https://t.me/{here.world.bot.username}?start={code}"
    people.open_link(here.world, here.people[name].id, link)

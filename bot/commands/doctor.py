"""`doctor`: settings, database, token, privacy mode, rights in each chat, and the daily work."""

from __future__ import annotations

from collections.abc import Sequence

import typer
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramUnauthorizedError
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import SystemClock
from bot.commands.platform import connected
from bot.commands.terminal import DONE, FAULTS, complain, in_short, run, sqlite_file
from bot.config import Mode, Settings, SettingWrong
from bot.secrets import Secrets
from bot.services.figures.audit_sums import Fault, find_faults
from bot.services.figures.check_health import (
    ChatRights,
    PlatformUnreachable,
    check_chats,
    check_ledger,
    check_work,
)
from bot.telegram.connecting import PATIENCE_SECONDS
from bot.wording import say
from handlers.admins import ADMINS, member_of
from storage.database import Database
from storage.schema import latest_revision, revisions

_FAULTS_SHOWN = 20


def doctor() -> int:
    """Say a sentence for each fault."""

    async def work(settings: Settings) -> int:
        faults: list[str] = []
        try:
            settings.checked_for_running()
        except SettingWrong as wrong:
            faults += wrong.sentences
        faults += await _check_database(settings)
        complain(*dict.fromkeys(faults))
        if not faults:
            typer.echo(say("doctor.all_well"))
        return FAULTS if faults else DONE

    return run(work)


async def _check_database(settings: Settings) -> list[str]:
    path = sqlite_file(settings)
    if path is not None and not path.exists():
        return [say("doctor.database_empty"), *(await _check_platform(settings, None))]
    async with Database(settings.database_url) as database:
        try:
            revision = await database.revision()
        except (SQLAlchemyError, OSError) as error:
            unreachable = say("doctor.database_unreachable", error=in_short(error))
            return [unreachable, *(await _check_platform(settings, None))]
        if revision != latest_revision():
            known = {None: "database_empty"} | dict.fromkeys(revisions(), "database_old")
            fault = say(f"doctor.{known.get(revision, 'database_later')}")
            return [fault, *(await _check_platform(settings, None))]
        secrets = None if settings.secret_key is None else Secrets(settings.key)
        now = SystemClock().now()
        async with database.reading() as session:
            faults = await check_ledger(session, zone=settings.zone, secrets=secrets, now=now)
            polling = settings.mode is Mode.POLLING
            faults += await check_work(session, polling=polling, zone=settings.zone, now=now)
            faults += _in_sentences(await find_faults(session, now=now))
        return [*faults, *(await _check_platform(settings, database))]


def _in_sentences(found: Sequence[Fault]) -> list[str]:
    """The first faults of the audit, and how many more there are."""
    sentences = [str(fault) for fault in found[:_FAULTS_SHOWN]]
    more = len(found) - len(sentences)
    return [*sentences, say("audit.more", count=more)] if more else sentences


async def _check_platform(settings: Settings, database: Database | None) -> list[str]:
    """What the platform has to say; of the chats only with a database that names them."""
    if settings.token is None:
        return []  # said with the settings
    async with connected(settings) as bot:
        try:
            await bot.get_me(request_timeout=PATIENCE_SECONDS)
            faults = await _check_delivery(settings, bot)
            if database is not None:
                async with database.reading() as session:
                    faults += await check_chats(session, _Telegram(bot))
        except (TelegramUnauthorizedError, TelegramNotFound) as error:
            return [say("doctor.token_refused", error=error.message)]
        except (AiogramError, PlatformUnreachable, OSError) as error:
            told = in_short(error).replace(settings.bot_token, "…")
            return [say("doctor.api_unreachable", url=settings.api_url, error=told)]
    return faults


async def _check_delivery(settings: Settings, bot: Bot) -> list[str]:
    """Whether the updates come the way the settings say."""
    info = await bot.get_webhook_info(request_timeout=PATIENCE_SECONDS)
    if settings.mode is Mode.POLLING:
        return [say("doctor.webhook_set", url=info.url)] if info.url else []
    wanted = f"{settings.webhook_url}/telegram/{settings.bot_id}"
    faults = [] if info.url == wanted else [say("doctor.webhook_other", url=info.url)]
    if info.last_error_message:
        faults.append(say("doctor.webhook_error", error=info.last_error_message))
    return faults


class _Telegram:
    """Telegram as the health check asks it."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def reads_all_messages(self) -> bool:
        try:
            me = await self._bot.get_me(request_timeout=PATIENCE_SECONDS)
        except (AiogramError, OSError) as error:
            raise PlatformUnreachable(str(error)) from error
        return bool(me.can_read_all_group_messages)

    async def rights(self, chat_id: int) -> ChatRights:
        try:
            member = await member_of(self._bot, chat_id, self._bot.id, patience=PATIENCE_SECONDS)
        except (AiogramError, OSError) as error:
            raise PlatformUnreachable(str(error)) from error
        status = member.get("status")
        if status == "restricted":
            there, writes = bool(member.get("is_member")), bool(member.get("can_send_messages"))
            return ChatRights(member=there, reads_all=False, writes=writes)
        there = status not in ("left", "kicked")
        return ChatRights(member=there, reads_all=status in ADMINS, writes=there)

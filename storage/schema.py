"""The database's schema: bringing it up to date, and saying which version it has."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.engine import URL

from storage.engines import is_sqlite, schema_engine
from storage.exclusion import lock_number


class SchemaUnknown(Exception):
    """The database was made by a later version of the program, or by another program."""


def alembic_config() -> Config:
    """Alembic's settings, made here so that no file of settings has to be found."""
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    return config


@cache
def latest_revision() -> str:
    """The revision that this version of the program needs."""
    revision = ScriptDirectory.from_config(alembic_config()).get_current_head()
    assert revision is not None  # there is a first migration
    return revision


def revisions() -> list[str]:
    """All revisions that this version of the program knows, the latest first."""
    script = ScriptDirectory.from_config(alembic_config())
    return [revision.revision for revision in script.walk_revisions()]


async def upgrade(url: URL, *, to: str = "head") -> None:
    """Bring the database to revision `to`, creating it if needed. Two processes may do so at once.

    Raises:
        SchemaUnknown: when the database has a revision this program does not know.
    """
    await _run(url, lambda config: command.upgrade(config, to))


async def downgrade(url: URL, *, to: str) -> None:
    """Take the database back to revision `to` (`base`: nothing). Rows that do not fit are lost."""
    await _run(url, lambda config: command.downgrade(config, to))


async def differences(url: URL, metadata: MetaData) -> list[object]:
    """What a migration would have to change to make the database as `metadata` says."""

    def compare(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    engine = schema_engine(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(compare)
    finally:
        await engine.dispose()


async def _run(url: URL, step: Callable[[Config], None]) -> None:
    def migrate(connection: Connection) -> None:
        config = alembic_config()
        config.attributes["connection"] = connection
        try:
            step(config)
        except CommandError as error:
            raise SchemaUnknown(str(error)) from error
        if is_sqlite(url) and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()):
            raise RuntimeError(f"the migration broke references: {broken}")

    engine = schema_engine(url)
    try:
        async with engine.begin() as connection:
            if not is_sqlite(url):
                await connection.execute(
                    text("SELECT pg_advisory_xact_lock(:number)"), {"number": lock_number("schema")}
                )
            await connection.run_sync(migrate)
    finally:
        await engine.dispose()


def revision_of(connection: Connection) -> str | None:
    """The revision that a database has; null when it has none of our tables."""
    return MigrationContext.configure(connection).get_current_revision()

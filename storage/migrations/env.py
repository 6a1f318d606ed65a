"""How Alembic runs the migrations: over the connection that the program gives it.

For developers, `alembic revision --autogenerate` opens its own from BOT_DATABASE_URL.
"""

from __future__ import annotations

import asyncio
import os

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from storage.engines import schema_engine
from storage.tables import metadata

# No logging is set up here: it would silence the loggers of the program that runs the migrations.


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


async def migrate_by_itself() -> None:
    engine = schema_engine(make_url(os.environ.get("BOT_DATABASE_URL", "sqlite+aiosqlite:///lianxin.db")))
    async with engine.begin() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


given = context.config.attributes.get("connection")
if given is None:
    asyncio.run(migrate_by_itself())
else:
    migrate(given)

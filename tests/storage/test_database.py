import asyncio
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import col, select

from storage import schema
from storage.database import Database
from storage.exclusion import AlreadyHeld
from storage.tables import Heartbeat, Household, Link, Person, Unit, metadata

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


async def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as session:
            session.add(Unit(kind="branch", name="柳湾村"))
            await session.flush()
            raise ZeroDivisionError
    async with database.reading() as session:
        assert (await session.exec(select(Unit))).all() == []


async def test_rows_can_be_used_after_their_transaction(database: Database) -> None:
    async with database.transaction() as session:
        unit = Unit(kind="branch", name="柳湾村")
        session.add(unit)
    assert unit.id is not None
    assert unit.name == "柳湾村"


async def test_what_is_read_stays_true_until_it_is_written(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Unit(kind="branch", name="柳湾村"))

    async def number_one() -> None:
        async with database.transaction() as session:
            unit = (await session.exec(select(Unit))).one()
            await asyncio.sleep(0)
            unit.matters_numbered += 1
            session.add(unit)

    await asyncio.gather(*(number_one() for _ in range(40)))
    async with database.reading() as session:
        assert (await session.exec(select(Unit.matters_numbered))).one() == 40


async def test_two_processes_number_without_losing_one(migrated_url: str) -> None:
    async with Database(migrated_url) as one, Database(migrated_url) as other:
        async with one.transaction() as session:
            session.add(Unit(kind="branch", name="柳湾村"))

        async def number(database: Database) -> None:
            async with database.transaction() as session:
                unit = (await session.exec(select(Unit))).one()
                await asyncio.sleep(0.001)
                unit.matters_numbered += 1
                session.add(unit)

        await asyncio.gather(*(number(database) for database in (one, other) for _ in range(10)))
        async with one.reading() as session:
            assert (await session.exec(select(Unit.matters_numbered))).one() == 20


async def test_a_transaction_inside_another_is_refused_instead_of_waiting_for_itself(
    database: Database,
) -> None:
    async with database.transaction():
        with pytest.raises(RuntimeError, match="already"):
            async with database.transaction():
                pass


async def test_a_reading_session_sees_one_moment_and_changes_nothing(database: Database) -> None:
    async with database.reading() as reading:
        assert (await reading.exec(select(Unit))).all() == []
        async with database.transaction() as session:
            session.add(Unit(kind="branch", name="柳湾村"))
        assert (await reading.exec(select(Unit))).all() == []
    async with database.reading() as reading:
        reading.add(Unit(kind="branch", name="石桥村"))
        with pytest.raises(DBAPIError):
            await reading.flush()
    async with database.reading() as reading:
        assert [unit.name for unit in await reading.exec(select(Unit))] == ["柳湾村"]


async def test_many_readers_at_once_are_served(database: Database) -> None:
    async def read() -> int:
        async with database.reading() as session:
            return len((await session.exec(select(Unit))).all())

    assert await asyncio.gather(*(read() for _ in range(60))) == [0] * 60


async def test_text_that_a_database_refuses_is_cleaned(database: Database) -> None:
    async with database.transaction() as session:
        unit = Unit(kind="branch", name="柳\x00湾\ud83d村", overrides={"a": ["x\x00", {"b\x00": 1}]})
        session.add(unit)
    async with database.reading() as session:
        kept = (await session.exec(select(Unit))).one()
    assert kept.name == "柳湾村"
    assert kept.overrides == {"a": ["x", {"b": 1}]}


async def test_times_are_aware_and_big_ids_are_kept(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Person(name="王小明", telegram_id=2**52, created_at=NOW))
    async with database.reading() as session:
        person = (await session.exec(select(Person).where(Person.created_at == NOW))).one()
    assert person.telegram_id == 2**52
    assert person.created_at == NOW
    assert person.created_at.tzinfo is not None


async def test_a_reference_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.transaction() as session:
            session.add(Link(person_id=9, household_id=9, since=NOW.date()))


async def test_only_one_process_takes_in_updates(database: Database) -> None:
    other = Database(database.url.render_as_string(hide_password=False))
    async with database.only_process("intake-7") as lock:
        assert await lock.is_held()
        with pytest.raises(AlreadyHeld):
            async with other.only_process("intake-7"):
                pass
        async with other.only_process("intake-8"):
            pass
        async with other.transaction() as session:
            session.add(Heartbeat(name="poll", at=NOW))
    async with other.only_process("intake-7"):
        pass
    await other.close()


async def test_a_lock_that_the_server_forgets_is_noticed(database: Database) -> None:
    async with database.only_process("intake-7") as lock:
        if not database.is_sqlite:  # a file's lock is the process's own
            async with database.transaction() as session:
                connection = await session.connection()
                await connection.exec_driver_sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
                    " AND pid <> pg_backend_pid()"
                )
        assert await lock.is_held() is database.is_sqlite


async def test_migrations_run_up_and_down_and_up(empty_url: str) -> None:
    async with Database(empty_url) as database:
        assert await database.revision() is None
        await database.upgrade()
        assert await database.is_current()
        await schema.downgrade(database.url, to="base")
        assert await database.revision() is None
        await database.upgrade()
        await database.upgrade()
        assert await database.is_current()


async def test_households_that_had_no_code_get_one_each_and_the_others_keep_theirs(empty_url: str) -> None:
    async with Database(empty_url) as database:
        await schema.upgrade(database.url, to="0003")
        async with database.transaction() as session:
            connection = await session.connection()  # rows as they were then: tables have grown since
            await connection.exec_driver_sql(
                "INSERT INTO unit (id, kind, name, overrides, matters_numbered)"
                " VALUES (1, 'branch', '柳湾村', '{}', 0)"
            )
            for head, plate in (("王福", "NULL"), ("李桂兰", "NULL"), ("张三", "'liuwan-1'")):
                await connection.exec_driver_sql(
                    "INSERT INTO household (branch_id, head, address, kinds, nicknames, note, plate)"
                    f" VALUES (1, '{head}', '', '[]', '[]', '', {plate})"
                )
        await database.upgrade()
        async with database.reading() as session:
            plates = (await session.exec(select(Household.plate).order_by(col(Household.id)))).all()
    assert None not in plates
    assert len(set(plates)) == 3
    assert plates[2] == "liuwan-1"


async def test_the_migrations_make_what_the_tables_say(database: Database) -> None:
    assert await schema.differences(database.url, metadata) == []


async def test_a_database_of_a_later_version_is_refused(database: Database) -> None:
    async with database.transaction() as session:
        connection = await session.connection()
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'ffff'")
    assert not await database.is_current()
    with pytest.raises(schema.SchemaUnknown):
        await database.upgrade()


@pytest.fixture
def some_logger() -> Iterator[logging.Logger]:
    logger = logging.getLogger("tests.some")
    yield logger
    logger.disabled = False


async def test_migrations_silence_nobody(empty_url: str, some_logger: logging.Logger) -> None:
    async with Database(empty_url) as database:
        await database.upgrade()
    assert not some_logger.disabled

"""Migrations: they make the tables of the schema, once, and lose no row on their way."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Column, Connection, Inspector, MetaData, String, Table, insert, inspect, select, text
from sqlalchemy.exc import NotSupportedError

from storage.database import Database
from storage.migrations import config, difference, is_current, migrate, upgrade
from storage.schema import case_workers, cases, draft_items, metadata, ratings, subjects, teams, workers
from storage.vault import Vault
from tests.storage.rows import CASE, EVERYTHING, NOW, TEAM, WORKER

OLDER = [each.revision for each in ScriptDirectory.from_config(config()).walk_revisions()][:0:-1]
"""All revisions but the newest, the oldest first."""


@pytest.fixture
async def empty(empty_url: str, vault: Vault) -> AsyncIterator[Database]:
    """A database without tables, of each kind."""
    database = Database(empty_url, vault)
    yield database
    await database.close()


async def test_no_migration_is_missing(database: Database) -> None:
    assert await difference(database) == []


async def test_a_missing_migration_is_seen(database: Database) -> None:
    async with database.migrating() as connection:
        await connection.execute(text("ALTER TABLE teams ADD COLUMN colour VARCHAR(8)"))
        await connection.execute(text("DROP INDEX ix_raters_case_id"))
    assert sorted(change[0] for change in await difference(database)) == ["add_index", "remove_column"]


async def test_the_migrations_make_the_very_tables_of_the_schema(empty: Database) -> None:
    async with empty.migrating() as connection:
        await connection.run_sync(metadata.create_all)
        wanted = await connection.run_sync(_tables)
        await connection.run_sync(metadata.drop_all)
    await migrate(empty)
    async with empty.engine.connect() as connection:
        made = await connection.run_sync(_tables)
    assert made == wanted


def _tables(connection: Connection) -> dict[str, Any]:
    """All that the database itself can tell of its tables."""
    inspector: Inspector = inspect(connection)
    return {name: _table(inspector, name) for name in inspector.get_table_names() if name != "alembic_version"}


def _table(inspector: Inspector, name: str) -> list[Any]:
    many = (
        inspector.get_columns(name),
        inspector.get_foreign_keys(name),
        inspector.get_unique_constraints(name),
        inspector.get_check_constraints(name),
        inspector.get_indexes(name),
    )
    return [str(inspector.get_pk_constraint(name)), *(sorted(map(_words, several)) for several in many)]


def _words(thing: Any) -> str:
    """The same for things that are equal and don't know it: types, and the text of a condition."""
    return str({key: _words(value) if isinstance(value, dict) else str(value) for key, value in sorted(thing.items())})


async def test_a_new_database_is_current_when_it_is_migrated(empty: Database) -> None:
    before = await is_current(empty)
    await migrate(empty)
    assert (before, await is_current(empty)) == (False, True)


async def test_migrating_again_changes_nothing(database: Database) -> None:
    await migrate(database)
    assert await is_current(database)


@pytest.mark.parametrize("revision", OLDER)
async def test_a_filled_database_of_an_older_release_keeps_every_row(empty: Database, revision: str) -> None:
    async with empty.migrating() as connection:
        await connection.run_sync(upgrade, revision)
        kept = await connection.run_sync(_filled)
    await migrate(empty)
    async with empty.engine.connect() as connection:
        assert await connection.run_sync(_rows, kept) == kept
    assert (await is_current(empty), await difference(empty)) == (True, [])


def _filled(connection: Connection) -> dict[str, dict[str, Any]]:
    """A row in every table that there is, as far as the table has columns for it; what is kept of it, by table."""
    found = {}
    for table, row in EVERYTHING:
        if inspect(connection).has_table(table.name):
            old = Table(table.name, MetaData(), autoload_with=connection)
            connection.execute(insert(table).values({name: given for name, given in row.items() if name in old.c}))
            found[table.name] = {name: given for name, given in row.items() if name in old.c}
    return _rows(connection, found)


def _rows(connection: Connection, wanted: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The one row of each of these tables, with these columns."""
    tables = {table.name: table for table, _ in EVERYTHING}
    questions = {name: select(*(tables[name].c[each] for each in row)) for name, row in wanted.items()}
    return {name: dict(connection.execute(each).mappings().one()) for name, each in questions.items()}


async def test_an_older_rating_is_about_somebody_of_the_age_they_have_now(empty: Database) -> None:
    async with empty.migrating() as connection:
        await connection.run_sync(upgrade, "0003")
        await connection.run_sync(_filled)
    await migrate(empty)
    async with empty.transaction() as db:
        assert [tuple(row) for row in await db.rows(select(ratings.c.band, ratings.c.only_worker))] == [
            ("adolescent", False)
        ]
        assert [row.band_known_at for row in await db.rows(select(subjects.c.band_known_at))] == [NOW]


async def test_several_programs_that_start_at_once_migrate_once(empty_url: str, vault: Vault) -> None:
    programs = [Database(empty_url, vault) for _ in range(4)]
    async with asyncio.timeout(30):
        ends = await asyncio.gather(*(migrate(program) for program in programs), return_exceptions=True)
    current = [await is_current(program) for program in programs]
    for program in programs:
        await program.close()
    assert (ends, current) == ([None] * 4, [True] * 4)


async def test_a_program_that_serves_meanwhile_is_past_it_with_its_next_try(empty: Database, vault: Vault) -> None:
    """PostgreSQL may refuse once what was prepared before; what failed is tried again at once."""
    async with empty.migrating() as connection:
        await connection.run_sync(upgrade, "0011")
    await _reads_keys(empty)
    other = Database(empty.engine.url.render_as_string(hide_password=False), vault)
    await migrate(other)
    await other.close()
    with contextlib.suppress(NotSupportedError):
        await _reads_keys(empty)
    await _reads_keys(empty)


async def _reads_keys(database: Database) -> None:
    async with database.transaction() as db:
        await db.rows(text("SELECT id, key FROM letters"))


async def test_a_database_of_a_newer_release_is_left_alone(database: Database) -> None:
    async with database.migrating() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(CommandError, match="9999"):
        await migrate(database)
    assert not await is_current(database)


async def test_a_migration_that_fails_leaves_nothing(empty: Database) -> None:
    with pytest.raises(CommandError):
        await _make_a_table_and_fail(empty)
    async with empty.engine.connect() as connection:
        assert await connection.run_sync(_tables) == {}


async def _make_a_table_and_fail(database: Database) -> None:
    async with database.migrating() as connection:
        await connection.run_sync(teams.create)
        raise CommandError("in the middle")


async def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(database: Database) -> None:
    async with database.transaction() as db:
        await db.change(insert(teams).values(**TEAM))
        await db.change(insert(workers).values(**WORKER))
        await db.change(insert(cases).values(**CASE))
        await db.change(insert(case_workers).values(case_id="case", worker_id="nora", began_at=NOW))
    async with database.migrating() as connection:
        await connection.run_sync(_rebuild_teams)
    async with database.transaction() as db:
        assert [row.id for row in await db.rows(select(workers.c.id))] == ["nora"]
        assert [row.worker_id for row in await db.rows(select(case_workers.c.worker_id))] == ["nora"]


def _rebuild_teams(connection: Connection) -> None:
    operations = Operations(MigrationContext.configure(connection))
    with operations.batch_alter_table("teams", recreate="auto") as table:
        table.alter_column("name", type_=String(80), existing_nullable=False)
        table.add_column(Column("colour", String(8)))


async def test_a_migration_on_sqlite_that_leaves_rows_referring_to_nothing_is_refused(sqlite: Database) -> None:
    with pytest.raises(ValueError, match="refer to nothing"):
        await _leave_an_orphan(sqlite)
    async with sqlite.transaction() as db:
        assert await db.rows(select(draft_items)) == []


async def _leave_an_orphan(database: Database) -> None:
    async with database.migrating() as connection:
        await connection.execute(insert(draft_items).values(draft_id="no such one", item=1, score=50))


async def test_foreign_keys_on_sqlite_are_in_force_again_after_migrating(sqlite: Database) -> None:
    async with sqlite.transaction() as db:
        before = await db.rows(text("PRAGMA foreign_keys"))
    await migrate(sqlite)
    async with sqlite.transaction() as db:
        assert await db.rows(text("PRAGMA foreign_keys")) == before == [(1,)]

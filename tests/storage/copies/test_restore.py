"""A backup that is restored is the same again, on either database; and one that can't be leaves nothing."""

import hashlib
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, insert, inspect, select, text

import storage
from storage import Database, Vault, copies
from storage.copies import CopyError, sealed
from storage.copies.rows import line
from storage.migrations import difference, is_current, migrate, upgrade
from storage.schema import alerts, letters, metadata, service, teams
from storage.service import Memory
from tests.databases import KINDS
from tests.storage.copies.places import Opening, everything, filled
from tests.storage.rows import LETTER, NOW

LATER = NOW + timedelta(days=1)


@pytest.fixture
async def copy(database: Database, vault: Vault, tmp_path: Path) -> Path:
    """A backup of a database of each kind in which everything is."""
    await filled(database)
    await copies.back_up(database, vault, tmp_path / "copy", now=NOW)
    return tmp_path / "copy"


@pytest.mark.parametrize("kind", KINDS)
async def test_every_value_of_every_table_comes_back_on_either_database(
    kind: str, database: Database, copy: Path, emptied: Opening, vault: Vault
) -> None:
    target = await emptied(kind)
    contents = await copies.restore(target, vault, copy, now=LATER)
    assert await everything(target) == await everything(database)
    assert await difference(target) == []
    assert set(contents.parts) == set(metadata.tables)


async def test_from_sqlite_to_postgresql_and_back_nothing_changes(
    sqlite: Database, emptied: Opening, vault: Vault, tmp_path: Path
) -> None:
    await filled(sqlite)
    before, at = await everything(sqlite), sqlite
    for number, kind in enumerate(("postgresql", "sqlite")):
        made = await copies.back_up(at, vault, tmp_path / str(number), now=NOW)
        at = await emptied(kind)
        assert await copies.restore(at, vault, tmp_path / str(number), now=NOW) == made
    assert await everything(at) == before


async def test_a_migrated_database_without_rows_is_filled_too(
    database: Database, copy: Path, emptied: Opening, vault: Vault
) -> None:
    target = await emptied("sqlite" if database.is_sqlite else "postgresql")
    await migrate(target)
    async with target.transaction() as db:
        await storage.service.write(db, Memory.ALIVE, now=LATER)
    await copies.restore(target, vault, copy, now=LATER)
    assert await everything(target) == await everything(database)


async def test_a_database_with_rows_is_refused_and_stays_as_it_is(
    database: Database, copy: Path, emptied: Opening, vault: Vault
) -> None:
    before = await everything(database)
    with pytest.raises(CopyError, match=r"isn't empty: there are rows in alerts, .*workers, wrong_codes"):
        await copies.restore(database, vault, copy, now=LATER)
    assert await everything(database) == before


async def test_a_restored_database_is_marked_and_nothing_is_claimed_from_it(
    database: Database, copy: Path, emptied: Opening, vault: Vault
) -> None:
    target = await emptied("sqlite" if database.is_sqlite else "postgresql")
    await copies.restore(target, vault, copy, now=LATER)
    async with target.transaction() as db:
        assert await storage.service.read(db, Memory.RESTORED) == LATER
        assert await storage.outbox.claim(db, now=LATER, most=20) == []


@pytest.mark.parametrize("kind", KINDS)
async def test_numbers_go_on_after_the_highest_that_was_given(
    kind: str, database: Database, copy: Path, emptied: Opening, vault: Vault
) -> None:
    """Alert 1 is there; 2 to 4 were given and deleted, and people may have seen them."""
    target = await emptied(kind)
    await copies.restore(target, vault, copy, now=LATER)
    async with target.transaction() as db:
        highest = (await db.rows(select(func.max(letters.c.id))))[0][0]
        await db.change(insert(letters).values(**{**LETTER, "key": "the next"}))
        await db.change(insert(alerts).values(case_id="case", draft_id="draft", rule="next", raised_at=NOW))
        assert [row.number for row in await db.rows(select(alerts.c.number).order_by(alerts.c.number))] == [1, 5]
        assert (await db.rows(select(func.max(letters.c.id))))[0][0] == highest + 1


async def test_another_secret_restores_nothing(copy: Path, emptied: Opening) -> None:
    target = await emptied("sqlite")
    with pytest.raises(CopyError, match="another SECRET_KEY"):
        await copies.restore(target, Vault("another secret"), copy, now=NOW)
    assert await names(target) == set()


@pytest.mark.parametrize("kind", KINDS)
async def test_a_damaged_backup_leaves_the_database_as_it_was(
    kind: str, sqlite: Database, emptied: Opening, vault: Vault, tmp_path: Path
) -> None:
    """Damaged at its very end: by then all rows but the last have gone in."""
    async with sqlite.transaction() as db:
        for number in range(4000):
            await db.change(insert(teams).values(id=storage.new_id(), name=storage.new_id() + str(number)))
    await copies.back_up(sqlite, vault, tmp_path / "copy", now=NOW)
    cut(tmp_path / "copy")
    target = await emptied(kind)
    await migrate(target)
    with pytest.raises(CopyError, match="damaged"):
        await copies.restore(target, vault, tmp_path / "copy", now=NOW)
    assert (await is_current(target), await everything(target)) == (
        True,
        {table.name: [] for table in metadata.sorted_tables if table is not service},
    )


@pytest.mark.parametrize("kind", KINDS)
async def test_rows_that_refer_to_nothing_are_refused(
    kind: str, copy: Path, emptied: Opening, vault: Vault, tmp_path: Path
) -> None:
    rewrite(copy, tmp_path / "changed", vault, "teams", ())
    target = await emptied(kind)
    with pytest.raises(CopyError, match="refer to others that aren't there"):
        await copies.restore(target, vault, tmp_path / "changed", now=NOW)
    assert await names(target) == set()


async def test_a_table_or_a_column_that_there_is_not_is_refused(copy: Path, emptied: Opening, vault: Vault) -> None:
    target = await emptied("sqlite")
    for name, words in (("trees", "there is no table trees"), ("groups", "other columns")):
        changed = copy.with_name(name)
        rewrite(copy, changed, vault, "teams", (), called=name)
        with pytest.raises(CopyError, match=words):
            await copies.restore(target, vault, changed, now=NOW)
    assert await names(target) == set()


def rewrite(copy: Path, changed: Path, vault: Vault, table: str, rows: Sequence[bytes], called: str = "") -> None:
    """A backup that says of one table something else than it did."""
    with copy.open("rb") as file:
        lines = list(sealed.read(file, vault))
    first = next(number for number, line in enumerate(lines) if f'"table":"{table}"'.encode() in line)
    foot = next(number for number, line in enumerate(lines) if number > first and not line.startswith(b"["))
    said = {"rows": len(rows), "sha256": hashlib.sha256(b"".join(rows)).hexdigest()}
    head = lines[first].replace(table.encode(), (called or table).encode())
    with changed.open("wb") as file:
        sealed.write(file, vault, [*lines[:first], head, *rows, line(said), *lines[foot + 1 :]])


@pytest.mark.parametrize("to", KINDS)
@pytest.mark.parametrize("kind", KINDS)
async def test_a_backup_of_an_older_release_is_brought_to_todays_schema(
    kind: str, to: str, emptied: Opening, vault: Vault, tmp_path: Path
) -> None:
    old, target = await emptied(kind), await emptied(to)
    async with old.migrating() as connection:
        await connection.run_sync(upgrade, "0001")
        await connection.execute(text("INSERT INTO teams (id, name) VALUES ('pihlaja', 'Pihlaja')"))
    made = await copies.back_up(old, vault, tmp_path / "copy", now=NOW)
    await copies.restore(target, vault, tmp_path / "copy", now=NOW)
    assert (made.head.revision, await is_current(target), await difference(target)) == ("0001", True, [])
    assert (await everything(target))["teams"] == [("pihlaja", "Pihlaja")]


async def test_a_backup_of_a_newer_release_is_refused(
    sqlite: Database, emptied: Opening, vault: Vault, tmp_path: Path
) -> None:
    with (tmp_path / "newer").open("wb") as file:
        sealed.write(file, vault, [line({"made_at": NOW.isoformat(), "revision": "9999"})])
    with pytest.raises(CopyError, match="doesn't know migration 9999"):
        await copies.restore(sqlite, vault, tmp_path / "newer", now=NOW)
    assert await is_current(sqlite)


async def test_a_drill_says_what_there_is_and_leaves_nothing(
    copy: Path, vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(room := new_folder(tmp_path)))
    drilled = await copies.drill(vault, copy, now=LATER)
    assert (drilled.newest_rating, drilled.newest_letter) == (NOW, NOW)
    many = {name: part.rows for name, part in drilled.contents.parts.items() if part.rows != 1}
    assert (many, inside(room)) == ({"letters": 10, "workers": 2}, [])


async def test_a_drill_of_a_damaged_backup_fails_and_leaves_nothing(
    copy: Path, vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(room := new_folder(tmp_path)))
    cut(copy)
    with pytest.raises(CopyError, match="damaged"):
        await copies.drill(vault, copy, now=LATER)
    assert inside(room) == []


def cut(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-1])


def new_folder(within: Path) -> Path:
    (within / "room").mkdir()
    return within / "room"


def inside(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def names(database: Database) -> set[str]:
    async with database.engine.connect() as connection:
        return set(await connection.run_sync(lambda it: inspect(it).get_table_names()))


@pytest.mark.parametrize("kind", KINDS)
async def test_a_database_that_keeps_something_else_than_it_was_given_is_noticed(
    kind: str, copy: Path, emptied: Opening, vault: Vault
) -> None:
    target = await emptied(kind)
    event.listen(target._patient.sync_engine, "before_cursor_execute", with_another_code, retval=True)
    with pytest.raises(CopyError, match="the table workers isn't what the backup says"):
        await copies.restore(target, vault, copy, now=NOW)
    assert await names(target) == set()


def with_another_code(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> tuple[str, Any]:
    """A driver that mistakes one worker's code."""
    if not statement.startswith("INSERT INTO workers"):
        return statement, parameters
    return statement, [tuple("TAMMI-2" if value == "TAMMI-1" else value for value in row) for row in parameters]

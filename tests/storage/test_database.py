"""Transactions: what is kept, what is not, and what happens to many at once."""

import asyncio
import contextlib
import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Executable, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from bot import failpoints
from storage.database import Database, new_id
from storage.schema import letters, persons, teams, updates, workers
from storage.vault import Vault

NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)


class Refused(Exception):
    """Raised inside a transaction to end it badly."""


def team(name: str) -> dict[str, object]:
    return {"id": new_id(), "name": name}


def letter(key: str, person_id: str) -> dict[str, object]:
    kind = {"kind": "meeting", "about": {}, "state": "waiting", "tries": 0}
    return {"key": key, "person_id": person_id, "made_at": NOW, "not_before": NOW, **kind}


def person(name: str) -> dict[str, object]:
    words = {"telegram_mark": name, "chat_sealed": b"", "language": "fi", "language_chosen": False}
    return {"id": name, "met_at": NOW, **words}


async def names(database: Database) -> list[str]:
    async with database.transaction() as db:
        return [row.name for row in await db.rows(select(teams.c.name).order_by(teams.c.name))]


async def change(database: Database, *statements: Executable) -> None:
    async with database.transaction() as db:
        for statement in statements:
            await db.change(statement)


async def test_what_ends_well_is_there_for_the_next(database: Database) -> None:
    await change(database, insert(teams).values(**team("pihlaja")))
    assert await names(database) == ["pihlaja"]


async def test_that_it_has_taken_something_is_counted_when_it_has_been_committed(database: Database) -> None:
    """Not what only reads, finds nothing to change, or ends badly."""
    counted = []
    for statements in ([insert(teams).values(**team("tammi"))], [delete(teams).where(teams.c.name == "none")], []):
        await change(database, *statements)
        await names(database)
        with pytest.raises(Refused):
            await change_and_fail(database)
        counted.append(database.kept)
    assert counted == [1, 1, 1]


async def test_what_ends_badly_leaves_nothing(database: Database) -> None:
    with pytest.raises(Refused):
        await change_and_fail(database)
    assert await names(database) == []


async def change_and_fail(database: Database) -> None:
    async with database.transaction() as db:
        await db.change(insert(teams).values(**team("pihlaja")))
        raise Refused


async def test_a_refused_statement_takes_the_others_with_it(database: Database) -> None:
    pihlaja = insert(teams).values(**team("pihlaja"))
    with pytest.raises(IntegrityError):
        await change(database, pihlaja, pihlaja)
    assert await names(database) == []


async def test_what_is_committed_is_on_disk_for_another_program(sqlite: Database) -> None:
    await change(sqlite, insert(teams).values(**team("pihlaja")))
    with contextlib.closing(sqlite3.connect(str(sqlite.engine.url.database))) as other:
        assert other.execute("SELECT name FROM teams").fetchall() == [("pihlaja",)]


async def test_a_change_says_how_many_rows_it_changed(database: Database) -> None:
    async with database.transaction() as db:
        for name in ("haapa", "koivu", "pihlaja"):
            await db.change(insert(teams).values(**team(name)))
        changed = await db.change(update(teams).where(teams.c.name < "l").values(name=teams.c.name + "!"))
        gone = await db.change(delete(teams).where(teams.c.name == "tammi"))
    assert (changed, gone) == (2, 0)


async def test_a_row_is_added_once(database: Database) -> None:
    async with database.transaction() as db:
        await db.change(insert(persons).values(**person("nora")))
        added = [await db.add_once(letters, letter("a meeting", "nora")) for _ in range(2)]
    assert added == [True, False]


async def test_of_many_who_add_the_same_row_at_once_one_does(database: Database) -> None:
    async def add() -> bool:
        async with database.transaction() as db:
            return await db.add_once(updates, {"id": 2**40, "seen_at": NOW, "parked": False})

    assert sorted(await asyncio.gather(*(add() for _ in range(20)))) == [False] * 19 + [True]


async def test_adding_once_refuses_what_refers_to_nothing(database: Database) -> None:
    async def add() -> None:
        async with database.transaction() as db:
            await db.add_once(letters, letter("a meeting", "nobody"))

    with pytest.raises(IntegrityError):
        await add()


async def test_putting_writes_over_what_is_there(database: Database) -> None:
    async with database.transaction() as db:
        for name in ("haapa", "koivu"):
            await db.put(teams, {"id": "one"}, {"name": name})
    assert await names(database) == ["koivu"]


async def test_two_hundred_changes_at_once_lose_none(database: Database) -> None:
    await _begin_counting(database)
    await asyncio.gather(*(_count(database) for _ in range(200)))
    assert await _counted(database) == 200


async def test_changes_of_two_programs_at_once_lose_none(database: Database, vault: Vault) -> None:
    other = Database(database.engine.url.render_as_string(hide_password=False), vault)
    await _begin_counting(database)
    await asyncio.gather(*(_count(one) for _ in range(50) for one in (database, other)))
    await other.close()
    assert await _counted(database) == 100


async def _begin_counting(database: Database) -> None:
    await change(database, insert(updates).values(id=0, seen_at=NOW, parked=False))


async def _count(database: Database) -> None:
    """Read, let others run, then write what was read and one more."""
    async with database.transaction() as db:
        row = await db.row(select(updates.c.id).with_for_update())
        assert row is not None
        await asyncio.sleep(0)
        await db.change(update(updates).values(id=row.id + 1))


async def _counted(database: Database) -> int:
    async with database.transaction() as db:
        row = await db.row(select(updates.c.id))
    assert row is not None
    return int(row.id)


async def test_transactions_on_sqlite_take_their_turns_in_the_order_in_which_they_come(sqlite: Database) -> None:
    order: list[int] = []

    async def take(number: int) -> None:
        async with sqlite.transaction() as db:
            await db.change(insert(teams).values(**team(str(number))))
            order.append(number)

    await asyncio.gather(*(take(number) for number in range(40)))
    assert order == list(range(40))


async def test_a_transaction_on_sqlite_is_the_writer_before_it_writes(sqlite: Database) -> None:
    with contextlib.closing(sqlite3.connect(str(sqlite.engine.url.database), timeout=0)) as other:
        async with sqlite.transaction() as db:
            await db.rows(select(teams))
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")


async def test_each_connection_to_sqlite_is_set_up(sqlite: Database) -> None:
    asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
    connections = [await sqlite.engine.connect() for _ in range(3)]
    said = []
    for connection in connections:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        answers = [await (await driver.execute(f"PRAGMA {pragma}")).fetchone() for pragma in asked]
        said.append([value for (value,) in answers])
        await connection.close()
    assert said == [["wal", 2, 1, 10_000, 1]] * 3


@pytest.mark.parametrize("whose", ["DATABASE {name}", "ROLE {user} IN DATABASE {name}"])
@pytest.mark.parametrize(
    ("meant", "holds"),
    [("off", "on"), *((each, each) for each in ("local", "remote_write", "on", "remote_apply"))],
)
async def test_a_commit_to_postgresql_waits_for_its_disk_whatever_is_usual_there(
    postgresql: Database, vault: Vault, whose: str, meant: str, holds: str
) -> None:
    url = postgresql.engine.url
    usual = f"ALTER {whose.format(name=url.database, user=url.username)} SET synchronous_commit TO {meant}"
    await change(postgresql, text(usual))
    other = Database(url.render_as_string(hide_password=False), vault)
    found = []
    for each in (other.engine.connect(), other.snapshot(), other.migrating()):
        async with each as connection:
            asked = text("SELECT setting, source FROM pg_settings WHERE name = 'synchronous_commit'")
            found.append(tuple((await connection.execute(asked)).one()))
    await other.close()
    assert found == [(holds, "session")] * 3


async def test_what_is_committed_to_postgresql_is_written_out_when_we_hear_of_it(postgresql: Database) -> None:
    """Where the usual server of these tests is told to let its commits wait for a better moment."""
    flushed = [await flushed_after_a_commit(postgresql) for _ in range(20)]
    assert flushed == [True] * 20


async def flushed_after_a_commit(database: Database) -> bool:
    async with database.transaction() as db:
        await db.change(insert(teams).values(**team(new_id())))
        written = await db.row(text("SELECT pg_current_wal_insert_lsn()::text AS until"))
    assert written is not None
    async with database.transaction() as db:
        flushed = await db.row(text(f"SELECT pg_current_wal_flush_lsn() >= '{written.until}'::pg_lsn AS so_far"))
    return flushed is not None and bool(flushed.so_far)


async def test_a_server_that_does_not_wait_for_its_disk_is_noticed(sqlite: Database, postgresql: Database) -> None:
    """As these tests' own is told to, for it has nothing to keep."""
    assert (await sqlite.waits_for_its_disk(), await postgresql.waits_for_its_disk()) == (True, False)


async def test_a_new_file_that_another_program_is_writing_is_waited_for(tmp_path: Path, vault: Vault) -> None:
    file = tmp_path / "new.sqlite"
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        database = Database(f"sqlite+aiosqlite:///{file}", vault)
        reaching = asyncio.create_task(database.reach())
        await asyncio.sleep(0.1)
        waited = not reaching.done()
        other.execute("COMMIT")
        await reaching
        await database.close()
    assert waited


async def test_what_is_deleted_is_overwritten_on_disk(sqlite: Database) -> None:
    await change(sqlite, insert(teams).values(**team("a name to be forgotten")))
    await change(sqlite, delete(teams))
    await sqlite.close()
    file = Path(str(sqlite.engine.url.database))
    assert b"to be forgotten" not in b"".join(each.read_bytes() for each in file.parent.iterdir())


async def test_a_row_cannot_refer_to_nothing(database: Database) -> None:
    nora = {"id": "nora", "team_id": "nowhere", "code": "KOIVU-27", "role": "worker", "began_at": NOW}
    with pytest.raises(IntegrityError):
        await change(database, insert(workers).values(**nora))


async def test_cancelled_transactions_happen_as_a_whole_or_not_at_all_and_take_no_connection_along(
    database: Database,
) -> None:
    trees = ("haapa", "koivu", "pihlaja", "tammi")
    for wait in (*(step / 10_000 for step in range(60)), 10):
        adding = asyncio.create_task(change(database, *(insert(teams).values(**team(tree)) for tree in trees)))
        await asyncio.wait([adding], timeout=wait)
        adding.cancel()
        await asyncio.gather(adding, return_exceptions=True)
        found = await names(database)
        assert found in ([], list(trees))
        await change(database, delete(teams))
    assert found == list(trees)
    async with asyncio.timeout(10):
        assert await asyncio.gather(*(names(database) for _ in range(40))) == [[]] * 40


async def test_a_transaction_cancelled_in_the_middle_leaves_nothing_open(database: Database) -> None:
    written = asyncio.Event()

    async def stay() -> None:
        async with database.transaction() as db:
            await db.change(insert(teams).values(**team("pihlaja")))
            written.set()
            await asyncio.sleep(60)

    staying = asyncio.create_task(stay())
    await written.wait()
    staying.cancel()
    async with asyncio.timeout(2):
        with pytest.raises(asyncio.CancelledError):
            await staying
        assert await names(database) == []


async def test_one_cancelled_in_the_middle_says_so_also_when_its_connection_breaks_then(postgresql: Database) -> None:
    """Who is told to stop must not take it for a trouble of the database, and go on."""
    written = asyncio.Event()

    async def stay() -> None:
        async with postgresql.transaction():
            written.set()
            await asyncio.sleep(60)

    def see(name: str, moment: str) -> None:
        if (name, moment) == ("database.close", "after") and staying.cancelling():
            raise ConnectionResetError

    staying = asyncio.create_task(stay())
    await written.wait()
    with failpoints.watched(see):
        staying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await staying


async def test_one_that_had_come_to_its_commit_when_it_was_cancelled_is_committed(postgresql: Database) -> None:
    slowly = (
        "CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END'"
    )
    at_the_commit = "CREATE CONSTRAINT TRIGGER commits AFTER INSERT ON teams DEFERRABLE INITIALLY DEFERRED"
    await change(postgresql, text(slowly), text(f"{at_the_commit} FOR EACH ROW EXECUTE FUNCTION slowly()"))
    adding = asyncio.create_task(change(postgresql, insert(teams).values(**team("pihlaja"))))
    await asyncio.sleep(0.15)
    adding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await adding
    assert await names(postgresql) == ["pihlaja"]


async def test_one_that_is_cancelled_again_and_again_is_ended_all_the_same(database: Database) -> None:
    adding = asyncio.create_task(change_and_fail(database))
    while not adding.done():
        adding.cancel()
        await asyncio.sleep(0)
    async with asyncio.timeout(2):
        assert await names(database) == []


async def test_one_cancelled_while_it_waits_for_its_turn_is_not_begun(sqlite: Database) -> None:
    async with sqlite.transaction():
        waiting = asyncio.create_task(names(sqlite))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    assert await names(sqlite) == []


async def test_a_lost_connection_to_postgresql_is_made_anew(postgresql: Database) -> None:
    await names(postgresql)
    other = Database(postgresql.engine.url.render_as_string(hide_password=False), Vault("another"))
    async with other.transaction() as db:
        ours = select(func.pg_terminate_backend(text("pid"))).select_from(text("pg_stat_activity"))
        await db.rows(ours.where(text("datname = current_database() AND pid <> pg_backend_pid()")))
    await other.close()
    await asyncio.sleep(0.05)  # our end hears of it
    assert await names(postgresql) == []


async def test_a_closed_database_leaves_no_thread(tmp_path: Path, vault: Vault) -> None:
    before = set(threading.enumerate())
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'here' / 'new.sqlite'}", vault)
    async with database.transaction() as db:
        await db.rows(select(text("1")))
    await database.close()
    for thread in set(threading.enumerate()) - before:
        thread.join(1)
    assert set(threading.enumerate()) - before == set()


async def test_a_folder_is_made_for_a_new_file(tmp_path: Path, vault: Vault) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'new' / 'folder' / 'file.sqlite'}", vault)
    async with database.transaction() as db:
        await db.rows(select(text("1")))
    await database.close()
    assert (tmp_path / "new" / "folder" / "file.sqlite").exists()


def test_ids_are_twelve_characters_and_never_the_same() -> None:
    ids = [new_id() for _ in range(1000)]
    assert ({len(each) for each in ids}, len(set(ids))) == ({12}, 1000)


async def test_a_transaction_carries_the_vault(database: Database, vault: Vault) -> None:
    async with database.transaction() as db:
        assert db.vault is vault

"""One serving program for each SQLite file."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Database, UnreachableError, Vault
from storage.serving import ServedAlreadyError, alone
from tests.storage.rows import NOW

ROOT = Path(__file__).parents[2]
HOLD = """
import asyncio, sys
from datetime import UTC, datetime
from storage import Database, Vault
from storage.serving import alone

async def hold(url):
    async with alone(Database(url, Vault("a secret")), "web", now=datetime(2024, 3, 1, 12, 30, tzinfo=UTC)):
        print("held", flush=True)
        await asyncio.Event().wait()

asyncio.run(hold(sys.argv[1]))
"""


def url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def other_ways(file: Path) -> Iterator[str]:
    """Addresses of the same file: through a link, a linked folder, from here, as a URI."""
    (file.parent / "link.sqlite").symlink_to(file)
    (file.parent / "folder").symlink_to(file.parent, target_is_directory=True)
    yield url(file.parent / "link.sqlite")
    yield url(file.parent / "folder" / file.name)
    yield url(Path(os.path.relpath(file)))
    yield f"sqlite+aiosqlite:///file:{file}?uri=true"


async def refusal(database: Database) -> str:
    """What the second one is told; fails when it may serve."""
    with pytest.raises(ServedAlreadyError) as refused:
        async with alone(database, "poll", now=NOW):
            pass
    return str(refused.value)


async def another_holds(file: Path) -> asyncio.subprocess.Process:
    """Another program, that serves this file until it is ended."""
    command = (sys.executable, "-c", HOLD, url(file))
    other = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert other.stdout is not None
    assert await asyncio.wait_for(other.stdout.readline(), 20) == b"held\n"
    return other


async def test_who_comes_second_is_told_by_whom_it_is_served_and_since_when(sqlite: Database, vault: Vault) -> None:
    file = Path(str(sqlite.engine.url.database))
    async with alone(sqlite, "poll", now=NOW):
        told = await refusal(sqlite)
    assert told == (
        f"it is served already by `poll` (process {os.getpid()}) since 2024-03-01 12:30 UTC;"
        " a SQLite file has one serving program: stop that one, or use PostgreSQL"
    )
    assert str(file.parent) not in told


async def test_when_the_first_has_ended_the_next_may_serve(sqlite: Database) -> None:
    for _ in range(2):
        async with alone(sqlite, "poll", now=NOW):
            pass


async def test_one_that_fails_lets_the_next_in(sqlite: Database) -> None:
    with pytest.raises(ValueError, match="in the middle"):
        async with alone(sqlite, "poll", now=NOW):
            raise ValueError("in the middle")
    async with alone(sqlite, "poll", now=NOW):
        pass


async def test_after_kill_9_of_the_first_the_next_may_serve(tmp_path: Path, vault: Vault) -> None:
    database = Database(url(tmp_path / "kuulolla.sqlite"), vault)
    other = await another_holds(tmp_path / "kuulolla.sqlite")
    assert f"by `web` (process {other.pid}) since 2024-03-01 12:30 UTC" in await refusal(database)
    other.send_signal(signal.SIGKILL)
    await other.wait()
    async with alone(database, "poll", now=NOW):
        pass
    await database.close()


async def test_another_way_to_the_same_file_is_the_same_file(sqlite: Database, vault: Vault) -> None:
    async with alone(sqlite, "poll", now=NOW):
        for each in other_ways(Path(str(sqlite.engine.url.database))):
            other = Database(each, vault)
            assert "by `poll`" in await refusal(other)
            await other.close()


async def test_other_files_are_served_beside_it(sqlite: Database, tmp_path: Path, vault: Vault) -> None:
    other = Database(url(tmp_path / "other.sqlite"), vault)
    async with alone(sqlite, "poll", now=NOW), alone(other, "poll", now=NOW):
        pass
    await other.close()


async def test_a_database_in_memory_is_not_locked(vault: Vault) -> None:
    for each in ("sqlite+aiosqlite:///:memory:", "sqlite+aiosqlite:///file::memory:?uri=true"):
        database = Database(each, vault)
        async with alone(database, "poll", now=NOW), alone(database, "poll", now=NOW):
            pass
        await database.close()


async def test_an_address_that_is_a_uri_leaves_no_folder_of_its_name(
    sqlite: Database, vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (uri,) = (each for each in other_ways(Path(str(sqlite.engine.url.database))) if "uri=true" in each)
    async with alone(other := Database(uri, vault), "poll", now=NOW):
        await other.close()
    assert not any(each.startswith("file:") for each in names_in(tmp_path))


def names_in(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


async def test_postgresql_is_served_by_several(postgresql: Database) -> None:
    async with alone(postgresql, "web", now=NOW), alone(postgresql, "web", now=NOW):
        pass


async def test_where_nothing_can_be_locked_it_is_refused(sqlite: Database) -> None:
    file = Path(str(sqlite.engine.url.database))
    file.with_name(f"{file.name}.serving").mkdir()
    with pytest.raises(UnreachableError, match="IsADirectoryError"):
        async with alone(sqlite, "poll", now=NOW):
            pass


async def test_the_lock_is_for_its_owner_only_and_says_nothing_when_nobody_serves(sqlite: Database) -> None:
    file = Path(str(sqlite.engine.url.database))
    lock = file.with_name(f"{file.name}.serving")
    async with alone(sqlite, "poll", now=NOW):
        mode = lock.stat().st_mode & 0o777
    assert (mode, lock.read_text()) == (0o600, "")

"""A file that can't be opened is told of in one line, and nothing comes behind it."""

import asyncio
import threading
from pathlib import Path

import pytest

from storage import Database, UnreachableError, Vault

TIMES = 40
"""Which thread is faster is chance: without waiting, every second time it was the wrong one."""


@pytest.fixture
def complaints(monkeypatch: pytest.MonkeyPatch) -> list[threading.ExceptHookArgs]:
    """What threads have printed of errors of their own."""
    heard: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", heard.append)
    return heard


async def reached(file: Path, vault: Vault) -> None:
    database = Database(f"sqlite+aiosqlite:///{file}", vault)
    try:
        await database.reach()
    finally:
        await database.close()


def test_a_program_that_ends_on_it_prints_nothing_below(
    vault: Vault, tmp_path: Path, complaints: list[threading.ExceptHookArgs]
) -> None:
    (tmp_path / "file").touch()
    for _ in range(TIMES):
        with pytest.raises(UnreachableError):
            asyncio.run(reached(tmp_path / "file" / "kuulolla.db", vault))
    assert complaints == []


async def test_who_is_told_to_stop_while_it_is_opened_is_stopped(vault: Vault, tmp_path: Path) -> None:
    reaching = asyncio.create_task(reached(tmp_path / "kuulolla.db", vault))
    await asyncio.sleep(0)
    reaching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reaching

"""The ground of every command: what is said when the database of the settings isn't there or isn't one."""

from pathlib import Path

import pytest

from bot.commands.ground import CommandError, opened
from bot.config import Settings


def settings(file: Path) -> Settings:
    return Settings.from_env(
        {"DATABASE_URL": f"sqlite+aiosqlite:///{file}", "SECRET_KEY": "only for tests, and long enough for it"}
    )


def made_in(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


async def said(file: Path, *, may_be_new: bool = False) -> str:
    """What somebody who gives this file is told; nothing when it is opened."""
    try:
        async with opened(settings(file), may_be_new=may_be_new):
            return ""
    except CommandError as error:
        return str(error)


@pytest.mark.parametrize("place", ["mistyped.sqlite", "no such folder/kuulolla.sqlite"])
async def test_a_mistyped_file_is_said_and_not_made(tmp_path: Path, place: str) -> None:
    file = tmp_path / place
    words = f"DATABASE_URL: there is no file {file}; `python -m bot migrate` makes a new database"
    assert (await said(file), made_in(tmp_path)) == (words, [])


async def test_who_makes_a_database_makes_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "kuulolla.sqlite"
    assert (await said(file, may_be_new=True), file.exists()) == ("", True)


async def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no database " * 100)
    words = "DATABASE_URL: the database can't be opened (the file is no SQLite database)"
    assert await said(tmp_path / "notes.txt") == words


async def test_a_folder_that_can_not_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    reason = "there is no such folder, or this account may not open the file"
    words = f"DATABASE_URL: the database can't be opened ({reason})"
    assert await said(tmp_path / "a file" / "kuulolla.sqlite", may_be_new=True) == words

"""After whole journeys: nobody's Telegram id, name or words are in the database's bytes or in the log."""

import io
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot import log
from bot.sandbox.phones import Phone
from tests.stage import TOKEN, Play, button

TYPED = "my teacher is called Taavetti"


async def the_whole_story(play: Play) -> None:
    """Everybody joins, writes, sends a photo, answers, blocks the bot; one is forgotten.

    Short names are lengthened: two letters stand somewhere in random ids by chance.
    """
    play.aino.title, play.bo.title = "Aino-Orvokki", "Bonifacius"
    family = await play.family("bo", "mother", "father")
    await play.starts_meeting(play.nora, family)
    for who in (play.aino, play.bo, play.mother, play.father):
        await play.says(who, TYPED)
        who.sends_photo(TYPED)
        who.sends_contact()
        await play.settle()
        await play.rates(who, 7, 6, 8, 9)
    play.world.group("Taavetti's friends", by=play.aino)
    await play.settle()
    await play.taps(play.nora, button(play.nora, "close/"), button(play.nora, "end/"))
    await play.becomes_worker(play.otto, team="vaahtera", code="TAMMI-5")
    await play.says(play.aino, "TUNTEMATON-99")
    await play.forges(play.aino, TYPED)
    play.father.blocks()
    await play.settle()
    await play.says(play.mother, "/forget")
    await play.taps(play.mother, "Yes, delete everything")


def forms(text: str) -> list[bytes]:
    """How a text may stand in bytes: as UTF-8, and as UTF-16 either way round."""
    return [text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")]


def of_people(play: Play) -> list[str]:
    """What must not be found: ids in decimal, names, words, the token."""
    ids = [str(phone.id) for phone in play.world.phones]
    return [*ids, *(phone.title for phone in play.world.phones), "Taavetti", "TUNTEMATON", TOKEN]


def binary(phone: Phone) -> list[bytes]:
    """A Telegram id as a whole number of eight bytes or, as SQLite keeps it, of six."""
    return [phone.id.to_bytes(size, order) for size in (6, 8) for order in ("big", "little")]


async def files_of(play: Play, folder: Path) -> bytes:
    """What the database has written on disk, while it is in use."""
    if play.database.is_sqlite:
        return files_in(folder)
    await play.change("CHECKPOINT")
    place = "SELECT current_setting('data_directory') || '/base/' || oid AS it FROM pg_database"
    (row,) = await play.sql(f"{place} WHERE datname = current_database()")
    return _bytes_in(Path(row.it))


def _bytes_in(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.iterdir())


def files_in(folder: Path) -> bytes:
    """SQLite's file and its write-ahead log."""
    found = {each.name: each.read_bytes() for each in folder.iterdir() if each.name.startswith("kuulolla.sqlite")}
    assert found.keys() >= {"kuulolla.sqlite", "kuulolla.sqlite-wal"}
    return b"".join(found.values())


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log writes; everything is as before afterwards."""
    root, stream, hook = logging.getLogger(), io.StringIO(), sys.excepthook
    handlers, level = root.handlers[:], root.level
    log.begin(stream=stream)
    yield stream
    structlog.reset_defaults()
    logging.captureWarnings(False)
    root.handlers[:], sys.excepthook = handlers, hook
    root.setLevel(level)


@pytest.mark.parametrize("in_words", [True, False])
async def test_the_files_of_the_database_know_nobody(play: Play, tmp_path: Path, in_words: bool) -> None:
    await the_whole_story(play)
    kept = await files_of(play, tmp_path)
    assert b"KOIVU-27" in kept
    if in_words:
        assert [each for each in of_people(play) if any(form in kept for form in forms(each))] == []
    else:
        assert [phone.name for phone in play.world.phones if any(form in kept for form in binary(phone))] == []


async def test_labels_of_cases_are_not_in_clear(play: Play, tmp_path: Path) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    kept = await files_of(play, tmp_path)
    assert b"KOIVU-27" in kept
    assert family.label.encode() not in kept


async def test_the_log_knows_nobody_even_when_things_go_wrong(play: Play, written: io.StringIO) -> None:
    await the_whole_story(play)
    for phone in play.world.phones:
        play.bot.intake.take([broken_update(play, phone)])
    await play.bot.intake.quiet()
    said = written.getvalue()
    assert said.count("update_parked") == len(play.world.phones)
    assert [each for each in of_people(play) if each in said] == []
    await play.change("UPDATE updates SET parked = false")


def broken_update(play: Play, phone: Phone) -> dict[str, object]:
    """What the library can't decode: a message of a date that is a word."""
    number = 900_000_000 + play.world.phones.index(phone)
    message = {"message_id": 1, "from": phone.json(), "chat": phone.chat.json(), "date": TYPED, "text": TYPED}
    return {"update_id": number, "message": message}

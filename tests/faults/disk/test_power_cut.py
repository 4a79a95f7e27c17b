"""The power goes at a random moment: no answer that was shown as taken is missing afterwards, with synchronous=FULL.

The bot runs and its writes are watched. Then the disk is built up to random moments as a power cut may leave it, SQLite
opens what is there, and every answer that had been shown is looked for. With synchronous=NORMAL the same instrument
finds some that are gone; if it didn't, it would prove nothing.
"""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random, randrange

import pytest

from tests.faults.disk.powercut import AfterCut, cuts
from tests.faults.disk.trace import Event, watched
from tests.lengths import HowMany, Say

ROOT = Path(__file__).parents[3]
FILE = "kuulolla.sqlite"
ANSWERS = "SELECT draft_id, item, score FROM draft_items"

Lost = Callable[..., list[list[str]]]


@pytest.fixture
def strace() -> str:
    """What STRACE names, else what is on the path. Without it the test fails, it is never skipped."""
    found = os.environ.get("STRACE") or shutil.which("strace")
    if not found:
        pytest.fail(
            "strace is missing (on Debian, as root: apt-get install strace), or name it in STRACE.", pytrace=False
        )
    return found


@pytest.fixture
def chance(seed: int | None, say: Say) -> Random:
    seed = randrange(2**32) if seed is None else seed
    say(f"seed {seed}")
    return Random(seed)


@pytest.fixture
def folder(tmp_path: Path, sqlite_template: Path) -> Path:
    """With a fresh database in it, and nothing else."""
    folder = tmp_path / "disk"
    folder.mkdir()
    shutil.copyfile(sqlite_template, folder / FILE)
    return folder


def traced(strace: str, folder: Path, days: int, *setting: str) -> list[Event]:
    """What the bot wrote and what it had shown while people answered each day."""
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "tests.faults.disk.answering",
        folder / FILE,
        str(days),
        *setting,
    ]
    return watched(strace, command, folder, ROOT, folder.parent / "trace")


def missing(after: AfterCut, place: Path) -> list[str]:
    """What had been shown as taken and isn't in the database any more; and what SQLite finds wrong with it."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for name, content in after.files.items():
        (place / name).write_bytes(content)
    with closing(sqlite3.connect(place / FILE)) as db:
        kept = {f"shown answer {row[0]} {row[1]} {row[2] // 10}" for row in db.execute(ANSWERS)}
        kept |= {f"shown send {draft}" for (draft,) in db.execute("SELECT draft_id FROM ratings")}
        wrong = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        orphans = [f"a row of {row[0]} refers to nothing" for row in db.execute("PRAGMA foreign_key_check")]
    return [*(line for line in after.said if line not in kept), *wrong, *orphans]


@pytest.fixture
def lost(strace: str, folder: Path, chance: Random, how_many: HowMany) -> Lost:
    """For each cut what is missing after it; with another `synchronous` than in service when one is given."""

    def after_cuts(*setting: str) -> list[list[str]]:
        before = {FILE: (folder / FILE).read_bytes()}
        events = traced(strace, folder, how_many(3, 40), *setting)
        happened = cuts(events, before, times=how_many(40, 400), chance=chance)
        return [missing(after, folder.parent / "left") for after in happened]

    return after_cuts


def test_no_answer_that_was_shown_as_taken_is_missing_after_a_power_cut(lost: Lost) -> None:
    assert [each for each in lost() if each] == []


def test_without_full_the_same_instrument_finds_answers_that_are_gone(lost: Lost, say: Say) -> None:
    after_cuts = lost("NORMAL")
    gone = [each for each in after_cuts if each]
    say(f"answers are gone after {len(gone)} of {len(after_cuts)} power cuts")
    assert len(gone) > len(after_cuts) / 4
    assert {line.split()[0] for each in gone for line in each} == {"shown"}

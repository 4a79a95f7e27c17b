"""`trajectory check`, `load`, `fit` and `show`, as somebody types them, on SQLite and on PostgreSQL."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import cli
from bot.commands.ground import CommandError
from bot.config import Settings
from bot.domain.trajectory_files import parsed
from storage import Database, Vault
from tests.storage.closed_cases import add_cases

KEY = "only for tests, and long enough for it"
ROOT = Path(__file__).parents[2]

WELL = """
name = "A made-up one"

[covers]
carer = [10.0, 27.9]

[[adult]]
intake = 0
target = [8.0, 9.5]
lower = [2.0, 2.5]

[[adult]]
intake = 25
target = [27.0, 28.0]
lower = [20.0, 21.0]

[[carer]]
intake = 17.4
n = 41
target = [19.3]
lower = [14.0]
"""
FALLS = WELL.replace("[27.0, 28.0]", "[27.0, 26.5]")
SUMMARY = """\
  adult       rows: 2; ratings 2 to 3; for intakes from 0.0 to 25.0
  adolescent  zones go by the corridor around the intake
  child       zones go by the corridor around the intake
  carer       rows: 1; ratings 2 to 2; for intakes from 10.0 to 27.9
"""

Command = Callable[..., str]


@pytest.fixture
def command(empty_url: str, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command on a database of today's schema; what it printed."""

    def run(*arguments: object, **environ: str) -> str:
        settings = Settings.from_env({"DATABASE_URL": empty_url, "SECRET_KEY": KEY, **environ})
        asked = cli._parser().parse_args([str(each) for each in arguments])
        asked.run(settings, asked)
        return capsys.readouterr().out

    run("migrate")
    return run


def refused(command: Command, *arguments: object, **environ: str) -> str:
    """The one line that says why."""
    with pytest.raises(CommandError) as error:
        command(*arguments, **environ)
    (line,) = str(error.value).splitlines()
    return line


def kept(folder: Path, text: str, name: str = "ours.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def fill(url: str, count: int, *totals: int) -> None:
    """Closed cases in the database."""

    async def filled() -> None:
        database = Database(url, Vault(KEY))
        async with database.transaction() as db:
            await add_cases(db, count, *totals)
        await database.close()

    asyncio.run(filled())


# Check


def test_check_says_what_a_file_has(command: Command, tmp_path: Path) -> None:
    file = kept(tmp_path, WELL)
    assert command("trajectory", "check", file) == f"{file} is well: A made-up one, for profile icce.\n{SUMMARY}"


def test_check_loads_nothing(command: Command, tmp_path: Path) -> None:
    command("trajectory", "check", kept(tmp_path, WELL))
    assert command("trajectory", "show").startswith("No trajectory is loaded")


def test_check_says_in_one_line_where_a_table_falls(command: Command, tmp_path: Path) -> None:
    file = kept(tmp_path, FALLS)
    said = refused(command, "trajectory", "check", file)
    assert said == f"{file}: adult, intake 25.0, rating 3: the target falls from 27.0 to 26.5"


def test_check_goes_by_the_cutoffs_of_the_profile(command: Command, tmp_path: Path) -> None:
    file = kept(tmp_path, WELL.replace("intake = 25", "intake = 24.9"))
    command("trajectory", "check", file, PROFILE="icce")
    assert "not from 0.0 to the cutoff 25.0" in refused(command, "trajectory", "check", file, PROFILE="pcoms")


def test_a_file_that_cant_be_read_is_said_in_one_line(command: Command, tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes('name = "pöytä"'.encode("latin-1"))
    assert refused(command, "trajectory", "check", latin) == f"{latin}: is no text in UTF-8"
    gone = tmp_path / "gone.toml"
    assert refused(command, "trajectory", "load", gone) == f"{gone}: it can't be read (FileNotFoundError)"
    assert refused(command, "trajectory", "check", tmp_path).endswith("it can't be read (IsADirectoryError)")


def test_a_file_that_begins_as_windows_begins_one_is_read(command: Command, tmp_path: Path) -> None:
    command("trajectory", "check", kept(tmp_path, "\ufeff" + WELL.strip().replace("\n", "\r\n")))


# Load and show


def test_what_is_loaded_is_shown_with_all_its_numbers(command: Command, tmp_path: Path) -> None:
    assert command("trajectory", "load", kept(tmp_path, WELL)) == f"In force from now on: A made-up one.\n{SUMMARY}"
    first, *shown = command("trajectory", "show").splitlines()
    assert first.startswith("In force since 20")
    assert first.endswith(" UTC: A made-up one")
    assert shown == [
        "",
        "adult; rows: 2; ratings 2 to 3; for intakes from 0.0 to 25.0",
        "  intake      n      rating 2      rating 3",
        "     0.0      –     8.0 (2.0)     9.5 (2.5)",
        "    25.0      –   27.0 (20.0)   28.0 (21.0)",
        "",
        "adolescent: no table; zones go by the corridor around the intake",
        "",
        "child: no table; zones go by the corridor around the intake",
        "",
        "carer; rows: 1; ratings 2 to 2; for intakes from 10.0 to 27.9",
        "  intake      n      rating 2",
        "    17.4     41   19.3 (14.0)",
    ]


def test_a_file_that_is_refused_leaves_in_force_what_was(command: Command, tmp_path: Path) -> None:
    command("trajectory", "load", kept(tmp_path, WELL))
    before = command("trajectory", "show")
    said = refused(command, "trajectory", "load", kept(tmp_path, FALLS, "falls.toml"))
    assert said == f"{tmp_path / 'falls.toml'}: adult, intake 25.0, rating 3: the target falls from 27.0 to 26.5"
    assert command("trajectory", "show") == before


def test_without_any_the_corridor_counts(command: Command) -> None:
    said = "No trajectory is loaded: zones go by the corridor around the intake.\n"
    assert command("trajectory", "show") == said


def test_a_file_with_a_name_alone_takes_back_to_the_corridor(command: Command, tmp_path: Path) -> None:
    command("trajectory", "load", kept(tmp_path, WELL))
    command("trajectory", "load", kept(tmp_path, 'name = "the corridor again"', "none.toml"))
    assert command("trajectory", "show").count("no table; zones go by the corridor") == 4


# Fit


def test_what_is_fitted_is_a_file_that_can_be_loaded(command: Command, empty_url: str, tmp_path: Path) -> None:
    fill(empty_url, 31, 200, 220, 230)
    file = tmp_path / "fitted.toml"
    said = command("trajectory", "fit", "--to", file).splitlines()
    assert said[4] == "adult, intakes from 20.0 to 24.9: closed cases: 31"
    assert said[3] == "adult, intakes from 15.0 to 19.9: closed cases: 0; left out, for it takes 30"
    assert said[-1] == f"{file} has what was fitted. `python -m bot trajectory load {file}` puts it in force."
    command("trajectory", "load", file)
    shown = command("trajectory", "show").splitlines()
    assert shown[2:5] == [
        "adult; rows: 1; ratings 2 to 3; for intakes from 20.0 to 24.9",
        "  intake      n      rating 2      rating 3",
        "    20.0     31   22.0 (22.0)   23.0 (23.0)",
    ]


def test_without_a_file_to_write_it_is_printed_with_the_counts_as_remarks(command: Command, empty_url: str) -> None:
    fill(empty_url, 30, 200, 220)
    printed = command("trajectory", "fit", PROFILE="pcoms")
    assert parsed(printed).name.startswith("fitted 20")
    assert printed.splitlines()[0] == "# Fitted from closed cases that began below the cutoffs of profile 'pcoms'."
    assert "# adult, intakes from 20.0 to 25.0: closed cases: 30\n" in printed


def test_too_few_cases_are_said_by_band_and_nothing_is_written(
    command: Command, empty_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(empty_url, 3, 200, 220)
    said = refused(command, "trajectory", "fit", "--to", tmp_path / "fitted.toml")
    assert said == "no band of intakes has 30 closed cases yet, so there is nothing to fit"
    assert "from 20.0 to 24.9: closed cases: 3; left out, for it takes 30\n" in capsys.readouterr().out
    assert list(tmp_path.glob("*.toml")) == []


def test_no_file_is_written_over_and_none_where_there_is_no_folder(
    command: Command, empty_url: str, tmp_path: Path
) -> None:
    fill(empty_url, 30, 200, 220)
    file = kept(tmp_path, "mine")
    said = refused(command, "trajectory", "fit", "--to", file)
    assert said == f"--to ({file}): it is there already; expected a new file"
    assert file.read_text() == "mine"
    nowhere = tmp_path / "no folder" / "fitted.toml"
    said = refused(command, "trajectory", "fit", "--to", nowhere)
    assert said == f"--to ({nowhere}): it can't be written (FileNotFoundError)"


# As a program of its own


def test_the_exit_code_tells_whether_a_file_is_well(tmp_path: Path) -> None:
    def check(text: str) -> tuple[int, str]:
        arguments = [sys.executable, "-m", "bot", "trajectory", "check", str(kept(tmp_path, text))]
        done = subprocess.run(
            arguments, cwd=ROOT, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stderr

    assert check(WELL) == (0, "")
    said = f"kuulolla: {tmp_path / 'ours.toml'}: adult, intake 25.0, rating 3: the target falls from 27.0 to 26.5\n"
    assert check(FALLS) == (1, said)

"""`pack check`, `load`, `show` and `end`, as somebody types them, on SQLite and on PostgreSQL."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot import cli
from bot.commands.ground import CommandError
from bot.config import Settings
from tests.domain.test_pack_files import ENERGY

KEY = "only for tests, and long enough for it"
SUMMARY = "energy: Energy; 2 items of 1 to 5; asked before the meeting; of carer, client"

Command = Callable[..., str]


@pytest.fixture
def command(empty_url: str, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command on a database of today's schema; what it printed."""

    def run(*arguments: object) -> str:
        settings = Settings.from_env({"DATABASE_URL": empty_url, "SECRET_KEY": KEY})
        asked = cli._parser().parse_args([str(each) for each in arguments])
        asked.run(settings, asked)
        return capsys.readouterr().out

    run("migrate")
    return run


def kept(folder: Path, text: str) -> Path:
    file = folder / "ours.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_is_checked_without_being_loaded(command: Command, tmp_path: Path) -> None:
    file = kept(tmp_path, ENERGY)
    assert command("pack", "check", file) == f"{file} is well: {SUMMARY}\n"
    assert command("pack", "show") == "There are none.\n"


def test_what_is_loaded_is_shown_until_it_is_ended(command: Command, tmp_path: Path) -> None:
    one = kept(tmp_path, ENERGY.replace('"before"', '"after"').split('[[items]]\ntitle = { fi = "Voimat')[0])
    assert command("pack", "load", one) == (
        "Loaded: energy: Energy; 1 item of 1 to 5; asked after the meeting; of carer, client\n"
    )
    assert command("pack", "show").startswith("energy: Energy; 1 item")
    assert "isn't asked any more" in command("pack", "end", "energy")
    assert command("pack", "show") == "There are none.\n"
    with pytest.raises(CommandError, match="is no measure that is asked now"):
        command("pack", "end", "energy")


def test_other_words_are_taken_and_another_scale_is_refused(command: Command, tmp_path: Path) -> None:
    command("pack", "load", kept(tmp_path, ENERGY))
    command("pack", "load", kept(tmp_path, ENERGY.replace("Energy", "Strength")))
    assert "Strength" in command("pack", "show")
    with pytest.raises(CommandError, match="Give it a new code"):
        command("pack", "load", kept(tmp_path, ENERGY.replace("to = 5", "to = 6")))
    assert "1 to 5" in command("pack", "show")


@pytest.mark.parametrize("step", ["check", "load"])
def test_a_file_that_is_wrong_is_refused_with_its_place(command: Command, tmp_path: Path, step: str) -> None:
    file = kept(tmp_path, ENERGY.replace("from = 1", "from = 9"))
    with pytest.raises(CommandError, match=r"ours\.toml: from 9 to 5"):
        command("pack", step, file)
    with pytest.raises(CommandError, match="it can't be read"):
        command("pack", step, tmp_path / "missing.toml")

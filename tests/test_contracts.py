"""The directions of imports hold, and each of them is noticed when it doesn't."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of a house the way `make check` does."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def broken(folder: Path) -> list[str]:
    """The names of the contracts that don't hold; whatever else goes wrong fails here."""
    said = lint(folder)
    assert "Contracts: " in said.stdout, said.stdout + said.stderr
    return [line.partition(" BROKEN")[0] for line in said.stdout.splitlines() if " BROKEN" in line]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of ours, into which a wrong import may be written."""
    for name in ("bot", "storage"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "page"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_direction_holds() -> None:
    assert broken(ROOT) == []


@pytest.mark.parametrize(
    ("module", "imported", "contracts"),
    [
        ("bot/domain/wrong.py", "storage.schema", ["Imports point down", "The domain is pure"]),
        ("bot/domain/wrong.py", "bot.i18n", ["Imports point down", "The domain is pure"]),
        ("bot/domain/wrong.py", "random", ["The domain is pure"]),
        ("bot/domain/wrong.py", "asyncio", ["The domain is pure"]),
        ("storage/wrong.py", "bot.charts.series", ["Imports point down"]),
        (
            "storage/wrong.py",
            "telegram",
            ["Only the edge knows Telegram"],
        ),
        ("bot/charts/wrong.py", "sqlalchemy", ["Only storage speaks SQL"]),
        (
            "bot/charts/wrong.py",
            "telegram.ext",
            ["Only the edge knows Telegram"],
        ),
        ("bot/charts/wrong.py", "bot.sandbox.world", ["Imports point down"]),
        ("bot/sandbox/wrong.py", "matplotlib.figure", ["Only charts.draw and charts.style draw"]),
        ("bot/sandbox/wrong.py", "telegram", []),
    ],
)
def test_an_import_in_a_wrong_direction_is_noticed(
    house: Path, module: str, imported: str, contracts: list[str]
) -> None:
    (house / module).write_text(f"import {imported}\n", encoding="utf-8")
    assert broken(house) == contracts

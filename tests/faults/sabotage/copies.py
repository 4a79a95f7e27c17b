"""A copy of this project, in which a mechanism can be switched off and tests be run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.faults.sabotage.rows import Edit

ROOT: Final = Path(__file__).parents[3]
NEEDED: Final = ("bot", "locales", "storage", "tests", "pyproject.toml")
PATIENCE: Final = 240.0


@dataclass(frozen=True)
class Ran:
    """How a run of tests ended: which failed, and all that was said."""

    code: int
    failed: frozenset[str]
    said: str

    def passed(self, tests: Sequence[str]) -> list[str]:
        """Those of these that failed in no form of theirs."""
        return [name for name in tests if not any(f"{each}[".startswith(f"{name}[") for each in self.failed)]


@dataclass(frozen=True)
class Copy:
    """In a folder of its own."""

    folder: Path

    @contextmanager
    def edited(self, edits: Sequence[Edit]) -> Iterator[None]:
        """Switched off while the block runs."""
        before = {edit.file: (self.folder / edit.file).read_text() for edit in edits}
        try:
            for edit in edits:
                self._edit(edit)
            yield
        finally:
            for file, text in before.items():
                self._write(file, text)

    def _edit(self, edit: Edit) -> None:
        text = (self.folder / edit.file).read_text()
        assert text.count(edit.old) == 1, f"{edit.file} has {text.count(edit.old)} times: {edit.old}"
        self._write(edit.file, text.replace(edit.old, edit.new))

    def _write(self, file: str, text: str) -> None:
        """What was compiled before is thrown away: it may look like what is written now."""
        path = self.folder / file
        path.write_text(text)
        for compiled in path.parent.glob(f"__pycache__/{path.stem}.*"):
            compiled.unlink()

    def run(self, tests: Sequence[str]) -> Ran:
        """These tests, in a program of its own."""
        quiet = ("-p", "no:xdist", "-p", "no:cacheprovider", "-o", "addopts=", "--import-mode=importlib", "-q", "-rf")
        command = [sys.executable, "-m", "pytest", *quiet, "--tb=short", *tests]
        known = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        given: dict[str, Any] = {"cwd": self.folder, "env": known, "timeout": PATIENCE, "text": True}
        done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **given)
        return Ran(done.returncode, _failed(done.stdout), done.stdout)


def _failed(said: str) -> frozenset[str]:
    lines = (line.removeprefix("FAILED ") for line in said.splitlines() if line.startswith("FAILED "))
    return frozenset(line.partition(" - ")[0] for line in lines)


def copied(folder: Path) -> Copy:
    """What git knows, as it stands now."""
    listed = subprocess.run(["git", "ls-files", *NEEDED], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in listed.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return Copy(folder)

"""What the tests of histories share: a database where a disk isn't waited for."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

MEMORY = Path("/dev/shm")


@pytest.fixture
def sqlite_in_memory(sqlite_template: Path) -> Iterator[str]:
    """A migrated database where a disk's slowness isn't waited for: histories are about order."""
    with TemporaryDirectory(prefix="kuulolla-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        shutil.copyfile(sqlite_template, Path(folder) / "kuulolla.sqlite")
        yield f"sqlite+aiosqlite:///{folder}/kuulolla.sqlite"

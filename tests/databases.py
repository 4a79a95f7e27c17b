"""Databases for tests: `database` is each kind in turn, fresh and migrated; `sqlite` and `postgresql` are one of them.

A migrated one is made once and copied for each test (a file; PostgreSQL's TEMPLATE), which takes milliseconds.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storage.database import Database
from storage.migrations import migrate
from storage.vault import Vault
from tests import postgres

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def vault() -> Vault:
    return Vault("a secret that only tests know")


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest) -> Database:
    """A fresh database with the tables of today, on SQLite and on PostgreSQL."""
    found: Database = request.getfixturevalue(request.param)
    return found


@pytest.fixture
async def sqlite(sqlite_template: Path, tmp_path: Path, vault: Vault) -> AsyncIterator[Database]:
    shutil.copyfile(sqlite_template, tmp_path / "kuulolla.sqlite")
    database = Database(_sqlite_url(tmp_path / "kuulolla.sqlite"), vault)
    yield database
    await database.close()


@pytest.fixture
async def postgresql(postgres_template: postgres.Server, vault: Vault) -> AsyncIterator[Database]:
    database = Database(postgres_template.fresh(template="template"), vault)
    yield database
    await database.close()


@pytest.fixture
async def two(postgresql: Database, vault: Vault) -> AsyncIterator[tuple[Database, Database]]:
    """What two programs have that serve the same PostgreSQL: connections of their own, and nothing else in common."""
    other = Database(postgresql.engine.url.render_as_string(hide_password=False), vault)
    yield postgresql, other
    await other.close()


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest) -> str:
    """The address of a database without tables, of each kind."""
    found: str = request.getfixturevalue(f"empty_{request.param}_url")
    return found


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    return _sqlite_url(tmp_path / "folder that is new" / "empty.sqlite")


@pytest.fixture
def empty_postgresql_url(postgres_server: postgres.Server) -> str:
    return postgres_server.fresh(template="template1")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, vault: Vault) -> Path:
    file = tmp_path_factory.mktemp("template") / "template.sqlite"
    _migrate(_sqlite_url(file), vault)
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres_server: postgres.Server, vault: Vault) -> postgres.Server:
    _migrate(postgres_server.url("template"), vault)
    return postgres_server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    with postgres.running() as server:
        yield server


def _sqlite_url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def _migrate(url: str, vault: Vault) -> None:
    """In a thread, because the test that asks first has an event loop of its own already."""

    async def make() -> None:
        database = Database(url, vault)
        await migrate(database)
        await database.close()

    with ThreadPoolExecutor() as thread:
        thread.submit(asyncio.run, make()).result()

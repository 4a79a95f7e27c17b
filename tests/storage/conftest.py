"""One open transaction on each kind of database."""

from collections.abc import AsyncIterator

import pytest

from storage import Database, Transaction


@pytest.fixture
async def db(database: Database) -> AsyncIterator[Transaction]:
    async with database.transaction() as db:
        yield db

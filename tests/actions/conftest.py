"""A family in one open transaction, on each kind of database."""

from collections.abc import AsyncIterator

import pytest

from storage import Database, Transaction
from tests.storage.family import Family, add_family


@pytest.fixture
async def db(database: Database) -> AsyncIterator[Transaction]:
    async with database.transaction() as db:
        yield db


@pytest.fixture
async def family(db: Transaction) -> Family:
    return await add_family(db)

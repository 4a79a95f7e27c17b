"""The door of the webhook, on SQLite and on both databases; and what was logged."""

from collections.abc import AsyncIterator, Iterator, MutableMapping
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from tests.stage import Play
from tests.web.door import Door, opened


@pytest.fixture
async def door(play: Play) -> AsyncIterator[Door]:
    async with opened(play) as door:
        yield door


@pytest.fixture
async def door_on_each(play_on_each: Play) -> AsyncIterator[Door]:
    async with opened(play_on_each) as door:
        yield door


@pytest.fixture
def logged() -> Iterator[list[MutableMapping[str, Any]]]:
    with capture_logs() as lines:
        yield lines
    structlog.reset_defaults()

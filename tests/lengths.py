"""How long a test is: a short form in `make test`, and with `--long` (`make faults`) the whole of it."""

import contextlib
import sys
from collections.abc import Callable

import pytest

LONGEST = ("faults/kills/", "faults/histories/", "faults/sabotage/", "faults/failpoints/", "faults/", "browser/")
"""Rooms that take long come first: a long file that is begun last would be waited for by one worker alone."""

HowMany = Callable[[int, int], int]
Say = Callable[[str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long form of each test that has one")
    parser.addoption("--seed", type=int, help="what chance begins with in the tests that say their seed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    return next((turn for turn, room in enumerate(LONGEST) if item.nodeid.startswith(f"tests/{room}")), len(LONGEST))


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Whether the whole of it is wanted."""
    return bool(request.config.getoption("--long"))


@pytest.fixture
def how_many(long: bool) -> HowMany:
    """`how_many(short, long)`: the number for the form that is run."""
    return lambda short_form, long_form: long_form if long else short_form


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int | None:
    """The seed that was asked for; None: one is drawn, and said."""
    asked: int | None = request.config.getoption("--seed")
    return asked


@pytest.fixture
def say(capfd: pytest.CaptureFixture[str], long: bool) -> Say:
    """Tell somebody who waits for a long test how far it is; in its short form the line is only in a failure."""

    def line(words: str) -> None:
        with capfd.disabled() if long else contextlib.nullcontext():
            sys.stderr.write(f"{words}\n")
            sys.stderr.flush()

    return line

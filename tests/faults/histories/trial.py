"""Many random histories on one database, each from the same beginning; the first that differs is said in its steps."""

import asyncio
import copy
import random
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings

from storage import Database
from storage.vault import Vault
from tests.faults.histories import steps
from tests.faults.histories.comparing import Sight
from tests.faults.histories.house import Bot, Place, opened
from tests.faults.histories.life import Life
from tests.faults.histories.model import Model
from tests.faults.histories.steps import Step, histories
from tests.lengths import Say

A_WHILE = timedelta(hours=1)
LAST_TIME: Sequence[Step] = (
    steps.Meets("start"),
    steps.Letters(),
    steps.Rates("aino", (8, 8, 8, 8)),
    steps.Rates("mother", (7, 7, 7, 7)),
    steps.Tap("mother", "show"),
    steps.Rates("mother", (6, 6, 6, 6)),
    steps.Meets("close"),
    steps.Letters(),
    steps.Rates("aino", (9, 9, 9, 9)),
    steps.Rates("mother", (9, 9, 9, 9)),
    steps.Meets("unasked"),
    steps.Letters(),
    steps.Waits(A_WHILE.total_seconds()),
    steps.Restarts(),
    steps.Meets("start"),
)
"""Each history begins soon after a first meeting with all its ratings, when another one has begun."""


@dataclass
class Trial:
    """A bot to play histories on, and how each begins."""

    place: Place
    model: Model
    sight: Sight
    played: int = 0

    async def plays(self, history: Sequence[Step]) -> None:
        bot = await self.place.again()
        try:
            life = Life(self.place, bot, copy.deepcopy(self.model), copy.deepcopy(self.sight))
            await life.plays([steps.Letters(), *history])
        finally:
            self.played += 1


@asynccontextmanager
async def _prepared(database: Database) -> AsyncIterator[Trial]:
    async with opened(database) as place:
        raters = {id: name for name, id in place.family.raters.items()}
        sight = Sight(raters, await _children(place))
        life = Life(place, await Bot.begins(place.play.bot, place.now), Model(), sight)
        for step in LAST_TIME:
            place.world.move_clock(timedelta(seconds=1))
            await life.does(step)
        await place.keep()
        life.model.done.clear()
        yield Trial(place, life.model, sight)


async def _children(place: Place) -> dict[str, str]:
    """Who they are, by the ids of the subjects: the young person was there first."""
    rows = await place.play.sql("SELECT id FROM subjects ORDER BY added_at")
    return {row.id: name for row, name in zip(rows, ("aino", "bo"), strict=True)}


@contextmanager
def on(url: str, vault: Vault) -> Iterator[tuple[asyncio.Runner, Trial]]:
    """A trial on the database there, and what runs it."""

    with asyncio.Runner() as runner:
        database = Database(url, vault)
        prepared = _prepared(database)
        trial = runner.run(prepared.__aenter__())
        try:
            yield runner, trial
        finally:
            runner.run(prepared.__aexit__(None, None, None))
            runner.run(database.close())


def tried(
    runner: asyncio.Runner, trial: Trial, *, examples: int, shrinks: bool = True, seed: int | None = None
) -> None:
    """Play so many histories. Without a seed they are the same each time.

    Raises:
        Differs: the bot and the model don't agree.
    """
    phases = [Phase.generate, Phase.shrink] if shrinks else [Phase.generate]

    @settings(
        max_examples=examples,
        derandomize=seed is None,
        database=None,
        deadline=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(histories)
    def play(history: list[Step]) -> None:
        runner.run(trial.plays(history))

    (play if seed is None else hypothesis.seed(seed)(play))()


def at_length(runner: asyncio.Runner, trial: Trial, *, count: int, seed: int | None, say: Say) -> None:
    """Random ones; the seed is said, and --seed repeats it."""
    seed = random.SystemRandom().randrange(2**32) if seed is None else seed
    began = time.monotonic()
    say(f"{count} histories with seed {seed}")
    tried(runner, trial, examples=count, seed=seed)
    say(f"{trial.played} histories, {trial.played / (time.monotonic() - began) * 60:.0f} a minute")

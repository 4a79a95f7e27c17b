"""A scene, undisturbed or with one fault in it, on a database of its own; and what came of it."""

import asyncio
import pickle
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest

from bot import clearing, intake, polling, running
from bot.chat import running as chat
from bot.courier import loop
from bot.failpoints import Moment, See
from bot.sandbox.clock import Clock
from bot.sandbox.world import World
from tests import postgres
from tests.faults.failpoints.errors import Error
from tests.faults.failpoints.kept import Kept, broken, kept
from tests.faults.failpoints.scenes import OPENINGS, SCENES, Scene
from tests.faults.failpoints.stories import Story, story
from tests.stage import MONDAY

Met = Counter[tuple[str, Moment]]


class Ground(Protocol):
    """Where databases are made."""

    dialect: str

    def fresh(self, opening: str | None = None) -> str:
        """The address of a new copy of an opening's database; without one, of an empty one with its tables."""
        ...

    def empty(self) -> str:
        """The address of a database without tables."""
        ...

    def keep(self, url: str, opening: str) -> None:
        """From now on copies of this database, which nobody uses any more, are made for this opening."""
        ...


@dataclass
class OnSqlite:
    """Files, copied. `places` are the template and what an opening has left."""

    template: Path
    folder: Path
    dialect: str = "sqlite"
    _number: int = 0

    def fresh(self, opening: str | None = None) -> str:
        self._number += 1
        (self.folder / f"{self._number - 3}.sqlite").unlink(missing_ok=True)
        file = self.folder / f"{self._number}.sqlite"
        shutil.copyfile(self.template if opening is None else self._kept(opening), file)
        return f"sqlite+aiosqlite:///{file}"

    def empty(self) -> str:
        self._number += 1
        return f"sqlite+aiosqlite:///{self.folder / f'{self._number}.sqlite'}"

    def keep(self, url: str, opening: str) -> None:
        shutil.copyfile(url.partition("///")[2], self._kept(opening))

    def _kept(self, opening: str) -> Path:
        return self.folder / f"{opening}.opening"


@dataclass
class OnPostgresql:
    """Databases of one server, copied as PostgreSQL does it."""

    server: postgres.Server
    dialect: str = "postgresql"

    def fresh(self, opening: str | None = None) -> str:
        return self.server.fresh(template=f"opening_{opening}" if opening else "template")

    def empty(self) -> str:
        return self.server.fresh(template="template1")

    def keep(self, url: str, opening: str) -> None:
        name = url.partition("@/")[2].partition("?")[0]
        drop = f"DROP DATABASE IF EXISTS opening_{opening} WITH (FORCE)"
        self.server._say(drop, f"CREATE DATABASE opening_{opening} TEMPLATE {name} STRATEGY file_copy")


@dataclass(frozen=True)
class Undisturbed:
    """What a scene comes to when nothing goes wrong, and how often it passes each failpoint."""

    kept: Kept
    met: Met


@dataclass
class Theatre:
    """Plays scenes on one kind of database. Openings are played once, and so is each scene undisturbed."""

    ground: Ground
    worlds: dict[str, bytes] = field(default_factory=dict)
    _undisturbed: dict[str, Undisturbed] = field(default_factory=dict)

    def undisturbed(self, name: str) -> Undisturbed:
        if name not in self._undisturbed:
            met: Met = Counter()
            play = self.open(SCENES[name].opening, lambda place, moment: met.update([(place, moment)]))
            left, wrong = asyncio.run(acted(play, SCENES[name]))
            assert (wrong, play.troubles) == ([], []), (wrong, play.troubles)
            self._undisturbed[name] = Undisturbed(left, met)
        return self._undisturbed[name]

    def scenes(self) -> Mapping[str, Scene]:
        return {name: each for name, each in SCENES.items() if not each.twice or self.ground.dialect == "postgresql"}

    def first_met(self, name: str) -> Met:
        """What is met in this scene and in none before it, with how often."""
        before: set[tuple[str, Moment]] = set()
        for other in self.scenes():
            met = self.undisturbed(other).met
            if other == name:
                return Counter({place: times for place, times in met.items() if place not in before})
            before |= set(met)
        raise KeyError(name)

    def open(self, opening: str, see: See) -> Story:
        """Where an opening has ended, on a database of its own."""
        if opening not in self.worlds:
            self.worlds[opening] = asyncio.run(self._played(opening))
        return story(self.ground.fresh(opening), pickle.loads(self.worlds[opening]), see)

    async def _played(self, opening: str) -> bytes:
        url = self.ground.fresh()
        play = story(url, World(Clock.at(MONDAY)), lambda name, moment: None)
        await play.begin()
        await OPENINGS[opening](play)
        await play.end()
        self.ground.keep(url, opening)
        return pickle.dumps(play.world)

    def disturbed(self, name: str, place: str, moment: Moment, error: Error, *, time: int = 1) -> list[str]:
        """What is wrong after the scene was played with one fault in it."""
        fault = Fault(place, moment, error, time)
        wrong = self.compared(name, self.open(SCENES[name].opening, fault.see))
        return [*wrong, *([] if fault.raised or time > 1 else ["it was never met"])]

    def compared(self, name: str, play: Story) -> list[str]:
        """Play the scene to its end: what is wrong then, and what is otherwise than undisturbed."""
        try:
            left, wrong = asyncio.run(acted(play, SCENES[name]))
        except AssertionError as error:
            return [str(error)]
        return [*wrong, *differences(left, self.undisturbed(name).kept)]


@dataclass
class Fault:
    """Raises once, at the so manieth time that it comes to this place."""

    place: str
    moment: Moment
    error: Error
    time: int
    passed: int = 0

    @property
    def raised(self) -> bool:
        return self.passed >= self.time

    def see(self, place: str, moment: Moment) -> None:
        if (place, moment) != (self.place, self.moment):
            return
        self.passed += 1
        if self.passed == self.time:
            raise self.error()


async def acted(play: Story, scene: Scene) -> tuple[Kept, list[str]]:
    """Play it from the story's step on: what it has left behind, and what is wrong with that."""
    await play.begin()
    try:
        while play.step < len(scene.steps):
            play.under_way = True
            await scene.steps[play.step](play)
            play.step, play.under_way, play.redoing = play.step + 1, False, False
        await play.settle()
        return await kept(play), await broken(play)
    finally:
        await play.end()


def differences(left: Kept, meant: Kept) -> list[str]:
    """By kind of thing: what is there and what was meant to be."""
    names = [name for name in left.__dataclass_fields__ if getattr(left, name) != getattr(meant, name)]
    return [f"{name}: there is {getattr(left, name)}, meant was {getattr(meant, name)}" for name in names]


@contextmanager
def hurried() -> Iterator[None]:
    """Nobody waits as long as in service."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "TRY_AGAIN_SECONDS", 0.0)
        patch.setattr(intake, "DATABASE_SECONDS", (0.001,))
        patch.setattr(polling, "BACKOFF_SECONDS", (0.001,) * 4)
        patch.setattr(polling, "NEW_ONES_SECONDS", 0.005)
        patch.setattr(polling, "COMES_AGAIN_SECONDS", 0.005)
        patch.setattr(running, "GREETING_SECONDS", (0.001,))
        patch.setattr(chat, "AGAIN_SECONDS", 0.001)
        patch.setattr(clearing, "AGAIN_SECONDS", 0.001)
        patch.setattr(loop, "AFTER_FAILURE_SECONDS", 0.001)
        patch.setattr(loop, "LOOK_AGAIN_SECONDS", 0.005)
        patch.setattr(loop, "LEAVE_SECONDS", 0.05)
        yield

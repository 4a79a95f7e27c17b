"""kill -9 at every failpoint, before and after: another program goes on with what is there, and nothing is lost."""

import asyncio
import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL
from typing import IO
from zlib import crc32

from bot.failpoints import Moment
from bot.sandbox.world import World
from storage import Database
from storage.vault import Vault
from tests.faults.failpoints.exceptions import occurrences
from tests.faults.failpoints.kept import unsaved
from tests.faults.failpoints.scenes import SCENES
from tests.faults.failpoints.stories import SECRET, Story, story
from tests.faults.failpoints.trials import Theatre

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Nursery:
    """A parent of lives, as seen from here; what they leave behind lies in the folder."""

    orders: IO[str]
    ends: IO[str]
    folder: Path

    def lives(self, url: str, world: bytes, scene: str, place: str, moment: Moment, time: int) -> int:
        """How it has ended."""
        (self.folder / "world").write_bytes(world)
        (self.folder / "left").unlink(missing_ok=True)
        files = {"world": str(self.folder / "world"), "left": str(self.folder / "left")}
        order = {"url": url, "scene": scene, "place": place, "moment": moment, "time": time, **files}
        self.orders.write(f"{json.dumps(order)}\n")
        self.orders.flush()
        return int(self.ends.readline())

    def left(self) -> tuple[World, int, bool]:
        """The World as it was at the death, the scene's step, and whether that was under way."""
        world, step, under_way = pickle.loads((self.folder / "left").read_bytes())
        return world, step, under_way


@contextmanager
def nursery(folder: Path) -> Iterator[Nursery]:
    command, pipe = [sys.executable, "-m", "tests.faults.failpoints.nursery"], subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        try:
            yield Nursery(program.stdin, program.stdout, folder)
        finally:
            program.kill()


def wrong_after_kills(theatre: Theatre, parent: Nursery, scene: str, *, long: bool, seed: int | None) -> str:
    """A line for each promise that was broken by a kill in this scene.

    In the short form before or after each failpoint, in the first scene that meets it; in the long one before and after
    it, in every scene, the first time and a later one.
    """
    met = theatre.undisturbed(scene).met if long else theatre.first_met(scene)
    found: list[str] = []
    for (place, moment), times in sorted(met.items()):
        if long or moment == chosen(place):
            for time in occurrences(place, moment, times, long=long, seed=seed):
                wrong = _killed(theatre, parent, scene, place, moment, time)
                found += [f"killed {moment} {place}, time {time}: {line}" for line in wrong]
    return "\n".join(found)


def chosen(place: str) -> Moment:
    return "before" if crc32(place.encode()) % 2 else "after"


def _killed(theatre: Theatre, parent: Nursery, scene: str, place: str, moment: Moment, time: int) -> list[str]:
    opened = theatre.open(SCENES[scene].opening, lambda name, moment: None)
    how = parent.lives(opened.url, theatre.worlds[SCENES[scene].opening], scene, place, moment, time)
    if how != -SIGKILL:
        return [f"it ended with {how}"] if time == 1 else []
    world, step, under_way = parent.left()
    after = story(opened.url, world, lambda name, moment: None)
    after.step, after.redoing = step, under_way
    lines = asyncio.run(_seen_at_the_death(after))
    return [*lines, *theatre.compared(scene, after)]


async def _seen_at_the_death(after: Story) -> list[str]:
    """What was said as saved is there, before anybody does anything more."""
    after.database = Database(after.url, Vault(SECRET))
    try:
        return await unsaved(after)
    finally:
        await after.database.close()

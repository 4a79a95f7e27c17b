"""`python -m tests.faults.failpoints.nursery`: a warmed parent that forks lives, each of which kills itself somewhere.

A life plays a scene until it comes to its failpoint. There it writes down how the World is, which outlives it, and at
which step the story was; then it is killed by SIGKILL. The parent reads an order a line, and says how its life ended.
"""

import asyncio
import json
import os
import pickle
import signal
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from bot.failpoints import Moment, See, watched
from bot.sandbox.clock import Clock
from bot.sandbox.world import World
from storage import Database
from storage.migrations import migrate
from storage.vault import Vault
from tests.faults.failpoints.scenes import OPENINGS, SCENES
from tests.faults.failpoints.stories import SECRET, Story, story
from tests.faults.failpoints.trials import acted, hurried
from tests.faults.failpoints.works import WORKS, done
from tests.stage import MONDAY

AT_MOST_SECONDS: Final = 120
REACHED_THE_END: Final = 3

Order = Mapping[str, Any]
"""`url` of the database, `world` and `left` (files), `scene` (or a work of `works`), `place`, `moment` and `time`: the
how manieth, counted from 1."""


def main() -> None:
    with hurried(), tempfile.TemporaryDirectory() as folder:
        asyncio.run(_rehearsed(Path(folder) / "rehearsal.sqlite"))
        for line in iter(sys.stdin.readline, ""):
            child = os.fork()
            if child == 0:
                _live(json.loads(line))
            sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
            sys.stdout.flush()


async def _rehearsed(file: Path) -> None:
    """What is read or built at first use is there before the first fork."""
    url = f"sqlite+aiosqlite:///{file}"
    database = Database(url, Vault(SECRET))
    await migrate(database)
    await database.close()
    play = story(url, World(Clock.at(MONDAY)), lambda name, moment: None)
    await play.begin()
    await OPENINGS["case"](play)
    await play.end()


def _live(order: Order) -> None:
    """It never comes back to the parent's loop."""
    signal.alarm(AT_MOST_SECONDS)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    try:
        world = pickle.loads(Path(order["world"]).read_bytes())
        asyncio.run(_played(order, world))
        os._exit(REACHED_THE_END)
    finally:
        os._exit(1)


async def _played(order: Order, world: World) -> None:
    play = story(order["url"], world, lambda name, moment: None)
    see = play.see = _falls(order, play)
    if order["scene"] in WORKS:
        with watched(see):
            await done(order["scene"], order["url"])
    else:
        await acted(play, SCENES[order["scene"]])


def _falls(order: Order, play: Story) -> See:
    left = order["time"]

    def see(name: str, moment: Moment) -> None:
        nonlocal left
        if (name, moment) == (order["place"], order["moment"]):
            left -= 1
            if left == 0:
                _fall(play, Path(order["left"]))

    return see


def _fall(play: Story, left: Path) -> None:
    play.world.updates.end_poll()
    left.write_bytes(pickle.dumps((play.world, play.step, play.under_way)))
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()

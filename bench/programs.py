"""Runs a bot and the server with its people, each in a process of its own, and reads what a while of it has cost."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from bench import questionnaires

ROOT: Final = Path(__file__).resolve().parent.parent
ENDING_SECONDS: Final = 1.0
"""What the last taps get to be committed."""
MOST_PER_SECOND: Final = 2000
"""So many questionnaires are prepared that nobody runs out of them at this pace."""


class FailedError(Exception):
    """A program ended early, or a bot answered with something else than the next screen."""


class Program:
    """A program of ours that answers a line on its standard input with a line of JSON."""

    def __init__(self, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", *arguments], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def said(self) -> dict[str, Any]:
        line = _pipe(self._process.stdout).readline()
        if not line:
            raise FailedError(f"{self._process.args!r} ended early")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def tell(self, line: str) -> None:
        _pipe(self._process.stdin).write(line + "\n")
        _pipe(self._process.stdin).flush()

    def asked(self, line: str) -> dict[str, Any]:
        self.tell(line)
        return self.said()

    def end(self) -> None:
        _pipe(self._process.stdin).close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        _pipe(self._process.stdout).close()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


@dataclass(frozen=True)
class Load:
    """How many people, and how long they are looked at. `prepared` is the database that each run gets a copy of.

    `warm` are the seconds that a bot gets first: connections are made, statements compiled, and our easel is warm.
    """

    people: int
    seconds: float
    warm: float
    prepared: Path

    @property
    def each(self) -> int:
        """Questionnaires that each person needs at most."""
        presses = MOST_PER_SECOND * (self.seconds + 2 * self.warm) / self.people
        return int(presses / questionnaires.PRESSES) + 2

    @contextmanager
    def served(self, bot: str, *, profile: bool) -> Iterator[tuple[Program, Program]]:
        """The server, and this bot polling it."""
        server = Program("bench.server", "--people", str(self.people), "--each", str(self.each))
        try:
            address = f"http://127.0.0.1:{server.said()['port']}"
            options = ["--file", str(self._copy()), *(["--profile"] if profile else [])]
            running = Program("bench.bots", bot, "--api", address, *options)
            try:
                running.said()
                yield server, running
            finally:
                running.end()
        finally:
            server.end()

    def _copy(self) -> Path:
        file = self.prepared.with_name("run.db")
        for old in file.parent.glob("run.db*"):
            old.unlink()
        return Path(shutil.copy(self.prepared, file))


@dataclass(frozen=True)
class Measured:
    """A while of one bot. Times are in seconds of the clock or of CPU; `waits` in milliseconds from tap to commit."""

    presses: int
    seconds: float
    cpu: float
    server_cpu: float
    waits: Sequence[float]
    missed: int
    shares: Mapping[str, float]
    places: Sequence[tuple[str, float]]

    @property
    def per_second(self) -> float:
        return self.presses / self.seconds

    @property
    def cpu_each(self) -> float:
        return self.cpu / self.presses

    @property
    def ceiling(self) -> float:
        """Presses a second at which the server would use a whole core."""
        return self.presses / self.server_cpu

    def wait(self, part: float) -> float:
        """The wait that this part of the taps doesn't exceed."""
        return self.waits[min(int(len(self.waits) * part), len(self.waits) - 1)] if self.waits else float("nan")


def measured(load: Load, bot: str, how: str, *, profile: bool = False) -> Measured:
    """One bot under one kind of load ("closed 256": so many at once; "open 100": so many a second), after a warm-up.

    Raises:
        FailedError: a program failed, a screen was wrong, or no press was done.
    """
    with load.served(bot, profile=profile) as (server, running):
        server.tell(how)
        time.sleep(load.warm)
        first, begun = server.asked("count"), running.asked("mark")
        time.sleep(load.seconds)
        last, ended = server.asked("count"), running.asked("mark")
        time.sleep(ENDING_SECONDS)
        bot_said, server_said = running.asked("end"), server.asked("end")
    presses = last["done"] - first["done"]
    if server_said["complaints"] or not presses:
        raise FailedError(f"{bot}: {presses} presses, complaints: {server_said['complaints'][:3]}")
    return Measured(
        presses=presses,
        seconds=last["clock"] - first["clock"],
        cpu=ended["cpu"] - begun["cpu"],
        server_cpu=last["cpu"] - first["cpu"],
        waits=_waits(server_said["taps"], bot_said["committed"], first["clock"], last["clock"]),
        missed=last["missed"] - first["missed"],
        shares=bot_said["shares"],
        places=bot_said["places"],
    )


def _waits(taps: Mapping[str, int], committed: Mapping[str, int], first: float, last: float) -> Sequence[float]:
    """Of all taps of the while, in order; one that wasn't committed waits for ever. Both clocks are the machine's."""
    seen = {id: at for id, at in taps.items() if first * 1e9 <= at < last * 1e9}
    return sorted((committed[id] - at) / 1e6 if id in committed else float("inf") for id, at in seen.items())

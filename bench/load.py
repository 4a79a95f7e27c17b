"""300 people in the middle of a questionnaire at once: what a press costs us, beside bots that keep nothing.

A press is a number that is tapped: taken in, stored, answered, and its message edited. bench/README.md says how to read
what is printed.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final

from bench import questionnaires
from bench.programs import Load, Measured, measured

BOTS: Final = {
    "ours": "the whole bot, SQLite, FULL",
    "bare": "bare PTB, same transport, stores nothing",
    "default": "bare PTB, default transport, stores nothing",
}
PER_SECOND: Final = 100
PLACES: Final = 25


def main() -> None:
    asked = _asked()
    with tempfile.TemporaryDirectory() as folder:
        load = Load(asked.people, asked.seconds, asked.warm, Path(folder, "prepared.db"))
        asyncio.run(questionnaires.prepare(load.prepared, people=load.people, each=load.each))
        if asked.profile:
            _say(_profiled(measured(load, asked.only or "ours", f"closed {asked.at_once}", profile=True)))
            return
        names = [asked.only] if asked.only else list(BOTS)
        closed = _interleaved(load, names, asked.at_once, asked.times)
        paced = measured(load, "ours", f"open {PER_SECOND}")
    _say(_table(closed, paced, asked.at_once))
    if asked.json and not asked.only:
        _say([json.dumps(ratios(closed, paced))])


def _asked() -> argparse.Namespace:
    program = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    program.add_argument("--json", action="store_true", help="print one JSON object with the ratios at the end")
    program.add_argument("--seconds", type=float, default=5.0, help="how long each bot is looked at (%(default)s)")
    program.add_argument("--warm", type=float, default=2.0, help="and how long it warms up before (%(default)s)")
    program.add_argument("--people", type=int, default=300, help="who are in a questionnaire (%(default)s)")
    program.add_argument("--at-once", type=int, default=256, help="taps under way in the closed loop (%(default)s)")
    program.add_argument("--times", type=int, default=3, help="how often each bot has its turn (%(default)s)")
    program.add_argument("--only", choices=BOTS, help="one bot alone, without ratios")
    program.add_argument("--profile", action="store_true", help="where the CPU of a press goes, instead")
    return program.parse_args()


def _interleaved(load: Load, names: Sequence[str], at_once: int, times: int) -> Mapping[str, Sequence[Measured]]:
    """Each bot in turn, and that a few times, so that whatever else the machine does meets all of them."""
    rounds = [[measured(load, name, f"closed {at_once}") for name in names] for _ in range(times)]
    return {name: [each[at] for each in rounds] for at, name in enumerate(names)}


def ratios(closed: Mapping[str, Sequence[Measured]], paced: Measured) -> dict[str, float]:
    """Ours to the peers, of medians; more presses and less CPU are better."""
    pace = {name: median(each.per_second for each in runs) for name, runs in closed.items()}
    cpu = {name: median(each.cpu_each for each in runs) for name, runs in closed.items()}
    return {
        "press_vs_bare": round(pace["ours"] / pace["bare"], 3),
        "press_vs_default": round(pace["ours"] / pace["default"], 3),
        "p99_ms": round(paced.wait(0.99), 2),
        "cpu_per_press_vs_bare": round(cpu["ours"] / cpu["bare"], 3),
    }


def _table(closed: Mapping[str, Sequence[Measured]], paced: Measured, at_once: int) -> Iterable[str]:
    yield f"{at_once} at once, medians of {len(next(iter(closed.values())))}"
    yield f"  {'':<45}{'presses/s':>10}{'CPU each':>11}{'CPU busy':>10}{'server busy':>13}{'its ceiling':>13}"
    for name, runs in closed.items():
        yield (
            f"  {BOTS[name]:<45}{median(each.per_second for each in runs):>10.0f}"
            f"{median(each.cpu_each for each in runs) * 1e3:>8.2f} ms"
            f"{median(each.cpu / each.seconds for each in runs):>10.0%}"
            f"{median(each.server_cpu / each.seconds for each in runs):>13.0%}"
            f"{median(each.ceiling for each in runs):>11.0f}/s"
        )
    yield f"{PER_SECOND} presses a second, the whole bot, from tap to commit"
    yield (
        f"  p50 {paced.wait(0.5):.1f} ms, p99 {paced.wait(0.99):.1f} ms, longest {paced.wait(1):.1f} ms"
        f" of {len(paced.waits)} taps ({paced.missed} found nobody free)"
    )
    if len(closed) == len(BOTS):
        yield "Ratios"
        yield from (f"  {name:<24}{value:>8}" for name, value in ratios(closed, paced).items())


def _profiled(run: Measured) -> Iterable[str]:
    yield f"{run.cpu_each * 1e6:.0f} us of CPU a press, by rooms"
    yield from (f"  {room:<42}{share:>7.1%}{share * run.cpu_each * 1e6:>8.0f} us" for room, share in run.shares.items())
    yield "The dearest functions, with what they call outside the known rooms"
    yield from (f"  {place:<72}{share:>7.1%}" for place, share in run.places[:PLACES])


def _say(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


if __name__ == "__main__":
    main()

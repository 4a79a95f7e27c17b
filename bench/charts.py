"""The trend picture of 20 meetings: what drawing it costs, beside two others, and what everybody else notices of it.

bench/README.md says how to read what is printed.
"""

import argparse
import asyncio
import gc
import json
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from statistics import median
from typing import Final

from bench import drawings
from bot.charts import draw
from bot.charts.series import Mark, Trend, trend
from bot.charts.studio import Studio
from bot.i18n import language

MEETINGS: Final = 20
AT_ONCE: Final = 4
"""Pictures that are always asked for while the event loop is looked at."""
LOOK: Final = 0.002
"""Seconds between two looks at the clock."""

Draw = Callable[[Trend], bytes]
WAYS: Final[Mapping[str, tuple[str, Draw]]] = {
    "ours": ("ours, as an easel draws it", draw.png),
    "naive": ("pyplot, with a tight box", drawings.naive),
    "pillow": ("Pillow, at twice the size", drawings.pillow),
}


def main() -> None:
    asked = _asked()
    pictures = [_picture(nth) for nth in range(asked.times + 1)]
    costs = measured(pictures)
    loop = asyncio.run(_loop(asked.seconds))
    cold = asyncio.run(_cold(asked.cold))
    sys.stdout.writelines(f"{line}\n" for line in _table(costs, loop, cold))
    if asked.json:
        sys.stdout.write(json.dumps(ratios(costs, loop, cold)) + "\n")


def _asked() -> argparse.Namespace:
    program = argparse.ArgumentParser(prog="python -m bench.charts", description=__doc__)
    program.add_argument("--json", action="store_true", help="print one JSON object with the ratios at the end")
    program.add_argument("--times", type=int, default=30, help="pictures that each way draws, in turns (%(default)s)")
    program.add_argument("--seconds", type=float, default=10.0, help="how long the loop is looked at (%(default)s)")
    program.add_argument("--cold", type=int, default=3, help="processes that are started cold (%(default)s)")
    return program.parse_args()


def _picture(nth: int) -> Trend:
    """Alike, and each with other numbers: no two are the same picture."""
    days = [date(2025, 1, 7) + timedelta(days=16 * at) for at in range(MEETINGS)]
    return trend(
        language("en"),
        heading=f"Birch {nth} · Young person",
        meetings=days,
        outcome=[Mark(day, 100 + (at * 137 + nth * 31) % 230) for at, day in enumerate(days)],
        alliance=[Mark(day, 280 + (at * 71 + nth * 17) % 120) for at, day in enumerate(days)],
        outcome_cutoff=280,
        alliance_cutoff=360,
    )


@dataclass(frozen=True)
class Cost:
    """Seconds of CPU that each picture took, and its bytes."""

    seconds: Sequence[float]
    sizes: Sequence[int]


def measured(pictures: Sequence[Trend]) -> Mapping[str, Cost]:
    """Each picture in each way, in turns; of the first, which pays for what is kept, nothing is told."""
    first, *others = pictures
    for _, way in WAYS.values():
        way(first)
    gc.freeze()
    rounds = [{name: _timed(way, picture) for name, (_, way) in WAYS.items()} for picture in others]
    return {name: Cost([each[name][0] for each in rounds], [each[name][1] for each in rounds]) for name in WAYS}


def _timed(way: Draw, picture: Trend) -> tuple[float, int]:
    begun = time.process_time()
    drawn = way(picture)
    return time.process_time() - begun, len(drawn)


@dataclass(frozen=True)
class Loop:
    """Delays of the event loop in ms, in order, when nothing is drawn and without pause; and pictures a second."""

    idle: Sequence[float]
    drawing: Sequence[float]
    per_second: float


async def _loop(seconds: float) -> Loop:
    """The same process and machine, with warm easels that do nothing, and then draw for several people at once."""
    async with Studio() as studio:
        await studio.warm()
        idle = await _delays(seconds / 2)
        async with _drawing(studio) as drawn:
            drawing = await _delays(seconds)
            many = next(drawn)
    return Loop(idle, drawing, many / seconds)


@asynccontextmanager
async def _drawing(studio: Studio) -> AsyncIterator["count[int]"]:
    """Draw without pause; the counter tells how many pictures came."""
    drawn, base = count(), _picture(0)

    async def draw_on(whose: int) -> None:
        for nth in count():
            await studio.png(replace(base, heading=f"Birch {whose} {nth}"), whose=whose)
            next(drawn)

    drawers = [asyncio.create_task(draw_on(whose)) for whose in range(AT_ONCE)]
    try:
        yield drawn
    finally:
        for each in drawers:
            each.cancel()
        await asyncio.gather(*drawers, return_exceptions=True)


async def _delays(seconds: float) -> Sequence[float]:
    """How much later than asked for the loop went on, each time."""
    found, end = list[float](), time.monotonic() + seconds
    while (begun := time.monotonic()) < end:
        await asyncio.sleep(LOOK)
        found.append((time.monotonic() - begun - LOOK) * 1000)
    return sorted(found)


async def _cold(times: int) -> Sequence[float]:
    """Milliseconds to the first picture when no process stands yet."""
    found = []
    for nth in range(times):
        async with Studio(1) as studio:
            begun = time.monotonic()
            await studio.png(_picture(nth))
            found.append((time.monotonic() - begun) * 1000)
    return found


def ratios(costs: Mapping[str, Cost], loop: Loop, cold: Sequence[float]) -> dict[str, float]:
    """Ours to the peers, of medians; less is better."""
    cpu = {name: median(cost.seconds) for name, cost in costs.items()}
    return {
        "trend_vs_naive": round(cpu["ours"] / cpu["naive"], 3),
        "trend_vs_pillow": round(cpu["ours"] / cpu["pillow"], 3),
        "loop_p99_ms": round(_part(loop.drawing, 0.99), 2),
        "cold_first_ms": round(median(cold), 0),
    }


def _part(delays: Sequence[float], part: float) -> float:
    return delays[min(int(len(delays) * part), len(delays) - 1)]


def _table(costs: Mapping[str, Cost], loop: Loop, cold: Sequence[float]) -> Iterable[str]:
    yield f"The trend picture of {MEETINGS} meetings, medians of {len(costs['ours'].seconds)}"
    yield f"  {'':<32}{'CPU':>10}{'fastest':>11}{'bytes':>10}"
    for name, cost in costs.items():
        fastest, usual = min(cost.seconds) * 1e3, median(cost.seconds) * 1e3
        yield f"  {WAYS[name][0]:<32}{usual:>7.1f} ms{fastest:>8.1f} ms{median(cost.sizes):>10.0f}"
    yield f"Delay of the event loop, ms{'p50':>11}{'p99':>8}{'longest':>10}"
    for name, delays in (("idle", loop.idle), ("drawing without pause", loop.drawing)):
        yield f"  {name:<28}{_part(delays, 0.5):>8.2f}{_part(delays, 0.99):>8.2f}{delays[-1]:>10.2f}"
    yield f"  {loop.per_second:.0f} pictures a second through the studio"
    yield f"The first picture of a cold process: {', '.join(f'{each:.0f}' for each in cold)} ms"
    yield "Ratios"
    yield from (f"  {name:<24}{value:>8}" for name, value in ratios(costs, loop, cold).items())


if __name__ == "__main__":
    main()

"""How often a worker is called: a year of ordinary data, played through the rules. How many alerts a week, and letters?

Nobody's wellbeing changes here beyond one common gain, and no meeting is worse than another: all else is noise. So what
rings, rings for nothing; more than five alerts a week would teach workers to mute the bot.

Source:
    Average intakes: the Helsinki report. Gain, noise and number of meetings: handbook page 2 and its task. Spread
    between people: Jacobson and Truax's cutoff is given with 6.8 and 8.7 points; 7 with a noise of 3.5 make 7.8 at the
    first rating, between the two. For alliance none is given: with 5 points around 37 one adult in four is at the
    ceiling, as workers tell.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import exp
from random import Random

from bot.domain.alerts import Raised, raised_by
from bot.domain.instruments import (
    ITEM_COUNT,
    ITEM_MAXIMUM,
    STEP_MM,
    Instrument,
    Measure,
    alliance_instrument,
    outcome_instrument,
)
from bot.domain.people import AgeBand, Kind
from bot.domain.profiles import PROFILES, Profile
from bot.domain.ratings import Mode, Rating
from bot.domain.rules import Level, Rule
from bot.domain.series import Series

WEEKS = 52
MEETINGS = 80 * 12
CASES = 20
MOST_RATERS = 3
INTAKES = {AgeBand.ADULT: 27.14, AgeBand.ADOLESCENT: 31.85, AgeBand.CHILD: 29.29}
ALLIANCES = {AgeBand.ADULT: 36.99, AgeBand.ADOLESCENT: 30.46, AgeBand.CHILD: 28.71}
BETWEEN_INTAKES, BETWEEN_ALLIANCES = 7.0, 5.0
GAIN, PACE, NOISE = 5.0, 0.6, 3.5
ITEM_NOISES = (0.5, 1.0)
LENGTHS = (12, 26, 48)
"""Meetings of a case on the average: a season, half a year, the whole year; each half to one and a half as long."""
BEGAN = datetime(2026, 1, 5, 12, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """What is varied: how noisy alliance items are (points), how long a case is, and the numbers of the rules."""

    item_noise: float
    length: int
    profile: Profile = PROFILES["icce"]
    seed: int = 1


@dataclass
class Voice:
    """One rater of a case: their own level of wellbeing and of alliance in points, and what they have rated."""

    kind: Kind
    subject: AgeBand
    band: AgeBand
    intake: float
    alliance: float
    ratings: dict[Measure, list[Rating]] = field(default_factory=lambda: {each: [] for each in Measure})


@dataclass
class Family:
    voices: list[Voice]
    meetings: int
    met: int = 0


@dataclass(frozen=True)
class Year:
    """What a worker heard in a year: how often each rule at each level, and in how many letters."""

    raised: Counter[tuple[Rule, Level]]
    letters: int
    ratings: int

    def a_week(self, level: Level) -> float:
        return sum(count for (_, each), count in self.raised.items() if each is level) / WEEKS


def year(world: World) -> Year:
    """Twenty cases, each followed by a new one when it ends; they meet in turn."""
    chance, raised, letters, ratings = Random(world.seed), Counter[tuple[Rule, Level]](), 0, 0
    families = [_family(chance, world) for _ in range(CASES)]
    for at in range(MEETINGS):
        family = families[at % CASES]
        for series in _meeting(chance, world, family, BEGAN + at * timedelta(weeks=WEEKS) / MEETINGS):
            found = raised_by(series, world.profile, team="")
            raised.update((each.rule, each.level) for each in found)
            letters += _rings(found)
            ratings += 1
        if family.met == family.meetings:
            families[at % CASES] = _family(chance, world)
    return Year(raised, letters, ratings)


def _rings(found: Sequence[Raised]) -> bool:
    return any(each.level is Level.ALERT for each in found)


def _family(chance: Random, world: World) -> Family:
    """A client of any age, the mother or the partner, another adult."""
    client = chance.choice(list(INTAKES))
    kinds = (Kind.CLIENT, Kind.MOTHER, Kind.FATHER)
    voices = [_voice(chance, kind, client, client if kind is Kind.CLIENT else AgeBand.ADULT) for kind in kinds]
    return Family(voices, chance.randint(world.length // 2, world.length * 3 // 2))


def _voice(chance: Random, kind: Kind, subject: AgeBand, band: AgeBand) -> Voice:
    """Carers see the client as the client does, on the average; each has a level of their own."""
    intake = chance.gauss(INTAKES[subject], BETWEEN_INTAKES)
    return Voice(kind, subject, band, intake, chance.gauss(ALLIANCES[band], BETWEEN_ALLIANCES))


def _meeting(chance: Random, world: World, family: Family, at: datetime) -> Iterator[Series]:
    """Each who is there rates before and after; the client is always there."""
    gain = GAIN * (1 - exp(-PACE * family.met))
    family.met += 1
    for voice in family.voices[: chance.randint(1, MOST_RATERS)]:
        total = _within(voice.intake + gain + chance.gauss(0, NOISE), ITEM_COUNT * ITEM_MAXIMUM)
        spread = [(total // STEP_MM + item) // ITEM_COUNT * STEP_MM for item in range(ITEM_COUNT)]
        yield _series(voice, outcome_instrument(voice.subject), spread, at)
        own = voice.alliance / ITEM_COUNT
        items = [_within(own + chance.gauss(0, world.item_noise), ITEM_MAXIMUM) for _ in range(ITEM_COUNT)]
        yield _series(voice, alliance_instrument(voice.band), items, at)


def _within(points: float, most: int) -> int:
    """Whole points as buttons give them, in mm."""
    return min(most, max(0, round(points) * STEP_MM))


def _series(voice: Voice, instrument: Instrument, scores: Sequence[int], at: datetime) -> Series:
    """What the voice has rated with this instrument, with these scores as the newest."""
    own = voice.ratings[instrument.measure]
    number = f"{instrument.code}-{len(own)}"
    own.append(
        Rating(
            id=number,
            draft_id=number,
            case_id="case",
            worker_id="worker",
            session_id=None,
            rater_id=voice.kind.value,
            subject_id="client" if instrument.measure is Measure.OUTCOME else None,
            instrument=instrument,
            mode=Mode.BUTTONS,
            scores=tuple(scores),
            at=at,
        )
    )
    about = voice.band if instrument.measure is Measure.ALLIANCE else voice.subject
    return Series(instrument, voice.kind, about, tuple(own))


# Printing


def main() -> None:
    options = _options()
    worlds = [
        World(noise, length, PROFILES[options.profile], options.seed) for length in LENGTHS for noise in ITEM_NOISES
    ]
    years = [(each, year(each)) for each in worlds]
    said = [*_table(years)]
    if options.json:
        said += [json.dumps({"weeks": [_facts(world, each) for world, each in years]})]
    sys.stdout.write("\n".join(said) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.year", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", choices=list(PROFILES), default="icce")
    parser.add_argument("--json", action="store_true", help="the last line is one object")
    return parser.parse_args()


def _table(years: Sequence[tuple[World, Year]]) -> Iterator[str]:
    """A week of a worker: a column for each world."""
    yield _row("meetings of a case", [f"{world.length}" for world, _ in years])
    yield _row("noise of an alliance item", [f"{world.item_noise}" for world, _ in years])
    yield _row("ratings a week", [f"{each.ratings / WEEKS:.0f}" for _, each in years])
    kept = {key for _, each in years for key in each.raised}
    for rule, level in sorted(kept, key=lambda key: (key[1].rank, list(Rule).index(key[0]))):
        yield _row(f"{level.value} {rule.value}", [f"{each.raised[rule, level] / WEEKS:.2f}" for _, each in years])
    for level in Level:
        yield _row(f"every {level.value}", [f"{each.a_week(level):.2f}" for _, each in years])
    yield _row("letters", [f"{each.letters / WEEKS:.2f}" for _, each in years])


def _row(name: str, cells: Sequence[str]) -> str:
    return name.ljust(28) + "".join(cell.rjust(8) for cell in cells)


def _facts(world: World, found: Year) -> dict[str, object]:
    rules = {f"{level.value} {rule.value}": round(count / WEEKS, 2) for (rule, level), count in found.raised.items()}
    levels = {each.value: round(found.a_week(each), 2) for each in Level}
    letters = round(found.letters / WEEKS, 2)
    return {"length": world.length, "item_noise": world.item_noise, **levels, "letters": letters, "rules": rules}


if __name__ == "__main__":
    main()

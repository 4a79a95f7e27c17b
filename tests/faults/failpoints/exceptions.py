"""An exception at every failpoint of a bot that serves, before and after: nothing is lost, doubled, held or silent.

Each scene is played with one fault in it, again and again, and must come to what it comes to undisturbed.
"""

from random import Random
from zlib import crc32

from bot.failpoints import Moment
from tests.faults.failpoints.elsewhere import ELSEWHERE, NOT_ON
from tests.faults.failpoints.errors import errors
from tests.faults.failpoints.reading import named, rooms
from tests.faults.failpoints.trials import Theatre


def wrong_in(theatre: Theatre, scene: str, *, long: bool, seed: int | None) -> str:
    """A line for each promise that was broken by a fault in this scene.

    In the short form each failpoint fails once before and once after, in the first scene that meets it (on PostgreSQL
    those that are not its own once, before or after); in the long one in every way, in every scene, the first time and
    a later one.
    """
    met = theatre.undisturbed(scene).met if long else theatre.first_met(scene)
    found: list[str] = []
    for (place, moment), times in sorted(met.items()):
        if not long and _is_left_to_sqlite(place, moment, theatre.ground.dialect):
            continue
        for number, error in enumerate(errors(place, moment, theatre.ground.dialect)):
            if not long and number != chosen(place, moment, theatre.ground.dialect):
                continue
            for time in occurrences(place, moment, times, long=long, seed=seed):
                wrong = theatre.disturbed(scene, place, moment, error, time=time)
                found += [f"{type(error()).__name__} {moment} {place}, time {time}: {line}" for line in wrong]
    return "\n".join(found)


def _is_left_to_sqlite(place: str, moment: Moment, dialect: str) -> bool:
    return (
        dialect == "postgresql"
        and place.partition(".")[0] not in {"database", "alone"}
        and moment != ("before" if crc32(place.encode()) % 2 else "after")
    )


def chosen(place: str, moment: Moment, dialect: str) -> int:
    """Which error the short form has at this place: another one at others, and always the same here."""
    return crc32(f"{place} {moment} {dialect}".encode()) % len(errors(place, moment, dialect))


def occurrences(place: str, moment: Moment, times: int, *, long: bool, seed: int | None) -> list[int]:
    """The first time, and in the long form a later one, too."""
    later = Random(f"{seed} {place} {moment}").randint(2, times) if long and times > 1 else 1
    return sorted({1, later})


def untried(theatre: Theatre) -> tuple[list[str], list[str]]:
    """Failpoints that no scene meets and of which nobody says where they are tried; and some that aren't there."""
    met = {place for scene in theatre.scenes() for place, _ in theatre.undisturbed(scene).met}
    there = {place for each in named(rooms()) for place in each.places}
    said = set(ELSEWHERE) | NOT_ON[theatre.ground.dialect]
    return sorted(there - met - said), sorted(said - there)

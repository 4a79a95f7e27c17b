"""The fifteen rules by name, and the terms on which each is raised: its bounds, its level, and for whom it is off.

What each rule means stands in alerts.md, with worked numbers; alerts.py applies it. Totals and scores are in mm (a
total 0-400, an item 0-100).

Source:
    Handbook page 2. Bounds without a published source are our own decision, and say so there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Rule(StrEnum):
    """Why an alert is raised, the gravest first: in this order they stand in a letter."""

    VERY_LOW = "very_low"
    OUTCOME_DROP = "outcome_drop"
    SLIDING = "sliding"
    ALLIANCE_DROP = "alliance_drop"
    NO_CHANGE = "no_change"
    CROSSED_DOWN = "crossed_down"
    ALLIANCE_LOW = "alliance_low"
    SEESAW = "seesaw"
    RATERS_DIFFER = "raters_differ"
    ALLIANCE_CEILING = "alliance_ceiling"
    ALLIANCE_FIRST = "alliance_first"
    CROSSED_UP = "crossed_up"
    PLATEAU_ABOVE = "plateau_above"
    INTAKE_HIGH = "intake_high"
    RATING_MISSING = "rating_missing"


class Level(StrEnum):
    """How it reaches the worker: ALERT as a letter of its own, with sound; NOTICE and INFO on the meeting's card."""

    ALERT = "alert"
    NOTICE = "notice"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 is the gravest."""
        return list(Level).index(self)


class Unit(StrEnum):
    """What a bound is counted in. A profile file has points (0-40, an item 0-10), the code mm."""

    POINTS = "points"
    COUNT = "count"
    COUNTS = "counts"


def _points(mm: int) -> Any:
    return field(default=mm, metadata={"unit": Unit.POINTS})


def _count(number: int) -> Any:
    return field(default=number, metadata={"unit": Unit.COUNT})


def _counts(*numbers: int) -> Any:
    return field(default=numbers, metadata={"unit": Unit.COUNTS})


@dataclass(frozen=True)
class Bounds:
    """The numbers of the rules. A field is named by its rule; that rule's section of a profile file has the rest.

    The reliable change and the cutoffs belong to the profile itself.
    """

    very_low_total: int = _points(100)
    very_low_item: int = _points(0)
    outcome_drop_large: int = _points(100)
    alliance_drop_fall: int = _points(10)
    alliance_drop_large: int = _points(30)
    alliance_drop_running: int = _count(2)
    alliance_low_first: int = _count(2)
    alliance_low_every: int = _count(3)
    alliance_ceiling_ratings: int = _count(3)
    no_change_at: tuple[int, ...] = _counts(3, 5, 8)
    seesaw_step: int = _points(60)
    seesaw_moves: int = _count(4)
    seesaw_ratings: int = _count(5)
    sliding_falls: int = _count(3)
    plateau_above_ratings: int = _count(4)
    intake_high_total: int = _points(320)


@dataclass(frozen=True)
class Terms:
    """At which level a rule is raised, and `grave` where it knows a graver form; not in teams of `off_for`."""

    level: Level
    grave: Level | None = None
    off: bool = False
    off_for: frozenset[str] = frozenset()

    def on_for(self, team: str) -> bool:
        return not self.off and team not in self.off_for


TERMS: Mapping[Rule, Terms] = MappingProxyType(
    {
        Rule.VERY_LOW: Terms(Level.ALERT),
        Rule.OUTCOME_DROP: Terms(Level.NOTICE, grave=Level.ALERT),
        Rule.SLIDING: Terms(Level.ALERT),
        Rule.ALLIANCE_DROP: Terms(Level.NOTICE, grave=Level.ALERT),
        Rule.NO_CHANGE: Terms(Level.NOTICE),
        Rule.CROSSED_DOWN: Terms(Level.NOTICE),
        Rule.ALLIANCE_LOW: Terms(Level.NOTICE),
        Rule.SEESAW: Terms(Level.NOTICE),
        Rule.RATERS_DIFFER: Terms(Level.INFO),
        Rule.ALLIANCE_CEILING: Terms(Level.INFO),
        Rule.ALLIANCE_FIRST: Terms(Level.INFO),
        Rule.CROSSED_UP: Terms(Level.INFO),
        Rule.PLATEAU_ABOVE: Terms(Level.INFO),
        Rule.INTAKE_HIGH: Terms(Level.INFO),
        Rule.RATING_MISSING: Terms(Level.NOTICE),
    }
)

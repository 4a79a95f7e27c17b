"""The four instruments as facts: who rates what with which, in which order, and where the words are.

The words are not here and not the instruments' own: the catalogue `instruments` has our plain wording under the keys
listed by `keys()`, and an organisation with a licence loads its own wording pack over it.

Source:
    Miller & Duncan (ORS, SRS); Duncan, Miller & Sparks (CORS, CSRS). Areas and ages: handbook page 2.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.people import AgeBand

ITEM_COUNT = 4
ITEM_MAXIMUM = 100
TOTAL_MAXIMUM = ITEM_COUNT * ITEM_MAXIMUM
ITEMS = tuple(range(1, ITEM_COUNT + 1))
STEP_MM = 10


class Measure(StrEnum):
    """What is asked: how somebody has been (before the meeting), how the meeting worked (after it), or something of the
    service's own, beside one of the two.
    """

    OUTCOME = "outcome"
    ALLIANCE = "alliance"
    OWN = "own"


OF_MEETING = (Measure.OUTCOME, Measure.ALLIANCE)
"""What every meeting asks."""


@dataclass(frozen=True)
class Instrument:
    """One short measure of four items, each 0-100 mm; higher is better. `faces`: a sad and a glad one at the ends.

    A service's own has `count` items on a scale of whole points from `low` to `high`, kept in tenths like our mm; it is
    asked `beside` one of ours, and brings its `words` along: by key, each by language.
    """

    code: str
    measure: Measure
    faces: bool
    count: int = ITEM_COUNT
    low: int = 0
    high: int = 10
    beside: Measure | None = None
    words: Mapping[str, Mapping[str, str]] | None = field(default=None, compare=False, repr=False)

    @property
    def items(self) -> tuple[int, ...]:
        return tuple(range(1, self.count + 1))

    @property
    def points(self) -> tuple[int, ...]:
        """What can be answered, in points as people see them."""
        return tuple(range(self.low, self.high + 1))

    @property
    def lowest(self) -> int:
        """Of one item, in mm."""
        return self.low * STEP_MM

    @property
    def highest(self) -> int:
        """Of one item, in mm."""
        return self.high * STEP_MM

    @property
    def highest_total(self) -> int:
        """Of all items, in mm."""
        return self.count * self.highest

    def takes(self, scores: Sequence[int]) -> bool:
        """Whether these, in mm, can be the answers to all items."""
        return len(scores) == self.count and all(self.lowest <= each <= self.highest for each in scores)

    def takes_total(self, total: int) -> bool:
        """Whether this can be their sum, in mm."""
        return self.count * self.lowest <= total <= self.highest_total

    @property
    def asked_with(self) -> Measure:
        """Outcome before a meeting, alliance after it."""
        return self.beside or self.measure

    @property
    def perspectives(self) -> tuple[str, ...]:
        """Whose view an item can be worded for: one's own, or about somebody else (outcome only)."""
        return ("self", "about") if self.asked_with is Measure.OUTCOME else ("self",)


ORS = Instrument("ors", Measure.OUTCOME, faces=False)
CORS = Instrument("cors", Measure.OUTCOME, faces=True)
SRS = Instrument("srs", Measure.ALLIANCE, faces=False)
CSRS = Instrument("csrs", Measure.ALLIANCE, faces=True)
INSTRUMENTS = {each.code: each for each in (ORS, CORS, SRS, CSRS)}


def outcome_instrument(subject: AgeBand) -> Instrument:
    """The outcome scale for ratings about a subject of this age, whoever rates."""
    return CORS if subject in (AgeBand.UNDER_6, AgeBand.CHILD) else ORS


def alliance_instrument(rater: AgeBand) -> Instrument:
    """The alliance scale for a rater of this age: it is always about the rater's own experience."""
    return CSRS if rater in (AgeBand.UNDER_6, AgeBand.CHILD) else SRS


def keys() -> tuple[str, ...]:
    """Every message id of the catalogue `instruments`, in the order of the instruments."""
    return tuple(key for instrument in INSTRUMENTS.values() for key in _keys_of(instrument))


def _keys_of(instrument: Instrument) -> list[str]:
    code = instrument.code
    found = [f"{code}.intro.{perspective}" for perspective in instrument.perspectives]
    for item in ITEMS:
        found += [f"{code}.{item}.title"]
        found += [f"{code}.{item}.{perspective}" for perspective in instrument.perspectives]
        found += [f"{code}.{item}.low", f"{code}.{item}.high"]
    return found

"""The four instruments as facts: who rates what with which, in which order, and where the words are.

The words are not here and not the instruments' own: the catalogue `instruments` has our plain wording under the keys
listed by `keys()`, and an organisation with a licence loads its own wording pack over it.

Source:
    Miller & Duncan (ORS, SRS); Duncan, Miller & Sparks (CORS, CSRS). Areas and ages: handbook page 2.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.people import AgeBand

ITEM_COUNT = 4
ITEM_MAXIMUM = 100
TOTAL_MAXIMUM = ITEM_COUNT * ITEM_MAXIMUM
ITEMS = tuple(range(1, ITEM_COUNT + 1))
STEP_MM = 10


class Measure(StrEnum):
    """What is asked: how somebody has been (before the meeting), or how the meeting worked (after it)."""

    OUTCOME = "outcome"
    ALLIANCE = "alliance"


@dataclass(frozen=True)
class Instrument:
    """One short measure of four items, each 0-100 mm; higher is better. `faces`: a sad and a glad one at the ends."""

    code: str
    measure: Measure
    faces: bool

    @property
    def perspectives(self) -> tuple[str, ...]:
        """Whose view an item can be worded for: one's own, or about somebody else (outcome only)."""
        return ("self", "about") if self.measure is Measure.OUTCOME else ("self",)


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

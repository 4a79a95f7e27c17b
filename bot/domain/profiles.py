"""Profiles: cutoffs, reliable change and the terms of the rules. The vendors really disagree, so a service chooses one.

All values are in mm: totals 0-400, items 0-100.

Source:
    icce: the OpenFIT knowledge base (25, 32, 36, 5, equality). pcoms: Better Outcomes Now's public calculation library
    (25, 28, 28, 36, 6, equality below). nhs: NHS England's published children's statistics (6.6, 10). The carer value
    280: the CORS validation (Duncan et al. 2006), marked unverified.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.domain.instruments import CORS, Instrument, Measure
from bot.domain.people import AgeBand, Kind
from bot.domain.rules import TERMS, Bounds, Rule, Terms


@dataclass(frozen=True)
class Profile:
    """One set of numbers: a published one, or an organisation's own.

    `outcome` has the cutoff of a client's own outcome total by age; a total that equals a cutoff is above it where
    `equal_is_above`. A change that equals the reliable change is reliable.
    """

    name: str
    outcome: Mapping[AgeBand, int]
    reliable_ors: int
    reliable_cors: int
    equal_is_above: bool = True
    carer: int = 280
    alliance: int = 360
    alliance_item: int = 90
    bounds: Bounds = field(default_factory=Bounds)
    terms: Mapping[Rule, Terms] = field(default_factory=lambda: TERMS)

    def outcome_cutoff(self, kind: Kind, subject: AgeBand) -> int | None:
        """Cutoff for an outcome total of this kind of rater about a subject of this age; None: none is drawn."""
        if kind is Kind.CLIENT:
            return self.outcome.get(subject)
        return self.carer if kind.is_carer and subject.is_minor else None

    def is_above(self, total: int, cutoff: int) -> bool:
        """Which side of a cutoff a total is on."""
        return total > cutoff or (total == cutoff and self.equal_is_above)

    def reliable_change(self, instrument: Instrument) -> int:
        """The least difference of two outcome totals that is more than the instrument's own noise.

        Raises:
            ValueError: of an alliance instrument, for which none is published.
        """
        if instrument.measure is not Measure.OUTCOME:
            raise ValueError(f"no reliable change is known for {instrument.code}")
        return self.reliable_cors if instrument == CORS else self.reliable_ors


def by_age(*, adult: int, adolescent: int, child: int) -> Mapping[AgeBand, int]:
    """Cutoffs of clients' own outcome totals; under six there is no score."""
    ages = {AgeBand.ADULT: adult, AgeBand.EIGHTEEN: adult, AgeBand.ADOLESCENT: adolescent, AgeBand.CHILD: child}
    return MappingProxyType(ages)


ICCE = Profile("icce", by_age(adult=250, adolescent=280, child=320), reliable_ors=50, reliable_cors=50)
PCOMS = Profile(
    "pcoms", by_age(adult=250, adolescent=280, child=280), reliable_ors=60, reliable_cors=60, equal_is_above=False
)
NHS = Profile("nhs", by_age(adult=250, adolescent=280, child=320), reliable_ors=66, reliable_cors=100)
PROFILES = MappingProxyType({each.name: each for each in (ICCE, PCOMS, NHS)})

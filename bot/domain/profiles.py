"""Cutoffs, by profile: the vendors disagree about children, so the service chooses one in its settings.

All values are totals in mm (0-400).

Source:
    icce: the OpenFIT knowledge base. pcoms: Better Outcomes Now's public calculation library. nhs: NHS England's
    published children's statistics. The carer value 280: the CORS validation (Duncan et al. 2006), marked unverified.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.domain.people import AgeBand, Kind


@dataclass(frozen=True)
class Profile:
    """One published set of numbers. `outcome` has the cutoff of a client's own outcome total by age."""

    name: str
    outcome: Mapping[AgeBand, int]
    carer: int = 280
    alliance: int = 360

    def outcome_cutoff(self, kind: Kind, subject: AgeBand) -> int | None:
        """Cutoff for an outcome total of this kind of rater about a subject of this age; None: none is drawn."""
        if kind is Kind.CLIENT:
            return self.outcome.get(subject)
        return self.carer if kind.is_carer and subject.is_minor else None


def _by_age(*, adult: int, adolescent: int, child: int) -> Mapping[AgeBand, int]:
    ages = {AgeBand.ADULT: adult, AgeBand.EIGHTEEN: adult, AgeBand.ADOLESCENT: adolescent, AgeBand.CHILD: child}
    return MappingProxyType(ages)


ICCE = Profile("icce", _by_age(adult=250, adolescent=280, child=320))
PCOMS = Profile("pcoms", _by_age(adult=250, adolescent=280, child=280))
NHS = Profile("nhs", _by_age(adult=250, adolescent=280, child=320))
PROFILES = {each.name: each for each in (ICCE, PCOMS, NHS)}

"""A series: the ratings of one rater about one subject with one instrument in one case. Its first is the intake."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.domain.ages import band_for
from bot.domain.cases import Case, Rater
from bot.domain.instruments import Instrument, Measure
from bot.domain.people import AgeBand, Kind
from bot.domain.profiles import Profile
from bot.domain.ratings import Rating

NO_AGE = AgeBand.ADULT
"""Of a rating whose subject is gone from the case: nothing of it is weighed by age."""


@dataclass(frozen=True)
class Series:
    """At least one rating, oldest first, all complete, all of one rater, subject and instrument.

    `kind` is what the rater is to the subject; `band` the age of whom the rating is about: for an outcome rating the
    subject, for an alliance rating the rater.
    """

    instrument: Instrument
    kind: Kind
    band: AgeBand
    ratings: tuple[Rating, ...]

    def __post_init__(self) -> None:
        if not self.ratings:
            raise ValueError("a series has at least one rating")

    def __len__(self) -> int:
        return len(self.ratings)

    @property
    def measure(self) -> Measure:
        return self.instrument.measure

    @property
    def totals(self) -> tuple[int, ...]:
        """In mm, oldest first."""
        return tuple(each.total for each in self.ratings)

    @property
    def intake(self) -> Rating:
        return self.ratings[0]

    @property
    def last(self) -> Rating:
        return self.ratings[-1]

    @property
    def rater_id(self) -> str:
        return self.intake.rater_id

    @property
    def subject_id(self) -> str | None:
        return self.intake.subject_id

    def cutoff(self, profile: Profile) -> int | None:
        """Of its totals, in mm; None where none is drawn (school and other professionals)."""
        if self.measure is not Measure.OUTCOME:
            return profile.alliance if self.measure is Measure.ALLIANCE else None
        return profile.outcome_cutoff(self.kind, self.band)

    def first(self, count: int) -> "Series":
        """As it was when it had `count` ratings, from 1."""
        return replace(self, ratings=self.ratings[:count])

    def until(self, draft_id: str) -> "Series | None":
        """As it was when the rating of this draft was its last; None where it has none such."""
        at = next((at for at, each in enumerate(self.ratings, 1) if each.draft_id == draft_id), None)
        return None if at is None else self.first(at)


def series_of(case: Case, ratings: Iterable[Rating]) -> tuple[Series, ...]:
    """A case's ratings as series, in the order of their intakes; each in the order of time, whichever was given.

    What somebody has guessed for another is nobody's rating: it is in none, and nothing is weighed or counted by it.
    """
    grouped = defaultdict[tuple[str, str | None, str], list[Rating]](list)
    guesses = {each.id for each in case.raters if each.is_guess}
    given = (each for each in ratings if each.rater_id not in guesses)
    for each in sorted(given, key=lambda each: (each.at, each.id)):
        grouped[each.rater_id, each.subject_id, each.instrument.code].append(each)
    return tuple(_series(case, tuple(each)) for each in grouped.values())


def _series(case: Case, ratings: tuple[Rating, ...]) -> Series:
    first = ratings[0]
    rater = case.rater(first.rater_id)
    return Series(first.instrument, rater.kind_about(first.subject_id), _band(case, rater, ratings[-1]), ratings)


def _band(case: Case, rater: Rater, last: Rating) -> AgeBand:
    """As old as they were when the newest was given; of one from before that was written down, as old as they are.

    Somebody who has turned 13 was a child in the children's series, whatever they are now.
    """
    if last.band is not None:
        return last.band
    if last.measure is Measure.ALLIANCE:
        return band_for(last.instrument, rater.band)
    subject = next((each for each in case.subjects if each.id == last.subject_id), None)
    return band_for(last.instrument, subject.band) if subject else NO_AGE

"""What in a case needs its worker's attention, the first thing first. It is a reason to look, and concludes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.ages import is_to_be_asked
from bot.domain.alerts import Alert
from bot.domain.asked_as import outcome_for
from bot.domain.cases import Case
from bot.domain.instruments import Measure
from bot.domain.profiles import Profile
from bot.domain.reviews import Review, due_at
from bot.domain.rules import Level
from bot.domain.series import Series
from bot.domain.trajectories import Trajectories
from bot.domain.zones import Zone, zone

LONG = timedelta(days=28)
"""Four weeks. Work here meets every week or two, holidays included every four; and an answer about the past week says
little of a month ago. A case with a planned meeting isn't forgotten, however far away that is."""


class Concern(StrEnum):
    """Why a case is looked at, in the order in which it is."""

    OFF_TRACK = "off_track"
    NOT_TALKED = "not_talked"
    LONG_SINCE = "long_since"
    AGE = "age"
    REVIEW = "review"


@dataclass(frozen=True)
class Known:
    """What is known of a case beside its people.

    `series`: its outcome series, and all of them where something was raised. `alerts`: those raised that are still so.
    `met_at`: when the newest meeting began; `planned`: another one is planned.
    """

    series: Sequence[Series] = ()
    alerts: Sequence[Alert] = ()
    met_at: datetime | None = None
    planned: bool = False
    review: Review | None = None


def concerns(
    case: Case, known: Known, *, profile: Profile, trajectories: Trajectories | None, now: datetime, today: date
) -> tuple[Concern, ...]:
    """What is so of an open case, the first thing first. `today` is the local day."""
    so = {
        Concern.OFF_TRACK: any(is_off_track(case, each, profile, trajectories) for each in known.series),
        Concern.NOT_TALKED: any(is_to_be_talked_about(each, now=now) for each in known.alerts),
        Concern.LONG_SINCE: not known.planned and now - (known.met_at or case.opened_at) >= LONG,
        Concern.AGE: any(is_to_be_asked(each, now=now, today=today) for each in case.subjects),
        Concern.REVIEW: now >= due_at(case.opened_at, known.review),
    }
    return tuple(each for each in Concern if so[each])


def most_needing(found: tuple[Concern, ...]) -> tuple[int, ...]:
    """To sort by: the gravest thing first, then who has more of them; last who has none."""
    order = list(Concern)
    return (*(order.index(each) for each in found), len(order))


def is_off_track(case: Case, series: Series, profile: Profile, trajectories: Trajectories | None) -> bool:
    """Where the series that goes on now stands below what is expected: in the red zone.

    What somebody guesses in another one's place, who has left, and what was rated with a former instrument say nothing
    of how it goes now.
    """
    if series.measure is not Measure.OUTCOME:
        return False
    goes_on = any(each.id == series.rater_id and not each.is_guess for each in case.present_raters)
    present = {outcome_for(each) for each in case.subjects if each.id == series.subject_id}
    return goes_on and series.instrument in present and zone(series, profile, trajectories) is Zone.RED


def is_to_be_talked_about(alert: Alert, *, now: datetime) -> bool:
    """It rang, and nobody has tapped that it was talked about; put off, it waits until then."""
    waits = alert.later_at is not None and alert.later_at > now
    return alert.level is Level.ALERT and alert.talked_at is None and not waits

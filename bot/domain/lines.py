"""One line per client and case, from which all figures about clients are counted. Totals are in mm (0-400).

Collateral raters have no place here: a line is made of what the client has rated themself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.cases import Case, Ending
from bot.domain.figures import Member
from bot.domain.instruments import Measure
from bot.domain.people import AgeBand
from bot.domain.series import Series

DAY = timedelta(days=1)


class ReportBand(StrEnum):
    """The ages that reports tell apart: adults, adolescents of 13-18, children of 0-12.

    Who is 18 is weighed as an adult and counted among the adolescents.

    Source:
        The Helsinki report.
    """

    ADULT = "adult"
    ADOLESCENT = "adolescent"
    CHILD = "child"


REPORT_BANDS = {
    AgeBand.ADULT: ReportBand.ADULT,
    AgeBand.EIGHTEEN: ReportBand.ADOLESCENT,
    AgeBand.ADOLESCENT: ReportBand.ADOLESCENT,
    AgeBand.CHILD: ReportBand.CHILD,
    AgeBand.UNDER_6: ReportBand.CHILD,
}


@dataclass(frozen=True)
class Client:
    """A subject, and as which raters they rate themself (mostly one; another after joining anew)."""

    id: str
    band: AgeBand
    rater_ids: frozenset[str]


@dataclass(frozen=True)
class Course:
    """A case as figures see it: its clients, its series in any order, its length and its end.

    `meetings` are those that have ended; `closing` is None while the case is open, and where nobody said how it closed.
    """

    case_id: str
    clients: tuple[Client, ...]
    series: tuple[Series, ...]
    meetings: int
    opened_at: datetime
    closed_at: datetime | None = None
    closing: Ending | None = None

    @property
    def days(self) -> float | None:
        """From opening to closing in days of 24 hours; None while it is open."""
        return (self.closed_at - self.opened_at) / DAY if self.closed_at else None


def clients_of(case: Case) -> tuple[Client, ...]:
    """The subjects of a case with the raters that are themselves; under age of rating there are none."""
    return tuple(Client(each.id, each.band, _own_raters(case, each.id)) for each in case.subjects)


def _own_raters(case: Case, subject_id: str) -> frozenset[str]:
    own = (each for each in case.raters if each.is_own(subject_id))
    return frozenset(each.id for each in own if subject_id in each.subject_ids)


@dataclass(frozen=True)
class Line:
    """One client in one case.

    `series`: the own outcome series that their course is read from; None where they have rated only the alliance.
    `intake`, `alliance`: their first own totals in the case, in mm, with whichever instrument. `days`: None while open.
    """

    case_id: str
    client_id: str
    band: ReportBand
    series: Series | None
    intake: int | None
    alliance: int | None
    meetings: int
    days: float | None
    closing: Ending | None

    @property
    def member(self) -> Member:
        return Member(f"{self.case_id} {self.client_id}", self.client_id)


def lines_of(courses: Iterable[Course]) -> tuple[Line, ...]:
    """A line for every client who has rated themself at least once, in the order of the cases."""
    return tuple(line for course in courses for each in course.clients if (line := _line(course, each)))


def _line(course: Course, client: Client) -> Line | None:
    outcomes = _own(course, client, Measure.OUTCOME)
    alliances = _own(course, client, Measure.ALLIANCE)
    if not outcomes and not alliances:
        return None
    return Line(
        case_id=course.case_id,
        client_id=client.id,
        band=REPORT_BANDS[client.band],
        series=_newest(outcomes),
        intake=_first_total(outcomes),
        alliance=_first_total(alliances),
        meetings=course.meetings,
        days=course.days,
        closing=course.closing,
    )


def _own(course: Course, client: Client, measure: Measure) -> tuple[Series, ...]:
    """What they rated as a client: about themself, or how the meeting was for themself."""
    own = (each for each in course.series if each.measure is measure and each.rater_id in client.rater_ids)
    return tuple(each for each in own if each.subject_id in (None, client.id))


def _newest(series: tuple[Series, ...]) -> Series | None:
    """The one last added to of those with two ratings or more, else of all.

    A child who turns 13 goes on with another instrument: the two series are one line, and are never compared.
    """
    long_enough = tuple(each for each in series if len(each) >= 2)
    return max(long_enough or series, key=lambda each: (each.last.at, each.last.id), default=None)


def _first_total(series: tuple[Series, ...]) -> int | None:
    first = min((each.intake for each in series), key=lambda each: (each.at, each.id), default=None)
    return first.total if first else None

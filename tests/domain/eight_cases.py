"""Eight cases with known answers: ours, made up, in points. Y2's second alliance rating was skipped."""

from datetime import timedelta

from bot.domain.cases import Ending
from bot.domain.instruments import Instrument, alliance_instrument, outcome_instrument
from bot.domain.lines import Client, Course, Line, lines_of
from bot.domain.people import AgeBand, Kind
from bot.domain.profiles import ICCE
from bot.domain.references import Expectation, Reference
from bot.domain.series import Series
from bot.domain.statistics import Yardstick
from tests.domain.ratings_of import FIRST, WEEK, four, mm, rating

ADULT, ADOLESCENT, CHILD = AgeBand.ADULT, AgeBand.ADOLESCENT, AgeBand.CHILD
Totals = tuple[float, ...]
EIGHT: dict[str, tuple[AgeBand, Totals, Totals, Ending | None]] = {
    "A1": (ADULT, (18, 21, 26.5), (34, 36, 38), Ending.AGREED),
    "A2": (ADULT, (22, 20), (38, 36.5), Ending.STOPPED),
    "A3": (ADULT, (30, 31, 29), (36, 37, 37), None),
    "Y1": (ADOLESCENT, (20, 24, 27, 29), (30, 33, 35, 37), Ending.AGREED),
    "Y2": (ADOLESCENT, (26, 27), (28,), Ending.STOPPED),
    "Y3": (ADOLESCENT, (33,), (31,), None),
    "K1": (CHILD, (25, 30, 33), (29, 32, 36), Ending.AGREED),
    "K2": (CHILD, (29, 23, 22), (33, 30, 29), None),
}
REFERENCE = Reference(Expectation(intercept=130, slope=0.6), sd=80, effect=0.76)
YARDSTICK = Yardstick(ICCE, reference=REFERENCE, fixed_sd=80)


def eight_lines() -> tuple[Line, ...]:
    courses = (course(name, band, outcome, alliance, closing) for name, (band, outcome, alliance, closing) in rows())
    return lines_of(courses)


def rows() -> tuple[tuple[str, tuple[AgeBand, Totals, Totals, Ending | None]], ...]:
    return tuple(EIGHT.items())


def course(name: str, band: AgeBand, outcome: Totals, alliance: Totals = (), closing: Ending | None = None) -> Course:
    """A case of one client, with a meeting a week; closed in the week after the last, if it is closed."""
    own = (own_series(name, outcome_instrument(band), band, outcome), alliance_series(name, band, alliance))
    return Course(
        case_id=name,
        clients=(Client(name, band, frozenset({name})),),
        series=tuple(each for each in own if each is not None),
        meetings=len(outcome),
        opened_at=FIRST,
        closed_at=FIRST + len(outcome) * WEEK + timedelta(hours=12) if closing else None,
        closing=closing,
    )


def alliance_series(name: str, band: AgeBand, totals: Totals) -> Series | None:
    return own_series(name, alliance_instrument(band), band, totals, subject=None)


def own_series(
    name: str,
    instrument: Instrument,
    band: AgeBand,
    totals: Totals,
    *,
    subject: str | None = "self",
    kind: Kind = Kind.CLIENT,
    since: int = 0,
) -> Series | None:
    """What somebody called `name` has rated from week `since` on, about themself; None of no totals."""
    about = name if subject == "self" else subject
    ratings = tuple(
        rating(since + at, four(mm(each)), instrument=instrument, rater=name, subject=about)
        for at, each in enumerate(totals)
    )
    return Series(instrument, kind, band, ratings) if ratings else None

"""Ratings with given totals, for the tests of rules and figures: pseudonyms and numbers only."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.instruments import ITEM_COUNT, ORS, Instrument
from bot.domain.people import AgeBand, Kind
from bot.domain.ratings import Mode, Rating
from bot.domain.series import Series

FIRST = datetime(2026, 1, 5, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


def mm(points: float) -> int:
    """Points as people see them (0-40) in mm."""
    return round(points * 10)


def four(total: int) -> tuple[int, ...]:
    """A total in mm spread over the items as evenly as it goes."""
    share, rest = divmod(total, ITEM_COUNT)
    return tuple(share + (at < rest) for at in range(ITEM_COUNT))


def rating(
    at: int,
    scores: Sequence[int],
    *,
    instrument: Instrument = ORS,
    rater: str = "aino",
    subject: str | None = "aino",
    session: str | None = None,
) -> Rating:
    """The rating of week `at`, with these four scores in mm."""
    return Rating(
        id=f"r-{rater}-{subject}-{instrument.code}-{at}",
        draft_id=f"d-{rater}-{at}",
        case_id="case",
        worker_id="nora",
        session_id=session or f"s-{at}",
        rater_id=rater,
        subject_id=subject,
        instrument=instrument,
        mode=Mode.BUTTONS,
        scores=tuple(scores),
        at=FIRST + at * WEEK,
    )


def series(
    *points: float,
    instrument: Instrument = ORS,
    band: AgeBand = AgeBand.ADULT,
    kind: Kind = Kind.CLIENT,
    rater: str = "aino",
) -> Series:
    """A series of these totals in points, a week apart."""
    ratings = [
        rating(at, four(mm(each)), instrument=instrument, rater=rater, subject="aino") for at, each in enumerate(points)
    ]
    return Series(instrument, kind, band, tuple(ratings))

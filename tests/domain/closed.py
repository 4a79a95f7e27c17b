"""Series of cases that are closed, each case a family of its own, for what is fitted from many of them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.instruments import ORS, Instrument
from bot.domain.people import AgeBand, Kind
from bot.domain.series import Series
from tests.domain.ratings_of import four, rating


def closed(
    case: str,
    totals: Sequence[int],
    *,
    rater: str = "",
    subject: str = "",
    kind: Kind = Kind.CLIENT,
    band: AgeBand = AgeBand.ADULT,
    instrument: Instrument = ORS,
    week: int = 0,
) -> Series:
    """Totals in mm, a week apart from this week on; the rater is the case's only one, unless named."""
    who, whom = rater or f"rater of {case}", subject or f"subject of {case}"
    ratings = [
        rating(week + at, four(each), instrument=instrument, rater=who, subject=whom) for at, each in enumerate(totals)
    ]
    return Series(instrument, kind, band, tuple(replace(each, case_id=case) for each in ratings))


def alike(count: int, *totals: int, prefix: str = "case", kind: Kind = Kind.CLIENT) -> list[Series]:
    """So many cases in which the same totals were given."""
    return [closed(f"{prefix} {at}", totals, kind=kind) for at in range(count)]

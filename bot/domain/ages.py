"""How old a subject is, as far as it is known here: when the age band is to be looked at again.

A worker may give the month of birth; then it is known in which month the band changes. Without one the worker is asked
once a year whether the band is still right.
"""

from datetime import date, datetime, timedelta

from bot.domain.cases import Subject
from bot.domain.instruments import CORS, CSRS, Instrument, Measure
from bot.domain.people import AgeBand

ASKED_AGAIN = timedelta(days=365)
_MONTHS = 12
_FROM_YEARS = {
    AgeBand.UNDER_6: 0,
    AgeBand.CHILD: 6,
    AgeBand.ADOLESCENT: 13,
    AgeBand.EIGHTEEN: 18,
    AgeBand.ADULT: 19,
}


def band_at(born: date, today: date) -> AgeBand:
    """The band of who was born in this month. They are a year older from the first day of the month on."""
    months = (today.year - born.year) * _MONTHS + today.month - born.month
    return max((band for band, years in _FROM_YEARS.items() if months >= years * _MONTHS), key=_FROM_YEARS.__getitem__)


def months_of_birth(band: AgeBand, today: date) -> tuple[date, ...]:
    """The months, each by its first day, in which somebody of this band can have been born; of adults none is asked."""
    if band is AgeBand.ADULT:
        return ()
    newest = today.year * _MONTHS + today.month - 1
    oldest = newest - _FROM_YEARS[AgeBand.ADULT] * _MONTHS
    found = (date(at // _MONTHS, at % _MONTHS + 1, 1) for at in range(oldest, newest + 1))
    return tuple(each for each in found if band_at(each, today) is band)


def band_by_now(subject: Subject, today: date) -> AgeBand | None:
    """The band by a known month of birth, where another one is written down; else None."""
    if subject.born is None or subject.band is AgeBand.ADULT:
        return None
    band = band_at(subject.born, today)
    return None if band is subject.band else band


def is_to_be_asked(subject: Subject, *, now: datetime, today: date) -> bool:
    """Whether the band may be another one by now. Who is 19 stays an adult."""
    if subject.band is AgeBand.ADULT:
        return False
    if subject.born is not None:
        return band_by_now(subject, today) is not None
    return subject.band_known_at is None or now - subject.band_known_at >= ASKED_AGAIN


def band_for(instrument: Instrument, band: AgeBand) -> AgeBand:
    """The age at which a rating of this instrument is read, of somebody who is now of this band.

    Who was asked as a child and answers after turning 13 has answered as a child; and the other way round. A service's
    own measures are for every age.
    """
    if instrument.measure is Measure.OWN:
        return band
    as_child = band in (AgeBand.UNDER_6, AgeBand.CHILD)
    if as_child == (instrument in (CORS, CSRS)):
        return band
    return AgeBand.ADOLESCENT if as_child else AgeBand.CHILD

"""A day and a time as people in Finland write them: `24.11.`, `24.11.2026 klo 14`, `14.30`, `24 Nov 14:30`, `24/11`.

Nothing here knows the clock: what is today comes in.
"""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.domain.errors import Reason, Refusal

_NAMES = (
    "jan tam, feb hel, mar maa, apr huh, may maj tou, jun kes, jul hei, aug elo, sep syy, oct okt lok, nov, dec jou"
)
_MONTHS = {name: number for number, names in enumerate(_NAMES.split(","), 1) for name in names.split()}
"""By their first three letters in English, Swedish and Finnish; but *marraskuu* begins like March."""
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
_NUMBERS = re.compile(r"(?P<day>\d{1,2})\s?[./]\s?(?P<month>\d{1,2})(?:(?P<dot>[./])\s?(?P<year>\d{4})?)?(?=\s|$)")
_WORDS = re.compile(r"(?P<day>\d{1,2})\.?\s(?P<month>[a-zåäö]{3,12})\.?(?:\s(?P<year>\d{4}))?(?=\s|$)")
_TIME = re.compile(r"(?:(?:klo|kl\.?|at|kello)\s*)?(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?")
_MONTHS_A_YEAR = 12
_HALF_A_YEAR = timedelta(days=183)


@dataclass(frozen=True)
class Typed:
    """What was written: a day, a time, or both."""

    day: date | None = None
    at: time | None = None


def read(text: str, *, today: date, time_first: bool = False) -> Typed | None:
    """None: neither a day nor a time. `time_first`: `12.10` alone is a time there, elsewhere a day.

    Raises:
        Refusal: there is no such day or time; or a day without its year has just passed.
    """
    words = " ".join(text.lower().replace(",", " ").split())
    found = _TIME.fullmatch(words)
    if found and (time_first or found["minute"] is None or int(found["minute"]) > _MONTHS_A_YEAR):
        return Typed(at=_time(found))
    for pattern in (_ISO, _NUMBERS, _WORDS):
        found = pattern.match(words)
        if found and (pattern is not _WORDS or found["month"][:3] in _MONTHS):
            rest = words[found.end() :].strip()
            return Typed(_day(found, today), _rest(rest)) if not rest or _TIME.fullmatch(rest) else None
    found = _TIME.fullmatch(words)
    return Typed(at=_time(found)) if found else None


def _rest(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    return _time(found) if found else None


def _time(found: re.Match[str]) -> time:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if hour > 23 or minute > 59:
        raise Refusal(Reason.NO_SUCH_TIME)
    return time(hour, minute)


def _day(found: re.Match[str], today: date) -> date:
    month = _month(found["month"])
    day = int(found["day"])
    if found["year"]:
        return _that(int(found["year"]), month, day)
    return _nearest(month, day, today)


def _month(word: str) -> int:
    if word.startswith("marras"):
        return 11
    return _MONTHS[word[:3]] if word.isalpha() else int(word)


def _that(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refusal(Reason.NO_SUCH_DAY) from None


def _nearest(month: int, day: int, today: date) -> date:
    """Without a year it is the next such day; one that has passed within half a year is meant as it is: past."""
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if today - found < _HALF_A_YEAR:
            return found
    raise Refusal(Reason.NO_SUCH_DAY)

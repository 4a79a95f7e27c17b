"""What a worker types from a sheet: values with a decimal, and days, the day first as all our readers write them."""

import re
from datetime import date, timedelta

from bot.domain.errors import Reason, Refusal

_LIKE_A_NUMBER = re.compile(r"[\d\s.,;:/\-\u2212\u2013]+")
_NUMBER = re.compile(r"(\d{1,4})(?:[.,](\d))?")
_SEPARATORS = re.compile(r"\s*;\s*|,\s+|\s+")
_DAY = re.compile(r"(\d{1,2})[.\-/ ]\s*(\d{1,2})[.\-/ ]?\s*(\d{4}|\d{2})?\.?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_CENTURY = 2000

OLDEST = timedelta(days=2 * 365)
"""Sheets from longer ago aren't taken in: they say little of now, and slips of the year are found by it."""


def is_like_a_number(text: str) -> bool:
    """Digits and the signs that go with them: not a code, a label or a word."""
    return bool(_LIKE_A_NUMBER.fullmatch(text)) and any(each.isdigit() for each in text)


def values(text: str) -> tuple[int, ...] | None:
    """One value or several, in mm: `7,5`, `7.5` and `7`, with spaces, semicolons or lines between. None: not values."""
    words = [each for each in _SEPARATORS.split(text.strip()) if each]
    found = [_NUMBER.fullmatch(each) for each in words]
    if not found or not all(found):
        return None
    return tuple(int(each[1]) * 10 + int(each[2] or 0) for each in found if each)


def day(text: str, *, today: date) -> date | None:
    """`21.11.2026`, `21.11.`, `21/11/26`, `2026-11-21`; without a year the last such day that isn't to come."""
    if found := _ISO.fullmatch(text.strip()):
        return _date(*(int(each) for each in found.groups()))
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    this, month = int(found[1]), int(found[2])
    if found[3] is not None:
        return _date(int(found[3]) + (_CENTURY if len(found[3]) == 2 else 0), month, this)
    return next((each for each in _years_back(today, month, this) if each is not None and each <= today), None)


def _years_back(today: date, month: int, this: int) -> list[date | None]:
    """Far enough for a 29 February."""
    return [_date(today.year - back, month, this) for back in range(9)]


def _date(year: int, month: int, this: int) -> date | None:
    try:
        return date(year, month, this)
    except ValueError:
        return None


def checked(day: date, *, today: date, opened: date) -> date:
    """The day on a sheet, as it can be: not to come, not before the case, not over two years ago."""
    if day > today:
        raise Refusal(Reason.DAY_AHEAD)
    if today - day > OLDEST:
        raise Refusal(Reason.DAY_TOO_OLD)
    if day < opened:
        raise Refusal(Reason.DAY_BEFORE_CASE)
    return day

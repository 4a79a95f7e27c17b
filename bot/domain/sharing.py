"""What may be shown to several people: ratings that their raters haven't kept for their worker alone."""

from collections.abc import Iterable

from bot.domain.ratings import Rating


def shared(ratings: Iterable[Rating]) -> tuple[Rating, ...]:
    """Those that may be shown together, in the order given."""
    return tuple(each for each in ratings if not each.only_worker)


def all_shared(ratings: Iterable[Rating]) -> bool:
    """Whether nothing of these is left out. Where something is, it is said of all of them, and not of whom."""
    return not any(each.only_worker for each in ratings)

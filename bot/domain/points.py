"""Points, as people see and write them (a total 0-40), and the mm that the code counts in."""

from decimal import Decimal

from bot.domain.instruments import TOTAL_MAXIMUM


def in_mm(value: object, place: str, *, least: int = 0, most: int = TOTAL_MAXIMUM) -> int:
    """What a file says in points, as `tomllib` reads it with Decimal; one decimal at most: a person marks no finer.

    Raises:
        ValueError: it isn't a number of points in this range; with the place in the file.
    """
    number = value if isinstance(value, int | Decimal) and not isinstance(value, bool) else Decimal("nan")
    if not Decimal(least) / 10 <= _finite(number) <= Decimal(most) / 10 or number * 10 % 1:
        shown = str(value) if isinstance(value, Decimal) else repr(value)
        raise ValueError(
            f"{place} is {shown}: expected points from {least / 10:g} to {most / 10:g}, one decimal at most"
        )
    return int(number * 10)


def _finite(number: int | Decimal) -> int | Decimal:
    """Anything that isn't finite is out of every range."""
    return number if isinstance(number, int) or number.is_finite() else -1


def in_points(mm: int) -> str:
    """With its one decimal, as a file has it."""
    return f"{mm // 10}.{mm % 10}"

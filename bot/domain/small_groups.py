"""What may be shown of figures over few clients: nothing from which a single client's answers could be read.

A figure is compared over several groups: all clients and each age band, a team and each of its workers. The groups that
are shown cut the clients into cells, and whatever is added up or taken away among them is a sum over whole cells. So no
cell may be of fewer clients than the bound, and none may be all alike: then nothing of such a group can be computed
from what is shown, neither as the rest of a whole nor by any other sum.

- Of nobody at all is no secret: such a figure stays and says so.
- Where a spread says that all began alike, it and what is shown with it is kept back: a mean would be everybody's.
- *None of them* is shown, as a count of 0 inside a larger group; only *all of them* isn't.
- Figures that tell each other's counts (three zones of one whole) are fields of one dataclass, and go together.

What it doesn't stop: algebra over different figures, and a report laid beside an earlier one that lacks a few clients.
A screen answers the second by fixed periods.

Source:
    Handbook pages 2 and 5: SMALL_GROUP, complementary suppression.
"""

from collections.abc import Iterable, Sequence
from dataclasses import Field, fields, replace
from typing import Any, ClassVar, Protocol, TypeVar

from bot.domain.figures import Figure, Lack, Member, Number, Share

SMALL_GROUP = 5
"""Clients. 1 shows everything: only whoever operates the command line may set it."""


class OfFigures(Protocol):
    """A dataclass of nothing but figures, and of other dataclasses of figures (a *set*: shown or kept back as one)."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


Report = TypeVar("Report", bound=OfFigures)
Cells = tuple[frozenset[Member], ...]


def shown(reports: Sequence[Report], *, bound: int) -> tuple[Report, ...]:
    """The same reports, one for each group, without what is kept back, and without the ids of whom figures are.

    Groups may overlap. The larger group has the first claim, and of two alike the one given first. A bound of 1 keeps
    nothing back.

    Raises:
        ValueError: the bound is under 1.
    """
    if bound < 1:
        raise ValueError("a group has one client at least")
    if not reports:
        return ()
    columns = {each.name: [getattr(report, each.name) for report in reports] for each in fields(reports[0])}
    kept = {name: _column(values, bound) for name, values in columns.items()}
    return tuple(
        replace(report, **{name: values[at] for name, values in kept.items()}) for at, report in enumerate(reports)
    )


def _column(values: Sequence[Any], bound: int) -> list[Any]:
    """One figure or set of figures over all groups."""
    stays = _stays([_figures(each) for each in values], bound)
    return [_each(value, kept_back=at not in stays) for at, value in enumerate(values)]


def _figures(value: Any) -> tuple[Figure, ...]:
    if isinstance(value, Share | Number):
        return (value,)
    return tuple(getattr(value, each.name) for each in fields(value))


def _each(value: Any, *, kept_back: bool) -> Any:
    """A figure, or a set of them, kept back or bare."""
    if isinstance(value, Share | Number):
        return value.kept_back() if kept_back else value.bare()
    inner = {each.name: _each(getattr(value, each.name), kept_back=kept_back) for each in fields(value)}
    return replace(value, **inner)


def _stays(groups: Sequence[Sequence[Figure]], bound: int) -> frozenset[int]:
    """The places of the groups that may be shown, taken one after the other, the largest first."""
    if bound == 1:
        return frozenset(range(len(groups)))
    alike = tuple(_alike(each) for each in zip(*groups, strict=True))
    cells: tuple[Cells, ...] = ((),) * len(alike)
    found = set()
    for at in sorted(range(len(groups)), key=lambda at: -max(len(each.base) for each in groups[at])):
        finer = tuple(_cut(each, figure.base) for each, figure in zip(cells, groups[at], strict=True))
        covered = all(_covers(each, counted, bound) for each, counted in zip(finer, alike, strict=True))
        if covered and not any(each.lack is Lack.NO_SPREAD for each in groups[at]):
            found.add(at)
            cells = finer
    return frozenset(found)


def _alike(column: Iterable[Figure]) -> frozenset[Member]:
    """Those whom one share counts in any of its groups; nobody for a number and for a share of meetings or cases."""
    return frozenset(
        member for each in column if isinstance(each, Share) and each.counted is not None for member in each.counted
    )


def _cut(cells: Cells, base: frozenset[Member]) -> Cells:
    """The cells after one more group is shown."""
    rest = base.difference(*cells)
    finer = (part for each in cells for part in (each & base, each - base))
    return tuple(each for each in (*finer, rest) if each)


def _covers(cells: Cells, counted: frozenset[Member], bound: int) -> bool:
    """Every cell has clients enough, and somebody in it is not counted."""
    return all(len({member.client for member in each}) >= bound and not each <= counted for each in cells)

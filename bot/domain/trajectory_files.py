"""Trajectories as a TOML file: for each group a table [[adult]], a row for each intake, in points as people see them.

A file says what is so, or is refused as a whole with the place of what is wrong: the group, the intake, the number of
the rating. So a table that would call somebody's rise a fall is never in force.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from bot.domain.points import in_mm, in_points
from bot.domain.profiles import Profile
from bot.domain.toml import quoted, read
from bot.domain.trajectories import FIRST_RATING, RaterGroup, Row, Trajectories, Trajectory, cutoff_of

LONGEST_NAME = 80
GROUPS = tuple(each.value for each in RaterGroup)
COVERS = "covers"


def checked(text: str, profile: Profile) -> Trajectories:
    """The same as `parsed`, for a service that goes by this profile: nothing below its cutoffs is forgotten.

    Raises:
        ValueError: with the place in the file and what is expected there.
    """
    trajectories = parsed(text)
    must_cover(trajectories, profile)
    return trajectories


def parsed(text: str) -> Trajectories:
    """The trajectories that a file describes.

    Raises:
        ValueError: with the place in the file and what is expected there.
    """
    said = read(text)
    _known(said, ("name", COVERS, *GROUPS), "the file")
    covers = said.get(COVERS, {})
    if not isinstance(covers, dict):
        raise ValueError(f"{COVERS} is no table: expected [{COVERS}]")
    _known(covers, tuple(each for each in GROUPS if each in said), COVERS)
    tables = {RaterGroup(each): _table(each, said[each], covers.get(each)) for each in GROUPS if each in said}
    return Trajectories(_name(said.get("name")), MappingProxyType(tables))


def _known(table: Mapping[str, Any], names: Sequence[str], place: str) -> None:
    for each in table:
        if each not in names:
            raise ValueError(f"{place} has an unknown {each!r}: expected {', '.join(names) or 'nothing'}")


def _name(name: object) -> str:
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise ValueError(f"name is {name!r}: expected a name of at most {LONGEST_NAME} characters on one line")
    return name


# A table


def _table(group: str, said: object, covers: object) -> Trajectory:
    if not isinstance(said, list) or not said or not all(isinstance(each, dict) for each in said):
        raise ValueError(f"{group} has no rows: expected [[{group}]] for each intake")
    rows = tuple(_row(each, f"{group}, row {at}") for at, each in enumerate(said, 1))
    for row in rows:
        _must_rise_from_the_intake(row, _at(group, row))
    for one, other in pairwise(rows):
        _must_follow(one, other, _at(group, other))
    return Trajectory(rows, None if covers is None else _covered(covers, rows, f"{COVERS}.{group}"))


def _row(said: Mapping[str, Any], place: str) -> Row:
    _known(said, ("intake", "n", "target", "lower"), place)
    intake = in_mm(said.get("intake"), f"{place}, intake")
    place = f"{place}, intake {in_points(intake)}"
    targets, lowers = (_line(said.get(each), f"{place}, {each}") for each in ("target", "lower"))
    if len(targets) != len(lowers):
        raise ValueError(f"{place} has {len(targets)} targets and {len(lowers)} lower lines: expected equally many")
    return Row(intake, targets, lowers, _cases(said["n"], place) if "n" in said else None)


def _line(said: object, place: str) -> tuple[int, ...]:
    if not isinstance(said, list) or not said:
        raise ValueError(f"{place}: expected a list of points, for rating {FIRST_RATING}, {FIRST_RATING + 1}, ...")
    return tuple(in_mm(each, f"{place}, rating {number}") for number, each in enumerate(said, FIRST_RATING))


def _cases(n: object, place: str) -> int:
    if not isinstance(n, int) or isinstance(n, bool) or n < 1:
        raise ValueError(f"{place}, n is {n!r}: expected the number of cases")
    return n


def _covered(said: object, rows: Sequence[Row], place: str) -> tuple[int, int]:
    if not isinstance(said, list) or len(said) != 2:
        raise ValueError(f"{place} is {said!r}: expected the lowest and the highest intake")
    lowest, highest = (in_mm(each, place) for each in said)
    if not lowest <= rows[0].intake <= rows[-1].intake <= highest:
        raise ValueError(f"{place} is {_range(lowest, highest)}: expected a range in which all its intakes are")
    return lowest, highest


# What mustn't fall


def _must_rise_from_the_intake(row: Row, place: str) -> None:
    """A target begins at the intake, which is rating 1. The lower line is below the target, wherever it begins."""
    if row.targets[0] < row.intake:
        fallen = in_points(row.targets[0])
        raise ValueError(f"{place}, rating {FIRST_RATING}: the target falls to {fallen}, which is below the intake")
    for number, (target, lower) in enumerate(zip(row.targets, row.lowers, strict=True), FIRST_RATING):
        if lower > target:
            over = f"{in_points(lower)} is above the target {in_points(target)}"
            raise ValueError(f"{place}, rating {number}: the lower line {over}")
    for what, line in _lines(row):
        for number, (one, other) in enumerate(pairwise(line), FIRST_RATING + 1):
            if other < one:
                raise ValueError(
                    f"{place}, rating {number}: the {what} falls from {in_points(one)} to {in_points(other)}"
                )


def _must_follow(one: Row, other: Row, place: str) -> None:
    """From one intake to the next."""
    before = f"intake {in_points(one.intake)}"
    if other.intake <= one.intake:
        raise ValueError(f"{place} comes after {before}: expected rising intakes")
    if len(other.targets) != len(one.targets):
        counts = f"{len(other.targets)} ratings, and {len(one.targets)} at {before}"
        raise ValueError(f"{place} has {counts}: expected equally many")
    for (what, low), (_, high) in zip(_lines(one), _lines(other), strict=True):
        for number, (under, over) in enumerate(zip(low, high, strict=True), FIRST_RATING):
            if over < under:
                fallen = f"falls from {in_points(under)} at {before} to {in_points(over)}"
                raise ValueError(f"{place}, rating {number}: the {what} {fallen}")


def _lines(row: Row) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return ("target", row.targets), ("lower line", row.lowers)


def _at(group: str, row: Row) -> str:
    return f"{group}, intake {in_points(row.intake)}"


# Beside a profile


def must_cover(trajectories: Trajectories, profile: Profile) -> None:
    """Each table is for all intakes below the cutoff, or its file says for which.

    Raises:
        ValueError: one isn't, and doesn't say so.
    """
    for group, table in trajectories.tables.items():
        cutoff = cutoff_of(group, profile)
        if table.covers is None and cutoff is not None and not _reaches(table, cutoff, profile):
            covered = _range(table.lowest, table.highest)
            raise ValueError(
                f"{group}: has intakes from {_between(table)}, and not from 0.0 to the cutoff {in_points(cutoff)}: "
                f"add them, or say what it is for: [{COVERS}] {group} = {covered}"
            )


def _reaches(table: Trajectory, cutoff: int, profile: Profile) -> bool:
    """From 0 to the highest intake that is still below."""
    return table.lowest == 0 and profile.is_above(table.highest + 1, cutoff)


def _between(table: Trajectory) -> str:
    return f"{in_points(table.lowest)} to {in_points(table.highest)}"


# Writing


def written(trajectories: Trajectories, remarks: Sequence[str] = ()) -> str:
    """As a file, which `parsed` reads as the same. The remarks stand at its head, a line each."""
    head = [*(f"# {each}" for each in remarks), f"name = {quoted(trajectories.name)}"]
    covers = [f"{group} = {_range(*each.covers)}" for group, each in trajectories.tables.items() if each.covers]
    parts = ["\n".join(head), *(["\n".join([f"[{COVERS}]", *covers])] if covers else [])]
    parts += ["\n".join(_written(group, row)) for group, table in trajectories.tables.items() for row in table.rows]
    return "\n\n".join(parts) + "\n"


def _written(group: RaterGroup, row: Row) -> Iterator[str]:
    yield f"[[{group}]]"
    yield f"intake = {in_points(row.intake)}"
    if row.n is not None:
        yield f"n = {row.n}"
    yield f"target = {_range(*row.targets)}"
    yield f"lower = {_range(*row.lowers)}"


def _range(*mm: int) -> str:
    return f"[{', '.join(in_points(each) for each in mm)}]"

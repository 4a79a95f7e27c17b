"""What is kept back of figures over few clients, and that nothing which is kept back can be computed again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.figures import Lack, Member, Number, Share, number_of, share_of, share_of_units
from bot.domain.lines import Line, lines_of
from bot.domain.people import AgeBand
from bot.domain.small_groups import SMALL_GROUP, shown
from bot.domain.statistics import by_band, figures
from tests.domain.eight_cases import ADOLESCENT, ADULT, CHILD, YARDSTICK, Totals, course, eight_lines

BETTER, WORSE, ALIKE = (20.0, 26.0), (30.0, 20.0), (20.0, 21.0)
KEPT_BACK = Share(None, None, lack=Lack.SMALL_GROUP)


@dataclass(frozen=True)
class One:
    """A report of a single share."""

    share: Share


@dataclass(frozen=True)
class Pair:
    """A set of two shares that go together."""

    these: Share
    those: Share


@dataclass(frozen=True)
class Two:
    pair: Pair
    mean: Number


def people(names: Iterable[int]) -> list[Member]:
    return [Member(f"case {each}", f"{each}") for each in names]


def one(counted: Iterable[int], of: Iterable[int]) -> One:
    return One(share_of(people(counted), people(of)))


def seen(*reports: One, bound: int = SMALL_GROUP) -> list[Share]:
    return [each.share for each in shown(reports, bound=bound)]


def test_five_are_shown_and_four_are_not() -> None:
    assert SMALL_GROUP == 5
    assert seen(one([1], range(5))) == [Share(1, 5)]
    assert seen(one([1], range(4))) == [KEPT_BACK]


def test_a_count_is_shown_unless_it_is_all_of_them() -> None:
    assert seen(one(range(6), range(7))) == [Share(6, 7)]
    assert seen(one(range(7), range(7))) == [KEPT_BACK]
    assert seen(one([], range(7))) == [Share(0, 7)]


def test_of_nobody_is_said_and_not_kept_back() -> None:
    assert seen(one([], [])) == [Share(0, 0, lack=Lack.NOBODY)]
    assert shown([], bound=5) == ()


def test_two_groups_that_differ_by_fewer_than_five_arent_both_shown() -> None:
    assert seen(one([1], range(12)), one([1], range(8))) == [Share(1, 12), KEPT_BACK]
    assert seen(one([1], range(12)), one([1], range(7))) == [Share(1, 12), Share(1, 7)]


def test_the_larger_group_is_shown_whichever_is_given_first() -> None:
    assert seen(one([1], range(8)), one([1], range(12))) == [KEPT_BACK, Share(1, 12)]


def test_the_same_group_twice_is_shown_twice() -> None:
    assert seen(one([1], range(8)), one([1], range(8))) == [Share(1, 8), Share(1, 8)]


def test_what_is_left_of_a_whole_when_its_parts_are_taken_away_is_a_group_too() -> None:
    """20 = 9 + 9 + 2: each of the nines may stand beside the whole, and not both."""
    found = seen(one([1, 10], range(20)), one([1], range(9)), one([10], range(9, 18)), one([], [18, 19]))
    assert found == [Share(2, 20), Share(1, 9), KEPT_BACK, KEPT_BACK]


def test_two_small_groups_that_are_five_together_may_be_the_rest() -> None:
    found = seen(one([1, 10], range(20)), one([1], range(15)), one([15], [15, 16]), one([], [17, 18, 19]))
    assert found == [Share(2, 20), Share(1, 15), KEPT_BACK, KEPT_BACK]


def test_a_rest_that_would_be_all_alike_keeps_its_other_part_back() -> None:
    """All six of the second part count: 8 of 14 and 2 of 8 together would say so."""
    counted = [1, 2, *range(8, 14)]
    assert seen(one(counted, range(14)), one([1, 2], range(8)), one(range(8, 14), range(8, 14))) == [
        Share(8, 14),
        KEPT_BACK,
        KEPT_BACK,
    ]


def test_two_cases_of_one_client_are_one_client() -> None:
    twice = [Member(f"case {at}", f"{at % 4}") for at in range(8)]
    assert seen(One(share_of(twice[:1], twice))) == [KEPT_BACK]


def test_all_of_the_meetings_may_be_shown_when_there_are_clients_enough() -> None:
    assert seen(One(share_of_units(9, 9, people(range(5))))) == [Share(9, 9)]
    assert seen(One(share_of_units(9, 9, people(range(4))))) == [KEPT_BACK]


def test_the_operator_sees_everything() -> None:
    assert seen(one([1], [1]), one([1], [1, 2]), bound=1) == [Share(1, 1), Share(1, 2)]


@pytest.mark.parametrize("bound", [0, -1])
def test_a_bound_is_1_at_least(bound: int) -> None:
    with pytest.raises(ValueError, match="one client"):
        shown([one([1], [1])], bound=bound)


def test_what_is_shown_has_nobodys_id() -> None:
    for bound in (1, 5):
        (found,) = seen(one([1], range(9)), bound=bound)
        assert (found.base, found.counted) == (frozenset(), None)


def two(*, these: int, of: int, those: int) -> Two:
    base = people(range(of))
    return Two(Pair(share_of(base[:these], base), share_of(base[:those], base)), number_of(7.0, base))


def test_a_set_is_shown_or_kept_back_as_one_and_doesnt_touch_the_rest() -> None:
    kept = Pair(KEPT_BACK, KEPT_BACK)
    assert shown([two(these=2, of=6, those=6)], bound=5) == (Two(kept, Number(7.0, 6)),)
    assert shown([two(these=2, of=6, those=5)], bound=5) == (Two(Pair(Share(2, 6), Share(5, 6)), Number(7.0, 6)),)
    nothing = Number(None, None, lack=Lack.SMALL_GROUP)
    assert shown([two(these=2, of=4, those=3)], bound=5) == (Two(kept, nothing),)


# The figures of clients


def told(*groups: tuple[str, int, Totals]) -> tuple[Line, ...]:
    """So many clients of each band, all with these totals."""
    bands = {"adult": ADULT, "adolescent": ADOLESCENT, "child": CHILD}
    return lines_of(
        course(f"{at} {number}", bands[band], totals)
        for at, (band, count, totals) in enumerate(groups)
        for number in range(count)
    )


def test_the_eight_cases_show_the_whole_and_no_band() -> None:
    lines = eight_lines()
    groups = [lines, *by_band(lines).values()]
    whole, *bands = shown([figures(each, YARDSTICK) for each in groups], bound=SMALL_GROUP)
    assert whole == figures(lines, YARDSTICK)
    for band in bands:
        assert {band.intake.lack, band.effects.own.lack, band.standing.improved.lack} == {Lack.SMALL_GROUP}


def test_the_operator_sees_the_eight_cases_by_band() -> None:
    groups = [figures(each, YARDSTICK) for each in by_band(eight_lines()).values()]
    assert list(shown(groups, bound=1)) == groups


def test_where_all_are_green_no_zone_and_no_change_is_told() -> None:
    (found,) = shown([figures(told(("adult", 6, BETTER)), YARDSTICK)], bound=SMALL_GROUP)
    standing = found.standing
    assert {getattr(standing, each.name).lack for each in fields(standing)} == {Lack.SMALL_GROUP}
    assert found.intake == Number(200.0, 6)


def test_where_all_began_alike_no_effect_is_told() -> None:
    alike, differing = told(("adult", 6, BETTER)), told(("adult", 3, BETTER), ("adult", 3, WORSE))
    found = [each.effects for each in shown([figures(alike, YARDSTICK), figures(differing, YARDSTICK)], bound=5)]
    assert [each.first_sd.lack for each in found] == [Lack.SMALL_GROUP, None]
    assert [each.mean_change.lack for each in found] == [Lack.SMALL_GROUP, None]
    (told_all,) = shown([figures(alike, YARDSTICK)], bound=1)
    assert told_all.effects.first_sd == Number(None, 6, lack=Lack.NO_SPREAD)


def test_two_bands_are_kept_back_together_when_one_of_them_is_small() -> None:
    lines = told(("adult", 6, BETTER), ("adult", 6, ALIKE), ("child", 3, WORSE))
    groups = [lines, *by_band(lines).values()]
    whole, adults, adolescents, children = shown([figures(each, YARDSTICK) for each in groups], bound=SMALL_GROUP)
    assert whole.intake == Number(220.0, 15)
    assert [each.intake.lack for each in (adults, children)] == [Lack.SMALL_GROUP] * 2
    assert adolescents.intake.lack is Lack.NOBODY


# Laws

GROUPS = 4
PLACES = st.tuples(*[st.booleans()] * GROUPS)
CLIENT = st.tuples(PLACES, st.booleans(), st.integers(0, 12))
CLIENTS = st.lists(CLIENT, max_size=24)
Client = tuple[tuple[bool, ...], bool, int]


def reports_of(clients: Sequence[Client]) -> list[One]:
    """A share of each group. Who is in which group and who counts is by chance; some have two cases."""
    lines = [Member(f"case {at}", f"{name}") for at, (_, _, name) in enumerate(clients)]
    return [One(_share_in(group, clients, lines)) for group in range(GROUPS)]


def _share_in(group: int, clients: Sequence[Client], lines: Sequence[Member]) -> Share:
    inside = [at for at, (places, _, _) in enumerate(clients) if places[group]]
    return share_of([lines[at] for at in inside if clients[at][1]], [lines[at] for at in inside])


@given(CLIENTS, st.integers(2, 5))
def test_what_is_kept_back_cant_be_computed_from_what_is_shown(clients: list[Client], bound: int) -> None:
    """No sum of shown groups, with whatever weights, is a group that is kept back."""
    reports = reports_of(clients)
    stays = [each.share.lack is not Lack.SMALL_GROUP for each in shown(reports, bound=bound)]
    rows = [_row(each.share, clients) for each, stay in zip(reports, stays, strict=True) if stay]
    for report, stay in zip(reports, stays, strict=True):
        assert stay or _rank([*rows, _row(report.share, clients)]) > _rank(rows)


@given(CLIENTS, st.integers(2, 5))
def test_nothing_shown_is_of_a_small_group_nor_differs_by_one(clients: list[Client], bound: int) -> None:
    reports = reports_of(clients)
    after = shown(reports, bound=bound)
    kept = [one.share for one, each in zip(reports, after, strict=True) if each.share.lack is not Lack.SMALL_GROUP]
    for share in kept:
        for other in kept:
            for part in (share.base, share.base - other.base, share.base & other.base):
                assert not part or _is_large(part, share, bound)


def _is_large(part: frozenset[Member], share: Share, bound: int) -> bool:
    everybody_counts = part <= (share.counted or frozenset())
    return len({each.client for each in part}) >= bound and not everybody_counts


def _row(share: Share, clients: Sequence[Client]) -> list[Fraction]:
    inside = {each.unit for each in share.base}
    return [Fraction(f"case {at}" in inside) for at in range(len(clients))]


def _rank(rows: Sequence[Sequence[Fraction]]) -> int:
    """Of a matrix, by taking rows away from one another."""
    left, rank = [list(each) for each in rows], 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left if row[column]), None)
        if pivot is not None:
            left = [_without(row, pivot, column) for row in left if row is not pivot]
            rank += 1
    return rank


def _without(row: Sequence[Fraction], pivot: Sequence[Fraction], column: int) -> list[Fraction]:
    times = row[column] / pivot[column]
    return [each - times * other for each, other in zip(row, pivot, strict=True)]


COURSES = st.lists(
    st.tuples(
        st.sampled_from([ADULT, ADOLESCENT, CHILD]), st.sampled_from([BETTER, WORSE, ALIKE, (20.0,), (33.0, 34.0)])
    ),
    max_size=30,
)


@given(COURSES)
def test_of_zones_that_are_one_whole_none_is_told_by_the_others(told: list[tuple[AgeBand, Totals]]) -> None:
    lines = lines_of(course(f"C{at}", band, totals) for at, (band, totals) in enumerate(told))
    groups = [lines, *by_band(lines).values()]
    for each in shown([figures(group, YARDSTICK) for group in groups], bound=SMALL_GROUP):
        zones = (each.standing.reaching_target, each.standing.no_change, each.standing.negative)
        assert len({share.lack for share in zones}) == 1
        assert all(share.lack or share.count != share.of for share in zones)
        crossed = (each.cutoffs.crossed, each.cutoffs.crossed_of_all)
        assert len({share.count for share in crossed}) == 1


@given(COURSES)
def test_the_bands_shown_and_the_whole_leave_no_small_rest(told: list[tuple[AgeBand, Totals]]) -> None:
    lines = lines_of(course(f"C{at}", band, totals) for at, (band, totals) in enumerate(told))
    groups = [lines, *by_band(lines).values()]
    whole, *parts = (each.intake for each in shown([figures(group, YARDSTICK) for group in groups], bound=SMALL_GROUP))
    rest = (whole.of or 0) - sum(each.of or 0 for each in parts)
    assert whole.of is None or rest == 0 or rest >= SMALL_GROUP


def test_the_bound_is_of_each_figure_and_not_of_the_group() -> None:
    """Six clients, four of them with two ratings: their beginning is told, and not what became of them."""
    lines = told(("adult", 4, BETTER), ("adult", 2, (20.0,)))
    (found,) = shown([figures(lines, YARDSTICK)], bound=SMALL_GROUP)
    assert found.intake == Number(200.0, 6)
    assert found.effects.mean_change == Number(None, None, lack=Lack.SMALL_GROUP)
    assert replace(found.standing.improved, convention=None) == KEPT_BACK

"""How much of the work is measured. Nora's and Otto's meetings in the January of made-up families."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coverage import (
    CaseFacts,
    Coverage,
    Measured,
    MeetingFacts,
    Period,
    Reach,
    WorkerFacts,
    coverage,
    first_rated_meeting,
    month,
    per_team,
    per_worker,
    reach,
)
from bot.domain.figures import Lack, Share
from bot.domain.instruments import Measure
from bot.domain.people import Kind
from bot.domain.small_groups import shown

BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
JANUARY = Period(BEGIN, END)
DAY = timedelta(days=1)
CLIENT, MOTHER = frozenset({Kind.CLIENT}), frozenset({Kind.MOTHER})
BOTH = frozenset(Measure)
NOBODY = Share(0, 0, lack=Lack.NOBODY)


def meeting(
    number: int,
    outcome: frozenset[Kind] = frozenset(),
    alliance: frozenset[Kind] = frozenset(),
    *,
    skipped: frozenset[Measure] = frozenset(),
    day: int = 5,
    case: str = "koivu",
    without_measuring: bool = False,
) -> MeetingFacts:
    return MeetingFacts(
        id=f"s-{number}",
        case_id=case,
        worker_id="nora",
        team="north",
        at=BEGIN + day * DAY,
        client_ids=frozenset({case}),
        outcome_by=outcome,
        alliance_by=alliance,
        skipped=skipped,
        without_measuring=without_measuring,
    )


def case(name: str = "koivu", *, day: int = 0) -> CaseFacts:
    return CaseFacts(name, "nora", "north", frozenset({name}), BEGIN + day * DAY)


def closed(rated: datetime | None, *, day: int = 20) -> CaseFacts:
    return replace(case(day=-200), closed_at=BEGIN + day * DAY, meetings=9, first_rated_meeting=1, last_rated_at=rated)


def measured(*meetings: MeetingFacts) -> Measured:
    return coverage(meetings, (), period=JANUARY).meetings


def test_of_six_meetings() -> None:
    found = measured(
        meeting(1, CLIENT, CLIENT),
        meeting(2, CLIENT | MOTHER),
        meeting(3, CLIENT, skipped=frozenset({Measure.ALLIANCE})),
        meeting(4, frozenset(), MOTHER),
        meeting(5, skipped=BOTH),
        meeting(6, without_measuring=True),
    )
    assert found == Measured(
        outcome=Share(3, 6),
        alliance=Share(2, 6),
        both=Share(1, 6),
        outcome_skipped=Share(1, 6),
        alliance_skipped=Share(2, 6),
        by_others_only=Share(1, 6),
        without_measuring=Share(1, 6),
    )


def test_who_skips_beside_somebody_who_rates_makes_no_skipped_meeting() -> None:
    found = measured(meeting(1, CLIENT, CLIENT, skipped=BOTH))
    assert (found.outcome_skipped, found.alliance_skipped) == (Share(0, 1), Share(0, 1))


def test_a_meeting_rated_by_a_client_and_a_mother_isnt_by_others_only() -> None:
    assert measured(meeting(1, MOTHER, CLIENT)).by_others_only == Share(0, 1)
    assert measured(meeting(1, MOTHER, MOTHER)).by_others_only == Share(1, 1)


def test_a_period_begins_with_its_first_moment_and_ends_before_its_last() -> None:
    moments = (BEGIN - DAY, BEGIN, END - timedelta(seconds=1), END)
    assert [each in JANUARY for each in moments] == [False, True, True, False]
    assert measured(meeting(1, CLIENT, day=-1), meeting(2, day=0), meeting(3, day=31)).outcome == Share(0, 1)


@pytest.mark.parametrize(
    ("year", "number", "since", "until"),
    [
        (2026, 3, datetime(2026, 2, 28, 22, tzinfo=UTC), datetime(2026, 3, 31, 21, tzinfo=UTC)),
        (2026, 12, datetime(2026, 11, 30, 22, tzinfo=UTC), datetime(2026, 12, 31, 22, tzinfo=UTC)),
    ],
)
def test_a_month_is_one_of_the_local_calendar(year: int, number: int, since: datetime, until: datetime) -> None:
    """In Helsinki, where the clocks change in March."""
    assert month(year, number, ZoneInfo("Europe/Helsinki")) == Period(since, until)


def test_a_meeting_is_counted_for_who_held_it_and_a_case_for_whose_it_is() -> None:
    held = [meeting(1, CLIENT), replace(meeting(2), worker_id="otto", team="south")]
    of_nora, of_otto = coverage(held[:1], [closed(BEGIN)], period=JANUARY), coverage(held[1:], (), period=JANUARY)
    assert dict(per_worker(held, [closed(BEGIN)], period=JANUARY)) == {"nora": of_nora, "otto": of_otto}
    assert dict(per_team(reversed(held), [closed(BEGIN)], period=JANUARY)) == {"north": of_nora, "south": of_otto}
    assert list(per_worker(reversed(held), (), period=JANUARY)) == ["nora", "otto"]


def test_without_meetings_and_cases_there_is_no_share() -> None:
    found = coverage((), (), period=JANUARY)
    assert found == Coverage(Measured(*[NOBODY] * 7), NOBODY, NOBODY)


# Cases


@pytest.mark.parametrize(
    ("meetings", "first_rated", "is_closed", "early"),
    [
        (2, 1, False, Share(1, 1)),
        (2, 2, False, Share(1, 1)),
        (3, 3, False, Share(0, 1)),
        (2, None, False, Share(0, 1)),
        (1, 1, False, NOBODY),
        (1, None, False, NOBODY),
        (1, None, True, Share(0, 1)),
        (1, 1, True, Share(1, 1)),
        (0, None, True, NOBODY),
    ],
)
def test_a_case_is_rated_early_within_its_first_two_meetings(
    meetings: int, first_rated: int | None, is_closed: bool, early: Share
) -> None:
    """It can't be said yet after one meeting, unless there will be no second."""
    one = replace(case(), meetings=meetings, first_rated_meeting=first_rated, closed_at=END if is_closed else None)
    assert coverage((), (one,), period=JANUARY).early == early


def test_only_cases_opened_in_the_period_count_as_begun() -> None:
    rated = [replace(case(day=day), meetings=2, first_rated_meeting=1) for day in (-1, 0, 30, 31)]
    assert coverage((), rated, period=JANUARY).early == Share(2, 2)


def test_the_first_rated_meeting_is_counted_in_the_order_of_time() -> None:
    held = [meeting(3, CLIENT, day=9), meeting(1, day=1), meeting(2, frozenset(), CLIENT, day=4)]
    assert first_rated_meeting(held) == 3
    assert first_rated_meeting(held[1:]) is None
    assert first_rated_meeting([meeting(2, MOTHER), meeting(1)]) == 2


@pytest.mark.parametrize(
    ("before", "counts"),
    [(timedelta(0), 1), (30 * DAY, 1), (30 * DAY + timedelta(seconds=1), 0), (-DAY, 1), (None, 0)],
)
def test_a_closed_case_has_a_rating_of_its_last_thirty_days(before: timedelta | None, counts: int) -> None:
    rated = None if before is None else BEGIN + 20 * DAY - before
    assert coverage((), (closed(rated),), period=JANUARY).at_the_end == Share(counts, 1)


def test_only_cases_closed_in_the_period_count_as_closed() -> None:
    cases = [closed(BEGIN, day=-1), closed(BEGIN, day=0), closed(None, day=30), closed(BEGIN, day=31), case()]
    assert coverage((), cases, period=JANUARY).at_the_end == Share(1, 2)
    assert not case().rated_at_the_end


@pytest.mark.parametrize("facts", [meeting(1), case()])
def test_facts_without_clients_are_refused(facts: MeetingFacts | CaseFacts) -> None:
    with pytest.raises(ValueError, match="small a group"):
        replace(facts, client_ids=frozenset())


# Reach


def test_reach_is_of_all_clients_of_those_who_have_said_how_many() -> None:
    workers = [WorkerFacts("nora", "north", 6, 10), WorkerFacts("otto", "north", 4, 4), WorkerFacts("pia", "north", 3)]
    assert reach(workers) == Reach(clients=Share(10, 14), answers=Share(2, 3))


def test_an_answer_from_before_the_newest_cases_doesnt_count() -> None:
    assert reach([WorkerFacts("nora", "north", 6, 5)]) == Reach(Share(None, None, lack=Lack.NOT_ASKED), Share(0, 1))


def test_nobody_was_asked() -> None:
    assert reach([]) == Reach(Share(None, None, lack=Lack.NOT_ASKED), NOBODY)


def test_who_has_no_clients_at_all_reaches_a_share_of_nobody() -> None:
    assert reach([WorkerFacts("nora", "north", 0, 0)]) == Reach(NOBODY, Share(1, 1))


# Small groups


def families(first: int, last: int, worker: str, *, meetings: int = 1) -> list[MeetingFacts]:
    numbers = range(first, last)
    return [
        replace(meeting(100 * at + each, CLIENT, case=f"family {each}"), worker_id=worker)
        for at in range(meetings)
        for each in numbers
    ]


def of_meetings(meetings: list[MeetingFacts]) -> Coverage:
    return coverage(meetings, (), period=JANUARY)


def test_a_worker_with_few_clients_isnt_shown_nor_told_by_the_rest_of_the_team() -> None:
    nora, otto = families(0, 9, "nora"), families(9, 12, "otto", meetings=7)
    team, of_nora, of_otto = shown([of_meetings(each) for each in (nora + otto, nora, otto)], bound=5)
    assert team.meetings.outcome == Share(30, 30)
    assert {of_nora.meetings.outcome.lack, of_otto.meetings.outcome.lack} == {Lack.SMALL_GROUP}


def test_a_team_of_two_with_clients_enough_is_shown_whole() -> None:
    nora, otto = families(0, 6, "nora"), families(6, 11, "otto")
    team, of_nora, of_otto = shown([of_meetings(each) for each in (nora + otto, nora, otto)], bound=5)
    assert [each.meetings.outcome for each in (team, of_nora, of_otto)] == [Share(11, 11), Share(6, 6), Share(5, 5)]


def test_two_workers_who_meet_the_same_families_are_told_apart_by_their_meetings() -> None:
    nora, otto = families(0, 6, "nora"), [replace(each, id=f"{each.id} o") for each in families(3, 9, "otto")]
    team, of_nora, of_otto = shown([of_meetings(each) for each in (nora + otto, nora, otto)], bound=5)
    assert [each.meetings.outcome for each in (team, of_nora, of_otto)] == [Share(12, 12), Share(6, 6), Share(6, 6)]


def test_the_reach_of_who_has_few_clients_isnt_shown() -> None:
    few, enough = reach([WorkerFacts("nora", "north", 2, 4)]), reach([WorkerFacts("otto", "north", 2, 5)])
    assert shown([few], bound=5)[0].clients.lack is Lack.SMALL_GROUP
    assert shown([enough], bound=5)[0] == enough


# Laws

WHO = st.frozensets(st.sampled_from([Kind.CLIENT, Kind.MOTHER, Kind.SCHOOL]))
MEETINGS = st.lists(st.builds(meeting, st.integers(0, 99), WHO, WHO, skipped=st.frozensets(st.sampled_from(Measure))))


@given(MEETINGS)
def test_both_is_never_more_than_either_and_a_skip_never_a_rating(meetings: list[MeetingFacts]) -> None:
    found = measured(*meetings)
    both, outcome, alliance = (each.count or 0 for each in (found.both, found.outcome, found.alliance))
    assert both <= min(outcome, alliance)
    assert outcome + alliance - both <= len(meetings)
    assert outcome + (found.outcome_skipped.count or 0) <= len(meetings)
    assert alliance + (found.alliance_skipped.count or 0) <= len(meetings)


@given(MEETINGS)
def test_the_order_of_meetings_doesnt_matter(meetings: list[MeetingFacts]) -> None:
    assert measured(*reversed(meetings)) == measured(*meetings)


@given(MEETINGS)
def test_a_skip_changes_no_share_of_rated_meetings(meetings: list[MeetingFacts]) -> None:
    found = measured(*(replace(each, skipped=BOTH) for each in meetings))
    before = measured(*meetings)
    assert (found.outcome, found.alliance, found.both) == (before.outcome, before.alliance, before.both)

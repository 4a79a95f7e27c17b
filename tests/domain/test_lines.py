"""One line per client and case. The cast: Aino and Bo are clients, their mother may be one, a teacher never is."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cases import Case, CaseState, Ending, Rater, Subject
from bot.domain.errors import Refusal
from bot.domain.figures import Member
from bot.domain.instruments import CORS, CSRS, ORS, SRS
from bot.domain.lines import REPORT_BANDS, Client, Course, ReportBand, clients_of, lines_of
from bot.domain.people import AgeBand, Kind
from bot.domain.ratings import Draft, Rating, SkipReason
from bot.domain.series import Series, series_of
from bot.domain.statistics import figures
from tests.domain.eight_cases import ADOLESCENT, ADULT, CHILD, YARDSTICK, Totals, course, own_series
from tests.domain.ratings_of import FIRST, WEEK, rating

AINO = Client("aino", ADOLESCENT, frozenset({"aino"}))
BO = Client("bo", CHILD, frozenset({"bo"}))


def of(*series: Series | None, clients: tuple[Client, ...] = (AINO,)) -> Course:
    return Course("case", clients, tuple(each for each in series if each), meetings=3, opened_at=FIRST)


def cors(*totals: float, since: int = 0) -> Series | None:
    return own_series("aino", CORS, ADOLESCENT, totals, since=since)


def ors(*totals: float, since: int = 0) -> Series | None:
    return own_series("aino", ORS, ADOLESCENT, totals, since=since)


def read_from(*series: Series | None) -> Totals:
    """The totals, in points, of the series that a line is read from."""
    (line,) = lines_of([of(*series)])
    return tuple(each / 10 for each in line.series.totals) if line.series else ()


def test_the_reports_bands_are_three() -> None:
    assert {band: REPORT_BANDS[band] for band in AgeBand} == {
        AgeBand.UNDER_6: ReportBand.CHILD,
        AgeBand.CHILD: ReportBand.CHILD,
        AgeBand.ADOLESCENT: ReportBand.ADOLESCENT,
        AgeBand.EIGHTEEN: ReportBand.ADOLESCENT,
        AgeBand.ADULT: ReportBand.ADULT,
    }


def test_who_turns_13_is_one_line_from_the_newer_instrument_with_the_first_intake() -> None:
    (line,) = lines_of([of(cors(20, 24), ors(27, 29, 30, since=2))])
    assert line.series == ors(27, 29, 30, since=2)
    assert line.intake == 200


def test_a_single_newer_rating_doesnt_replace_a_series_of_two() -> None:
    assert read_from(cors(20, 24), ors(27, since=2)) == (20, 24)


def test_where_none_has_two_ratings_the_newest_counts() -> None:
    assert read_from(cors(20), ors(27, since=2)) == (27,)


def test_the_newest_is_the_one_last_added_to_whichever_comes_first() -> None:
    assert read_from(ors(27, 28, since=3), cors(20, 21, 22, since=1)) == (27, 28)
    assert read_from(cors(20, 21, 22, 23, 24), ors(27, 28, since=1)) == (20, 21, 22, 23, 24)


def test_of_two_rated_at_one_moment_always_the_same_counts() -> None:
    one, other = cors(20, 21), ors(27, 28)
    assert read_from(one, other) == read_from(other, one)


def test_the_alliance_begins_with_the_first_own_rating_of_either_instrument() -> None:
    children = own_series("aino", CSRS, ADOLESCENT, (28, 30), subject=None)
    adults = own_series("aino", SRS, ADOLESCENT, (35,), subject=None, since=2)
    (line,) = lines_of([of(adults, children)])
    assert (line.series, line.intake, line.alliance) == (None, None, 280)


def test_who_joined_anew_as_another_rater_is_the_same_client() -> None:
    again = own_series("aino2", ORS, ADOLESCENT, (30, 31), subject="aino", since=4)
    both = replace(AINO, rater_ids=frozenset({"aino", "aino2"}))
    (line,) = lines_of([of(ors(20, 21), again, clients=(both,))])
    assert (line.intake, line.series) == (200, again)


def test_every_client_of_a_case_has_a_line_and_nobody_else() -> None:
    bo = own_series("bo", CORS, CHILD, (30, 31))
    mother = own_series("mother", ORS, ADOLESCENT, (10, 11), subject="aino", kind=Kind.MOTHER)
    lines = lines_of([of(ors(20, 21), bo, mother, clients=(AINO, BO))])
    assert [(each.client_id, each.band, each.intake) for each in lines] == [
        ("aino", ReportBand.ADOLESCENT, 200),
        ("bo", ReportBand.CHILD, 300),
    ]
    assert [each.member for each in lines] == [Member("case aino", "aino"), Member("case bo", "bo")]


def test_a_client_who_has_rated_nothing_has_no_line() -> None:
    mother = own_series("mother", ORS, ADOLESCENT, (10, 11), subject="aino", kind=Kind.MOTHER)
    assert lines_of([of(mother)]) == ()


def test_a_case_has_a_length_when_it_is_closed() -> None:
    open_case = course("A1", ADULT, (20, 21))
    closed = replace(open_case, closed_at=FIRST + timedelta(days=10, hours=6))
    assert (open_case.days, closed.days) == (None, 10.25)
    (line,) = lines_of([course("A2", ADULT, (20, 21), (), Ending.STOPPED)])
    assert (line.meetings, line.days, line.closing) == (2, 14.5, Ending.STOPPED)


# A whole case


def rater(name: str, kind: Kind, band: AgeBand, *about: str) -> Rater:
    return Rater(name, "case", kind, band, about, person_id=None)


CASE = Case(
    id="case",
    label="Koivu 42",
    state=CaseState.OPEN,
    opened_at=FIRST,
    subjects=(Subject("aino", "case", ADOLESCENT), Subject("pia", "case", AgeBand.UNDER_6)),
    raters=(
        rater("aino", Kind.CLIENT, ADOLESCENT, "aino"),
        rater("mother", Kind.MOTHER, ADULT, "aino", "pia"),
    ),
)


def test_the_clients_of_a_case_are_its_subjects_with_their_own_raters() -> None:
    assert clients_of(CASE) == (AINO, Client("pia", AgeBand.UNDER_6, frozenset()))


ITEM = st.none() | st.integers(0, 100)
GIVEN = st.lists(st.tuples(st.tuples(ITEM, ITEM, ITEM, ITEM), st.booleans()), max_size=6)


@given(GIVEN)
def test_an_incomplete_or_skipped_rating_changes_nothing(given: list[tuple[tuple[int | None, ...], bool]]) -> None:
    drafts = [draft(at, scores, skipped=skipped) for at, (scores, skipped) in enumerate(given)]
    handed_in = [each for at, one in enumerate(drafts) if (each := rating_of(one, at)) is not None]
    complete = [
        rating(at, [each or 0 for each in scores])
        for at, (scores, skipped) in enumerate(given)
        if None not in scores and not skipped
    ]
    assert figures(lines_of([whole(handed_in)]), YARDSTICK) == figures(lines_of([whole(complete)]), YARDSTICK)


def whole(ratings: list[Rating]) -> Course:
    return Course("case", clients_of(CASE), series_of(CASE, ratings), meetings=len(ratings), opened_at=FIRST)


def draft(at: int, scores: tuple[int | None, ...], *, skipped: bool) -> Draft:
    begun = Draft(f"d-{at}", "case", f"s-{at}", "aino", "aino", ORS, FIRST + at * WEEK, scores=scores)
    return begun.skipped(SkipReason.NO_TIME) if skipped else begun


def rating_of(draft: Draft, at: int) -> Rating | None:
    try:
        return draft.handed_in().rating(id=f"r-{at}", worker_id="nora", at=FIRST + at * WEEK)
    except Refusal:
        return None

"""Which ratings raise an alert: the examples of bot/domain/alerts.md as they stand there, and what they leave out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.domain.alerts import Level, Raised, Rule, differing, furthest_apart, holds, missing, raised_by
from bot.domain.cases import Session, SessionState
from bot.domain.instruments import CORS, CSRS, ORS, SRS, Instrument
from bot.domain.people import AgeBand, Kind
from bot.domain.profiles import ICCE, NHS, PROFILES, Profile
from bot.domain.ratings import Draft, DraftState, Rating
from bot.domain.rules import TERMS, Terms
from bot.domain.series import Series
from tests.domain.eight_cases import rows
from tests.domain.ratings_of import FIRST, WEEK, four, mm, rating, series

PAGE = (Path(__file__).parents[2] / "bot" / "domain" / "alerts.md").read_text(encoding="utf-8")
TEAM = "north"
WHO = {
    "adult": (Kind.CLIENT, AgeBand.ADULT),
    "adolescent": (Kind.CLIENT, AgeBand.ADOLESCENT),
    "child": (Kind.CLIENT, AgeBand.CHILD),
    "carer": (Kind.MOTHER, AgeBand.ADOLESCENT),
    "school": (Kind.SCHOOL, AgeBand.ADOLESCENT),
}
LINE = re.compile(r"(?P<who>\w+)(?: \((?P<profile>\w+)\))?: (?P<totals>.+) -> (?P<raised>.+)")


# The page


@dataclass(frozen=True)
class Example:
    rule: Rule
    line: str

    @property
    def parts(self) -> tuple[str, Profile, list[str], str]:
        found = LINE.fullmatch(self.line)
        assert found is not None, self.line
        return found["who"], PROFILES[found["profile"] or "icce"], found["totals"].split(), found["raised"]


def examples() -> Iterator[Example]:
    for name, body in sections().items():
        for block in re.findall(r"```\n(.+?)```", body, re.DOTALL):
            yield from (Example(Rule(name), line) for line in block.splitlines())


def sections() -> dict[str, str]:
    return dict(re.findall(r"^## `(\w+)`\n(.+?)(?=^## )", PAGE, re.MULTILINE | re.DOTALL))


def of(*rules: Rule) -> list[Example]:
    return [each for each in examples() if each.rule in rules]


def test_every_rule_has_a_section_and_they_stand_in_the_order_of_their_gravity() -> None:
    assert list(sections()) == [each.value for each in Rule]


@pytest.mark.parametrize("rule", Rule)
def test_every_section_has_level_end_source_and_examples(rule: Rule) -> None:
    body = sections()[rule]
    assert [word for word in ("Level:", "Ends:", "Source:") if word not in body] == []
    assert of(rule)


def test_every_bound_of_the_rules_is_named_on_the_page() -> None:
    named = set(re.findall(r"`(\w+)`", PAGE))
    assert set(vars(ICCE.bounds)) - named == set()


@pytest.mark.parametrize("example", of(*set(Rule) - {Rule.RATERS_DIFFER, Rule.RATING_MISSING}), ids=str)
def test_an_example_comes_out_as_it_stands_on_the_page(example: Example) -> None:
    who, profile, totals, raised = example.parts
    theirs = said(example.rule, who, totals)
    found = [
        f"{count} {each.level}"
        for count in range(1, len(theirs) + 1)
        for each in raised_by(theirs.first(count), profile, team=TEAM)
        if each.rule is example.rule
    ]
    assert ", ".join(found) == raised.replace("nothing", "")


def said(rule: Rule, who: str, totals: Sequence[str]) -> Series:
    """What an example tells, as a series."""
    kind, band = WHO[who]
    outcome, alliance = (CORS, CSRS) if band is AgeBand.CHILD else (ORS, SRS)
    instrument = alliance if rule.value.startswith("alliance") else outcome
    ratings = [rating(at, scores(each), instrument=instrument) for at, each in enumerate(totals)]
    return Series(instrument, kind, band, tuple(ratings))


def scores(text: str) -> tuple[int, ...]:
    """Of `9/9/9/0`, or of a total."""
    return tuple(mm(float(each)) for each in text.split("/")) if "/" in text else four(mm(float(text)))


@pytest.mark.parametrize("example", of(Rule.RATERS_DIFFER), ids=str)
def test_an_example_of_raters_who_differ_comes_out_as_it_stands(example: Example) -> None:
    who, profile, totals, raised = example.parts
    meetings = [tuple(said(example.rule, who, [each]) for each in meeting.split("+")) for meeting in totals]
    found = [
        f"{count} {each.level}"
        for count, (meeting, before) in enumerate(zip(meetings, [(), *meetings], strict=False), 1)
        if (each := differing(meeting, before, profile, team=TEAM))
    ]
    assert ", ".join(found) == raised.replace("nothing", "")


@pytest.mark.parametrize("example", of(Rule.RATING_MISSING), ids=str)
def test_an_example_of_who_is_missing_comes_out_as_it_stands(example: Example) -> None:
    who, _, states, raised = example.parts
    session = ended("aino" if who == "present" else "bo")
    drafts = [draft(DraftState(each)) for each in states]
    assert missing(session, drafts) == ({"aino"} if raised == "missing" else set())


def ended(*rater_ids: str) -> Session:
    return Session("s", "case", "nora", SessionState.ENDED, FIRST, FIRST + WEEK, rater_ids)


def draft(state: DraftState) -> Draft:
    return Draft("d", "case", "s", "aino", "aino", ORS, FIRST, state)


# What a worker needs to see why


WHY: list[tuple[Rule, list[float], int, dict[str, int]]] = [
    (Rule.VERY_LOW, [20, 10], 2, {"total": 100, "bound": 100, "item": 25}),
    (Rule.OUTCOME_DROP, [26, 30, 21], 3, {"total": 210, "before": 300, "intake": 260, "fall": 90, "change": -50}),
    (Rule.OUTCOME_DROP, [26, 20, 21, 19], 2, {"total": 190, "before": 210, "intake": 260, "fall": 20, "change": -70}),
    (Rule.OUTCOME_DROP, [20, 30, 25], 3, {"total": 250, "before": 300, "intake": 200, "fall": 50, "change": 50}),
    (Rule.SLIDING, [20, 30, 28, 26, 25], 3, {"total": 250, "before": 300, "fall": 50, "falls": 3, "bound": 50}),
    (Rule.NO_CHANGE, [20, 21, 22], 1, {"total": 220, "intake": 200, "change": 20, "bound": 50, "cutoff": 250}),
    (Rule.NO_CHANGE, [20, 21, 26, 20, 19], 1, {"change": -10, "ratings": 5, "count": 1}),
    (Rule.NO_CHANGE, [20, 21, 22, 20, 19], 1, {"ratings": 5, "count": 2}),
    (Rule.CROSSED_DOWN, [26, 24], 2, {"total": 240, "before": 260, "cutoff": 250}),
    (Rule.SEESAW, [10.1, 16.1, 10.1, 16.1, 10.1], 1, {"moves": 4, "ratings": 5, "bound": 60}),
    (Rule.CROSSED_UP, [26, 24, 26], 3, {"total": 260, "before": 240, "cutoff": 250}),
    (
        Rule.PLATEAU_ABOVE,
        [20, 26, 29, 27, 28],
        2,
        {"total": 280, "spread": 30, "bound": 50, "cutoff": 250, "ratings": 4},
    ),
    (Rule.INTAKE_HIGH, [33], 1, {"total": 330, "bound": 320}),
    (Rule.ALLIANCE_DROP, [38, 36, 37, 35], 4, {"total": 350, "before": 370, "fall": 20, "running": 1, "lowest": 360}),
    (
        Rule.ALLIANCE_DROP,
        [38, 36, 37, 35, 33],
        4,
        {"total": 330, "before": 350, "fall": 20, "running": 2, "lowest": 350},
    ),
    (Rule.ALLIANCE_LOW, [34, 34], 2, {"total": 340, "before": 340, "cutoff": 360, "item": 85, "item_cutoff": 90}),
    (Rule.ALLIANCE_LOW, [34, 34, 34, 34, 33.5], 5, {"total": 335, "before": 340, "ratings": 5, "item": 83}),
    (Rule.ALLIANCE_CEILING, [39, 40, 40, 40], 2, {"total": 400, "ratings": 3}),
    (Rule.ALLIANCE_FIRST, [30], 1, {"total": 300, "cutoff": 360}),
]


@pytest.mark.parametrize(("rule", "totals", "began", "numbers"), WHY, ids=str)
def test_an_alert_says_by_which_numbers_and_since_which_rating(
    rule: Rule, totals: list[float], began: int, numbers: dict[str, int]
) -> None:
    theirs = series(*totals, instrument=SRS if rule.value.startswith("alliance") else ORS)
    (found,) = (each for each in raised_by(theirs, ICCE, team=TEAM) if each.rule is rule)
    assert {**found.numbers, **numbers} == found.numbers
    assert found.since == theirs.ratings[began - 1].at
    assert holds(rule, theirs, ICCE)


def test_the_numbers_have_the_names_that_the_page_gives() -> None:
    for rule, totals, _, _ in WHY:
        theirs = series(*totals, instrument=SRS if rule.value.startswith("alliance") else ORS)
        (found,) = (each for each in raised_by(theirs, ICCE, team=TEAM) if each.rule is rule)
        said = re.search(r"Numbers: (.+?)\.\s+Began with", sections()[rule], re.DOTALL)
        assert said is not None
        assert set(re.findall(r"`(\w+)`", said[1])) == set(found.numbers)


def test_raters_differ_says_who_are_furthest_apart_since_the_meeting_began() -> None:
    meeting = [one(rater, points, at) for at, (rater, points) in enumerate({"bo": 24, "aino": 20, "otto": 30}.items())]
    numbers = {"difference": 100, "highest": 300, "lowest": 200, "bound": 50}
    assert differing(meeting, (), ICCE, team=TEAM) == Raised(Rule.RATERS_DIFFER, Level.INFO, numbers, FIRST)


def one(rater: str, points: float, at: int = 0, instrument: Instrument = ORS) -> Series:
    """A series that ends with the rating of a meeting."""
    ratings = (rating(at, four(mm(points)), rater=rater, instrument=instrument),)
    return Series(instrument, Kind.CLIENT, AgeBand.ADULT, ratings)


def test_the_questions_for_children_and_the_others_are_not_compared() -> None:
    """In the meeting in which a child turns 13 some have answered one and some the other."""
    as_child, as_adult = one("aino", 20, instrument=CORS), one("bo", 40)
    assert differing([as_child, as_adult], (), ICCE, team=TEAM) is None
    found = differing([as_child, as_adult, one("mother", 30)], (), ICCE, team=TEAM)
    assert found is not None
    assert found.numbers == {"difference": 100, "highest": 400, "lowest": 300, "bound": 50}


def test_each_instrument_has_its_own_reliable_change_between_raters() -> None:
    """In nhs it is 6.6 on one and 10 on the other."""
    for instrument, close, far in ((CORS, 29.9, 30), (ORS, 26.5, 26.6)):
        found = [
            differing(
                [one("aino", 20, instrument=instrument), one("bo", each, instrument=instrument)], (), NHS, team=TEAM
            )
            for each in (close, far)
        ]
        assert [each is not None for each in found] == [False, True]


def test_the_two_who_are_furthest_apart_are_found_among_those_asked_the_same() -> None:
    meeting = [one("aino", 10, instrument=CORS), one("bo", 30), one("mother", 24)]
    assert furthest_apart(meeting, ICCE) == (meeting[2], meeting[1])
    assert furthest_apart(meeting[:2], ICCE) is None


@pytest.mark.parametrize("meeting", [[], [one("aino", 20)]], ids=len)
def test_who_rates_alone_differs_from_nobody(meeting: list[Series]) -> None:
    assert differing(meeting, (), ICCE, team=TEAM) is None


# Levels and teams


def test_of_several_the_gravest_is_first_and_of_one_level_the_order_of_the_rules_decides() -> None:
    found = raised_by(series(30, 28, 26, 9), ICCE, team=TEAM)
    assert [(each.rule, each.level) for each in found] == [
        (Rule.VERY_LOW, Level.ALERT),
        (Rule.OUTCOME_DROP, Level.ALERT),
        (Rule.SLIDING, Level.ALERT),
        (Rule.CROSSED_DOWN, Level.NOTICE),
    ]


def with_terms(**terms: Terms) -> Profile:
    return replace(ICCE, terms={**TERMS, **{Rule(name): each for name, each in terms.items()}})


def test_a_level_is_the_profiles_and_so_is_the_order() -> None:
    own = with_terms(very_low=Terms(Level.INFO), crossed_down=Terms(Level.ALERT))
    found = raised_by(series(30, 20, 26, 9), own, team=TEAM)
    assert [(each.rule, each.level) for each in found] == [
        (Rule.OUTCOME_DROP, Level.ALERT),
        (Rule.CROSSED_DOWN, Level.ALERT),
        (Rule.VERY_LOW, Level.INFO),
    ]


def test_without_a_graver_level_the_graver_form_is_as_the_plain_one() -> None:
    own = with_terms(alliance_drop=Terms(Level.NOTICE))
    (found,) = raised_by(series(40, 30, instrument=SRS), own, team=TEAM)
    assert (found.rule, found.level) == (Rule.ALLIANCE_DROP, Level.NOTICE)


@pytest.mark.parametrize("terms", [Terms(Level.ALERT, off=True), Terms(Level.ALERT, off_for=frozenset({TEAM}))])
def test_a_rule_that_is_off_is_silent(terms: Terms) -> None:
    low, apart = [one("aino", 10)], [one("aino", 20), one("bo", 30)]
    own = with_terms(very_low=terms, raters_differ=terms)
    assert (raised_by(low[0], own, team=TEAM), differing(apart, (), own, team=TEAM)) == ((), None)


def test_a_rule_that_is_off_for_one_team_is_on_for_another() -> None:
    terms = Terms(Level.ALERT, off_for=frozenset({TEAM}))
    own, apart = with_terms(very_low=terms, raters_differ=terms), [one("aino", 20), one("bo", 30)]
    assert raised_by(one("aino", 10), own, team="south") == raised_by(one("aino", 10), ICCE, team="south") != ()
    assert differing(apart, (), own, team="south") is not None


# Bounds of a profile


def test_the_bounds_are_those_of_the_profile() -> None:
    bounds = replace(ICCE.bounds, alliance_drop_running=3, alliance_drop_large=20, sliding_falls=2, no_change_at=(2,))
    own = replace(ICCE, bounds=bounds)
    falls = series(38, 36.5, 35, 33.5, instrument=SRS)
    drops = [raised_by(falls.first(count), own, team=TEAM) for count in (2, 3, 4)]
    assert [[each.level for each in found if each.rule is Rule.ALLIANCE_DROP] for found in drops] == [
        [Level.NOTICE],
        [],
        [Level.ALERT],
    ]
    assert [each.rule for each in raised_by(series(20, 21), own, team=TEAM)] == [Rule.NO_CHANGE]
    assert Rule.SLIDING in [each.rule for each in raised_by(series(30, 28, 25), own, team=TEAM)]


# While it is so


def test_a_corrected_rating_holds_no_more() -> None:
    fallen, corrected = series(38, 34, instrument=SRS), series(38, 38, instrument=SRS)
    assert [holds(Rule.ALLIANCE_DROP, each, ICCE) for each in (fallen, corrected)] == [True, False]


def test_a_rule_holds_on_while_it_is_true_though_it_is_raised_once() -> None:
    low = series(10, 9, 11)
    assert [holds(Rule.VERY_LOW, low.first(count), ICCE) for count in (1, 2, 3)] == [True, True, False]
    stuck = series(20, 20, 20, 20)
    assert [holds(Rule.NO_CHANGE, stuck.first(count), ICCE) for count in (1, 2, 3, 4)] == [False, False, True, True]


@pytest.mark.parametrize("rule", [Rule.RATERS_DIFFER, Rule.RATING_MISSING, Rule.ALLIANCE_FIRST])
def test_a_rule_that_isnt_about_such_a_series_holds_in_none(rule: Rule) -> None:
    assert holds(rule, series(10), ICCE) is False


@pytest.mark.parametrize(("rule", "instrument"), [(Rule.INTAKE_HIGH, ORS), (Rule.ALLIANCE_FIRST, SRS)])
def test_what_is_said_of_a_first_rating_holds_while_it_is_the_only_one(rule: Rule, instrument: Instrument) -> None:
    assert [holds(rule, series(*each, instrument=instrument), ICCE) for each in ((33,), (33, 33))] == [True, False]


# The eight cases


def test_of_the_eight_cases_alliance_drops_in_a2_once_and_in_k2_twice() -> None:
    drops = [
        (name, count)
        for name, (band, _, alliance, _) in rows()
        for count in range(1, len(alliance) + 1)
        for each in raised_by(series(*alliance[:count], instrument=SRS, band=band), ICCE, team=TEAM)
        if each.rule is Rule.ALLIANCE_DROP
    ]
    assert drops == [("A2", 2), ("K2", 2), ("K2", 3)]


# Ratings that have a total only


class TotalOnly(Rating):
    """As it may come from paper: no item is known."""

    @property
    def total(self) -> int:
        return int(self.id)


def total_only(points: float, instrument: Instrument) -> Rating:
    own = rating(0, (), instrument=instrument)
    return TotalOnly(**{**vars(own), "id": str(mm(points))})


@pytest.mark.parametrize(("points", "rules"), [(10, {Rule.VERY_LOW}), (10.1, set()), (33, {Rule.INTAKE_HIGH})])
def test_a_total_without_items_is_weighed_by_itself(points: float, rules: set[Rule]) -> None:
    theirs = Series(ORS, Kind.CLIENT, AgeBand.ADULT, (total_only(points, ORS),))
    found = raised_by(theirs, ICCE, team=TEAM)
    assert {each.rule for each in found} == rules
    assert [name for each in found for name in each.numbers if name.startswith("item")] == []


@pytest.mark.parametrize(("points", "rules"), [(35.9, {Rule.ALLIANCE_LOW}), (36, set())])
def test_an_alliance_total_without_items_is_weighed_by_itself(points: float, rules: set[Rule]) -> None:
    theirs = Series(SRS, Kind.CLIENT, AgeBand.ADULT, (total_only(points, SRS), total_only(points, SRS)))
    found = raised_by(theirs, ICCE, team=TEAM)
    assert {each.rule for each in found} == rules
    assert [name for each in found for name in each.numbers if name.startswith("item")] == []


# A meeting that ended


def test_nobody_is_missing_while_the_meeting_goes_on() -> None:
    going_on = replace(ended("aino"), state=SessionState.OPEN, ended_at=None)
    assert missing(going_on, [draft(DraftState.OPEN)]) == frozenset()


def test_of_many_who_were_there_those_are_missing_whose_answers_are() -> None:
    drafts = [replace(draft(DraftState.OPEN), rater_id=each) for each in ("aino", "bo", "otto")]
    assert missing(ended("aino", "bo", "mother"), drafts) == {"aino", "bo"}

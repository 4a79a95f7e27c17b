"""Which ratings raise an alert: the examples of bot/domain/alerts.md as they stand there, and what they leave out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.domain.alerts import Rule, differing, missing, raised_by
from bot.domain.cases import Session, SessionState
from bot.domain.instruments import CORS, CSRS, ORS, SRS
from bot.domain.people import AgeBand, Kind
from bot.domain.profiles import ICCE, PROFILES, Profile
from bot.domain.ratings import Draft, DraftState
from bot.domain.series import Series
from tests.domain.ratings_of import FIRST, WEEK, four, mm, rating

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

"""Whatever is in a picture can be read: nothing overlaps, is cut off, is crossed out, or is too small for a phone."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.charts import draw
from bot.charts.draw import glyphs
from bot.charts.draw.frame import INSIDE
from bot.charts.draw.sheet import Ink, Sheet
from bot.charts.series import (
    Besides,
    Ends,
    Event,
    Family,
    How,
    Look,
    Mark,
    Missing,
    Newest,
    Own,
    Picture,
    Ratings,
    SideBySide,
    Trend,
    Turn,
    Why,
    family,
    own,
    side_by_side,
    trend,
)
from bot.domain.trajectories import Expected
from bot.i18n import LANGUAGES
from tests.charts.cases import ALL, WORDS
from tests.charts.hard import HARD, KINDS
from tests.charts.sheets import drawn, faults, point_boxes, texts

FIRST: Final = date(2024, 1, 1)


@pytest.mark.parametrize("name", ALL)
def test_everything_can_be_read(name: str) -> None:
    assert faults(drawn(name)) == []


@pytest.mark.parametrize("name", ALL)
def test_no_sign_is_one_that_our_face_does_not_have(name: str) -> None:
    """What is missing is drawn as a box; matplotlib warns of it, and a warning is an error in tests."""
    assert drawn(name).png().startswith(b"\x89PNG")


def test_faults_are_found() -> None:
    sheet = Sheet(drawn("usual").palette, 600)
    sheet.card(28, 100, 1024, 300)
    ink = Ink(sheet.palette.ink)
    sheet.write("one", INSIDE, 200, ink)
    sheet.write("other", INSIDE + 10, 205, ink)
    sheet.write("high", INSIDE, 396, ink)
    sheet.write("far", 1035, 300, ink)
    sheet.write("tiny", 500, 300, Ink(sheet.palette.ink, 20))
    sheet.line([500, 600], [300, 320], drawn("usual").palette.grid, name="curve")
    sheet.points([INSIDE + 8], [210], sheet.palette.wellbeing.marker)
    glyphs.turn(sheet, Turn.UP, INSIDE + 4, 400)
    assert sorted(faults(sheet)) == [
        "a line runs through tiny",
        "a point lies on one",
        "a point lies on other",
        "a shape lies on high",
        "far is cut off",
        "far lies across the edge of a card",
        "high lies across the edge of a card",
        "one and other overlap",
        "tiny is small",
    ]


# Each kind in each hard case


@pytest.mark.parametrize("case", HARD)
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_can_be_read_in_each_hard_case(kind: str, case: str) -> None:
    sheet = draw.drawn(KINDS[kind](HARD[case]))
    assert faults(sheet) == []
    assert sheet.png().startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", KINDS)
def test_in_each_kind_it_is_seen_when_words_are_put_on_words_on_a_point_or_off_the_paper(kind: str) -> None:
    sheet = draw.drawn(KINDS[kind](HARD["five raters"]))
    heading, words = texts(sheet)[0], texts(sheet)[-1].get_window_extent()
    (_, point), said = point_boxes(sheet)[0], heading.get_text()
    found = []
    for place in ((words.x0, words.y0), (point.x0, point.y0), (-80, sheet.height - 60)):
        heading.set_position(place)
        found.append([each for each in faults(sheet) if said in each])
    assert ["overlap" in str(found[0]), f"a point lies on {said}" in found[1], f"{said} is cut off" in found[2]] == [
        True
    ] * 3


# Pictures nobody has thought of

names = st.sampled_from(
    ["Äiti", "School", "Specialpedagogiska skolmyndigheten", "новая поддержка", "دعم جديد", "x", "Kouluterveydenhuolto"]
)
languages = st.sampled_from(LANGUAGES)
looks = st.sampled_from(Look)
totals = st.sampled_from([0, 280, 360, 400]) | st.integers(0, 400)
meetings = st.lists(st.integers(0, 900), max_size=24, unique=True).map(
    lambda found: [FIRST + timedelta(days=each) for each in sorted(found)]
)


@st.composite
def marks(draw_one: st.DrawFn, days: Sequence[date]) -> list[Mark]:
    return [Mark(day, draw_one(totals), draw_one(st.sampled_from(How))) for day in days if draw_one(st.booleans())]


@st.composite
def trends(draw_one: st.DrawFn) -> Trend:
    held = draw_one(meetings)
    outcome = draw_one(marks(held))
    rated = {mark.day for mark in outcome}
    events = st.builds(
        Event, st.integers(-40, 999).map(lambda day: FIRST + timedelta(days=day)), names, st.sampled_from(Turn)
    )
    besides = Besides(
        outcome_missing=[Missing(day, draw_one(st.sampled_from(Why))) for day in held if day not in rated],
        events=draw_one(st.lists(events, max_size=15)),
        expected=draw_one(st.lists(st.builds(Expected, totals, totals), max_size=len(outcome))),
        corridor=draw_one(st.none() | st.builds(Expected, totals, totals)),
        today=draw_one(st.none() | st.just(held[-1])) if held else None,
        look=draw_one(looks),
    )
    return trend(
        draw_one(languages),
        heading=draw_one(names),
        meetings=held,
        outcome=outcome,
        alliance=draw_one(marks(held)),
        outcome_cutoff=draw_one(st.sampled_from([None, 250, 280, 320])),
        alliance_cutoff=360,
        besides=besides,
    )


@st.composite
def families(draw_one: st.DrawFn) -> Family:
    held = draw_one(meetings)
    raters = [
        Ratings(draw_one(names), draw_one(marks(held)), draw_one(marks(held)))
        for _ in range(draw_one(st.integers(0, 6)))
    ]
    shown = draw_one(st.booleans())
    return family(
        draw_one(languages),
        heading=draw_one(names),
        meetings=held,
        raters=raters,
        all_shown=shown,
        look=draw_one(looks),
    )


@st.composite
def sides(draw_one: st.DrawFn) -> SideBySide:
    none: list[int] = []
    scores = st.lists(st.integers(0, 100), min_size=4, max_size=4) | st.just(none)
    newest = st.lists(st.builds(Newest, names, st.dates(FIRST, date(2025, 12, 31)), scores), max_size=6)
    return side_by_side(
        draw_one(languages),
        heading=draw_one(names),
        areas=[draw_one(names | st.sampled_from(WORDS)) for _ in range(4)],
        newest=draw_one(newest),
        all_shown=draw_one(st.booleans()),
    )


@st.composite
def owns(draw_one: st.DrawFn) -> Own:
    ends = st.builds(Ends, names, names, names)
    held = draw_one(meetings)
    return own(
        draw_one(languages),
        heading=draw_one(names),
        outcome=(draw_one(ends), draw_one(marks(held))),
        alliance=(draw_one(ends), draw_one(marks(held))),
        faces=draw_one(st.booleans()),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(picture=trends() | families() | sides() | owns())
def test_what_nobody_has_thought_of_can_be_read_too(picture: Picture) -> None:
    assert faults(draw.drawn(picture)) == []

"""Bo turns 13: other questions from now on, the old answers stay, and nobody is asked or counted twice."""

import pytest

import storage
from bot.charts.series import Own, Trend
from bot.domain.errors import Reason
from bot.domain.instruments import ORS
from bot.domain.lines import Course, ReportBand, clients_of, lines_of
from bot.domain.people import AgeBand
from bot.domain.series import series_of
from bot.messages import refusals
from tests.stage import PASSING, Family, Given, Play, button, buttons

BO_NOW = "Young person 2"
YOUNG = ("⋯ More", "🎂 Ages, questions", "Child ›", "13–17 years", "Yes, 13–17 years")


async def with_bo(play: Play, *others: str) -> Family:
    """Aino is a young person, Bo a child: Bo stands on the second page of the ages."""
    return await play.family("bo", *others)


async def turns_13(play: Play, family: Family) -> str:
    await play.to_the_case(play.nora, family)
    return await play.taps(play.nora, *YOUNG)


def own(instrument: str, score: int, meeting: int) -> Given:
    about = "adolescent" if instrument in ("ors", "cors") else ""
    return Given("bo", instrument, about, (score * 10,) * 4, meeting, "KOIVU-27")


async def test_what_was_given_stays_and_the_next_meeting_asks_as_of_a_young_person(play: Play) -> None:
    family = await with_bo(play)
    await play.meets(family, play.bo, before=6, after=8)
    said = await turns_13(play, family)
    assert "Young person 2: 13–17 years" in said
    await play.meets(family, play.bo, before=7, after=9)
    assert await play.given() == sorted(
        [own("cors", 6, 1), own("csrs", 8, 1), own("ors", 7, 2), own("srs", 9, 2)],
    )
    bands = await play.sql("SELECT instrument, band FROM ratings ORDER BY instrument")
    assert [tuple(each) for each in bands] == [
        ("cors", "child"),
        ("csrs", "child"),
        ("ors", "adolescent"),
        ("srs", "adolescent"),
    ]


async def test_who_has_not_begun_is_asked_anew_where_it_stands(play: Play) -> None:
    family = await with_bo(play, "mother")
    await play.starts_meeting(play.nora, family)
    asked = play.bo.screen
    seen = len(play.bo.sees)
    await turns_13(play, family)
    assert (play.bo.screen.id, len(play.bo.sees)) == (asked.id, seen)
    assert play.bo.screen.text != asked.text
    await play.rates(play.bo, 7, 7, 7, 7)
    assert [each.instrument for each in await play.given()] == ["ors"]


async def test_who_has_begun_finishes_as_they_have_begun_and_is_asked_once(play: Play) -> None:
    family = await with_bo(play)
    await play.starts_meeting(play.nora, family)
    await play.taps(play.bo, "7")
    begun = play.bo.screen.text
    await turns_13(play, family)
    assert play.bo.screen.text == begun
    await play.taps(play.bo, "7", "7", "7", "✓ Send")
    await play.says(play.bo, "/start")
    await play.taps(play.bo, "Before the meeting")
    assert await play.given() == [own("cors", 7, 1)]
    assert [tuple(each) for each in await play.sql("SELECT instrument, band FROM ratings")] == [("cors", "child")]
    asked = await play.sql("SELECT instrument FROM drafts WHERE rater_id = '" + family.raters["bo"] + "'")
    assert [each.instrument for each in asked] == ["cors"]


async def test_what_was_answered_as_a_child_can_still_be_corrected(play: Play) -> None:
    family = await with_bo(play)
    await play.starts_meeting(play.nora, family)
    await play.rates(play.bo, 6, 6, 6, 6)
    await turns_13(play, family)
    await play.says(play.bo, "/start")
    await play.taps(play.bo, "Before the meeting", "✏️ Change my answers")
    await play.taps(play.bo, button(play.bo, "change/"), "9", "✓ Send")
    assert [(each.instrument, each.scores) for each in await play.given()] == [("cors", (90, 60, 60, 60))]


async def test_answers_of_the_week_before_are_the_meetings_and_not_asked_again(play: Play) -> None:
    family = await with_bo(play)
    await play.says(play.bo, "/start")
    await play.taps(play.bo, "Before the meeting")
    await play.rates(play.bo, 5, 5, 5, 5)
    play.wait(days=1)
    await turns_13(play, family)
    await play.starts_meeting(play.nora, family)
    assert await play.given() == [own("cors", 5, 1)]
    assert "before: ✅ answered" in play.nora.screen.text


async def test_there_and_back_within_a_meeting_asks_once(play: Play) -> None:
    family = await with_bo(play)
    await play.starts_meeting(play.nora, family)
    await turns_13(play, family)
    await play.taps(play.nora, "6–12 years", "Yes, 6–12 years")
    await play.rates(play.bo, 6, 6, 6, 6)
    assert await play.given() == [Given("bo", "cors", "child", (60,) * 4, 1, "KOIVU-27")]


async def test_the_picture_of_before_stays_beside_the_new_one(play: Play) -> None:
    family = await with_bo(play)
    await play.meets(family, play.bo, before=6, after=8)
    await play.meets(family, play.bo, before=7, after=8)
    await turns_13(play, family)
    await play.meets(family, play.bo, before=5, after=9)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "📈 Pictures")
    bo = f"📈 {BO_NOW}"
    if bo in buttons(play.nora):
        await play.taps(play.nora, bo)
    assert totals(play) == [200]
    await play.taps(play.nora, next(each for each in buttons(play.nora) if "earlier answers" in each))
    assert totals(play) == [240, 280]


async def test_bo_has_his_own_answers_of_before_too(play: Play) -> None:
    family = await with_bo(play)
    await play.meets(family, play.bo, before=6, after=8)
    await turns_13(play, family)
    await play.meets(family, play.bo, before=5, after=9)
    await play.says(play.bo, "/start")
    await play.taps(play.bo, "📈 My picture")
    assert own_totals(play) == [200]
    await play.taps(play.bo, "📈 My picture, earlier answers")
    assert own_totals(play) == [240]
    assert "My own answers, earlier answers" in play.bo.screen.text
    assert "earlier" not in await play.taps(play.bo, "📈 My picture")
    note = await play.forges(play.bo, f"mine/{family.raters['bo']}//srs2")
    assert note == refusals.words(play.say(play.bo), Reason.NOT_HERE)


def own_totals(play: Play) -> list[int]:
    drawn = play.drawn[-1]
    assert isinstance(drawn, Own)
    return [each.total for each in drawn.curves[0].panel.spots]


def totals(play: Play) -> list[int]:
    """What the curve shows that was drawn last, in mm."""
    drawn = play.drawn[-1]
    assert isinstance(drawn, Trend)
    return [each.total for each in drawn.wellbeing.spots]


async def test_figures_have_one_line_of_bo_with_the_first_intake(play: Play) -> None:
    family = await with_bo(play)
    await play.meets(family, play.bo, before=6, after=8)
    await turns_13(play, family)
    for score in (5, 7):
        await play.meets(family, play.bo, before=score, after=9)
    async with play.database.transaction() as db:
        case = await storage.cases.get(db, family.case)
        assert case is not None
        its = series_of(case, await storage.ratings.of_case(db, case.id))
    (line,) = lines_of([Course(case.id, clients_of(case), its, 3, case.opened_at)])
    assert (line.band, line.intake, line.alliance) == (ReportBand.ADOLESCENT, 240, 320)
    assert line.series is not None
    assert (line.series.instrument, line.series.totals, line.series.band) == (ORS, (200, 280), AgeBand.ADOLESCENT)
    assert sorted((each.instrument.code, each.band.value, len(each)) for each in its) == [
        ("cors", "child", 1),
        ("csrs", "child", 1),
        ("ors", "adolescent", 2),
        ("srs", "adolescent", 2),
    ]


# Asked again


async def test_after_a_year_the_card_asks_and_one_tap_says_that_it_is_still_right(play: Play) -> None:
    family = await with_bo(play)
    play.wait(days=366)
    assert "🎂 Is the age still right?" in await play.to_the_case(play.nora, family)
    said = await play.taps(play.nora, "🎂 Ages")
    assert "🎂 Is that still right?" in said
    await play.taps(play.nora, "✓ Still 13–17 years", "Child ›", "✓ Still 6–12 years")
    assert "Is that still right?" not in play.nora.screen.text
    assert "Is the age still right?" not in await play.taps(play.nora, "← The case")


async def test_a_month_of_birth_is_sealed_and_asked_about_in_that_month_only(play: Play) -> None:
    """It is Monday, 2 March 2026; Bo was born in May 2013."""
    family = await with_bo(play)
    await play.to_the_case(play.nora, family)
    said = await play.taps(
        play.nora, "⋯ More", "🎂 Ages, questions", "Child ›", "Give the month of birth", "2013", "May"
    )
    assert "The month of birth is known." in said
    assert "2013" not in said
    sealed = await play.sql("SELECT born_sealed FROM subjects WHERE born_sealed IS NOT NULL")
    assert [b"2013" in bytes(each.born_sealed) for each in sealed] == [False]
    play.wait(days=59, hours=11)
    assert "Is the age" not in await play.to_the_case(play.nora, family)
    play.wait(hours=1)
    assert "🎂 Is the age still right?" in await play.to_the_case(play.nora, family)
    said = play.nora.screen.text
    assert "🎂 Child. By the month of birth now: 13–17 years. Then everybody gets the questions for that age" in said
    assert "What has been answered stays" in said
    await play.taps(play.nora, "🎂 Say the new age", "Yes, 13–17 years")
    assert await play.sql("SELECT id FROM subjects WHERE born_sealed IS NOT NULL") == []
    children = await play.sql("SELECT id FROM subjects WHERE band = 'adolescent'")
    noted = await play.sql("SELECT about_id FROM audit WHERE act = 'change_age'")
    assert [each.about_id in {child.id for child in children} for each in noted] == [True]
    assert "Is the age" not in await play.taps(play.nora, "← The case")


async def test_a_month_of_birth_can_be_taken_away(play: Play) -> None:
    family = await with_bo(play)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "⋯ More", "🎂 Ages, questions", "Give the month of birth", "2010", "May")
    await play.taps(play.nora, "Take the month of birth away")
    assert await play.sql("SELECT id FROM subjects WHERE born_sealed IS NOT NULL") == []
    await play.taps_again(play.nora)
    assert "Give the month of birth" in buttons(play.nora)


# Under six


async def test_a_child_who_turns_six_gets_a_place_of_their_own(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.taps(play.nora, "New case", "Under 6", "⋯ More", "🎂 Ages, questions", "6–12 years")
    await play.taps(play.nora, "Yes, 6–12 years")
    assert "🧒 Child – not joined yet" in await play.taps(play.nora, "← The case")


async def test_a_mistake_at_the_opening_is_mended_and_nobody_is_there_twice(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.taps(play.nora, "New case", "6–12 years", "⋯ More", "🎂 Ages, questions", "Under 6", "Yes, under 6")
    assert [each.n for each in await play.sql("SELECT count(*) AS n FROM raters WHERE ended_at IS NULL")] == [0]
    await play.taps(play.nora, "6–12 years", "Yes, 6–12 years")
    assert [each.n for each in await play.sql("SELECT count(*) AS n FROM raters")] == [1]
    assert [each.n for each in await play.sql("SELECT count(*) AS n FROM raters WHERE ended_at IS NULL")] == [1]


async def test_who_is_under_six_does_not_take_part_again_until_they_are_older(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.taps(play.nora, "New case", "6–12 years", "⋯ More", "🎂 Ages, questions", "Under 6", "Yes, under 6")
    (bo,) = await play.sql("SELECT id FROM raters")
    assert await play.forges(play.nora, f"rater/{bo.id}") == ""
    assert "too young to answer themself" in play.nora.screen.text
    assert "↩️ Takes part again" not in buttons(play.nora)
    note = await play.forges(play.nora, f"returns/{bo.id}")
    assert note == refusals.words(play.say(play.nora), Reason.NO_LONGER)
    assert await play.sql("SELECT id FROM raters WHERE ended_at IS NULL") == []


async def test_who_has_a_phone_here_is_not_under_six(play: Play) -> None:
    family = await with_bo(play)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "⋯ More", "🎂 Ages, questions", "Child ›")
    assert "Under 6" not in buttons(play.nora)
    bo = (await play.sql("SELECT id FROM subjects WHERE band = 'child'"))[0].id
    note = await play.forges(play.nora, f"aged/{bo}/child/under6")
    assert note == refusals.words(play.say(play.nora), Reason.NO_LONGER)


# Twice, late, and others


async def test_a_second_tap_and_an_old_button_change_nothing(play: Play) -> None:
    family = await with_bo(play)
    await turns_13(play, family)
    before = await play.kept(but=PASSING)
    await play.taps_again(play.nora)
    assert await play.kept(but=PASSING) == before
    assert "Young person 2: 13–17 years" in play.nora.screen.text
    bo = family.raters["bo"]
    subject = (await play.sql(f"SELECT subject_id FROM rater_subjects WHERE rater_id = '{bo}'"))[0].subject_id
    note = await play.forges(play.nora, f"aged/{subject}/child/adult")
    assert note == refusals.words(play.say(play.nora), Reason.NO_LONGER)
    assert await play.kept(but=PASSING) == before


async def test_of_two_workers_who_say_it_at_once_the_second_sees_what_the_first_said(play: Play) -> None:
    family = await with_bo(play)
    await play.becomes_worker(play.otto, team="pihlaja", code="TAMMI-5")
    await play.change(
        "INSERT INTO case_workers (case_id, worker_id, began_at) "
        f"SELECT '{family.case}', id, began_at FROM workers WHERE code = 'TAMMI-5'"
    )
    for worker in (play.nora, play.otto):
        await play.to_the_case(worker, family)
        await play.taps(worker, *YOUNG[:-1])
    for worker in (play.nora, play.otto):
        worker.taps(YOUNG[-1])
    await play.settle()
    assert "Young person 2: 13–17 years" in play.nora.screen.text
    assert play.otto.toasts[-1].text == refusals.words(play.say(play.otto), Reason.NO_LONGER)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
async def test_it_is_said_in_the_workers_language(play: Play, language: str) -> None:
    family = await with_bo(play)
    said = {
        "fi": "Lapsi: 6–12 vuotta",
        "sv": "Barn: 6–12 år",
        "en": "Child: 6–12 years",
    }
    await play.change(f"UPDATE persons SET language = '{language}', language_chosen = TRUE")
    await play.says(play.nora, "/start")
    await play.taps(play.nora, button(play.nora, "cases"))
    for beginning in (f"case/{family.case}", "more/", "ages/", f"ages/{family.case}/1"):
        await play.taps(play.nora, button(play.nora, beginning))
    assert said[language] in play.nora.screen.text

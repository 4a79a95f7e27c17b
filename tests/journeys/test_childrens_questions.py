"""Plainer words for somebody older: the worker chooses the children's questions, and all who rate them get the same."""

from bot.charts.series import Own, Trend
from bot.domain.errors import Reason
from bot.messages import refusals
from tests.stage import Family, Given, Play, button, buttons

BACK = ("⋯ More", "🎂 Ages, questions", "The questions for their age", "Ask the questions for their age")
CHOICE = ("⋯ More", "🎂 Ages, questions", "🙂 The children's questions")


async def chooses(play: Play, family: Family) -> str:
    """For Aino, who is a young person and stands first."""
    await play.to_the_case(play.nora, family)
    return await play.taps(play.nora, *CHOICE, "🙂 Ask the children's questions")


def own(instrument: str, score: int, meeting: int) -> Given:
    about = "adolescent" if instrument in ("ors", "cors") else ""
    return Given("aino", instrument, about, (score * 10,) * 4, meeting, "KOIVU-27")


async def test_the_worker_is_told_what_changes_before_it_does(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    said = await play.taps(play.nora, *CHOICE)
    assert "a sad and a happy face" in said
    assert "What has been answered stays" in said
    await play.taps(play.nora, "← Back")
    assert "Asked with the children's questions" not in play.nora.screen.text


async def test_from_then_on_both_questionnaires_are_the_childrens_and_the_age_stays(play: Play) -> None:
    family = await play.family()
    await play.meets(family, play.aino, before=6, after=8)
    assert "🙂 Asked with the children's questions." in await chooses(play, family)
    await play.meets(family, play.aino, before=7, after=9)
    assert await play.given() == sorted([own("ors", 6, 1), own("srs", 8, 1), own("cors", 7, 2), own("csrs", 9, 2)])
    bands = await play.sql("SELECT DISTINCT band FROM ratings")
    assert [each.band for each in bands] == ["adolescent"]


async def test_the_curve_is_weighed_by_the_age_and_begins_anew(play: Play) -> None:
    """28 is the cutoff of a young person, 32 that of a child."""
    family = await play.family()
    await play.meets(family, play.aino, before=6, after=8)
    await chooses(play, family)
    await play.meets(family, play.aino, before=7, after=9)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "📈 Pictures")
    drawn = play.drawn[-1]
    assert isinstance(drawn, Trend)
    cutoff = drawn.wellbeing.cutoff
    assert cutoff is not None
    assert ([each.total for each in drawn.wellbeing.spots], cutoff.total) == ([280], 280)
    assert any("earlier answers" in each for each in buttons(play.nora))


async def test_her_mother_is_asked_the_same_about_her_and_her_own_after_the_meeting(play: Play) -> None:
    family = await play.family("mother")
    await chooses(play, family)
    await play.starts_meeting(play.nora, family)
    await play.rates(play.mother, 5, 5, 5, 5)
    await play.taps(play.nora, "⏱ Time to close")
    await play.rates(play.mother, 9, 9, 9, 9)
    assert [(each.instrument, each.rater) for each in await play.given()] == [("cors", "mother"), ("srs", "mother")]


async def test_who_has_not_begun_is_asked_anew_and_who_has_finishes(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.taps(play.aino, "7")
    begun, waiting = play.aino.screen.text, play.mother.screen
    await chooses(play, family)
    assert play.aino.screen.text == begun
    assert (play.mother.screen.id, play.mother.screen.text) != (waiting.id, waiting.text)
    await play.taps(play.aino, "7", "7", "7", "✓ Send")
    await play.rates(play.mother, 6, 6, 6, 6)
    assert [(each.rater, each.instrument) for each in await play.given()] == [("aino", "ors"), ("mother", "cors")]
    assert [each.band for each in await play.sql("SELECT DISTINCT band FROM ratings")] == ["adolescent"]


async def test_it_is_taken_back_and_stands_in_the_audit_both_times(play: Play) -> None:
    family = await play.family()
    await chooses(play, family)
    await play.taps_again(play.nora)
    await play.taps(play.nora, "The questions for their age", "Ask the questions for their age")
    assert "Asked with the children's questions" not in play.nora.screen.text
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 6, 6, 6, 6)
    assert await play.given() == [own("ors", 6, 1)]
    (aino,) = await play.sql("SELECT id FROM subjects WHERE band = 'adolescent'")
    noted = await play.sql("SELECT about_id FROM audit WHERE act = 'choose_questions'")
    assert [each.about_id for each in noted] == [aino.id, aino.id]


async def test_her_place_in_the_case_says_which_questions_she_gets_and_leads_to_the_choice(play: Play) -> None:
    family = await play.family()
    await chooses(play, family)
    await play.to_the_case(play.nora, family)
    said = await play.taps(play.nora, "👥 People", "🧑 Young person")
    assert "Before a meeting: CORS – themself" in said
    assert "After a meeting: CSRS" in said
    assert "🙂 Asked with the children's questions." in await play.taps(play.nora, "🎂 Ages, questions")


async def test_for_a_child_there_is_nothing_to_choose_and_a_mistaken_age_ends_the_choice(play: Play) -> None:
    family = await play.family()
    await chooses(play, family)
    subject = (await play.sql("SELECT id FROM subjects WHERE band = 'adolescent'"))[0].id
    await play.taps(play.nora, "6–12 years", "Yes, 6–12 years")
    assert not [each for each in buttons(play.nora) if "questions" in each]
    (aino,) = await play.sql("SELECT asked_as_child FROM subjects")
    assert not aino.asked_as_child
    note = await play.forges(play.nora, f"asas/{subject}/1")
    assert note == refusals.words(play.say(play.nora), Reason.NO_LONGER)
    await play.taps(play.nora, "13–17 years", "Yes, 13–17 years")
    assert "Asked with the children's questions" not in play.nora.screen.text


async def test_the_choice_holds_when_she_turns_18(play: Play) -> None:
    family = await play.family()
    await chooses(play, family)
    said = await play.taps(play.nora, "18 years")
    assert "The questions stay the same" in said
    await play.taps(play.nora, "Yes, 18 years")
    assert "🙂 Asked with the children's questions." in play.nora.screen.text


async def test_who_has_begun_and_is_given_the_questions_for_her_age_again_is_not_read_as_a_child(play: Play) -> None:
    family = await play.family()
    await chooses(play, family)
    await play.starts_meeting(play.nora, family)
    await play.taps(play.aino, "7")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, *BACK)
    await play.taps(play.aino, "7", "7", "7", "✓ Send")
    assert await play.given() == [own("cors", 7, 1)]
    assert [each.band for each in await play.sql("SELECT band FROM ratings")] == ["adolescent"]


async def test_what_a_meeting_has_asked_that_is_long_over_stays_as_it_was(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.taps(play.nora, "⏱ Time to close", "⏹ End the meeting")
    play.wait(days=2)
    seen = len(play.aino.sees)
    await chooses(play, family)
    assert {each.instrument for each in await play.sql("SELECT instrument FROM drafts")} == {"ors", "srs"}
    assert len(play.aino.sees) == seen


async def test_a_guess_is_asked_anew_on_the_phone_of_who_guesses(play: Play) -> None:
    family = await play.family()
    await play.forges(play.nora, f"rater/{family.raters['aino']}")
    await play.taps(play.nora, "💭 Let them guess", "School")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "▶️ Start a meeting", "⬜️ School, as guessed by: Young person")
    await play.taps(play.nora, button(play.nora, "start/"))
    await play.rates(play.aino, 6, 6, 6, 6)
    await play.taps(play.aino, "Next: 💭 the teacher →")
    asked = play.aino.screen
    assert "What would your teacher say about you?" in asked.text
    await chooses(play, family)
    assert (play.aino.screen.id == asked.id, play.aino.screen.text == asked.text) == (True, False)
    await play.rates(play.aino, 7, 7, 7, 7)
    assert {each.instrument for each in await play.sql("SELECT instrument FROM ratings")} == {"cors", "ors"}


async def also_asked_as_a_child(play: Play, family: Family) -> None:
    """The mother is a client too, and has the children's questions about herself."""
    await play.forges(play.nora, f"rater/{family.raters['mother']}")
    play.wait(seconds=1)
    await play.taps(play.nora, "➕ Also a client", "19 or older", "🎂 Ages, questions")
    await play.taps(play.nora, "🙂 The children's questions", "🙂 Ask the children's questions")


async def test_her_own_picture_has_the_faces_by_which_she_answers(play: Play) -> None:
    family = await play.family("mother")
    await also_asked_as_a_child(play, family)
    await play.starts_meeting(play.nora, family)
    await play.rates(play.mother, 9, 9, 9, 9)
    await play.taps(play.mother, button(play.mother, "show/"))
    await play.rates(play.mother, 6, 6, 6, 6)
    await play.taps(play.mother, "📈 My picture")
    await play.taps(play.mother, button(play.mother, "mine/"))
    drawn = [each for each in play.drawn if isinstance(each, Own)]
    assert sorted(each.faces for each in drawn) == [False, True]


async def test_who_is_no_client_after_all_has_the_questions_for_their_age_again(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.taps(play.nora, "⏱ Time to close")
    await also_asked_as_a_child(play, family)
    hers = f"SELECT instrument FROM drafts WHERE rater_id = '{family.raters['mother']}' AND subject_id IS NULL"
    assert [each.instrument for each in await play.sql(hers)] == ["csrs"]
    await play.forges(play.nora, f"undorole/{family.raters['mother']}/client")
    assert [each.instrument for each in await play.sql(hers)] == ["srs"]

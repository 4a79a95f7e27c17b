"""Coming back: to what is unfinished, to a review, to what can't be answered any more, to a meeting that goes on."""

from tests.stage import Play, buttons


async def test_the_menu_leads_back_to_what_is_unfinished(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.taps(play.aino, "7", "Stop", "Menu")
    assert buttons(play.aino)[0] == "▶️ Go on answering"
    await play.taps(play.aino, "▶️ Go on answering")
    assert "2/4" in play.aino.screen.text


async def test_start_goes_on_with_the_child_that_was_begun(play: Play) -> None:
    family = await play.family("bo", "mother")
    await play.starts_meeting(play.nora, family)
    await play.taps(play.mother, "7")
    await play.says(play.mother, "/start")
    assert "2/4" in play.mother.screen.text
    assert "the young person (1/2)" in play.mother.screen.text


async def test_back_from_one_answer_that_was_opened_in_the_review_leads_to_the_review(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.taps(play.aino, "7", "6", "8", "9", buttons_of_the_second_line(), "← Back")
    assert "Your answers" in play.aino.screen.text


def buttons_of_the_second_line() -> str:
    return "✏️ 2 · Closest people: 6"


async def test_who_gives_a_change_up_hears_that_the_answers_are_as_they_were(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.taps(play.aino, "Menu", "Before the meeting", "✏️ Change my answers", buttons_of_the_second_line(), "0")
    assert "as they were" in await play.taps(play.aino, "Keep as before")
    assert [each.scores for each in await play.given()] == [(70, 60, 80, 90)]


async def test_a_tap_after_its_time_takes_the_question_off_the_screen(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.taps(play.aino, "7")
    await play.taps(play.nora, "⏱ Time to close", "⏹ End the meeting")
    play.wait(hours=25)
    await play.taps(play.aino, "8", message=next(each for each in play.aino.sees if "2/4" in each.text))
    asked = [each for each in play.aino.sees if "can't be answered any more" in each.text]
    assert {each.labels for each in asked} == {(("Menu",),)}
    assert not [each for each in play.aino.sees if "2/4" in each.text or "1/4" in each.text]


async def test_a_meeting_that_goes_on_is_the_first_button_of_the_workers_menu(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.says(play.nora, "/start")
    assert buttons(play.nora)[0] == f"🟢 {family.label}"
    await play.taps(play.nora, f"🟢 {family.label}")
    assert "🟢 The meeting is going on." in play.nora.screen.text


async def test_until_the_workers_yes_the_menu_shows_the_word_and_number(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.says(play.aino, "KOIVU-27")
    await play.taps(play.aino, "Young person, 13–17", "Yes, I'll join")
    joined = play.aino.screen.text
    await play.says(play.aino, "/start")
    check = play.aino.screen.text.split("word and number: ")[1]
    assert check in joined


async def test_a_reply_rings_no_bell(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.taps(play.aino, "Menu", "Before the meeting")
    assert play.aino.screen.silent

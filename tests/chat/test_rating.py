"""The rating conversation: one message from the first item to the thanks; and taps that come twice, late, elsewhere."""

import pytest

from bot.domain.errors import Reason
from bot.domain.ratings import DraftState
from bot.messages import refusals
from bot.sandbox.chats import Bubble
from bot.sandbox.phones import Phone
from tests.stage import Given, Play, button, buttons, data

SCALE = [str(score) for score in range(11)]


@pytest.fixture
async def asked(play: Play) -> Phone:
    """Aino, asked for her rating before the meeting."""
    await play.starts_meeting(play.nora, await play.family())
    return play.aino


async def draft_of(play: Play) -> tuple[object, ...]:
    [row] = await play.sql("SELECT state, present, skip_reason FROM drafts")
    return tuple(row)


def note(play: Play, reason: Reason) -> str:
    return refusals.words(play.say(play.aino), reason)


# From the first item to the thanks


async def test_an_item_has_the_numbers_in_two_rows_and_the_ways_out(play: Play, asked: Phone) -> None:
    assert list(asked.screen.labels) == [tuple(SCALE[:6]), tuple(SCALE[6:]), ("Skip this time", "Stop")]
    assert "1/4" in asked.screen.text
    await play.taps(asked, "7")
    assert list(asked.screen.labels) == [tuple(SCALE[:6]), tuple(SCALE[6:]), ("← Back", "Skip this time", "Stop")]
    assert "2/4" in asked.screen.text


async def test_the_whole_rating_is_one_message(play: Play, asked: Phone) -> None:
    first = asked.screen.id
    await play.rates(asked, 7, 6, 8, 9)
    assert [each.id for each in asked.sees] == [first]
    assert asked.screen.text.startswith("🌿 Thank you!")


async def test_the_thanks_show_no_answers_and_the_help_lines(play: Play, asked: Phone) -> None:
    await play.rates(asked, 7, 6, 8, 9)
    assert "▰" not in asked.screen.text
    assert "112" in asked.screen.text
    assert buttons(asked) == ["📈 My picture", "Menu"]


async def test_a_child_sees_faces_at_the_ends(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family("bo"))
    assert "🙁 0" in play.bo.screen.text
    assert "🙂 10" in play.bo.screen.text
    assert "🙁" not in play.aino.screen.text


async def test_zero_is_an_answer(play: Play, asked: Phone) -> None:
    await play.rates(asked, 0, 0, 0, 0)
    assert await play.given() == [Given("aino", "ors", "adolescent", (0, 0, 0, 0), 1, "KOIVU-27")]


async def test_back_shows_the_answer_that_was_given(play: Play, asked: Phone) -> None:
    await play.taps(asked, "7", "← Back")
    assert "Your answer now: 7" in asked.screen.text
    await play.taps(asked, "6", "5", "5", "5", "✓ Send")
    assert (await play.given())[0].scores == (60, 50, 50, 50)


async def test_the_review_shows_all_four_with_a_bar_and_each_can_be_changed(play: Play, asked: Phone) -> None:
    await play.taps(asked, "7", "6", "10", "0")
    assert [line for line in asked.screen.text.splitlines() if "▱" in line or "▰" in line] == [
        "▰▰▰▰▰▰▰▱▱▱ 7",
        "▰▰▰▰▰▰▱▱▱▱ 6",
        "▰▰▰▰▰▰▰▰▰▰ 10",
        "▱▱▱▱▱▱▱▱▱▱ 0",
    ]
    await play.taps(asked, buttons(asked)[3])
    assert "3/4" in asked.screen.text
    await play.taps(asked, "1", "✓ Send")
    assert (await play.given())[0].scores == (70, 60, 10, 0)


async def test_an_unfinished_rating_is_never_scored(play: Play, asked: Phone) -> None:
    await play.taps(asked, "7", "6", "8")
    assert await play.forges(asked, data(asked, "stop/").replace("stop", "send")) == note(play, Reason.INCOMPLETE)
    assert await play.given() == []
    assert "4/4" in asked.screen.text


# Not now, not this time


async def test_stopping_keeps_what_was_answered_and_goes_on_at_the_same_item(play: Play, asked: Phone) -> None:
    await play.taps(asked, "7", "6", "Stop")
    assert buttons(asked) == ["Go on", "Menu"]
    await play.taps(asked, "Go on")
    assert "3/4" in asked.screen.text


async def test_coming_back_by_start_goes_on_at_the_same_item(play: Play, asked: Phone) -> None:
    await play.taps(asked, "7", "6", "Stop", "Menu")
    await play.says(asked, "/start")
    assert "3/4" in asked.screen.text


async def test_coming_back_by_the_menu_goes_on_at_the_same_item(play: Play, asked: Phone) -> None:
    await play.taps(asked, "7", "6", "Stop", "Menu", "Before the meeting")
    assert "3/4" in asked.screen.text
    assert len(await play.sql("SELECT id FROM drafts")) == 1


@pytest.mark.parametrize(
    ("reason", "kept"), [("I don't feel like it", "not_in_the_mood"), ("No time", "no_time"), (None, "none")]
)
async def test_a_skip_is_a_full_answer_with_or_without_a_reason(
    play: Play, asked: Phone, reason: str | None, kept: str
) -> None:
    await play.taps(asked, "Skip this time", *([reason] if reason else []))
    assert await draft_of(play) == ("skipped", 1, kept)
    assert await play.given() == []
    assert "112" in asked.screen.text


async def test_a_skipped_one_can_be_answered_after_all(play: Play, asked: Phone) -> None:
    await play.taps(asked, "7", "Skip this time", "Answer after all")
    assert "2/4" in asked.screen.text
    await play.taps(asked, "6", "6", "6", "✓ Send")
    assert (await play.given())[0].scores == (70, 60, 60, 60)


# Once more


async def test_a_second_try_shows_the_first_with_change(play: Play, asked: Phone) -> None:
    await play.rates(asked, 7, 6, 8, 9)
    before = await play.kept(but=frozenset({"updates", "persons", "places"}))
    await play.taps(asked, "Menu", "Before the meeting")
    assert "You have answered this already:" in asked.screen.text
    assert buttons(asked) == ["✏️ Change my answers", "🗑 Delete my answers", "All right as it is"]
    assert await play.kept(but=frozenset({"updates", "persons", "places"})) == before


async def test_all_right_as_it_is_closes_it(play: Play, asked: Phone) -> None:
    await play.rates(asked, 7, 6, 8, 9)
    await play.taps(asked, "Menu", "Before the meeting", "All right as it is")
    assert asked.screen.text.startswith("🌿 Thank you!")
    assert asked.toasts == ()


async def test_the_menu_stays_when_a_rating_is_looked_at_from_it(play: Play, asked: Phone) -> None:
    await play.rates(asked, 7, 6, 8, 9)
    await play.taps(asked, "Menu")
    menu = asked.screen
    await play.taps(asked, "Before the meeting")
    assert menu in asked.sees


async def test_a_changed_rating_takes_the_place_of_the_first(play_on_each: Play) -> None:
    play = play_on_each
    await play.starts_meeting(play.nora, await play.family())
    await play.rates(play.aino, 7, 6, 8, 9)
    before = await play.sql("SELECT id, rated_at FROM ratings")
    play.wait(minutes=5)
    await play.taps(play.aino, "Menu", "Before the meeting", "✏️ Change my answers")
    await play.taps(play.aino, button(play.aino, "change/"), "3", "✓ Send")
    assert await play.given() == [Given("aino", "ors", "adolescent", (30, 60, 80, 90), 1, "KOIVU-27")]
    assert await play.sql("SELECT id, rated_at FROM ratings") == before
    assert [spot.total for spot in play.trends[-1].wellbeing.spots] == [260]


async def test_until_a_change_is_sent_the_first_answers_count(play: Play, asked: Phone) -> None:
    await play.rates(asked, 7, 6, 8, 9)
    await play.taps(asked, "Menu", "Before the meeting", "✏️ Change my answers")
    await play.taps(asked, button(asked, "change/"), "3", "Keep as before")
    assert (await play.given())[0].scores == (70, 60, 80, 90)
    await play.taps(asked, "Menu", "Before the meeting")
    assert "▰▰▰▰▰▰▰▱▱▱ 7" in asked.screen.text


async def test_a_change_that_was_left_is_gone_on_with(play: Play, asked: Phone) -> None:
    await play.rates(asked, 7, 6, 8, 9)
    await play.taps(asked, "Menu", "Before the meeting", "✏️ Change my answers")
    await play.taps(asked, button(asked, "change/"))
    await play.says(asked, "/start")
    assert "Your answer now: 7" in asked.screen.text
    await play.taps(asked, "2", "✓ Send")
    assert (await play.given())[0].scores == (20, 60, 80, 90)


async def test_a_carer_chooses_which_of_several_to_look_at(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family("bo", "mother"))
    await play.rates(play.mother, 4, 4, 4, 4)
    await play.taps(play.mother, "Next: the child →")
    await play.rates(play.mother, 6, 6, 6, 6)
    await play.taps(play.mother, "Menu", "Before the meeting")
    assert buttons(play.mother) == ["the young person", "the child", "Menu"]
    await play.taps(play.mother, "the child")
    assert "About: the child" in play.mother.screen.text
    assert "▰▰▰▰▰▰▱▱▱▱ 6" in play.mother.screen.text


async def test_a_carer_who_skips_one_child_goes_on_with_the_next(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family("bo", "mother"))
    await play.taps(play.mother, "Skip this time", "Next: the child →")
    await play.rates(play.mother, 6, 6, 6, 6)
    assert await play.given() == [Given("mother", "cors", "child", (60, 60, 60, 60), 1, "KOIVU-27")]


# Twice, late, from an old message


async def test_a_second_tap_on_a_number_changes_nothing(play: Play, asked: Phone) -> None:
    await play.taps(asked, "7")
    before, shown = await play.kept(), asked.screen.text
    assert await play.taps_again(asked) == shown
    assert await play.kept() == before


@pytest.mark.parametrize("last", ["Skip this time", "← Back", "✓ Send"])
async def test_a_second_tap_on_any_step_changes_nothing(play: Play, asked: Phone, last: str) -> None:
    await play.taps(asked, "7", "6", "8", *(["9"] if last == "✓ Send" else []), last)
    before, shown = await play.kept(), asked.screen.text
    assert await play.taps_again(asked) == shown
    assert await play.kept() == before


@pytest.mark.parametrize("last", ["✏️ Change my answers", "Keep as before"])
async def test_a_second_tap_on_a_step_of_a_change_changes_nothing(play: Play, asked: Phone, last: str) -> None:
    await play.rates(asked, 7, 6, 8, 9)
    await play.taps(asked, "Menu", "Before the meeting", "✏️ Change my answers")
    if last == "Keep as before":
        await play.taps(asked, last)
    before, shown = await play.kept(), asked.screen.text
    assert await play.taps_again(asked) == shown
    assert await play.kept() == before


async def test_a_late_tap_of_an_earlier_item_shows_where_it_is_now(play: Play, asked: Phone) -> None:
    first = asked.screen
    await play.taps(asked, "7", "6")
    before, shown = await play.kept(), asked.screen.text
    assert await play.taps(asked, "3", message=first) == shown
    assert asked.toasts[-1].text == note(play, Reason.NO_LONGER)
    assert await play.kept() == before


async def test_a_late_tap_after_sending_changes_nothing(play: Play, asked: Phone) -> None:
    first = asked.screen
    await play.rates(asked, 7, 6, 8, 9)
    before = await play.kept()
    for tapped in ("3", "Skip this time", "Stop"):
        await play.taps(asked, tapped, message=first)
        assert asked.screen.text.startswith("🌿 Thank you!")
    assert await play.kept() == before


async def test_a_late_back_of_an_earlier_item_does_not_move(play: Play, asked: Phone) -> None:
    await play.taps(asked, "7")
    second = asked.screen
    await play.taps(asked, "6", "8")
    before, shown = await play.kept(), asked.screen.text
    assert await play.taps(asked, "← Back", message=second) == shown
    assert await play.kept() == before


async def test_a_tap_on_a_message_that_is_gone_shows_the_rating_anew(play: Play, asked: Phone) -> None:
    old: Bubble = asked.screen
    asked.deletes(old)
    await play.taps(asked, "7", message=old)
    assert "2/4" in asked.screen.text
    assert asked.screen.id != old.id


async def test_a_tap_on_a_message_of_three_days_ago_still_counts(play: Play, asked: Phone) -> None:
    play.wait(hours=72)
    await play.taps(asked, "7")
    assert "2/4" in asked.screen.text


async def test_after_the_day_that_follows_a_meeting_its_rating_is_closed(play: Play, asked: Phone) -> None:
    await play.taps(asked, "7", "6")
    await play.taps(play.nora, "⏹ End the meeting", "⏹ End without asking")
    play.wait(hours=24, seconds=1)
    late = data(asked, "answer/")
    await play.settle()
    assert "This can't be answered any more." in asked.screen.text
    before = await play.kept()
    assert await play.forges(asked, late) == note(play, Reason.TOO_LATE)
    assert await play.kept() == before
    await play.says(asked, "/start")
    assert buttons(asked) == ["Before the meeting", "After the meeting", "👀 Who sees what", "❔ Help", "🌐 English"]


async def test_a_carer_may_skip_each_child(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family("bo", "mother"))
    await play.taps(play.mother, "Skip this time", "Next: the child →", "Skip this time")
    assert [row.state for row in await play.sql("SELECT state FROM drafts ORDER BY state")].count(
        DraftState.SKIPPED.value
    ) == 2


# The same update again


@pytest.mark.parametrize(
    ("before", "last"),
    [((), "7"), (("7",), "← Back"), (("7", "6", "8", "9"), "✓ Send"), (("7",), "Skip this time"), (("7",), "Stop")],
)
async def test_an_update_that_comes_again_changes_nothing_and_shows_the_present(
    play: Play, asked: Phone, before: tuple[str, ...], last: str
) -> None:
    await play.taps(asked, *before, last)
    kept, shown = await play.kept(), asked.screen.text
    await play.comes_again()
    assert await play.kept() == kept
    assert asked.screen.text == shown


async def test_after_a_restart_the_person_goes_on_at_the_same_item(play: Play, asked: Phone) -> None:
    await play.taps(asked, "7", "6")
    await play.comes_again()
    await play.taps(asked, "8", "9", "✓ Send")
    assert (await play.given())[0].scores == (70, 60, 80, 90)


# Somebody else's


async def test_nobody_can_answer_in_somebody_elses_rating(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family("mother"))
    theirs = data(play.aino, "answer/").split("/")[1]
    await play.becomes_worker(play.otto, team="vaahtera", code="TAMMI-5")
    before = await play.kept()
    for who in (play.mother, play.nora, play.otto):
        seen = who.screen.text
        for forged in (f"answer/{theirs}/1/0", f"skip/{theirs}", f"send/{theirs}", f"show/{theirs}", f"given/{theirs}"):
            assert await play.forges(who, forged) == note(play, Reason.NOT_HERE)
        assert who.screen.text == seen
    assert await play.kept() == before

"""A meeting on the worker's phone: who is here, the card, time to close, the end; and taps at the wrong time."""

import re

from bot.domain.errors import Reason
from bot.messages import refusals
from tests.stage import PASSING, Play, button, buttons


def note(play: Play, reason: Reason) -> str:
    return refusals.words(play.say(play.nora), reason)


async def test_everybody_who_has_joined_is_ticked_at_the_first_meeting(play: Play) -> None:
    family = await play.family("bo", "mother")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "▶️ Start a meeting")
    assert buttons(play.nora) == [
        "✅ Young person",
        "✅ Child",
        "✅ Mother",
        "▶️ Start, ask 3",
        "🕊 We met without measuring",
        "← Back",
    ]


async def test_a_tap_on_a_name_unticks_and_ticks_it(play: Play) -> None:
    family = await play.family("bo")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "▶️ Start a meeting", "✅ Child")
    assert buttons(play.nora) == [
        "✅ Young person",
        "⬜️ Child",
        "▶️ Start, ask 1",
        "🕊 We met without measuring",
        "← Back",
    ]
    await play.taps(play.nora, "⬜️ Child")
    assert buttons(play.nora) == [
        "✅ Young person",
        "✅ Child",
        "▶️ Start, ask 2",
        "🕊 We met without measuring",
        "← Back",
    ]


async def test_with_nobody_ticked_there_is_no_start(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "▶️ Start a meeting", "✅ Young person")
    assert buttons(play.nora) == ["⬜️ Young person", "🕊 We met without measuring", "← Back"]
    before = await play.kept()
    assert await play.forges(play.nora, f"start/{family.case}/0") == note(play, Reason.NOBODY_HERE)
    assert await play.kept() == before


async def test_who_has_no_phone_yet_is_named_and_can_be_ticked(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    play.wait(seconds=1)
    await play.taps(play.nora, "👥 People", "🙋 Add a person", "Mother", "← The case", "▶️ Start a meeting")
    assert buttons(play.nora) == [
        "✅ Young person",
        "⬜️ Mother",
        "▶️ Start, ask 1",
        "🕊 We met without measuring",
        "← Back",
    ]
    assert "they answer through you: Mother" in play.nora.screen.text


async def test_a_case_where_nobody_has_joined_can_meet_all_the_same(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.taps(play.nora, "New case", "13–17 years", "▶️ Start a meeting")
    assert buttons(play.nora) == ["⬜️ Young person", "🕊 We met without measuring", "← Back"]
    await play.taps(play.nora, "⬜️ Young person", "▶️ Start, ask 1")
    assert "👉 waits to be asked by you" in play.nora.screen.text


async def test_those_who_were_ticked_are_asked_even_when_somebody_joins_meanwhile(play: Play) -> None:
    """Bo, who stands before his mother in the case, joins while Nora looks at the ticks."""
    await play.becomes_worker(play.nora)
    await play.taps(play.nora, "New case", "13–17 years")
    await play.taps(play.nora, "👥 People")
    for others in (("Another client", "6–12 years"), ("Mother",)):
        play.wait(seconds=1)
        await play.taps(play.nora, "🙋 Add a person", *others)
    links = {}
    for who in ("Young person", "Child", "Mother"):
        await play.taps(play.nora, next(each for each in buttons(play.nora) if each.endswith(who)))
        links[who] = re.findall(r"start=([\w-]+)", await play.taps(play.nora, "✉️ Invite"))[0]
        await play.taps(play.nora, "← Back", "← People")
    for phone, who in ((play.aino, "Young person"), (play.mother, "Mother")):
        await play.opens(phone, links[who])
        await play.taps(phone, "Yes, I'll join")
    await play.taps(play.nora, button(play.nora, "case/"), "▶️ Start a meeting")
    assert buttons(play.nora) == [
        "✅ Young person",
        "⬜️ Child",
        "✅ Mother",
        "▶️ Start, ask 2",
        "🕊 We met without measuring",
        "← Back",
    ]
    ticks = play.nora.screen
    await play.opens(play.bo, links["Child"])
    await play.taps(play.bo, "Yes, I'll join")
    await play.taps(play.nora, "▶️ Start, ask 2", message=ticks)
    kinds = await play.sql("SELECT kind FROM raters JOIN session_raters ON raters.id = rater_id ORDER BY kind, band")
    assert [row.kind for row in kinds] == ["client", "mother"]
    assert "1/4" in play.mother.screen.text


async def test_a_second_tap_on_start_makes_no_second_meeting(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    before, shown = await play.kept(), play.nora.screen.text
    assert await play.taps_again(play.nora) == shown
    assert await play.kept() == before


async def test_starting_where_a_meeting_goes_on_shows_that_meeting(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    old = play.nora.screen
    await play.starts_meeting(play.nora, family)
    before = await play.kept(but=PASSING | {"places"})
    await play.taps(play.nora, "▶️ Start a meeting", message=old)
    assert play.nora.toasts[-1].text == note(play, Reason.MEETING_OPEN)
    assert [each.id for each in play.nora.sees if "🟢 The meeting is going on." in each.text] == [old.id]
    assert await play.kept(but=PASSING | {"places"}) == before


async def test_a_second_tap_on_time_to_close_asks_nobody_twice(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.taps(play.nora, "⏱ Time to close")
    before, shown, seen = await play.kept(), play.nora.screen.text, play.aino.sees
    assert await play.taps_again(play.nora) == shown
    assert (await play.kept(), play.aino.sees) == (before, seen)


async def test_a_second_tap_on_the_end_changes_nothing(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.taps(play.nora, "⏹ End the meeting", "⏹ End without asking")
    before, shown = await play.kept(), play.nora.screen.text
    assert await play.taps_again(play.nora) == shown
    assert await play.kept() == before


async def test_a_slip_on_the_end_ends_nothing(play: Play) -> None:
    """It stands right under "Time to close": what nobody was asked about doesn't end by one tap."""
    await play.starts_meeting(play.nora, await play.family())
    shown = play.nora.screen.text
    before = await play.kept(but=PASSING | {"places"})
    assert "You haven't asked about the meeting yet." in await play.taps(play.nora, "⏹ End the meeting")
    assert buttons(play.nora) == ["⏱ Ask first", "⏹ End without asking", "← Back"]
    await play.comes_again()
    assert buttons(play.nora) == ["⏱ Ask first", "⏹ End without asking", "← Back"]
    assert await play.kept(but=PASSING | {"places"}) == before
    assert await play.taps(play.nora, "← Back") == shown
    await play.taps(play.nora, "⏹ End the meeting", "⏱ Ask first")
    assert "🟠 Closing" in play.nora.screen.text
    assert "1/4" in play.aino.screen.text


async def test_a_meeting_may_end_without_asking(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.taps(play.nora, "⏹ End the meeting", "⏹ End without asking")
    assert "⚪️ The meeting is over." in play.nora.screen.text
    assert len([each for each in play.aino.sees if each.author is None]) == 1


async def test_an_end_that_a_colleague_was_quicker_with_shows_the_card(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    question = play.nora.screen
    await play.taps(play.nora, "⏹ End the meeting", "⏹ End without asking")
    before = await play.kept()
    [(session,)] = await play.sql("SELECT id FROM sessions")
    assert await play.forges(play.nora, f"unasked/{session}", at=question) == note(play, Reason.MEETING_OVER)
    assert "⚪️ The meeting is over." in play.nora.screen.text
    assert await play.kept() == before


async def test_an_old_card_cannot_close_a_meeting_that_is_over(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    old = play.nora.screen
    await play.taps(play.nora, "⏱ Time to close", "⏹ End the meeting")
    before = await play.kept()
    for late in ("⏱ Time to close", "⏹ End the meeting"):
        await play.taps(play.nora, late, message=old)
        assert play.nora.toasts[-1].text == note(play, Reason.MEETING_OVER)
        assert "⚪️ The meeting is over." in play.nora.screen.text
    assert await play.kept() == before


async def test_each_step_that_comes_again_changes_nothing(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family("mother"))
    for step in (None, "⏱ Time to close", "⏹ End the meeting"):
        if step:
            await play.taps(play.nora, step)
        before, shown = await play.kept(), play.nora.screen.text
        await play.comes_again()
        assert (await play.kept(), play.nora.screen.text) == (before, shown)


async def test_an_invitation_that_is_being_read_is_not_written_over_by_the_card(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "👥 People", "🙋 Add a person", "Mother")
    await play.starts_meeting(play.nora, family)
    await play.taps(play.nora, "← The case", "👥 People", "👩 Mother", "✉️ Invite")
    invitation = play.nora.screen
    await play.taps(play.aino, "7", "6")
    assert play.nora.screen == invitation


async def test_the_way_back_to_the_meeting_shows_how_it_is_now(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.taps(play.nora, "← The case")
    await play.taps(play.aino, "7")
    await play.taps(play.nora, "🟢 To the meeting")
    assert "before: ✍️ answering" in play.nora.screen.text
    await play.taps(play.aino, "7", "7", "7", "✓ Send")
    assert "before: ✅ answered" in next(each.text for each in play.nora.sees if "before:" in each.text)


async def test_who_begins_by_the_menu_during_a_meeting_is_in_it(play: Play) -> None:
    family = await play.family("mother")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "▶️ Start a meeting", "✅ Mother", "▶️ Start, ask 1")
    await play.says(play.mother, "/start")
    await play.taps(play.mother, "Before the meeting")
    assert "👩 Mother" in play.nora.screen.text
    await play.taps(play.nora, "⏱ Time to close")
    assert "after: ⏳ asked" in play.nora.screen.text.split("👩 Mother")[1]


async def test_a_meeting_of_two_cases_goes_on_side_by_side(play: Play) -> None:
    first = await play.family()
    await play.starts_meeting(play.nora, first)
    await play.says(play.bo, "KOIVU-27")
    await play.taps(play.bo, "Child, 6–12", "Yes, I'll join")
    await play.taps(play.nora, "Yes: a new case", "▶️ Start a meeting", "▶️ Start, ask 1")
    await play.rates(play.bo, 9, 9, 9, 9)
    await play.rates(play.aino, 3, 3, 3, 3)
    assert [(each.rater, each.meeting) for each in await play.given()] == [("aino", 1), ("bo", 2)]


async def test_from_the_picture_the_meeting_card_comes_below_and_is_nowhere_else(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family("mother"))
    card = play.nora.screen
    await play.rates(play.aino, 7, 7, 7, 7)
    picture = play.nora.screen
    await play.taps(play.nora, "🟢 To the meeting")
    assert picture in play.nora.sees
    assert card.id not in [each.id for each in play.nora.sees]
    assert play.nora.sees[-2:] == (picture, play.nora.screen)
    assert "before: ✅ answered" in play.nora.screen.text
    await play.rates(play.mother, 4, 4, 4, 4)
    assert play.nora.screen.text.count("before: ✅ answered") == 2
    await play.taps(play.nora, "⏱ Time to close")
    assert "🟠 Closing" in play.nora.screen.text


async def test_the_way_from_the_picture_to_the_meeting_may_be_taken_twice(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.rates(play.aino, 7, 7, 7, 7)
    await play.taps(play.nora, "🟢 To the meeting")
    await play.taps_again(play.nora)
    await play.comes_again()
    assert [each.photo is not None for each in play.nora.sees[-2:]] == [True, False]
    assert len([each for each in play.nora.sees if "🟢 The meeting is going on." in each.text]) == 1


async def test_from_a_picture_of_a_meeting_that_is_over_no_way_leads_to_it(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 7, 7, 7)
    await play.taps(play.nora, "🟢 To the meeting", "⏱ Time to close", "⏹ End the meeting")
    await play.rates(play.aino, 9, 9, 9, 9)
    (picture,) = [each for each in play.nora.sees if each.photo]
    assert picture.labels == (("🔎 By area",), ("🖨 Print", "← The case"))


async def test_the_picture_leads_to_the_other_raters_pictures(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family("mother"))
    await play.rates(play.aino, 7, 7, 7, 7)
    await play.rates(play.mother, 4, 4, 4, 4)
    picture = play.nora.screen
    assert picture.labels == (
        ("🟢 To the meeting",),
        ("👪 All together", "🧩 Side by side"),
        ("📈 Young person",),
        ("🔎 By area",),
        ("🖨 Print", "← The case"),
    )
    await play.taps(play.nora, "📈 Young person")
    assert play.nora.screen.id == picture.id
    assert "Wellbeing 28" in play.nora.screen.text

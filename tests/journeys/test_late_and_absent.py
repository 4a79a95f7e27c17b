"""Somebody comes late, and somebody who was ticked wasn't there after all."""

from typing import Any

import pytest

from bot.domain.errors import Reason
from bot.messages import refusals
from tests.stage import PASSING, Family, Play, button, buttons, data


async def states_of(play: Play, family: Family, name: str) -> list[Any]:
    rows = await play.sql(
        f"SELECT state, skip_reason FROM drafts WHERE rater_id = '{family.raters[name]}' ORDER BY instrument"
    )
    return [tuple(row) for row in rows]


async def met(play: Play, *here: str) -> Family:
    """A meeting of Aino and mother; father isn't ticked."""
    family = await play.family("mother", "father")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "▶️ Start a meeting", "✅ Father", "▶️ Start, ask 2")
    return family


async def test_who_comes_late_is_asked_what_is_asked_now(play: Play) -> None:
    family = await met(play)
    await play.taps(play.nora, "👥 Who is here")
    assert buttons(play.nora) == ["✅ Young person", "✅ Mother", "⬜️ Father", "← To the meeting"]
    await play.taps(play.nora, "⬜️ Father")
    assert "A moment for you" in play.father.screen.text
    await play.rates(play.father, 5, 5, 5, 5)
    await play.taps(play.nora, button(play.nora, "meeting/"), "⏱ Time to close")
    assert [state for state, _ in await states_of(play, family, "father")] == ["sent", "open"]


async def test_who_comes_when_it_is_closed_up_is_asked_about_the_meeting_only(play: Play) -> None:
    family = await met(play)
    await play.taps(play.nora, "⏱ Time to close", "👥 Who is here", "⬜️ Father")
    rows = await play.sql(f"SELECT instrument FROM drafts WHERE rater_id = '{family.raters['father']}'")
    assert [row.instrument for row in rows] == ["srs"]
    assert len(play.father.sees) == 1


async def test_of_who_was_not_there_what_waits_is_closed_and_what_was_given_stays(play: Play) -> None:
    family = await met(play)
    await play.rates(play.mother, 6, 6, 6, 6)
    await play.taps(play.nora, button(play.nora, "tocard/"), "⏱ Time to close", "👥 Who is here", "✅ Mother")
    assert await states_of(play, family, "mother") == [("sent", None), ("skipped", "not_present")]
    assert "weren't there" in play.mother.screen.text
    assert [len(each.scores) for each in await play.given()] == [4]
    await play.taps(play.nora, "← To the meeting", "⏹ End the meeting")
    play.wait(hours=8)
    await play.settle()
    assert "reminder" not in play.mother.screen.text


async def test_who_is_taken_out_by_mistake_is_asked_again_where_the_request_stood(play: Play) -> None:
    family = await met(play)
    await play.taps(play.mother, "7")
    await play.taps(play.nora, "👥 Who is here", "✅ Mother")
    assert "weren't there" in play.mother.screen.text
    seen = len(play.mother.sees)
    await play.taps(play.nora, "⬜️ Mother")
    assert (len(play.mother.sees), "2/4" in play.mother.screen.text) == (seen, True)
    assert await states_of(play, family, "mother") == [("open", None)]


async def test_double_taps_and_late_ones_change_nothing(play: Play) -> None:
    family = await met(play)
    await play.taps(play.nora, "👥 Who is here")
    session = data(play.nora, "wasnt/").split("/")[1]
    await play.taps(play.nora, "⬜️ Father")
    await play.taps_again(play.nora)
    assert await states_of(play, family, "father") == [("open", None)]
    await play.taps(play.nora, "✅ Father")
    await play.taps_again(play.nora)
    assert await states_of(play, family, "father") == [("skipped", "not_present")]
    await play.taps(play.nora, "← To the meeting", "⏹ End the meeting", "⏹ End without asking")
    play.wait(hours=25)
    await play.settle()
    before = await play.kept(but=PASSING | {"places"})
    over = refusals.words(play.say(play.nora), Reason.MEETING_OVER)
    assert await play.forges(play.nora, f"come/{session}/{family.raters['father']}") == over
    assert await play.kept(but=PASSING | {"places"}) == before


async def test_a_request_that_nobody_answered_is_closed_where_it_stands_when_its_time_is_over(play: Play) -> None:
    await met(play)
    await play.rates(play.mother, 6, 6, 6, 6)
    await play.taps(play.nora, button(play.nora, "tocard/"), "⏹ End the meeting", "⏹ End without asking")
    play.wait(hours=24, seconds=1)
    await play.settle()
    assert "can't be answered any more" in play.aino.sees[0].text
    assert "Thank you" in play.mother.screen.text


async def test_otto_has_no_say_in_who_is_here(play: Play) -> None:
    family = await met(play)
    await play.becomes_worker(play.otto, team="koivu", code="TAMMI-5")
    session = data(play.nora, "here/").split("/")[1]
    for asked in (f"here/{session}", f"come/{session}/{family.raters['father']}"):
        assert await play.forges(play.otto, asked) == refusals.words(play.say(play.otto), Reason.NOT_HERE)


@pytest.mark.parametrize(("code", "words"), [("fi", "Ketkä ovat paikalla?"), ("sv", "Vilka är på plats?")])
async def test_in_the_workers_language(play: Play, code: str, words: str) -> None:
    await met(play)
    session = data(play.nora, "here/").split("/")[1]
    await play.forges(play.nora, f"language/{code}")
    await play.forges(play.nora, f"here/{session}")
    assert words in play.nora.screen.text

"""What can't be taken is answered clearly in each language, and nothing is lost: values, days, a rater who left."""

import pytest

from bot.domain.errors import Reason
from bot.i18n import Language
from bot.messages import refusals
from tests.journeys.test_answering_for_somebody import Silent, mothers, silent_mother
from tests.stage import Play, button, data

LANGUAGES = ["en", "fi", "sv"]


async def writes_down(play: Play, code: str, way: str = "paper/") -> Silent:
    """Nora, in her language, with the mother's sheet of today's meeting before her."""
    play.nora.language = code
    silent = await silent_mother(play)
    play.wait(days=30)
    await play.starts_meeting(play.nora, silent.family)
    await play.taps(play.nora, button(play.nora, "answers/"))
    ways = f"ways/{data(play.nora, 'ways/').split('/')[1]}/{silent.mother}"
    await play.taps(play.nora, button(play.nora, ways))
    await play.taps(play.nora, button(play.nora, way))
    return silent


def why(say: Language, reason: Reason) -> str:
    return refusals.words(say, reason)


@pytest.mark.parametrize("code", LANGUAGES)
async def test_values_with_a_comma_and_with_a_point_are_the_same_and_odd_ones_are_told(play: Play, code: str) -> None:
    silent, say = await writes_down(play, code), play.say(play.nora)
    await play.says(play.nora, "7,5")
    for text, reason in (("12", Reason.OVER_TEN), ("10,1", Reason.OVER_TEN), ("7,55", Reason.NO_NUMBER)):
        assert why(say, reason) in await play.says(play.nora, text)
        assert say.score(75) in play.nora.screen.text
    for text in ("7.5", "0", "10"):
        await play.says(play.nora, text)
    await play.taps(play.nora, button(play.nora, "enter/"))
    assert await mothers(play, silent) == [("paper", 75, 75, 0, 100, 250)]


@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_total_over_forty_is_told_and_one_of_forty_is_taken(play: Play, code: str) -> None:
    silent, say = await writes_down(play, code), play.say(play.nora)
    await play.taps(play.nora, button(play.nora, "sum/"))
    for text in ("41", "40,1", "400"):
        assert why(say, Reason.OVER_FORTY) in await play.says(play.nora, text)
    assert why(say, Reason.NO_NUMBER) in await play.says(play.nora, "28,4 3")
    await play.says(play.nora, "40,0")
    await play.taps(play.nora, button(play.nora, "enter/"))
    assert await mothers(play, silent) == [("total_only", None, None, None, None, 400)]


@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_day_to_come_is_told_and_what_was_written_stays(play: Play, code: str) -> None:
    silent, say = await writes_down(play, code), play.say(play.nora)
    await play.says(play.nora, "7,5 6 8 9")
    await play.taps(play.nora, button(play.nora, "days/"))
    for text, reason in (
        ("2.4.2026", Reason.DAY_AHEAD),
        ("2027-01-01", Reason.DAY_AHEAD),
        ("1.3.2026", Reason.DAY_BEFORE_CASE),
        ("1.3.2019", Reason.DAY_TOO_OLD),
        ("30.2.2026", Reason.NO_DAY),
    ):
        assert why(say, reason) in await play.says(play.nora, text)
    await play.says(play.nora, "31.3.2026")
    await play.taps(play.nora, button(play.nora, "enter/"))
    assert await mothers(play, silent) == [("paper", 75, 60, 80, 90, 305)]


@pytest.mark.parametrize("code", LANGUAGES)
async def test_of_a_rater_who_leaves_in_the_middle_what_was_written_stays_and_can_be_sent(
    play: Play, code: str
) -> None:
    silent = await writes_down(play, code)
    await play.says(play.nora, "7,5 6")
    await play.says(play.nora, "7,5 6 8 9")
    await play.change(f"UPDATE raters SET ended_at = '2026-04-01 09:00:00' WHERE id = '{silent.mother}'")
    await play.taps(play.nora, button(play.nora, "enter/"))
    assert await mothers(play, silent) == [("paper", 75, 60, 80, 90, 305)]


@pytest.mark.parametrize("code", LANGUAGES)
async def test_on_the_sheet_of_a_case_that_was_closed_meanwhile_it_is_told_and_nothing_changes(
    play: Play, code: str
) -> None:
    silent, say = await writes_down(play, code), play.say(play.nora)
    await play.says(play.nora, "7,5")
    await play.change(f"UPDATE cases SET state = 'closed' WHERE id = '{silent.family.case}'")
    before = await play.sql("SELECT item, score FROM draft_items")
    assert why(say, Reason.NOT_HERE) in await play.says(play.nora, "6")
    await play.taps(play.nora, button(play.nora, "heard/"))
    assert play.nora.toasts[-1].text == why(say, Reason.NOT_HERE)
    assert await play.sql("SELECT item, score FROM draft_items") == before
    await play.change(f"UPDATE cases SET state = 'open' WHERE id = '{silent.family.case}'")
    assert say.score(60) in await play.says(play.nora, "6")


@pytest.mark.parametrize("code", LANGUAGES)
async def test_what_is_answered_aloud_the_day_after_next_is_too_late_and_a_sheet_is_not(play: Play, code: str) -> None:
    silent, say = await writes_down(play, code, "aloud/"), play.say(play.nora)
    await play.taps(play.nora, "7")
    await play.change("UPDATE sessions SET state = 'ended', ended_at = '2026-04-01 10:00:00'")
    play.wait(days=2)
    await play.taps(play.nora, "6")
    assert play.nora.toasts[-1].text == why(say, Reason.TOO_LATE)
    assert await mothers(play, silent) == []
    assert [tuple(row) for row in await play.sql("SELECT item, score FROM draft_items")] == [(1, 70)]

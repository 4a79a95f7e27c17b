"""Somebody says at *send* that the answers are only for the worker; and takes it back later."""

import pytest

from tests.stage import Play, button, buttons


async def kept_for_worker(play: Play) -> list[bool]:
    return [bool(row.only_worker) for row in await play.sql("SELECT only_worker FROM ratings")]


async def test_aino_keeps_her_answers_for_her_worker_and_later_lets_them_be_shown(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.taps(play.aino, "3", "4", "5", "6", "🔒 Only for my worker")
    assert "🔒 Only for your worker" in play.aino.screen.text
    await play.taps(play.aino, "✓ Send")
    assert "🔒 Only for your worker" in play.aino.screen.text
    assert await kept_for_worker(play) == [True]
    assert play.trends[-1].wellbeing.spots[-1].total == 180

    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting", "✏️ Change my answers", "👀 May be shown together", "✓ Send")
    assert "🔒" not in play.aino.screen.text
    assert await kept_for_worker(play) == [False]


async def test_a_second_tap_and_a_change_given_up_leave_it_as_it_was(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.taps(play.aino, "3", "4", "5", "6", "🔒 Only for my worker")
    before = await play.kept()
    await play.taps_again(play.aino)
    assert await play.kept() == before
    await play.taps(play.aino, "✓ Send")

    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting", "✏️ Change my answers", "👀 May be shown together")
    await play.taps(play.aino, "Keep as before")
    assert await kept_for_worker(play) == [True]


async def test_sending_without_it_takes_five_taps_and_with_it_six(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    taps = ["7", "7", "7", "7", "🔒 Only for my worker", "✓ Send"]
    await play.taps(play.aino, *taps)
    assert play.aino.screen.text.startswith("🌿 Thank you!")
    assert len(taps) <= 6


@pytest.mark.parametrize(
    ("language", "locked"), [("fi", "🔒 Vain työntekijälleni"), ("sv", "🔒 Bara för min kontaktperson")]
)
async def test_it_is_said_in_the_language_of_the_phone(play: Play, language: str, locked: str) -> None:
    play.aino.language = language
    await play.starts_meeting(play.nora, await play.family())
    await play.taps(play.aino, "7", "7", "7", "7")
    assert locked in buttons(play.aino)
    await play.taps(play.aino, locked)
    assert button(play.aino, "only/") == {"fi": "👀 Saa näyttää yhdessä", "sv": "👀 Får visas tillsammans"}[language]

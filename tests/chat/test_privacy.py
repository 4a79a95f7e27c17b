"""What is kept, and being forgotten."""

import pytest

from bot.domain.errors import Reason
from bot.messages import refusals
from tests.stage import Play, buttons


async def test_privacy_is_told_in_plain_words(play: Play) -> None:
    said = await play.says(play.aino, "/privacy")
    assert said.startswith("Your privacy here")
    assert "end-to-end" in said
    assert "112" in said
    assert buttons(play.aino) == ["← Menu"]


@pytest.mark.parametrize("language", ["fi", "sv"])
async def test_privacy_is_told_in_the_language_of_the_phone(play: Play, language: str) -> None:
    english = await play.says(play.bo, "/privacy")
    play.aino.language = language
    assert (await play.says(play.aino, "/privacy")).splitlines()[0] != english.splitlines()[0]


async def test_forgetting_is_asked_once_and_can_be_left(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.rates(play.aino, 7, 6, 8, 9)
    before = await play.kept()
    await play.says(play.aino, "/forget")
    assert buttons(play.aino) == ["Yes, delete everything", "No, keep it"]
    await play.taps(play.aino, "No, keep it")
    assert await play.kept() == before


async def test_whoever_is_forgotten_leaves_nothing_behind(play_on_each: Play) -> None:
    play = play_on_each
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.rates(play.mother, 4, 4, 4, 4)
    [(person,)] = await play.sql(f"SELECT person_id FROM raters WHERE id = '{family.raters['mother']}'")
    await play.says(play.mother, "/forget")
    await play.taps(play.mother, "Yes, delete everything")
    assert "Deleted." in play.mother.screen.text
    assert [each.rater for each in await play.given()] == ["aino"]
    assert person not in str(await play.kept(but=frozenset()))


async def test_the_worker_sees_that_the_phone_has_left(play: Play) -> None:
    family = await play.family("mother")
    await play.says(play.mother, "/forget")
    await play.taps(play.mother, "Yes, delete everything")
    assert "👩 Mother – not joined yet" in await play.to_the_case(play.nora, family)


async def test_who_waits_for_a_yes_and_is_forgotten_waits_no_more(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.says(play.aino, "KOIVU-27")
    await play.taps(play.aino, "Young person, 13–17", "Yes, I'll join")
    await play.says(play.aino, "/forget")
    await play.taps(play.aino, "Yes, delete everything")
    assert await play.sql("SELECT id FROM cases") == []
    await play.taps(play.nora, "Yes: a new case")
    assert play.nora.toasts[-1].text == refusals.words(play.say(play.nora), Reason.NOT_HERE)


async def test_a_second_tap_on_forgetting_forgets_as_well(play: Play) -> None:
    await play.family("mother")
    await play.says(play.mother, "/forget")
    await play.taps(play.mother, "Yes, delete everything")
    before = await play.kept(but=frozenset({"updates"}))
    await play.taps_again(play.mother)
    assert await play.kept(but=frozenset({"updates"})) == before


async def test_forgetting_that_comes_again_leaves_nobody_behind(play: Play) -> None:
    await play.family("mother")
    await play.says(play.mother, "/forget")
    await play.taps(play.mother, "Yes, delete everything")
    before = await play.kept(but=frozenset())
    await play.comes_again()
    assert await play.kept(but=frozenset()) == before


async def test_old_buttons_of_somebody_forgotten_lead_nowhere(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    old = play.aino.screen
    await play.says(play.aino, "/forget")
    await play.taps(play.aino, "Yes, delete everything")
    before = await play.kept()
    await play.taps(play.aino, "7", message=old)
    assert play.aino.toasts[-1].text == refusals.words(play.say(play.aino), Reason.NOT_HERE)
    assert await play.kept() == before


async def test_who_was_forgotten_may_begin_anew(play: Play) -> None:
    await play.becomes_worker(play.nora)
    for _ in range(2):
        await play.says(play.aino, "KOIVU-27")
        await play.taps(play.aino, "Young person, 13–17", "Yes, I'll join", "Before the meeting")
        await play.rates(play.aino, 7, 6, 8, 9)
        await play.says(play.aino, "/forget")
        await play.taps(play.aino, "Yes, delete everything")
    assert await play.sql("SELECT id FROM ratings") == []


async def test_a_worker_has_nothing_to_forget_and_stays_the_worker(play: Play) -> None:
    family = await play.family()
    assert "no answers of your own here" in await play.says(play.nora, "/forget")
    await play.forges(play.nora, "forgetme")
    await play.says(play.nora, "/start")
    assert buttons(play.nora) == ["👣 First steps", family.label, "Cases", "New case", "⚙️ Settings", "❔ Help"]

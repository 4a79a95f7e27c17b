"""What in Nora's cases needs her comes first, says why with a question, and is gone when it is done."""

import pytest

from bot.domain.errors import Reason
from bot.messages import refusals
from tests.stage import Play, button, buttons


async def to_the_list(play: Play) -> str:
    await play.says(play.nora, "/start")
    return await play.taps(play.nora, button(play.nora, "cases"))


async def test_an_alert_is_reached_from_the_card_and_leaves_it_when_it_was_talked_about(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 1, 1, 1, 1)
    await play.taps(play.nora, button(play.nora, "close/"), button(play.nora, "end/"))
    assert "🔔 Has the alert been talked about?" in await to_the_list(play)
    assert buttons(play.nora)[0].startswith(f"🔔 {family.label}")
    card = await play.to_the_case(play.nora, family)
    assert "🔔 Has the alert been talked about?" in card
    await play.taps(play.nora, "🔔 To the alert", button(play.nora, "talked/"))
    assert "🔔" not in await play.to_the_case(play.nora, family)


async def test_a_case_that_has_not_met_for_long_rises_in_the_list_and_sinks_when_it_meets(play: Play) -> None:
    waiting = await play.family()
    play.wait(days=28)
    await to_the_list(play)
    await play.taps(play.nora, "New case", "6–12 years", "← Cases")
    assert "Four weeks or more without a meeting: when would be a good time?" in play.nora.screen.text
    assert buttons(play.nora)[0] == f"🗓 {waiting.label}"
    await play.starts_meeting(play.nora, waiting)
    assert "🗓" not in await to_the_list(play)


async def test_every_reason_is_on_the_first_card_too_and_none_has_a_number_in_it(play: Play) -> None:
    family = await play.family()
    play.wait(days=400)
    said = await play.says(play.nora, "/start")
    assert [each in said for each in ("🗓", "🎂", "🔎")] == [True] * 3
    assert f"🗓🎂🔎 {family.label}" in buttons(play.nora)
    assert not any(each.isdigit() for each in said.split("\n\n")[1])


async def test_otto_of_another_team_has_none_of_it(play: Play) -> None:
    family = await play.family()
    await play.becomes_worker(play.otto, team="vaahtera", code="TAMMI-5")
    play.wait(days=400)
    assert "🎂" not in await play.says(play.otto, "/start")
    for verb in ("case", "ages", "tags"):
        note = await play.forges(play.otto, f"{verb}/{family.case}")
        assert note == refusals.words(play.say(play.otto), Reason.NOT_HERE)


async def test_an_old_button_to_a_case_that_was_closed_leads_to_what_is_kept(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    await play.change("UPDATE cases SET state = 'closed', closed_at = opened_at, ending = 'agreed'")
    await play.forges(play.nora, f"case/{family.case}")
    assert play.nora.screen.text.endswith("This case is closed.")
    assert buttons(play.nora) == ["⏹ What is kept of it", "← Cases"]
    for verb in ("people", "more", "tags", "ages", "label", "attend"):
        note = await play.forges(play.nora, f"{verb}/{family.case}")
        assert note == refusals.words(play.say(play.nora), Reason.NOT_HERE)
    assert family.label in await play.taps(play.nora, "⏹ What is kept of it")


ASKED = {
    "fi": ("🗓 Neljä viikkoa tai enemmän ilman tapaamista: milloin olisi hyvä tavata?", "🎂 Onko ikä yhä oikein?"),
    "sv": ("🗓 Fyra veckor eller mer utan träff: när vore det bra att ses?", "🎂 Stämmer åldern fortfarande?"),
    "en": ("🗓 Four weeks or more without a meeting: when would be a good time?", "🎂 Is the age still right?"),
}


@pytest.mark.parametrize("language", ASKED)
async def test_it_is_asked_in_the_workers_language(play: Play, language: str) -> None:
    await play.family()
    play.wait(days=400)
    await play.change(f"UPDATE persons SET language = '{language}', language_chosen = TRUE")
    said = await to_the_list(play)
    assert [each in said for each in ASKED[language]] == [True, True]


@pytest.mark.parametrize("section", ["pictures/", "people/", "notes/", "more/", "attend/"])
async def test_every_section_is_two_taps_from_home(play: Play, section: str) -> None:
    """Home, the case, the section; what is in it is one more."""
    family = await play.family()
    await play.says(play.nora, "/start")
    await play.taps(play.nora, button(play.nora, f"case/{family.case}"))
    await play.taps(play.nora, button(play.nora, section))


@pytest.mark.parametrize("detail", ["ages/", "tags/", "label/", "shared/", "review/"])
async def test_what_is_done_once_in_a_while_is_three_taps_from_home(play: Play, detail: str) -> None:
    family = await play.family()
    await play.says(play.nora, "/start")
    await play.taps(play.nora, button(play.nora, f"case/{family.case}"))
    await play.taps(play.nora, button(play.nora, "more/"))
    await play.taps(play.nora, button(play.nora, detail))

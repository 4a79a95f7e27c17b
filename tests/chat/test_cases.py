"""A worker's cases: the list, a new one, who is in it, an invitation, a picture."""

import pytest

from bot.domain.errors import Reason
from bot.messages import refusals
from tests.stage import PASSING, Play, button, buttons, data


async def test_a_worker_without_cases_opens_the_first_one(play: Play) -> None:
    await play.becomes_worker(play.nora)
    assert await play.taps(play.nora, "Cases") == "You have no cases yet. Open the first one."
    await play.taps(play.nora, "New case", "13–17 years")
    assert "🧑 Young person – not joined yet" in play.nora.screen.text
    assert "No meetings yet." in play.nora.screen.text
    assert buttons(play.nora) == [
        "▶️ Start a meeting",
        "📈 Pictures",
        "👥 People",
        "🗒 Notes",
        "📅 Plan a meeting",
        "⋯ More",
        "← Cases",
    ]


@pytest.mark.parametrize(
    ("age", "who"),
    [("6–12 years", "🧒 Child"), ("18 years", "🧑 Young adult"), ("19 or older", "🧑 Adult")],
)
async def test_a_case_is_about_a_client_of_any_age(play: Play, age: str, who: str) -> None:
    await play.becomes_worker(play.nora)
    await play.taps(play.nora, "New case", age)
    assert f"{who} – not joined yet" in play.nora.screen.text


async def test_sections_without_anything_in_them_say_so(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.taps(play.nora, "New case", "13–17 years", "📈 Pictures")
    assert play.nora.screen.text.endswith("Nobody has answered yet.")
    assert buttons(play.nora) == ["← The case"]


async def test_a_child_under_six_is_rated_by_the_carers_only(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.taps(play.nora, "New case", "Under 6", "👥 People", "🙋 Add a person", "Mother")
    assert "Child under 6 –" not in play.nora.screen.text
    assert "👩 Mother – not joined yet" in play.nora.screen.text


async def test_two_of_a_kind_are_numbered(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.taps(play.nora, "New case", "6–12 years", "👥 People")
    await play.taps(play.nora, "🙋 Add a person", "Another client", "6–12 years")
    assert "🧒 Child 1 – not joined yet" in play.nora.screen.text
    assert "🧒 Child 2 – not joined yet" in play.nora.screen.text


@pytest.mark.parametrize("kind", ["Mother", "Father", "Carer", "School", "Professional"])
async def test_everybody_around_the_child_can_be_added(play: Play, kind: str) -> None:
    await play.becomes_worker(play.nora)
    await play.taps(play.nora, "New case", "6–12 years", "👥 People", "🙋 Add a person", kind)
    assert f"{kind} – not joined yet" in play.nora.screen.text


async def test_carers_who_are_there_rate_a_child_who_is_added_later(play: Play) -> None:
    family = await play.family("mother")
    play.wait(days=1)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "👥 People", "🙋 Add a person", "Another client", "6–12 years")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.mother, 4, 4, 4, 4)
    assert buttons(play.mother) == ["Next: the child →", "📈 My picture", "Menu"]


async def test_another_label_is_drawn_and_the_case_stays(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    said = await play.taps(play.nora, "⋯ More", "🎲 Another label")
    assert said == f"Draw another label instead of {family.label}?"
    assert buttons(play.nora) == ["🎲 Draw", f"Keep {family.label}"]
    await play.taps(play.nora, "🎲 Draw")
    assert not play.nora.screen.text.startswith(family.label)
    assert "🧑 Young person – on their own phone" in play.nora.screen.text


async def test_a_case_keeps_its_label_until_another_one_is_asked_for_twice(play: Play) -> None:
    family = await play.family()
    card = await play.to_the_case(play.nora, family)
    before = await play.kept()
    assert await play.taps(play.nora, "⋯ More", "🎲 Another label", f"Keep {family.label}") == card
    assert await play.kept() == before


async def test_a_case_in_a_meeting_stands_first_in_the_list(play: Play) -> None:
    first = await play.family()
    await play.taps(play.nora, "New case", "6–12 years", "← Cases")
    await play.starts_meeting(play.nora, first)
    await play.says(play.nora, "/start")
    await play.taps(play.nora, "Cases")
    assert buttons(play.nora)[0] == f"🟢 {first.label}"


async def test_a_case_is_listed_with_the_day_when_it_met_last(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.taps(play.nora, "⏱ Time to close", "⏹ End the meeting", "← The case", "← Cases")
    assert buttons(play.nora) == [f"{family.label} · 2 Mar", "← Menu", "New case", "Closed cases"]
    assert play.nora.screen.text == "Your cases"


async def test_a_long_list_is_turned_page_by_page(play: Play) -> None:
    await play.becomes_worker(play.nora)
    for _ in range(9):
        await play.taps(play.nora, "New case", "6–12 years", "← Cases")
    assert (len(buttons(play.nora)), play.nora.screen.text) == (8 + 5, "Your cases · 1/2")
    assert await play.taps(play.nora, "›") == "Your cases · 2/2"
    assert len(buttons(play.nora)) == 1 + 5
    await play.taps(play.nora, "‹")
    assert len(buttons(play.nora)) == 8 + 5


@pytest.mark.parametrize("page", [7, 99999])
async def test_a_page_that_is_not_there_is_the_last_one(play: Play, page: int) -> None:
    await play.family()
    await play.forges(play.nora, f"cases/{page}")
    assert buttons(play.nora)[1:] == ["← Menu", "New case", "Closed cases"]


async def test_an_invitation_has_a_link_to_send_and_a_code_to_type(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.taps(play.nora, "New case", "13–17 years", "👥 People", "🧑 Young person", "✉️ Invite")
    link, code = play.nora.screen.text.split("start=")[1].split()[0], play.nora.screen.text.split("\n")[-3]
    assert (len(link), len(code)) == (22, 11)
    share = play.nora.screen.keyboard[0][0]
    words = "With%20this%20link%20you%20get%20in."
    assert share.url == f"https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fkuulolla_bot%3Fstart%3D{link}&text={words}"
    assert [key.text for row in play.nora.screen.keyboard for key in row] == [
        "Send the link…",
        "A new one",
        "✖️ Withdraw",
        "← Back",
    ]


async def test_who_has_joined_cannot_be_invited_from_an_old_message(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    before = await play.kept()
    note = await play.forges(play.nora, f"invite/{family.raters['aino']}")
    assert note == refusals.words(play.say(play.nora), Reason.ALREADY_JOINED)
    assert await play.kept() == before


# Twice and again


@pytest.mark.parametrize(
    "path",
    [
        ("New case", "13–17 years"),
        ("New case", "13–17 years", "👥 People", "🙋 Add a person", "Mother"),
        ("New case", "13–17 years", "👥 People", "🙋 Add a person", "Another client", "6–12 years"),
    ],
)
async def test_a_second_tap_makes_no_second_case_and_no_second_person(play: Play, path: tuple[str, ...]) -> None:
    await play.becomes_worker(play.nora)
    await play.taps(play.nora, *path)
    before = await play.kept()
    await play.taps_again(play.nora)
    assert await play.kept() == before
    assert play.nora.toasts[-1].text == refusals.words(play.say(play.nora), Reason.NO_LONGER)


@pytest.mark.parametrize(
    "path",
    [
        ("New case", "13–17 years"),
        ("New case", "13–17 years", "👥 People", "🙋 Add a person", "Mother"),
        ("New case", "13–17 years", "👥 People", "🙋 Add a person", "Another client", "6–12 years"),
        ("New case", "13–17 years", "⋯ More", "🎲 Another label", "🎲 Draw"),
        ("New case", "13–17 years", "👥 People", "🧑 Young person", "✉️ Invite"),
    ],
)
async def test_an_update_that_comes_again_changes_nothing(play: Play, path: tuple[str, ...]) -> None:
    await play.becomes_worker(play.nora)
    await play.taps(play.nora, *path)
    before = await play.kept()
    await play.comes_again()
    assert await play.kept() == before


async def test_the_same_may_be_added_twice_on_purpose(play: Play) -> None:
    await play.becomes_worker(play.nora)
    for _ in range(2):
        await play.taps(play.nora, "Cases", "New case", "6–12 years", "👥 People", "🙋 Add a person", "Carer")
        await play.taps(play.nora, "🙋 Add a person", "Carer", "← The case", "← Cases", "← Menu")
    assert [row.n for row in await play.sql("SELECT count(*) AS n FROM raters WHERE kind = 'carer'")] == [4]


# Not theirs


async def test_otto_sees_none_of_noras_cases(play: Play) -> None:
    family = await play.family("mother")
    await play.becomes_worker(play.otto, team="vaahtera", code="TAMMI-5")
    assert await play.taps(play.otto, "Cases") == "You have no cases yet. Open the first one."
    before = await play.kept(but=PASSING)
    forged = [
        f"{verb}/{family.case}"
        for verb in ("case", "people", "pictures", "more", "label", "draw", "add", "client", "attend")
    ]
    notes = {await play.forges(play.otto, each) for each in [*forged, f"picture/{family.raters['aino']}"]}
    assert notes == {refusals.words(play.say(play.otto), Reason.NOT_HERE)}
    assert await play.kept() == before


async def test_a_worker_of_a_role_that_ended_loses_old_buttons_at_once(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    await play.change("UPDATE workers SET ended_at = began_at")
    for old in ("▶️ Start a meeting", "📈 Pictures", "👥 People", "⋯ More", "← Cases"):
        await play.taps(play.nora, old)
        assert play.nora.toasts[-1].text == refusals.words(play.say(play.nora), Reason.NOT_HERE)
    await play.says(play.nora, "/start")
    assert buttons(play.nora) == ["I have a code", "🌐 English"]


async def test_nora_may_be_a_rater_in_another_workers_case(play: Play) -> None:
    """She has the desk and the two buttons of a rater, with the other worker's code."""
    await play.becomes_worker(play.nora)
    await play.becomes_worker(play.otto, team="vaahtera", code="TAMMI-5")
    await play.says(play.nora, "TAMMI-5")
    await play.taps(play.nora, "I'm here as a client", "Adult, for myself", "Yes, I'll join")
    desk, own = ["👣 First steps", "Cases", "New case"], ["Before the meeting", "After the meeting", "👀 Who sees what"]
    assert buttons(play.nora) == [*desk, *own, "⚙️ Settings", "❔ Help"]
    assert data(play.otto, "yes/")
    await play.taps(play.otto, button(play.otto, "yes/"))
    assert "🧑 Adult – on their own phone" in play.otto.screen.text

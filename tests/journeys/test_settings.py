"""A worker's settings: quiet hours of their own, a deputy, and leave from which they are asked back."""

from datetime import UTC, datetime

import pytest

from bot.domain.errors import Reason
from bot.messages import refusals
from bot.sandbox.phones import Phone
from tests.journeys.test_handing_over import hands_over, meets
from tests.stage import Play, button, buttons, data

LEAVE = "UPDATE workers SET ended_at = '2026-03-02 10:00:00' WHERE code = 'LEHTI-3'"


async def team(play: Play) -> Phone:
    """Nora with a case, and Lehti of the same team on the father's phone."""
    await play.family()
    await play.becomes_worker(play.father, code="LEHTI-3")
    return play.father


async def settings(play: Play, who: Phone) -> list[str]:
    """What somebody's settings say, line by line."""
    return (await play.says(who, "/settings")).splitlines()


async def goes_away(play: Play, day: str = "9 Mar") -> str:
    await play.says(play.nora, "/settings")
    return await play.taps(play.nora, "🌴 I'm away", day)


async def test_a_worker_sets_hours_deputy_and_leave(play: Play) -> None:
    await team(play)
    await play.says(play.nora, "/settings")
    await play.taps(play.nora, "🌙 Quiet hours", "🌙 17", "☀️ 7", "← Settings")
    await play.taps(play.nora, "🤝 Deputy", "LEHTI-3", "← Settings")
    said = await play.taps(play.nora, "🌴 I'm away", "9 Mar")
    assert said.splitlines()[-3:] == [
        "🌙 Your own quiet hours: 17–7",
        "🤝 Stands in for you: LEHTI-3",
        "🌴 You are away, back on 9 Mar 2026.",
    ]
    assert "🌴 You are away, back on 9 Mar 2026." in await play.says(play.nora, "/start")


# Leave


async def test_the_deputy_hears_it_has_the_cases_and_hears_the_end(play: Play) -> None:
    lehti = await team(play)
    await play.says(play.nora, "/settings")
    await play.taps(play.nora, "🤝 Deputy", "LEHTI-3")
    await goes_away(play)
    assert "KOIVU-27 is away, and you stand in." in lehti.screen.text
    await play.taps(lehti, "Cases")
    assert [each for each in buttons(lehti) if "↪ KOIVU-27" in each]
    await play.says(play.nora, "/start")
    await play.taps(play.nora, "👋 I'm back")
    assert "You don't stand in for KOIVU-27 any more." in lehti.screen.text
    assert not [each for each in buttons(lehti) if "↪" in each]


async def test_on_the_planned_morning_they_are_asked_and_until_they_say_so_nothing_ends(play: Play) -> None:
    await team(play)
    await goes_away(play)
    play.wait(days=6, hours=20)  # the 9th, seven in the morning in Helsinki
    await play.settle()
    assert "Are you back?" not in play.nora.screen.text
    play.wait(hours=2)
    await play.settle()
    assert play.nora.screen.text.startswith("🌿 Good morning. Are you back?")
    assert buttons(play.nora) == ["👋 I'm back", "Not yet: another day"]
    assert await play.sql("SELECT id FROM workers WHERE away_since IS NOT NULL") != []
    assert (await play.taps(play.nora, "👋 I'm back")).endswith("You are at work.")


async def test_another_day_is_asked_for_another_time(play: Play) -> None:
    await team(play)
    await goes_away(play)
    play.wait(days=7)
    await play.settle()
    await play.taps(play.nora, "Not yet: another day")
    await play.taps(play.nora, button(play.nora, "goaway/2026-03-11"))
    play.wait(days=1)
    await play.settle()
    assert "Are you back?" not in play.nora.screen.text
    play.wait(days=1)
    await play.settle()
    assert "Are you back?" in play.nora.screen.text


async def test_who_is_back_before_isnt_asked(play: Play) -> None:
    await team(play)
    await goes_away(play)
    await play.taps(play.nora, "👋 I'm back")
    play.wait(days=8)
    await play.settle()
    assert "Are you back?" not in play.nora.screen.text


async def test_old_buttons_send_nobody_on_leave_and_end_no_later_leave(play: Play) -> None:
    await team(play)
    await goes_away(play)
    away, back = "goaway/2026-03-09/2026-03-02", data(play.nora, "imback/")
    await play.taps(play.nora, "👋 I'm back")
    play.wait(days=1)
    moved_on = refusals.words(play.say(play.nora), Reason.NO_LONGER)
    assert await play.forges(play.nora, away) == moved_on
    assert await play.sql("SELECT id FROM workers WHERE away_since IS NOT NULL") == []
    await goes_away(play)
    assert await play.forges(play.nora, back) == moved_on
    assert len(await play.sql("SELECT id FROM workers WHERE away_since IS NOT NULL")) == 1


@pytest.mark.parametrize("until", ["2026-03-02", "2026-03-01", "2028-01-01", "2199-12-31", "2000-01-01"])
async def test_a_day_that_is_past_or_too_far_is_no_day_of_return(play: Play, until: str) -> None:
    await play.becomes_worker(play.nora)
    before = await play.kept()
    said = await play.forges(play.nora, f"goaway/{until}/2026-03-02")
    assert said == refusals.words(play.say(play.nora), Reason.NO_LONGER)
    assert await play.kept() == before


async def test_tapped_twice_is_once(play: Play) -> None:
    lehti = await team(play)
    await play.says(play.nora, "/settings")
    await play.taps(play.nora, "🤝 Deputy", "LEHTI-3")
    await goes_away(play)
    before, seen = await play.kept(), len(lehti.sees)
    await play.forges(play.nora, "goaway/2026-03-09/2026-03-02")
    assert await play.kept() == before
    assert len(lehti.sees) == seen


# Deputy


async def test_a_deputy_is_of_the_own_team_and_here(play: Play) -> None:
    """Otto of another team isn't offered, nor can he be forged; nor can Nora herself."""
    await team(play)
    await play.becomes_worker(play.otto, team="vaahtera", code="TAMMI-5")
    await play.says(play.nora, "/settings")
    await play.taps(play.nora, "🤝 Deputy")
    assert buttons(play.nora) == ["LEHTI-3", "← Settings"]
    before = await play.kept()
    for row in await play.sql("SELECT id FROM workers WHERE code <> 'LEHTI-3'"):
        said = await play.forges(play.nora, f"standin/{row.id}")
        assert said == refusals.words(play.say(play.nora), Reason.COLLEAGUE_LEFT)
    assert await play.kept() == before


async def test_a_colleague_who_has_left_meanwhile_is_said_to_have(play: Play) -> None:
    await team(play)
    await play.says(play.nora, "/settings")
    await play.taps(play.nora, "🤝 Deputy")
    await play.change(LEAVE)
    assert await play.forges(play.nora, data(play.nora, "standin/")) == refusals.words(
        play.say(play.nora), Reason.COLLEAGUE_LEFT
    )
    assert "🤝 Stands in for you: nobody yet" in await settings(play, play.nora)


async def test_a_deputy_is_taken_back(play: Play) -> None:
    await team(play)
    await play.says(play.nora, "/settings")
    await play.taps(play.nora, "🤝 Deputy", "LEHTI-3")
    assert buttons(play.nora)[0] == "✅ LEHTI-3"
    await play.taps(play.nora, "Nobody")
    assert "🤝 Stands in for you: nobody yet" in await settings(play, play.nora)


# Quiet hours


async def test_in_their_own_quiet_hours_a_worker_hears_who_joined_in_the_morning(play: Play) -> None:
    family = await play.family("mother")
    await play.says(play.nora, "/settings")
    await play.taps(play.nora, "🌙 Quiet hours", "🌙 18", "☀️ 8")
    play.wait(hours=9)  # 20:00 in Helsinki
    await play.says(play.aino, "/forget")
    await play.taps(play.aino, "Yes, delete everything")
    assert "A phone has left" not in play.nora.screen.text
    play.wait(hours=12)
    await play.settle()
    assert "A phone has left" in play.nora.screen.text
    assert family.label in play.nora.screen.text


async def test_in_a_meeting_nothing_waits(play: Play) -> None:
    family = await play.family("mother")
    await play.says(play.nora, "/settings")
    await play.taps(play.nora, "🌙 Quiet hours", "🌙 18", "☀️ 8")
    play.wait(hours=9)
    await play.starts_meeting(play.nora, family)
    await play.says(play.mother, "/forget")
    await play.taps(play.mother, "Yes, delete everything")
    assert [each for each in play.nora.sees if "A phone has left" in each.text]


async def test_an_alert_comes_in_the_quiet_hours_too(play: Play) -> None:
    family = await play.family()
    await play.says(play.nora, "/settings")
    await play.taps(play.nora, "🌙 Quiet hours", "🌙 16", "☀️ 10")
    play.wait(hours=9)
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting")
    await play.rates(play.aino, 0, 1, 0, 0)
    assert [each for each in play.nora.sees if "Something to talk about together" in each.text]
    assert family.label


@pytest.mark.parametrize(
    "forged",
    [
        *("setquiet/24/8", "setquiet/8", "setquiet/-1/8", "setquiet/8/99999", "quiet/1"),
        *(
            "noleave/0001-01-01",
            "awaytill/9999-12-31",
            "awaylater/0001-01-01/9999-12-31",
            "goaway/9999-12-31/2026-03-02",
        ),
    ],
)
async def test_hours_and_days_that_there_are_not_are_refused(play: Play, forged: str) -> None:
    await play.becomes_worker(play.nora)
    before = await play.kept()
    assert await play.forges(play.nora, forged) == refusals.words(play.say(play.nora), Reason.NOT_HERE)
    assert await play.kept() == before


async def test_as_for_everybody_and_none_at_all(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.says(play.nora, "/settings")
    await play.taps(play.nora, "🌙 Quiet hours", "No quiet hours")
    assert "🌙 Your own quiet hours: none" in await settings(play, play.nora)
    await play.taps(play.nora, "🌙 Quiet hours", "As for everybody")
    assert "🌙 Quiet hours as for everybody: 20–8" in await settings(play, play.nora)


@pytest.mark.parametrize(("code", "first"), [("fi", "Asetukset"), ("sv", "Inställningar"), ("en", "Settings")])
async def test_settings_are_in_the_workers_language(play: Play, code: str, first: str) -> None:
    play.nora.language = code
    await play.becomes_worker(play.nora)
    assert (await settings(play, play.nora))[0] == first


async def test_a_clients_settings_are_their_language_and_their_data(play: Play) -> None:
    await play.family()
    await settings(play, play.aino)
    assert buttons(play.aino) == [
        "🌐 English",
        "🌗 Dark pictures",
        "🔒 What is kept",
        "🗂 My data",
        "🗑 Delete all my answers",
        "← Menu",
    ]
    for forged in ("quiet", "setquiet/17/8", "deputies", "onleave", "goaway/2026-03-09/2026-03-02", "imback/0"):
        assert await play.forges(play.aino, forged) == refusals.words(play.say(play.aino), Reason.NOT_HERE)


async def test_leave_over_a_change_of_the_clocks_ends_at_eight_in_the_morning(play: Play) -> None:
    """On 29 March 2026 the clocks of Helsinki go forward."""
    await play.becomes_worker(play.nora)
    await goes_away(play, "30 Mar")
    [row] = await play.sql("SELECT not_before FROM letters WHERE kind = 'back'")
    when = row.not_before if isinstance(row.not_before, datetime) else datetime.fromisoformat(row.not_before)
    assert when.replace(tzinfo=UTC) == datetime(2026, 3, 30, 5, tzinfo=UTC)


async def plans_leave(play: Play, begins: str = "2026-03-09", until: str = "2026-03-16") -> str:
    await play.says(play.nora, "/settings")
    await play.taps(play.nora, "🌴 I'm away", "🗓 From a later day")
    await play.taps(play.nora, button(play.nora, f"awaytill/{begins}"))
    return await play.taps(play.nora, button(play.nora, f"awaylater/{begins}/{until}"))


async def away(play: Play) -> int:
    return len(await play.sql("SELECT id FROM workers WHERE away_since IS NOT NULL"))


async def test_a_leave_begins_by_itself_on_its_day_and_the_deputy_hears_it_before_and_then(play: Play) -> None:
    lehti = await team(play)
    await play.says(play.nora, "/settings")
    await play.taps(play.nora, "🤝 Deputy", "LEHTI-3")
    said = await plans_leave(play)
    assert "You are away from 9 Mar 2026, back on 16 Mar 2026." in said
    assert "KOIVU-27 is away from 9 Mar 2026, back on 16 Mar 2026. You stand in then." in lehti.screen.text
    play.wait(days=6)  # the 8th
    await play.settle()
    assert await away(play) == 0
    play.wait(days=1)
    await play.settle()
    assert await away(play) == 1
    assert "KOIVU-27 is away, and you stand in." in lehti.screen.text
    assert "You are away, back on 16 Mar 2026." in await play.says(play.nora, "/settings")
    play.wait(days=7)
    await play.settle()
    assert "Are you back?" in play.nora.screen.text


async def test_a_leave_begins_though_the_phone_is_lent(play: Play) -> None:
    family = await meets(play, "bo")
    await plans_leave(play)
    await hands_over(play, family)
    play.wait(days=7)
    await play.settle()
    assert await away(play) == 1


async def test_a_leave_that_is_taken_back_does_not_begin(play: Play) -> None:
    lehti = await team(play)
    await play.says(play.nora, "/settings")
    await play.taps(play.nora, "🤝 Deputy", "LEHTI-3")
    await plans_leave(play)
    old = data(play.nora, "noleave/")
    assert "You are at work." in await play.taps(play.nora, "✖️ No leave after all")
    assert "You don't stand in for KOIVU-27 any more." in lehti.screen.text
    await plans_leave(play, "2026-03-10", "2026-03-16")
    assert await play.forges(play.nora, old) == refusals.words(play.say(play.nora), Reason.NO_LONGER)
    play.wait(days=7)
    await play.settle()
    assert await away(play) == 0
    play.wait(days=1)
    await play.settle()
    assert await away(play) == 1


async def test_who_goes_earlier_than_planned_is_back_when_they_say_so(play: Play) -> None:
    await team(play)
    await plans_leave(play)
    await goes_away(play)
    await play.taps(play.nora, "👋 I'm back")
    play.wait(days=9)
    await play.settle()
    assert await away(play) == 0


@pytest.mark.parametrize(
    "days", ["2026-03-02/2026-03-09", "2026-03-09/2026-03-09", "2026-03-10/2026-03-09", "2027-01-01/2028-01-01"]
)
async def test_days_the_wrong_way_round_or_too_far_plan_no_leave(play: Play, days: str) -> None:
    await play.becomes_worker(play.nora)
    before = await play.kept()
    said = await play.forges(play.nora, f"awaylater/{days}")
    assert said == refusals.words(play.say(play.nora), Reason.NO_LONGER)
    assert await play.kept() == before

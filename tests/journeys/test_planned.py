"""A planned meeting: asked before it and after it by itself, once; moved, left out, stopped, and week after week.

The clocks are Helsinki's; the quiet hours last from 20:00 to 08:00. The 2nd of March 2026 is a Monday.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.courier.loop import Courier
from bot.domain.errors import Reason
from bot.messages import refusals
from bot.sandbox.phones import Phone
from storage import Database
from tests.journeys.test_handing_over import hands_over
from tests.journeys.test_sharing import colleagues, lehti, offers
from tests.stage import PASSING, Family, Given, Play, button, buttons, data, on_stage

HELSINKI = ZoneInfo("Europe/Helsinki")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI).astimezone(UTC)


async def at(play: Play, text: str) -> None:
    """It is this local time now, and all that is due has happened."""
    play.world.clock.travel(local(text))
    await play.settle()


async def plans(play: Play, family: Family, written: str, *taps: str) -> str:
    """Nora plans a meeting for what she writes, taps these, and says yes to it."""
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "📅 Plan a meeting", "➕ Plan a meeting")
    await play.says(play.nora, written)
    return await play.taps(play.nora, *taps, "✓ Plan it")


@asynccontextmanager
async def planned(
    database: Database, now: str, written: str, *taps: str, others: Sequence[str] = ("mother",)
) -> AsyncIterator[tuple[Play, Family]]:
    async with on_stage(database, start=local(now)) as play:
        family = await play.family(*others)
        await plans(play, family, written, *taps)
        yield play, family


def asked(who: Phone) -> int:
    """How many requests stand in the chat."""
    return sum("A moment for you" in each.text for each in who.sees)


def rang(play: Play) -> list[int]:
    return [asked(each) for each in (play.aino, play.mother)]


async def test_by_buttons_it_takes_a_day_a_time_and_a_yes(play: Play) -> None:
    family = await play.family("mother")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "📅 Plan a meeting", "➕ Plan a meeting", "Wed 4 Mar", "14:00")
    assert buttons(play.nora) == ["✅ Young person", "✅ Mother", "1️⃣ Only once", "✓ Plan it", "← Another day"]
    said = await play.taps(play.nora, "✓ Plan it")
    assert "Wed 4 Mar at 14:00" in said
    assert "They are asked how they have been: Wed 4 Mar at 12:00." in said
    assert "📅 Next meeting: Wed 4 Mar at 14:00" in await play.to_the_case(play.nora, family)


async def test_they_are_asked_two_hours_before_and_after_it_and_nobody_has_to_do_anything(database: Database) -> None:
    async with planned(database, "2026-03-02 11:00", "4.3. klo 14") as (play, _):
        await at(play, "2026-03-04 11:59")
        assert rang(play) == [0, 0]
        await at(play, "2026-03-04 12:00")
        assert rang(play) == [1, 1]
        await play.rates(play.aino, 7, 6, 8, 9)
        await at(play, "2026-03-04 15:00")
        await play.rates(play.aino, 9, 9, 9, 9)
        assert await play.given() == [
            Given("aino", "ors", "adolescent", (70, 60, 80, 90), 1, "KOIVU-27"),
            Given("aino", "srs", "", (90, 90, 90, 90), 1, "KOIVU-27"),
        ]
        (held,) = await play.sql("SELECT started_at, ended_at, state FROM sessions")
        assert held.state == "ended"
        await at(play, "2026-03-04 18:00")
        assert sum("small reminder" in each.text for each in play.mother.sees) == 1
        await at(play, "2026-03-05 15:01")
        assert asked(play.mother) == 0
        assert await play.sql("SELECT id FROM sessions WHERE ended_at IS NULL") == []


async def test_when_the_worker_starts_it_nobody_is_asked_twice(database: Database) -> None:
    async with planned(database, "2026-03-02 11:00", "4.3. 14.00") as (play, family):
        await at(play, "2026-03-04 12:00")
        await play.rates(play.aino, 7, 6, 8, 9)
        await at(play, "2026-03-04 14:10")
        await play.starts_meeting(play.nora, family)
        assert rang(play) == [0, 1]
        await at(play, "2026-03-04 15:00")
        await at(play, "2026-03-04 16:00")
        assert len(await play.sql("SELECT id FROM sessions")) == 1
        assert [each.meeting for each in await play.given()] == [1]
        assert len(await play.sql("SELECT id FROM drafts WHERE instrument = 'srs'")) == 0


@pytest.mark.parametrize(
    ("now", "written", "before", "comes"),
    [
        ("2026-03-02 11:00", "4.3. 9.00", "2026-03-04 07:59", "2026-03-04 08:00"),
        ("2026-03-02 11:00", "4.3. 8.30", "2026-03-03 17:59", "2026-03-03 18:00"),
        ("2026-03-02 11:00", "4.3. 22.00", "2026-03-04 17:59", "2026-03-04 18:00"),
        ("2026-03-27 11:00", "30.3. 8.30", "2026-03-29 17:59", "2026-03-29 18:00"),
        ("2026-10-23 11:00", "25.10. 10.00", "2026-10-25 07:59", "2026-10-25 08:00"),
    ],
)
async def test_nobody_is_asked_at_night(database: Database, now: str, written: str, before: str, comes: str) -> None:
    """Nor on the days on which the clocks change."""
    async with planned(database, now, written) as (play, _):
        await at(play, before)
        assert rang(play) == [0, 0]
        await at(play, comes)
        assert rang(play) == [1, 1]


async def test_after_a_late_meeting_they_are_asked_in_the_morning_and_reminded_in_the_evening(
    database: Database,
) -> None:
    async with planned(database, "2026-03-02 11:00", "4.3. 19.30") as (play, _):
        await at(play, "2026-03-04 20:30")
        assert len(await play.sql("SELECT id FROM drafts WHERE instrument = 'srs'")) == 2
        seen = len(play.mother.sees)
        await at(play, "2026-03-05 07:59")
        assert len(play.mother.sees) == seen
        await at(play, "2026-03-05 08:00")
        assert len(play.mother.sees) == seen + 1
        await at(play, "2026-03-05 18:00")
        assert sum("small reminder" in each.text for each in play.mother.sees) == 1


@pytest.mark.parametrize(
    ("now", "first", "then"),
    [("2026-03-20 11:00", "24.3. 14.00", "2026-03-31"), ("2026-10-19 11:00", "20.10. 14.00", "2026-10-27")],
)
async def test_a_weekly_one_stays_at_its_local_time_when_the_clocks_change(
    database: Database, now: str, first: str, then: str
) -> None:
    async with planned(database, now, first, "1️⃣ Only once") as (play, _):
        day = "2026-03-24" if then.startswith("2026-03") else "2026-10-20"
        await at(play, f"{day} 12:00")
        await play.rates(play.aino, 5, 5, 5, 5)
        await at(play, f"{day} 15:00")
        await play.taps(play.aino, button(play.aino, "skip/"))
        await at(play, f"{then} 11:59")
        before = asked(play.aino)
        await at(play, f"{then} 12:00")
        assert asked(play.aino) == before + 1
        await play.rates(play.aino, 6, 6, 6, 6)
        await at(play, f"{then} 15:00")
        assert [(each.meeting, each.scores[0]) for each in await play.given()] == [(1, 50), (2, 60)]


async def test_left_out_once_it_goes_on_the_week_after(database: Database) -> None:
    async with planned(database, "2026-03-02 11:00", "4.3. 14.00", "1️⃣ Only once") as (play, family):
        assert "Wed 11 Mar at 14:00, every week" in await play.taps(play.nora, "➖ Not this time")
        await play.taps_again(play.nora)
        await at(play, "2026-03-04 15:00")
        assert (rang(play), await play.sql("SELECT id FROM sessions")) == ([0, 0], [])
        assert "Wed 11 Mar" in await play.to_the_case(play.nora, family)
        await at(play, "2026-03-11 12:00")
        assert rang(play) == [1, 1]


async def test_moved_it_asks_at_the_new_time_only_and_moved_back_at_the_old_one(database: Database) -> None:
    async with planned(database, "2026-03-02 11:00", "4.3. 14.00") as (play, _):
        await play.taps(play.nora, "↔️ Move", "Fri 6 Mar", "10:00")
        await at(play, "2026-03-04 13:00")
        assert rang(play) == [0, 0]
        await play.taps(play.nora, "↔️ Move")
        assert "Wed 4 Mar at 15:00" in await play.says(play.nora, "4.3. klo 15")
        assert rang(play) == [1, 1]
        await play.taps(play.nora, "↔️ Move")
        await play.says(play.nora, "6.3.")
        await at(play, "2026-03-06 13:00")
        assert rang(play) == [1, 1]


async def test_stopped_it_asks_nobody_and_an_old_button_does_not_bring_it_back(database: Database) -> None:
    async with planned(database, "2026-03-02 11:00", "4.3. 14.00") as (play, family):
        yes = data(play.nora, "comes/").split("/")[1]
        await play.taps(play.nora, "🛑 Stop", "🛑 Yes, stop it")
        await play.taps_again(play.nora)
        for late in (f"planit/{yes}", f"weekly/{yes}/1", f"moveto/{yes}/20516/840"):
            await play.forges(play.nora, late)
        await at(play, "2026-03-04 15:00")
        assert (rang(play), await play.sql("SELECT id FROM sessions")) == ([0, 0], [])
        assert "Next meeting" not in await play.to_the_case(play.nora, family)


async def test_a_second_yes_plans_nothing_more(database: Database) -> None:
    async with planned(database, "2026-03-02 11:00", "4.3. 14.00") as (play, _):
        before = await play.kept(but=PASSING | {"places"})
        await play.comes_again()
        await play.forges(play.nora, f"planit/{data(play.nora, 'comes/').split('/')[1]}")
        assert await play.kept(but=PASSING | {"places"}) == before


async def test_after_a_restart_and_an_outage_each_is_asked_once(database: Database) -> None:
    async with planned(database, "2026-03-02 11:00", "4.3. 14.00") as (play, _):
        play.world.clock.travel(local("2026-03-04 12:00"))
        while await Courier(play.bot.house).round():
            pass
        await play.settle()
        await play.comes_again()
        await at(play, "2026-03-04 12:30")
        assert rang(play) == [1, 1]
        await at(play, "2026-03-04 17:00")
        assert len(await play.sql("SELECT id FROM sessions")) == 1
        requests = await play.sql("SELECT person_id, key FROM letters WHERE kind = 'request'")
        assert len(requests) == 4


async def test_after_an_outage_that_ends_at_night_they_are_asked_when_phones_may_ring(database: Database) -> None:
    async with planned(database, "2026-03-02 11:00", "4.3. 8.30") as (play, _):
        await at(play, "2026-03-03 23:00")
        assert rang(play) == [0, 0]
        await at(play, "2026-03-04 08:00")
        assert rang(play) == [1, 1]


async def test_when_it_is_night_until_it_begins_nobody_is_asked_before_it_any_more(database: Database) -> None:
    async with planned(database, "2026-03-02 11:00", "4.3. 21.30") as (play, _):
        await at(play, "2026-03-04 20:30")
        await at(play, "2026-03-04 21:29")
        assert rang(play) == [0, 0]


async def test_after_days_without_us_a_weekly_one_goes_on_and_asks_nothing_old(database: Database) -> None:
    async with planned(database, "2026-03-02 11:00", "4.3. 14.00", "1️⃣ Only once") as (play, family):
        await at(play, "2026-03-14 11:00")
        assert (rang(play), await play.sql("SELECT id FROM sessions")) == ([0, 0], [])
        assert "Wed 18 Mar at 14:00, every week" in await play.to_the_case(play.nora, family)
        await at(play, "2026-03-18 12:00")
        assert rang(play) == [1, 1]


async def test_who_has_said_it_within_two_days_is_not_asked_and_who_said_it_earlier_is(database: Database) -> None:
    async with planned(database, "2026-03-02 11:00", "6.3. 14.00") as (play, _):
        await play.says(play.mother, "/start")
        await play.taps(play.mother, "Before the meeting")
        await play.rates(play.mother, 3, 3, 3, 3)
        await at(play, "2026-03-05 09:00")
        await play.says(play.aino, "/start")
        await play.taps(play.aino, "Before the meeting")
        await play.rates(play.aino, 7, 7, 7, 7)
        await at(play, "2026-03-06 12:00")
        assert rang(play) == [0, 1]
        await play.rates(play.mother, 4, 4, 4, 4)
        await at(play, "2026-03-06 15:00")
        assert [(each.rater, each.scores[0], each.meeting) for each in await play.given()] == [
            ("aino", 70, 1),
            ("mother", 30, 0),
            ("mother", 40, 1),
        ]


async def test_who_is_not_to_come_is_not_asked(database: Database) -> None:
    async with planned(database, "2026-03-02 11:00", "4.3. 14.00", "✅ Mother") as (play, _):
        await at(play, "2026-03-04 12:00")
        assert rang(play) == [1, 0]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("1.3.", Reason.PAST),
        ("2.3. klo 9", Reason.PAST),
        ("29.2.", Reason.NO_SUCH_DAY),
        ("31.4. 14.00", Reason.NO_SUCH_DAY),
        ("4.3. 25:00", Reason.NO_SUCH_TIME),
        ("25:00", Reason.NO_SUCH_TIME),
        ("4.3. klo 3", Reason.AT_NIGHT),
        ("4.3.2027", Reason.TOO_FAR),
        ("klo 14", Reason.UNREAD_TIME),
        ("ensi tiistaina", Reason.UNREAD_TIME),
    ],
)
async def test_what_cannot_be_planned_is_said_kindly_and_the_screen_still_asks(
    play: Play, written: str, reason: Reason
) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "📅 Plan a meeting", "➕ Plan a meeting")
    assert await play.says(play.nora, written) == refusals.words(play.say(play.nora), reason)
    assert await play.sql("SELECT id FROM plans WHERE ended_at IS NULL") == []
    assert "Wed 4 Mar at 14:30" in await play.says(play.nora, "4.3. 14.30")


async def test_the_time_alone_may_be_written_once_the_day_is_chosen(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "📅 Plan a meeting", "➕ Plan a meeting", "Wed 4 Mar")
    assert "Wed 4 Mar at 12:10" in await play.says(play.nora, "12.10")


async def test_two_meetings_at_one_time_are_refused(play: Play) -> None:
    family = await play.family()
    await plans(play, family, "4.3. 14.00")
    await plans(play, family, "4.3. 14.00")
    assert len(await play.sql("SELECT id FROM plans WHERE ended_at IS NULL")) == 1


async def test_before_it_the_worker_sees_how_it_was_and_starts_with_two_taps(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 1, 1, 1, 1)
    await play.taps(play.nora, button(play.nora, "tocard/"), "⏱ Time to close")
    await play.rates(play.aino, 2, 2, 2, 2)
    await play.taps(play.nora, button(play.nora, "tocard/"), "⏹ End the meeting")
    await plans(play, family, "4.3. 14.00")
    await at(play, "2026-03-04 12:00")
    assert play.nora.lock is not None
    assert "4 of 40" not in play.nora.lock.text
    card = next(each for each in play.nora.sees if each.text.startswith("📅 A meeting is coming"))
    assert "Young person: 4 of 40 (2 Mar), the first time" in card.text
    assert "To talk about together" in card.text
    await play.taps(play.nora, "▶️ Start a meeting", message=card)
    await play.taps(play.nora, button(play.nora, "start/"))
    assert len(await play.sql("SELECT id FROM sessions WHERE ended_at IS NULL")) == 1


async def test_the_card_does_not_come_when_it_has_begun_or_was_left_out(database: Database) -> None:
    async with planned(database, "2026-03-02 11:00", "4.3. 14.00") as (play, family):
        play.world.clock.travel(local("2026-03-04 11:55"))
        await play.starts_meeting(play.nora, family)
        await at(play, "2026-03-04 12:00")
        assert [each.text for each in play.nora.sees if "A meeting is coming" in each.text] == []


async def test_who_gets_the_case_before_it_sees_the_card_and_who_gave_it_does_not(database: Database) -> None:
    async with on_stage(database, start=local("2026-03-02 11:00")) as play:
        family = await colleagues(play)
        await plans(play, family, "4.3. 14.00")
        await offers(play, family, "➡️ Hand over")
        await play.taps(lehti(play), "Yes, take it")
        await at(play, "2026-03-04 12:00")
        assert coming(lehti(play), play.nora) == [1, 0]


async def test_who_stands_in_sees_the_card_until_the_worker_is_back(database: Database) -> None:
    async with on_stage(database, start=local("2026-03-02 11:00")) as play:
        family = await colleagues(play)
        await plans(play, family, "4.3. 14.00")
        await plans(play, family, "6.3. 14.00")
        await play.forges(play.nora, "goaway/2026-03-05/2026-03-02")
        deputy = await play.sql("SELECT id FROM workers WHERE code = 'LEHTI-3'")
        await play.forges(play.nora, f"standin/{deputy[0].id}")
        await at(play, "2026-03-04 12:00")
        assert coming(lehti(play)) == [1]
        await play.says(play.nora, "/settings")
        await play.taps(play.nora, button(play.nora, "imback/"))
        await at(play, "2026-03-06 12:00")
        assert coming(lehti(play), play.nora) == [1, 2]


def coming(*workers: Phone) -> list[int]:
    """How many cards of a meeting to come each of them has got."""
    return [sum(each.text.startswith("📅 A meeting is coming") for each in who.sees) for who in workers]


async def test_a_long_list_of_what_is_planned_is_paged(play: Play) -> None:
    family = await play.family()
    for day in range(4, 14):
        await plans(play, family, f"{day}.3. 14.00")
    await play.forges(play.nora, f"plans/{family.case}")
    assert "Planned meetings · 1/2" in play.nora.screen.text
    assert len([each for each in buttons(play.nora) if each.startswith("📅")]) == 8
    await play.taps(play.nora, "›")
    assert [each for each in buttons(play.nora) if each.startswith("📅")] == [
        "📅 Thu 12 Mar at 14:00",
        "📅 Fri 13 Mar at 14:00",
    ]


async def test_otto_sees_nothing_of_it(play: Play) -> None:
    family = await play.family()
    await plans(play, family, "4.3. 14.00")
    await play.becomes_worker(play.otto, team="koivu", code="TAMMI-5")
    plan = data(play.nora, "comes/").split("/")[1]
    for asked_for in (f"plans/{family.case}", f"plan/{plan}", f"near/{plan}", f"unplan/{plan}"):
        assert await play.forges(play.otto, asked_for) == refusals.words(play.say(play.otto), Reason.NOT_HERE)


@pytest.mark.parametrize(
    ("code", "day", "said"),
    [("fi", "ke 4.3.", "ke 4.3. klo 14.00"), ("sv", "ons 4.3", "ons 4.3 kl. 14:00")],
)
async def test_in_the_workers_language(play: Play, code: str, day: str, said: str) -> None:
    family = await play.family()
    await play.forges(play.nora, f"language/{code}")
    await play.forges(play.nora, f"planday/{family.case}")
    shown = next(each for each in buttons(play.nora) if each.startswith(day.split(maxsplit=1)[0]))
    await play.taps(play.nora, shown)
    await play.says(play.nora, "klo 14" if code == "fi" else "kl 14")
    assert said.split(maxsplit=1)[0] in play.nora.screen.text
    assert "14" in play.nora.screen.text


async def test_while_the_workers_phone_is_lent_everybody_is_asked_all_the_same(database: Database) -> None:
    async with planned(database, "2026-03-02 11:00", "4.3. 14.00", "1️⃣ Only once") as (play, family):
        await play.starts_meeting(play.nora, family)
        await hands_over(play, family, "mother")
        lent = rang(play)
        await at(play, "2026-03-04 12:00")
        asked = rang(play)
        await at(play, "2026-03-04 15:00")
        assert [after - before for before, after in zip(lent, asked, strict=True)] == [1, 1]
        assert [each.state for each in await play.sql("SELECT state FROM sessions ORDER BY started_at")][1:] == [
            "ended"
        ]
        assert await play.sql("SELECT state FROM letters WHERE kind = 'meeting_near'") == [("waiting",)] * 2


async def test_who_gets_the_case_is_asked_for_by_it_though_the_giver_goes(database: Database) -> None:
    async with planned(database, "2026-03-02 11:00", "4.3. 14.00") as (play, family):
        await play.becomes_worker(lehti(play), code="LEHTI-3")
        await offers(play, family, "➡️ Hand over")
        await play.taps(lehti(play), "Yes, take it")
        await play.change(
            "DELETE FROM letters WHERE person_id = (SELECT person_id FROM workers WHERE code = 'KOIVU-27')"
        )
        await at(play, "2026-03-04 12:00")
        assert rang(play) == [1, 1]

"""The evening after a meeting: one reminder to who was there and hasn't answered, and one letter to their worker.

The clocks are Helsinki's; the quiet hours last from 20:00 to 08:00.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.courier.loop import Courier
from bot.sandbox.phones import Phone
from storage import Database
from tests.stage import Family, Play, button, buttons, on_stage

HELSINKI = ZoneInfo("Europe/Helsinki")
REMINDER = (
    "A small reminder: there are still a few short questions for you, if you like.\n\n"
    "You can answer until 3 Mar at 14:00, or skip it this time. Both are fine. This is the only reminder."
)

MISSING = (
    "Some answers are still missing\n\n{label} · 2 Mar at 13:00\n👩 Mother\n\n"
    "They can answer until 3 Mar at 14:00, and are reminded once. "
    "You could ask next time: what would make it easier to answer?"
)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI).astimezone(UTC)


async def at(play: Play, text: str) -> None:
    """It is this local time now, and all that is due has happened."""
    play.world.clock.travel(local(text))
    await play.settle()


@asynccontextmanager
async def ended(database: Database, text: str, *others: str) -> AsyncIterator[tuple[Play, Family]]:
    """A meeting of Aino and others that ends at this local time: before it nobody has answered."""
    async with on_stage(database, start=local(text) - timedelta(hours=1)) as play:
        family = await play.family(*others)
        await play.starts_meeting(play.nora, family)
        play.wait(hours=1)
        await play.taps(play.nora, "⏹ End the meeting", "⏹ End without asking")
        yield play, family


def reminders(who: Phone) -> list[str]:
    """What has come as a reminder, to raters and to workers."""
    return [each.text for each in who.sees if "small reminder" in each.text or "still missing\n" in each.text]


async def test_who_has_not_answered_is_reminded_at_six_and_the_worker_hears_who_is_missing(database: Database) -> None:
    async with ended(database, "2026-03-02 14:00", "mother", "father") as (play, family):
        await play.rates(play.father, 6, 6, 6, 6)
        await play.taps(play.aino, "Skip this time")
        await at(play, "2026-03-02 17:59")
        assert [reminders(each) for each in (play.mother, play.nora)] == [[], []]
        await at(play, "2026-03-02 18:00")
        assert [reminders(each) for each in (play.mother, play.father, play.aino)] == [[REMINDER], [], []]
        assert buttons(play.mother) == ["Answer now", "Skip this time"]
        assert reminders(play.nora) == [MISSING.format(label=family.label)]
        assert buttons(play.nora) == ["To the meeting"]


async def test_who_answers_before_the_evening_is_not_reminded(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.taps(play.nora, "⏹ End the meeting", "⏹ End without asking")
    await play.rates(play.mother, 6, 6, 6, 6)
    await play.taps(play.aino, "7", "Stop")
    play.wait(hours=7)
    await play.settle()
    assert [len(reminders(each)) for each in (play.mother, play.aino, play.nora)] == [0, 1, 1]
    assert "👩 Mother" not in reminders(play.nora)[0]


async def test_when_all_have_answered_nobody_hears_anything(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.taps(play.nora, "⏹ End the meeting", "⏹ End without asking")
    await play.rates(play.mother, 6, 6, 6, 6)
    await play.taps(play.aino, "Skip this time")
    play.wait(hours=7)
    await play.settle()
    assert [reminders(each) for each in (play.mother, play.aino, play.nora)] == [[], [], []]


@pytest.mark.parametrize(
    ("end", "before", "comes"),
    [
        ("2026-03-02 17:30", "2026-03-02 18:29", "2026-03-02 18:30"),
        ("2026-03-02 18:59", "2026-03-02 19:58", "2026-03-02 19:59"),
        ("2026-03-02 19:00", "2026-03-03 07:59", "2026-03-03 08:00"),
        ("2026-03-02 21:30", "2026-03-03 07:59", "2026-03-03 08:00"),
        ("2026-03-28 21:30", "2026-03-29 07:59", "2026-03-29 08:00"),
        ("2026-10-24 21:30", "2026-10-25 07:59", "2026-10-25 08:00"),
    ],
)
async def test_nobody_is_reminded_at_night_nor_within_an_hour(
    database: Database, end: str, before: str, comes: str
) -> None:
    """Also in the two nights in which the clocks change."""
    async with ended(database, end) as (play, _):
        await at(play, before)
        assert [reminders(play.aino), reminders(play.nora)] == [[], []]
        await at(play, comes)
        assert [len(reminders(play.aino)), len(reminders(play.nora))] == [1, 1]


async def test_there_is_one_reminder_however_often_anything_comes_again(database: Database) -> None:
    async with ended(database, "2026-03-02 14:00") as (play, _):
        await play.comes_again()
        await play.taps(play.aino, "7", "← Back", "Stop")
        await at(play, "2026-03-02 18:00")
        await Courier(play.bot.house).round()
        for hour in (19, 20, 21):
            await at(play, f"2026-03-02 {hour}:00")
        await at(play, "2026-03-03 13:00")
        assert [len(reminders(play.aino)), len(reminders(play.nora))] == [1, 1]


async def test_a_reminder_that_may_have_arrived_is_not_sent_again(database: Database) -> None:
    """The courier died between writing down that it sends, and hearing that it was sent."""
    async with ended(database, "2026-03-02 14:00") as (play, _):
        died = "state = 'sending', lease = 'dead', leased_until = not_before, tries = 1"
        await play.change(f"UPDATE letters SET {died} WHERE kind = 'reminder'")
        await at(play, "2026-03-02 18:30")
        assert [len(reminders(play.aino)), len(reminders(play.nora))] == [0, 1]
        assert [row.state for row in await play.sql("SELECT state FROM letters WHERE kind = 'reminder'")] == ["sent"]


async def test_a_reminder_that_was_kept_back_by_an_outage_comes_in_the_morning(database: Database) -> None:
    async with ended(database, "2026-03-02 14:00") as (play, _):
        await at(play, "2026-03-02 23:00")
        assert [reminders(play.aino), reminders(play.nora)] == [[], []]
        await at(play, "2026-03-03 08:00")
        assert [len(reminders(play.aino)), len(reminders(play.nora))] == [1, 1]


async def test_after_a_longer_outage_nobody_is_reminded_of_what_cannot_be_answered(database: Database) -> None:
    async with ended(database, "2026-03-02 14:00") as (play, _):
        await at(play, "2026-03-03 14:01")
        assert [reminders(play.aino), reminders(play.nora)] == [[], []]


async def test_who_has_left_meanwhile_is_not_reminded(database: Database) -> None:
    async with ended(database, "2026-03-02 14:00", "mother") as (play, _):
        await play.says(play.mother, "/forget")
        await play.taps(play.mother, "Yes, delete everything")
        await at(play, "2026-03-02 18:00")
        assert [len(reminders(each)) for each in (play.mother, play.aino, play.nora)] == [0, 1, 1]
        assert "Mother" not in reminders(play.nora)[0]


async def test_a_worker_whose_role_has_ended_hears_nothing(database: Database) -> None:
    async with ended(database, "2026-03-02 14:00") as (play, _):
        await play.change("UPDATE workers SET ended_at = began_at")
        await at(play, "2026-03-02 18:00")
        assert [len(reminders(play.aino)), len(reminders(play.nora))] == [1, 0]


async def test_who_was_not_there_is_not_missed(database: Database) -> None:
    """Father has begun at home, and didn't come."""
    async with on_stage(database) as play:
        family = await play.family("mother", "father")
        await play.says(play.father, "/start")
        await play.taps(play.father, "Before the meeting", "7", "Stop")
        await play.to_the_case(play.nora, family)
        await play.taps(play.nora, button(play.nora, "attend/"))
        await play.taps(play.nora, "✅ Father")
        await play.taps(play.nora, button(play.nora, "start/"))
        await play.taps(play.nora, "⏹ End the meeting", "⏹ End without asking")
        play.wait(hours=7)
        await play.settle()
        assert [len(reminders(each)) for each in (play.father, play.mother, play.aino)] == [0, 1, 1]
        assert "Father" not in reminders(play.nora)[0]


async def test_from_the_reminder_one_answers_at_once(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.taps(play.nora, "⏱ Time to close")
    await play.rates(play.aino, 9, 9, 9, 9)
    await play.taps(play.nora, "⏹ End the meeting")
    play.wait(hours=7)
    await play.settle()
    await play.taps(play.aino, "Answer now")
    await play.rates(play.aino, 7, 6, 8, 9)
    assert [each.scores for each in await play.given()] == [(70, 60, 80, 90), (90, 90, 90, 90)]
    await play.taps(play.nora, "To the meeting")
    assert "before: ✅ answered" in play.nora.screen.text
    assert reminders(play.aino) == []


async def test_from_the_reminder_all_that_waits_is_skipped_with_one_tap(play: Play) -> None:
    """Mother was asked about two children, and about the meeting."""
    family = await play.family("bo", "mother")
    await play.starts_meeting(play.nora, family)
    await play.taps(play.nora, "⏱ Time to close", "⏹ End the meeting")
    play.wait(hours=7)
    await play.settle()
    assert (await play.taps(play.mother, "Skip this time")).startswith("🌿 All right, not this time.")
    states = await play.sql(
        "SELECT d.state FROM drafts d JOIN raters r ON r.id = d.rater_id WHERE r.kind = 'mother' ORDER BY d.id"
    )
    assert [row.state for row in states] == ["skipped"] * 3
    assert (await play.taps_again(play.mother)).startswith("🌿 All right, not this time.")


async def test_a_late_tap_on_the_reminder_changes_nothing_and_shows_how_it_is(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.taps(play.nora, "⏹ End the meeting", "⏹ End without asking")
    play.wait(hours=7)
    await play.settle()
    reminder = play.aino.screen
    await play.rates(play.aino, 7, 6, 8, 9)
    assert (await play.taps(play.aino, "Skip this time", message=reminder)).startswith("🌿 Thank you!")
    assert reminders(play.aino) == []
    assert [each.scores for each in await play.given()] == [(70, 60, 80, 90)]


async def test_a_lock_screen_shows_nothing_of_what_it_is_about(database: Database) -> None:
    async with ended(database, "2026-03-02 14:00", "mother") as (play, _):
        await at(play, "2026-03-02 18:00")
        assert play.mother.lock is not None
        shown = play.mother.lock.text.lower()
        assert [word for word in ("koivu", "kuulolla", "child", "young", "meeting", "worker") if word in shown] == []

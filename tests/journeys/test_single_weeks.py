"""One week of a weekly meeting is left out, put back or moved; the other weeks stay as they are.

The 2nd of March 2026 is a Monday; the meeting is on Wednesdays at two.
"""

from bot.domain.errors import Reason
from bot.i18n import language
from bot.messages import refusals
from storage import Database
from tests.journeys.test_planned import at, planned, rang
from tests.stage import Play, button, buttons, data

WEEKLY = ("2026-03-02 11:00", "4.3. 14.00", "1️⃣ Only once")


async def times(play: Play) -> list[str]:
    """Of all that is planned, in UTC."""
    rows = await play.sql("SELECT at FROM plans WHERE ended_at IS NULL ORDER BY at")
    return [str(row.at)[:16] for row in rows]


async def test_a_later_week_is_left_out_and_the_others_are_asked(database: Database) -> None:
    async with planned(database, *WEEKLY) as (play, _):
        await play.taps(play.nora, "🗓 Single weeks")
        assert buttons(play.nora)[:3] == ["📅 Wed 4 Mar", "📅 Wed 11 Mar", "📅 Wed 18 Mar"]
        await play.taps(play.nora, "📅 Wed 11 Mar", "➖ Leave it out")
        assert buttons(play.nora)[:3] == ["📅 Wed 4 Mar", "➖ Wed 11 Mar", "📅 Wed 18 Mar"]
        await at(play, "2026-03-04 12:00")
        assert rang(play) == [1, 1]
        await play.rates(play.aino, 5, 5, 5, 5)
        await at(play, "2026-03-04 15:00")
        await play.taps(play.aino, button(play.aino, "skip/"))
        assert await times(play) == ["2026-03-18 12:00"]
        await at(play, "2026-03-18 12:00")
        assert rang(play)[0] == 1


async def test_the_next_week_left_out_comes_back_when_it_is_put_back(database: Database) -> None:
    async with planned(database, *WEEKLY) as (play, _):
        await play.taps(play.nora, "➖ Not this time")
        assert await times(play) == ["2026-03-11 12:00"]
        await play.taps(play.nora, "🗓 Single weeks", "➖ Wed 4 Mar", "↩️ After all")
        assert await times(play) == ["2026-03-04 12:00"]
        await at(play, "2026-03-04 12:00")
        assert rang(play) == [1, 1]


async def test_one_week_is_moved_by_itself_and_the_weeks_after_it_stay(database: Database) -> None:
    async with planned(database, *WEEKLY) as (play, family):
        await play.taps(play.nora, "↔️ Move", "🗓 Only one week", "📅 Wed 4 Mar")
        said = await play.taps(play.nora, "↔️ Another day or time", "Fri 6 Mar", "10:00")
        assert "Fri 6 Mar at 10:00" in said
        assert "every week" not in said
        assert await times(play) == ["2026-03-06 08:00", "2026-03-11 12:00"]
        await play.taps_again(play.nora)
        assert await times(play) == ["2026-03-06 08:00", "2026-03-11 12:00"]
        await at(play, "2026-03-04 13:00")
        assert rang(play) == [0, 0]
        await at(play, "2026-03-06 08:00")
        assert rang(play) == [1, 1]
        assert "Fri 6 Mar at 10:00" in await play.to_the_case(play.nora, family)


async def test_when_all_weeks_move_the_weeks_left_out_stay_left_out(database: Database) -> None:
    async with planned(database, *WEEKLY) as (play, _):
        await play.taps(play.nora, "🗓 Single weeks", "📅 Wed 11 Mar", "➖ Leave it out", "← Back")
        await play.taps(play.nora, "↔️ Move", "Thu 5 Mar", "09:00", "🗓 Single weeks")
        assert buttons(play.nora)[:3] == ["📅 Thu 5 Mar", "➖ Thu 12 Mar", "📅 Thu 19 Mar"]


async def test_a_week_is_not_moved_onto_another_meeting_or_out_of_reach(database: Database) -> None:
    async with planned(database, *WEEKLY) as (play, _):
        plan = data(play.nora, "weeks/").split("/")[1]
        taken = refusals.words(language("en"), Reason.PLANNED_ALREADY)
        assert await play.forges(play.nora, f"weekto/{plan}/20514/20516/840") == taken
        assert await play.forges(play.nora, f"weekto/{plan}/20514/20523/840") == taken
        for forged in (
            f"week/{plan}/20515",
            f"weekout/{plan}/20507",
            f"weekout/{plan}/29999",
            f"weekback/{plan}/20514",
        ):
            await play.forges(play.nora, forged)
        assert await times(play) == ["2026-03-04 12:00"]
        assert await play.sql("SELECT week FROM left_out_weeks") == []


async def test_a_meeting_that_is_not_weekly_has_no_single_weeks(database: Database) -> None:
    async with planned(database, *WEEKLY[:2]) as (play, _):
        assert "🗓 Single weeks" not in buttons(play.nora)
        plan = data(play.nora, "weekly/").split("/")[1]
        await play.forges(play.nora, f"weekout/{plan}/20514")
        assert await times(play) == ["2026-03-04 12:00"]
        await play.forges(play.nora, f"weeks/{plan}")
        assert "↔️ Move" in buttons(play.nora)

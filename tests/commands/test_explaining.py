"""What the operator is told of a case: what fired, by which numbers, and what became of it."""

from pathlib import Path

import pytest

import storage
from bot.commands import explaining
from bot.commands.ground import CommandError
from bot.domain.profiles import ICCE
from tests.faults.poller import polled
from tests.stage import Play

VERY_LOW = "total 5.0 bound 10.0 item 1.0, since 2026-03-10"
DROP = "total 5.0 before 28.0 intake 28.0 fall 23.0 change -23.0 bound 5.0, since 2026-03-10"
CROSSED = "total 5.0 before 28.0 cutoff 28.0, since 2026-03-10"
DIFFER = "difference 16.0 highest 32.0 lowest 16.0 bound 5.0, since 2026-03-02"


async def explained(play: Play, name: str) -> list[str]:
    async with play.database.transaction() as db:
        return list(explaining.lines(await explaining.told(db, name), ICCE))


async def rates_at_home(play: Play, *scores: int) -> None:
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting")
    await play.rates(play.aino, *scores)


async def test_each_series_says_what_fired_at_which_rating_and_what_became_of_it(play_on_each: Play) -> None:
    play = play_on_each
    family = await play.family()
    await rates_at_home(play, 7, 7, 7, 7)
    play.wait(days=8)
    await rates_at_home(play, 1, 1, 2, 1)
    alert = next(each for each in play.nora.sees if "(alert" in each.text)
    await play.taps(play.nora, "Open", message=alert)
    at = "2026-03-10 09:00"
    assert await explained(play, family.label.upper()) == [
        f"{family.label} ({family.case}), open since 2026-03-02, profile icce",
        "",
        "client (adolescent), ORS: 28.0 5.0, cutoff 28.0",
        f"  2. {at} UTC  very_low: alert, {VERY_LOW}; alert 1, sent, opened {at}",
        f"  2. {at} UTC  outcome_drop: alert, {DROP}; alert 2, in the letter of alert 1, opened {at}",
        f"  2. {at} UTC  crossed_down: notice, {CROSSED}; kept as 3, opened {at}",
    ]


async def test_by_its_id_too_and_where_nobody_has_rated(play: Play) -> None:
    family = await play.family()
    assert await explained(play, family.case) == [
        f"{family.label} ({family.case}), open since 2026-03-02, profile icce",
        "Nobody has rated yet.",
    ]


async def test_raters_who_differ_are_explained_with_the_newest_of_their_ratings(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 8, 8, 8, 8)
    play.wait(minutes=1)
    await play.rates(play.mother, 4, 4, 4, 4)
    assert (await explained(play, family.case))[-2:] == [
        "mother (adult) about adolescent, ORS: 16.0, cutoff 28.0",
        f"  1. 2026-03-02 09:01 UTC  raters_differ: info, {DIFFER}; kept as 1",
    ]


async def test_what_was_corrected_says_that_it_is_not_so_any_more(play: Play) -> None:
    family = await play.family()
    await rates_at_home(play, 1, 1, 2, 1)
    await play.change("UPDATE ratings SET item1 = 50, item2 = 50, item3 = 50, item4 = 50, total = 200")
    assert (await explained(play, family.case))[-1] == (
        "  1. 2026-03-02 09:00 UTC  very_low: not so any more: answers, or the profile, have been changed since; "
        "alert 1, sent"
    )


async def test_a_label_of_nothing_and_a_label_of_two_are_said(play: Play) -> None:
    one, other = await play.family(), await play.family()
    async with play.database.transaction() as db:
        await storage.cases.relabel(db, other.case, one.label)
    first, second = sorted((one.case, other.case))
    with pytest.raises(CommandError, match=rf"2 cases are called .*{first} .*{second} "):
        await explained(play, one.label)
    with pytest.raises(CommandError, match="there is no case 'Nothing 1'"):
        await explained(play, "Nothing 1")


async def test_it_works_beside_a_program_that_serves(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        await poller.start()
        answer = await poller.command("explain", "Koivu 42")
        assert (answer[0], answer[1]) == (1, "")
        assert answer[2].splitlines()[-1].startswith("kuulolla: there is no case 'Koivu 42'")

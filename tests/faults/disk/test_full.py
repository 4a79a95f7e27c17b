"""The disk is full for a while: nobody is told that something is kept which isn't, and nothing is lost or doubled."""

from collections import Counter
from contextlib import suppress

import pytest
from sqlalchemy.exc import DBAPIError

from bot.domain.letters import LetterKind
from bot.intake import TRIES
from bot.log import Event
from bot.sandbox.phones import Phone
from storage import outbox
from tests.faults.disk.life import Written, alive, events, heard, lines, names_nobody, times, until, waiting
from tests.faults.disk.scarcity import no_new_page, nothing_fits, nothing_fits_after
from tests.lengths import HowMany
from tests.stage import Play, button

WENT_WRONG = "Something went wrong with us. Nothing was lost; please try again in a moment."


async def answers_two(play: Play, who: Phone) -> None:
    """They have answered two of four, outside of any meeting."""
    await play.says(who, "/start")
    await play.taps(who, "Before the meeting", "7", "0")


async def scores(play: Play) -> list[tuple[int, int]]:
    rows = await play.sql("SELECT item, score FROM draft_items ORDER BY item")
    return [(row.item, row.score) for row in rows]


def most_tries(written: Written) -> int:
    """How often the update has failed that failed most often."""
    failed = Counter(line["update_id"] for line in lines(written) if line["event"] == Event.UPDATE_FAILED.value[0])
    return max(failed.values(), default=0)


async def test_while_nothing_fits_on_the_disk_an_answer_is_not_shown_as_kept_and_then_it_is(
    play: Play, written: Written
) -> None:
    await play.family("bo")
    await answers_two(play, play.aino)
    async with alive(play):
        with nothing_fits():
            play.aino.taps("9")
            play.bo.says("/start")
            ids = waiting(play)
            await until(
                lambda: (
                    times(written, Event.UPDATE_FAILED) > TRIES and len(play.aino.toasts) == len(heard(play.bo)) == 1
                )
            )
            during = waiting(play), "3/4" in play.aino.screen.text
            told = [each.text for each in play.aino.toasts], heard(play.bo)
        await play.world.all_confirmed()
        await until(lambda: "4/4" in play.aino.screen.text and len(heard(play.bo)) == 2)
    assert (during, told) == ((ids, True), ([WENT_WRONG], [WENT_WRONG]))
    assert await scores(play) == [(1, 70), (2, 0), (3, 90)]
    assert (Event.UPDATE_PARKED.value[0] in events(written), names_nobody(play, written)) == (False, True)


async def test_who_was_in_the_middle_when_the_disk_was_full_hands_in_one_rating(play: Play, written: Written) -> None:
    await play.family()
    await answers_two(play, play.aino)
    await play.taps(play.aino, "9", "10")
    async with alive(play):
        with nothing_fits():
            play.aino.taps("✓ Send")
            play.aino.taps_again()
            await until(lambda: times(written, Event.UPDATE_FAILED) > 1)
        await play.world.all_confirmed()
    play.wait(minutes=15)
    await play.settle()
    assert [each.scores for each in await play.given()] == [(70, 0, 90, 100)]
    letters = await play.sql("SELECT state FROM letters WHERE kind = 'picture'")
    assert [row.state for row in letters] == [outbox.LetterState.SENT.value]
    assert heard(play.aino).count("🌿 Thank you! Your answers have been saved.") == 1


async def test_when_the_database_may_not_grow_who_comes_waits_for_it_and_nobody_is_given_up(
    play: Play, written: Written, how_many: HowMany
) -> None:
    """A mark that an update was given up is smaller than what it does, and would still fit."""
    crowd = [play.world.phone(f"stranger {number}", language="en") for number in range(how_many(80, 800))]
    async with alive(play):
        async with no_new_page(play.database):
            for phone in crowd:
                phone.says("/start")
            await until(lambda: most_tries(written) > TRIES)
        await play.world.all_confirmed()
        await until(lambda: all(heard(phone)[-1:] not in ([], [WENT_WRONG]) for phone in crowd), 120)
    greetings = {tuple(line for line in heard(phone) if line != WENT_WRONG) for phone in crowd}
    assert greetings == {(heard(crowd[0])[-1],)}
    (known,) = await play.sql("SELECT count(*) AS people FROM persons")
    assert (known.people, names_nobody(play, written)) == (len(crowd), True)


@pytest.mark.parametrize("transactions", [1, 2, 6])
async def test_a_message_that_was_sent_while_the_disk_became_full_is_not_sent_again(
    play: Play, written: Written, transactions: int
) -> None:
    """It was sent, and that couldn't be written down: at once, or not for a while."""
    family = await play.family()
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting", "1", "1", "1", "1")
    async with play.database.transaction() as db:
        nora, now = await play._met(db, play.nora), play.world.clock.now()
        await outbox.put(db, LetterKind.JOINED, nora.id, {"rater": family.raters["aino"]}, key="once", now=now)
    before = len(heard(play.nora))
    with nothing_fits_after("courier.send", transactions=transactions):
        play.aino.taps("✓ Send")
        for _ in range(20):
            with suppress(DBAPIError):
                await play.settle()
            play.wait(minutes=2)
    assert [line.split(" (alert")[0] for line in heard(play.nora)[before:]] == [
        "🔔 Something to talk about together",
        "🔔 An invitation was taken",
        f"📈 {family.label}",
    ]
    assert Event.LETTER_FAILED.value[0] in events(written)


async def test_a_question_that_was_sent_while_the_disk_became_full_is_not_sent_again(
    play: Play, written: Written
) -> None:
    """Not even where it stands in the chat could be kept."""
    family = await play.family()
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, button(play.nora, "attend/"))
    play.nora.taps(button(play.nora, "start/"))
    await play.takes_updates()
    with nothing_fits_after("wire.send", transactions=2):
        for _ in range(5):
            with suppress(DBAPIError):
                await play.settle()
            play.wait(minutes=2)
    assert len(heard(play.aino)) == 1
    assert {Event.REPLY_FAILED.value[0]} <= events(written)

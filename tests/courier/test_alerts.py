"""An alert is never silent: sent, sent once more and marked with its number, or flagged to the lead."""

import asyncio
from collections.abc import Sequence

import storage
from bot import failpoints
from bot.actions import invitations
from bot.domain.letters import Letter, LetterKind
from bot.domain.people import Role
from bot.sandbox.lock import notification
from bot.sandbox.phones import Phone
from bot.sandbox.world import Trouble
from storage.outbox import LEASE
from tests.stage import Family, Play, buttons

LOST = Trouble(lost=True)
ALERT = "alert 1)"
MARK = "Sent once more"
LOW = (1, 1, 2, 1)


async def becomes_lead(play: Play, who: Phone) -> None:
    async with play.database.transaction() as db:
        now = play.world.clock.now()
        _, made = await invitations.invite_worker(db, team="pihlaja", code="JOHTO-1", role=Role.LEAD, now=now)
    await play.opens(who, made.link)


async def in_a_meeting(play: Play) -> Family:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    return family


async def hands_in(play: Play, scores: Sequence[int]) -> None:
    """Aino answers, and the letters of it stay where they are."""
    for button in (*map(str, scores), "✓ Send"):
        play.aino.taps(button)
        await play.takes_updates()


def told(who: Phone) -> list[str]:
    """The alerts in the chat, from the first line on."""
    return [bubble.text for bubble in who.sees if bubble.author is None and "(alert" in bubble.text]


async def ends(play: Play) -> list[tuple[str, bool, str | None]]:
    rows = await play.sql("SELECT state, unsure, outcome FROM letters WHERE kind = 'alert' ORDER BY id")
    return [(row.state, bool(row.unsure), row.outcome) for row in rows]


async def claimed(play: Play) -> Sequence[Letter]:
    async with play.database.transaction() as db:
        return await storage.outbox.claim(db, now=play.world.clock.now(), most=20)


async def test_a_very_low_rating_reaches_the_worker_at_once_with_a_sound(play: Play) -> None:
    await in_a_meeting(play)
    await play.rates(play.aino, *LOW)
    (alert,) = [bubble for bubble in play.nora.sees if "(alert" in bubble.text]
    assert (ALERT in alert.text, alert.silent, MARK in alert.text) == (True, False, False)
    assert await ends(play) == [("sent", False, "sent")]


async def test_neither_the_score_nor_who_stands_in_the_first_line_and_the_numbers_are_hidden(play: Play) -> None:
    await in_a_meeting(play)
    await play.rates(play.aino, *LOW)
    (alert,) = [bubble for bubble in play.nora.sees if "(alert" in bubble.text]
    assert alert.text.splitlines()[0] == "🔔 Something to talk about together (alert 1)"
    assert ("Marked now" in alert.text, "Marked now" in notification(alert)) == (True, False)


async def test_an_alert_comes_before_the_picture_of_the_same_rating(play: Play) -> None:
    await in_a_meeting(play)
    await play.rates(play.aino, *LOW)
    new = [bubble for bubble in play.nora.sees if bubble.author is None][-2:]
    assert ["(alert" in bubble.text for bubble in new] == [True, False]


async def test_handed_in_again_the_same_rating_raises_nothing_new(play: Play) -> None:
    await in_a_meeting(play)
    await play.rates(play.aino, *LOW)
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting", "✏️ Change my answers", "✓ Send")
    assert (len(told(play.nora)), await ends(play)) == (1, [("sent", False, "sent")])


async def test_what_may_have_arrived_is_sent_once_more_and_marked_with_its_number(play: Play) -> None:
    await in_a_meeting(play)
    play.world.interrupt("sendMessage", LOST)
    await play.rates(play.aino, *LOW)
    play.wait(seconds=2)
    await play.settle()
    assert [(ALERT in each, MARK in each) for each in told(play.nora)] == [(True, False), (True, True)]
    assert await ends(play) == [("sent", True, "sent")]


async def test_what_certainly_did_not_arrive_is_sent_again_without_a_mark(play: Play) -> None:
    await in_a_meeting(play)
    play.world.interrupt("sendMessage", Trouble(429, "Too Many Requests: retry after 3", retry_after=3))
    await play.rates(play.aino, *LOW)
    before = told(play.nora)
    play.wait(seconds=3)
    await play.settle()
    assert (before, [MARK in each for each in told(play.nora)]) == ([], [False])


async def test_an_alert_does_not_stand_behind_a_picture_that_telegram_took_long_for(play: Play) -> None:
    """After many failed tries the picture waits a quarter of an hour; an alert that is new then doesn't."""
    await in_a_meeting(play)
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.change("UPDATE letters SET state = 'waiting', tries = 12, outcome = NULL WHERE kind = 'picture'")
    await play.change("UPDATE letters SET not_before = '2026-03-02 09:15:00' WHERE kind = 'picture'")
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting", "✏️ Change my answers")
    await play.taps(play.aino, *[each for each in buttons(play.aino) if each.startswith("✏️ 1")])
    await play.taps(play.aino, "0", "✓ Send")
    assert len(told(play.nora)) == 1


async def test_when_its_courier_died_while_sending_it_goes_again_marked(play: Play) -> None:
    await in_a_meeting(play)
    await hands_in(play, LOW)
    (letter, *_) = [each for each in await claimed(play) if each.kind is LetterKind.ALERT]
    async with play.database.transaction() as db:
        assert await storage.outbox.begin_sending(db, letter)
    await play.settle()
    during = told(play.nora)
    play.world.move_clock(LEASE)
    await play.settle()
    assert (during, [MARK in each for each in told(play.nora)]) == ([], [True])


def falls(place: str, error: type[BaseException]) -> failpoints.See:
    """The first time that this is done, something fails right after it."""
    fallen: list[str] = []

    def see(name: str, moment: failpoints.Moment) -> None:
        if (name, moment) == (place, "after") and not fallen:
            fallen.append(name)
            raise error

    return see


async def test_when_its_courier_died_right_after_sending_it_comes_again_marked(play: Play) -> None:
    await in_a_meeting(play)
    await hands_in(play, LOW)
    with failpoints.watched(falls("wire.send", asyncio.CancelledError)):
        await play.bot.courier.round()
    play.world.move_clock(LEASE)
    await play.settle()
    assert [MARK in each for each in told(play.nora)] == [False, True]


async def test_when_it_fails_here_after_sending_it_comes_again_marked(play: Play) -> None:
    await in_a_meeting(play)
    await hands_in(play, LOW)
    with failpoints.watched(falls("courier.send", RuntimeError)):
        await play.settle()
    play.wait(seconds=2)
    await play.settle()
    assert [MARK in each for each in told(play.nora)] == [False, True]


async def test_when_its_courier_died_before_sending_it_goes_unmarked(play: Play) -> None:
    await in_a_meeting(play)
    await hands_in(play, LOW)
    await claimed(play)
    play.world.move_clock(LEASE)
    await play.settle()
    assert [MARK in each for each in told(play.nora)] == [False]


async def test_a_picture_whose_courier_died_while_sending_is_left(play: Play) -> None:
    await in_a_meeting(play)
    await hands_in(play, (7, 6, 8, 9))
    await play.change("UPDATE letters SET state = 'void' WHERE kind = 'card'")
    (letter,) = [each for each in await claimed(play) if each.kind is LetterKind.PICTURE]
    async with play.database.transaction() as db:
        assert await storage.outbox.begin_sending(db, letter)
    play.world.move_clock(LEASE)
    await play.settle()
    rows = await play.sql("SELECT state, unsure FROM letters WHERE kind = 'picture'")
    assert [(row.state, bool(row.unsure)) for row in rows] == [("sent", True)]
    assert play.drawn == []


async def test_a_worker_who_has_gone_is_flagged_to_the_lead_by_number_code_and_time_only(play: Play) -> None:
    family = await in_a_meeting(play)
    await becomes_lead(play, play.otto)
    play.nora.blocks()
    await play.rates(play.aino, *LOW)
    text = play.otto.screen.text
    assert text.splitlines()[:3] == ["🔔 An alert didn't arrive", "", "Alert 1 · KOIVU-27 · 2 Mar 11:00"]
    assert family.label not in text
    assert [state for state, *_ in await ends(play)] == ["dead"]


async def test_a_day_without_telegram_ends_in_a_flag_and_not_in_silence(play: Play) -> None:
    await in_a_meeting(play)
    await becomes_lead(play, play.otto)
    await hands_in(play, LOW)
    while (await ends(play))[0][0] != "dead":
        play.world.interrupt("sendMessage", Trouble(500))
        await play.settle()
        play.wait(hours=1)
    await play.settle()
    assert [(state, unsure) for state, unsure, _ in await ends(play)] == [("dead", True)]
    assert "Alert 1 · KOIVU-27" in play.otto.screen.text


async def test_a_lead_of_another_team_hears_nothing(play: Play) -> None:
    await in_a_meeting(play)
    await play.becomes_worker(play.otto, team="haapa", code="TAMMI-5")
    play.nora.blocks()
    await play.rates(play.aino, *LOW)
    assert "didn't arrive" not in play.otto.screen.text


async def test_a_case_without_a_worker_with_a_phone_is_flagged_to_the_lead(play: Play) -> None:
    await in_a_meeting(play)
    await becomes_lead(play, play.otto)
    await play.change("UPDATE workers SET person_id = NULL WHERE code = 'KOIVU-27'")
    await play.rates(play.aino, *LOW)
    assert "Alert 1 · KOIVU-27" in play.otto.screen.text


async def test_who_is_no_lead_any_more_is_told_nothing(play: Play) -> None:
    await in_a_meeting(play)
    await becomes_lead(play, play.otto)
    play.nora.blocks()
    play.world.interrupt("sendMessage", Trouble(429, "Too Many Requests: retry after 3", retry_after=3), times=2)
    await play.rates(play.aino, *LOW)
    await play.settle()
    await play.change("UPDATE workers SET role = 'worker' WHERE code = 'JOHTO-1'")
    play.wait(seconds=10)
    await play.settle()
    assert "didn't arrive" not in play.otto.screen.text

"""Nora comes with another phone: what waited for the old one comes there, and the old one opens nothing of hers."""

import storage
from bot.actions import invitations
from bot.domain.letters import LetterKind
from bot.sandbox.phones import Phone
from storage import Database
from storage.outbox import LetterState
from tests.courier.test_alerts import LOW, MARK, becomes_lead, hands_in, in_a_meeting, told
from tests.journeys.test_handing_over import PIN, WELL, hands_over, in_whose_hands, looks_at, meets
from tests.journeys.test_planned import at, planned, rang
from tests.stage import Play, buttons


async def comes_with(play: Play, phone: Phone) -> None:
    """She has asked for an invitation, and opens it there; what waits is still on its way."""
    async with play.database.transaction() as db:
        now = play.world.clock.now()
        _, made = await invitations.invite_worker(db, team="pihlaja", code="KOIVU-27", role=None, now=now)
    phone.opens(f"https://t.me/{play.world.bot.username}?start={made.link}")
    await play.takes_updates()


async def test_an_alert_that_was_on_its_way_comes_on_the_new_phone(play: Play) -> None:
    await in_a_meeting(play)
    await becomes_lead(play, play.otto)
    await hands_in(play, LOW)
    await comes_with(play, play.father)
    await play.settle()
    assert ([MARK in each for each in told(play.father)], told(play.nora)) == ([False], [])
    assert "Alert 1" not in play.otto.screen.text


async def test_an_alert_that_was_being_sent_to_the_old_phone_comes_on_the_new_one_marked(play: Play) -> None:
    await in_a_meeting(play)
    await hands_in(play, LOW)
    async with play.database.transaction() as db:
        letters = await storage.outbox.claim(db, now=play.world.clock.now(), most=20)
        (letter,) = [each for each in letters if each.kind is LetterKind.ALERT]
        assert await storage.outbox.begin_sending(db, letter, now=play.world.clock.now())
    await comes_with(play, play.father)
    async with play.database.transaction() as db:
        its = await storage.outbox.finish(db, letter, LetterState.SENT, now=play.world.clock.now())
    await play.settle()
    assert (its, [MARK in each for each in told(play.father)]) == (False, [True])


async def test_an_alert_that_nobody_has_opened_comes_once_more_and_an_opened_one_does_not(play: Play) -> None:
    await in_a_meeting(play)
    await play.rates(play.aino, *LOW)
    await comes_with(play, play.father)
    await play.settle()
    assert [MARK in each for each in told(play.father)] == [True]
    await play.taps(play.father, "Open")
    await comes_with(play, play.otto)
    await play.settle()
    assert told(play.otto) == []


async def test_an_alert_that_could_not_reach_the_old_phone_comes_on_the_new_one(play: Play) -> None:
    """It is marked all the same: where Telegram didn't answer it may have arrived."""
    await in_a_meeting(play)
    await becomes_lead(play, play.otto)
    play.nora.blocks()
    await play.rates(play.aino, *LOW)
    heard = "Alert 1 · KOIVU-27" in play.otto.screen.text
    await comes_with(play, play.father)
    await play.settle()
    assert (heard, [MARK in each for each in told(play.father)]) == (True, [True])


async def test_what_is_about_the_old_chat_stays_with_it(play: Play) -> None:
    await in_a_meeting(play)
    await hands_in(play, WELL)
    await comes_with(play, play.father)
    await play.settle()
    assert {row.state for row in await play.sql("SELECT state FROM letters WHERE kind = 'card'")} == {"void"}
    assert [bool(each.photo) for each in play.father.sees if each.author is None] == [False, True]


async def test_a_planned_meeting_is_asked_for_though_the_old_phone_was_forgotten(database: Database) -> None:
    async with planned(database, "2026-03-02 11:00", "4.3. 14.00") as (play, _):
        await comes_with(play, play.father)
        await play.says(play.nora, "/forget")
        await play.taps(play.nora, "Yes, delete everything")
        assert len(await play.sql("SELECT id FROM persons")) == 3
        await at(play, "2026-03-04 12:00")
        assert rang(play) == [1, 1]
        await at(play, "2026-03-04 15:00")
        assert rang(play) == [2, 2]


async def test_lost_while_it_was_lent_it_is_in_nobodys_hands_and_an_alert_comes(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    await play.rates(play.aino, *LOW)
    before = told(play.nora)
    await comes_with(play, play.father)
    await play.settle()
    assert (before, len(told(play.father)), await in_whose_hands(play)) == ([], 1, [])
    assert "Choose a PIN" in await looks_at(play, family, "bo", play.father)


async def test_whoever_has_the_lost_phone_answers_nothing_there_any_more(play: Play) -> None:
    family = await meets(play, "bo", "mother")
    await hands_over(play, family)
    await play.taps(play.nora, "7")
    await comes_with(play, play.father)
    await play.settle()
    kept = await play.kept()
    await play.taps(play.nora, "3")
    assert await play.kept() == kept
    assert PIN not in "".join(buttons(play.nora))

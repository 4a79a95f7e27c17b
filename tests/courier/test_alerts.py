"""An alert is never silent: sent, sent once more and marked with its number, or flagged to the lead."""

import asyncio
from collections.abc import Sequence

import storage
from bot import failpoints
from bot.actions import cases, invitations
from bot.domain.letters import Letter, LetterKind
from bot.domain.people import AgeBand, Role
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
        assert await storage.outbox.begin_sending(db, letter, now=play.world.clock.now())
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
        assert await storage.outbox.begin_sending(db, letter, now=play.world.clock.now())
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
    assert play.otto.screen.text.startswith("🔔 An alert didn't arrive")
    assert (MARK in play.otto.screen.text, "Alert 1 · KOIVU-27" in play.otto.screen.text) == (True, True)


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


async def asks_to_join(play: Play) -> None:
    """Aino has typed Nora's code and rated very low; Nora hasn't said yes."""
    await play.becomes_worker(play.nora)
    await play.says(play.aino, "KOIVU-27")
    await play.taps(play.aino, "Young person, 13–17", "Yes, I'll join", "Before the meeting")


async def test_of_somebody_who_waits_for_the_workers_yes_the_worker_hears_at_once_and_sees_nothing(play: Play) -> None:
    await asks_to_join(play)
    await play.rates(play.aino, *LOW)
    (text,) = told(play.nora)
    assert ("From somebody who waits for your yes" in text, "Marked" in text) == (True, False)
    assert await ends(play) == [("sent", False, "sent")]
    assert "Young person" in await play.taps(play.nora, "Who is it?")


async def test_an_alert_that_waits_while_the_client_is_attached_comes_from_the_new_case(play: Play) -> None:
    await asks_to_join(play)
    async with play.database.transaction() as db:
        nora = await storage.people.meet(db, telegram_id=play.nora.id, language="en", now=play.world.clock.now())
        case = (await cases.open_case(db, nora, AgeBand.ADOLESCENT, now=play.world.clock.now())).case
    await hands_in(play, LOW)
    (asked,) = await play.sql("SELECT id FROM cases WHERE state = 'asked'")
    play.nora.forges(f"place/{asked.id}/{case.id}/{case.raters[0].id}", 1)
    await play.takes_updates()
    await play.settle()
    (text,) = told(play.nora)
    assert (case.label in text, "Marked now" in text) == (True, True)


async def test_when_the_role_has_ended_meanwhile_the_lead_hears(play: Play) -> None:
    await in_a_meeting(play)
    await becomes_lead(play, play.otto)
    await hands_in(play, LOW)
    await play.change("UPDATE workers SET ended_at = began_at WHERE code = 'KOIVU-27'")
    await play.settle()
    assert "Alert 1 · KOIVU-27" in play.otto.screen.text


async def test_telegram_may_ask_for_days_but_the_lead_hears_of_the_alert_at_once(play: Play) -> None:
    await in_a_meeting(play)
    await becomes_lead(play, play.otto)
    play.world.interrupt("sendMessage", Trouble(429, "Too Many Requests: retry after 432000", retry_after=432_000))
    await play.rates(play.aino, *LOW)
    assert [state for state, *_ in await ends(play)] == ["dead"]
    assert "Alert 1 · KOIVU-27" in play.otto.screen.text


async def test_in_a_chat_that_is_to_be_left_for_days_an_alert_is_flagged_after_one(play: Play) -> None:
    await in_a_meeting(play)
    await becomes_lead(play, play.otto)
    await play.change("UPDATE persons SET held_until = '2026-03-08 09:00:00'")
    await play.change(
        "UPDATE persons SET held_until = NULL WHERE id = (SELECT person_id FROM workers WHERE code = 'JOHTO-1')"
    )
    await play.rates(play.aino, *LOW)
    before = await ends(play)
    play.wait(hours=24)
    await play.settle()
    assert ([state for state, *_ in before], [state for state, *_ in await ends(play)]) == (["waiting"], ["dead"])
    assert "Alert 1 · KOIVU-27" in play.otto.screen.text


async def test_where_the_lead_has_gone_too_an_admin_hears(play: Play) -> None:
    await in_a_meeting(play)
    await becomes_lead(play, play.otto)
    async with play.database.transaction() as db:
        now = play.world.clock.now()
        _, made = await invitations.invite_worker(db, team="toimisto", code="HALLI-1", role=Role.ADMIN, now=now)
    await play.opens(play.father, made.link)
    for gone in (play.nora, play.otto):
        gone.blocks()
    await play.rates(play.aino, *LOW)
    assert "Alert 1 · KOIVU-27" in play.father.screen.text


async def test_a_lead_who_is_found_gone_when_told_hands_the_flag_to_an_admin(play: Play) -> None:
    await in_a_meeting(play)
    await becomes_lead(play, play.otto)
    async with play.database.transaction() as db:
        now = play.world.clock.now()
        _, made = await invitations.invite_worker(db, team="toimisto", code="HALLI-1", role=Role.ADMIN, now=now)
    await play.opens(play.father, made.link)
    play.nora.blocks()
    play.otto.blocked = True
    await play.rates(play.aino, *LOW)
    assert "Alert 1 · KOIVU-27" in play.father.screen.text


async def test_a_slow_sender_keeps_the_lease_from_when_it_began(play: Play) -> None:
    await in_a_meeting(play)
    await hands_in(play, LOW)
    (letter, *_) = [each for each in await claimed(play) if each.kind is LetterKind.ALERT]
    play.world.move_clock(LEASE * 0.9)
    async with play.database.transaction() as db:
        assert await storage.outbox.begin_sending(db, letter, now=play.world.clock.now())
    play.world.move_clock(LEASE * 0.9)
    assert [each.id for each in await claimed(play) if each.id == letter.id] == []


async def test_what_was_corrected_before_it_left_raises_no_talk(play: Play) -> None:
    await in_a_meeting(play)
    await play.change("UPDATE persons SET held_until = '2026-03-02 10:00:00'")
    await play.rates(play.aino, *LOW)
    await play.change("UPDATE ratings SET item1 = 50, item2 = 50, item3 = 50, item4 = 50, total = 200")
    play.wait(hours=2)
    await play.settle()
    assert (told(play.nora), [state for state, *_ in await ends(play)]) == ([], ["void"])


async def test_who_looks_late_after_an_alert_that_was_handed_on_meanwhile_changes_nothing(play: Play) -> None:
    """The courier had taken the letter up, and waited for its turn to write to Nora."""
    family = await in_a_meeting(play)
    await play.becomes_worker(play.otto, code="TAMMI-5")
    await becomes_lead(play, play.father)
    await play.rates(play.aino, *LOW)
    play.wait(hours=24)
    (letter,) = await claimed(play)
    await hands_over_to_otto(play, family)
    await play.bot.courier._deliver(letter)
    await play.settle()
    passed = [row.passed_to for row in await play.sql("SELECT passed_to FROM alerts WHERE level = 'alert'")]
    assert (letter.kind, passed, len(told(play.otto))) == (LetterKind.UNOPENED, [None], 1)
    play.wait(hours=24)
    await play.settle()
    assert "An alert hasn't been opened" in play.father.screen.text


async def hands_over_to_otto(play: Play, family: Family) -> None:
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "⋯ More", "🤝 Whose case", "🤝 Offer it to a colleague", "TAMMI-5", "➡️ Hand over")
    await play.taps(play.otto, "Yes, take it")

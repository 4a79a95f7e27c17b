"""The outbox: a letter once for its cause, one after another for each person, leased while it is carried."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta

import storage
from bot.domain.letters import TO_NOBODY, Letter, LetterKind
from bot.domain.people import Person
from storage import Database, Transaction
from storage.outbox import LEASE, LetterState
from storage.service import Memory
from tests.storage.family import NOW, person

SECOND = timedelta(seconds=1)


async def put(db: Transaction, to: Person, key: str, *, kind: LetterKind = LetterKind.CARD) -> None:
    await storage.outbox.put(db, kind, to.id, {"session": key}, key=key, now=NOW)


async def claim(db: Transaction, *, now: datetime = NOW, most: int = 20) -> list[Letter]:
    return list(await storage.outbox.claim(db, now=now, most=most))


def keys(letters: Iterable[Letter]) -> list[str]:
    return [letter.about["session"] for letter in letters]


async def test_a_letter_comes_out_as_it_was_put_in(db: Transaction) -> None:
    aino = await person(db, "aino")
    await storage.outbox.put(db, LetterKind.REQUEST, aino.id, {"draft": "d", "ä": "ö"}, key="cause", now=NOW)
    (letter,) = await claim(db)
    key, about = f"request:cause:{aino.id}", {"draft": "d", "ä": "ö"}
    assert letter == Letter(letter.id, key, aino.id, LetterKind.REQUEST, about, NOW, tries=1, lease=letter.lease)


async def test_the_same_cause_makes_one_letter_to_a_person(db: Transaction) -> None:
    aino, bo = await person(db, "aino"), await person(db, "bo")
    for to in (aino, aino, bo):
        await put(db, to, "cause")
    await put(db, aino, "cause", kind=LetterKind.REQUEST)
    claimed = await claim(db)
    await _finish(db, claimed)
    kinds = [(each.person_id, each.kind) for each in [*claimed, *await claim(db)]]
    assert kinds == [(aino.id, LetterKind.CARD), (bo.id, LetterKind.CARD), (aino.id, LetterKind.REQUEST)]


async def test_how_far_the_letters_of_a_cause_are_is_told_of_no_other_cause(db: Transaction) -> None:
    aino, bo = await person(db, "aino"), await person(db, "bo")
    for to, key in ((aino, "kA1"), (bo, "kA1:again"), (aino, "ka1"), (aino, "kA12"), (aino, "kA1;"), (aino, "kB1")):
        await put(db, to, key)
    await put(db, aino, "kA1", kind=LetterKind.REQUEST)
    await _finish(db, [each for each in await claim(db) if each.person_id == bo.id])
    both = await storage.outbox.states_of(db, LetterKind.CARD, "kA1")
    assert both == [LetterState.WAITING, LetterState.SENT]
    assert await storage.outbox.states_of(db, LetterKind.CARD, "kA1", to=bo.id) == [LetterState.SENT]


async def _finish(db: Transaction, letters: Iterable[Letter]) -> None:
    for letter in letters:
        await storage.outbox.finish(db, letter, LetterState.SENT, now=NOW)


async def test_of_many_who_put_the_same_letter_at_once_one_is_there(database: Database) -> None:
    async with database.transaction() as db:
        aino = await person(db, "aino")

    async def put_it() -> None:
        async with database.transaction() as db:
            await put(db, aino, "cause")

    await asyncio.gather(*(put_it() for _ in range(8)))
    async with database.transaction() as db:
        await _finish(db, await claim(db))
        assert await claim(db) == []


async def test_a_persons_letters_come_one_after_another_in_their_order(db: Transaction) -> None:
    aino, bo = await person(db, "aino"), await person(db, "bo")
    for to, key in ((aino, "a1"), (aino, "a2"), (bo, "b1"), (aino, "a3")):
        await put(db, to, key)
    rounds = []
    for _ in range(4):
        letters = await claim(db)
        await _finish(db, letters)
        rounds.append(keys(letters))
    assert rounds == [["a1", "b1"], ["a2"], ["a3"], []]


async def test_a_postponed_letter_comes_again_when_its_time_has_come(db: Transaction) -> None:
    aino = await person(db, "aino")
    await put(db, aino, "a1")
    (first,) = await claim(db)
    await storage.outbox.postpone(db, first, until=NOW + 5 * SECOND)
    assert await claim(db, now=NOW + 4 * SECOND) == []
    (again,) = await claim(db, now=NOW + 5 * SECOND)
    assert (again.id, again.tries, first.tries) == (first.id, 2, 1)


async def test_a_chat_that_is_left_in_peace_keeps_its_order_and_holds_nobody_elses(db: Transaction) -> None:
    aino, bo = await person(db, "aino"), await person(db, "bo")
    for to, key in ((aino, "a1"), (aino, "a2"), (bo, "b1")):
        await put(db, to, key)
    first, other = await claim(db)
    await storage.outbox.postpone(db, first, until=NOW)
    await storage.outbox.rest(db, aino.id, until=NOW + 5 * SECOND)
    await storage.outbox.rest(db, aino.id, until=NOW + 3 * SECOND)
    await _finish(db, [other])
    await put(db, bo, "b2")
    assert keys(await claim(db, now=NOW + 4 * SECOND)) == ["b2"]
    assert keys(await claim(db, now=NOW + 5 * SECOND)) == ["a1"]


async def test_what_has_waited_for_a_day_comes_to_be_ended_and_what_is_done_however_late_waits_for_the_chat(
    db: Transaction,
) -> None:
    aino, late = await person(db, "aino"), NOW + timedelta(days=2)
    await put(db, aino, "picture that goes", kind=LetterKind.TAKE_AWAY)
    await put(db, aino, "card")
    await storage.outbox.rest(db, aino.id, until=late + 5 * SECOND)
    ended = await claim(db, now=late)
    await _finish(db, ended)
    assert (keys(ended), await claim(db, now=late + 4 * SECOND)) == (["card"], [])
    assert keys(await claim(db, now=late + 5 * SECOND)) == ["picture that goes"]


async def test_behind_one_that_is_to_be_tried_again_only_what_is_more_urgent_goes(db: Transaction) -> None:
    aino = await person(db, "aino")
    await put(db, aino, "first")
    (first,) = await claim(db)
    await storage.outbox.postpone(db, first, until=NOW + 900 * SECOND)
    await put(db, aino, "second")
    await put(db, aino, "picture", kind=LetterKind.PICTURE)
    held = await claim(db, now=NOW + 60 * SECOND)
    await put(db, aino, "alert", kind=LetterKind.ALERT)
    urgent = await claim(db, now=NOW + 60 * SECOND)
    await _finish(db, urgent)
    after = await claim(db, now=NOW + 60 * SECOND)
    assert (held, keys(urgent), after) == ([], ["alert"], [])
    assert keys(await claim(db, now=NOW + 900 * SECOND)) == ["first"]


async def test_what_is_sent_to_nobody_waits_for_no_chat(db: Transaction) -> None:
    """Not for one that Telegram wants left in peace, nor behind what is to be tried again there or is being sent."""
    for name, make_wait in (("aino", _rests), ("bo", _tries_again), ("mother", _sends)):
        who = await person(db, name)
        await make_wait(db, who)
        for kind in sorted(TO_NOBODY):
            await put(db, who, kind.value, kind=kind)
            (asked,) = await claim(db)
            await _finish(db, [asked])
            assert (asked.person_id, asked.kind) == (who.id, kind)


async def _rests(db: Transaction, who: Person) -> None:
    await storage.outbox.rest(db, who.id, until=NOW + 5 * SECOND)


async def _tries_again(db: Transaction, who: Person) -> None:
    await put(db, who, "first", kind=LetterKind.ALERT)
    (first,) = await claim(db)
    await storage.outbox.postpone(db, first, until=NOW + 900 * SECOND)


async def _sends(db: Transaction, who: Person) -> None:
    await put(db, who, "first", kind=LetterKind.ALERT)
    (first,) = await claim(db)
    assert await storage.outbox.begin_sending(db, first, now=NOW)


async def test_before_an_alert_that_is_to_be_tried_again_nothing_less_urgent_goes_though_it_is_older(
    db: Transaction,
) -> None:
    aino = await person(db, "aino")
    for key, kind, seconds in (("request", LetterKind.REQUEST, 10), ("alert", LetterKind.ALERT, 40)):
        await put(db, aino, key, kind=kind)
        (tried,) = await claim(db)
        await storage.outbox.postpone(db, tried, until=NOW + seconds * SECOND)
    held = await claim(db, now=NOW + 10 * SECOND)
    alert = await claim(db, now=NOW + 40 * SECOND)
    await _finish(db, alert)
    assert (held, keys(alert), keys(await claim(db, now=NOW + 40 * SECOND))) == ([], ["alert"], ["request"])


async def test_one_that_is_put_off_alone_holds_nothing(db: Transaction) -> None:
    aino = await person(db, "aino")
    await put(db, aino, "first")
    (first,) = await claim(db)
    await storage.outbox.postpone(db, first, until=NOW + 900 * SECOND, alone=True)
    await put(db, aino, "second")
    assert keys(await claim(db)) == ["second"]


async def test_alerts_come_before_what_was_put_earlier_then_pictures_then_reminders(db: Transaction) -> None:
    aino = await person(db, "aino")
    kinds = [LetterKind.REMINDER, LetterKind.PICTURE, LetterKind.JOINED, LetterKind.ALERT, LetterKind.CARD]
    for kind in kinds:
        await put(db, aino, kind.value, kind=kind)
    came = []
    for _ in kinds:
        claimed = await claim(db)
        await _finish(db, claimed)
        came += [letter.kind for letter in claimed]
    assert came == [LetterKind.ALERT, LetterKind.JOINED, LetterKind.CARD, LetterKind.PICTURE, LetterKind.REMINDER]


async def test_of_all_who_wait_those_with_an_alert_are_claimed_first(db: Transaction) -> None:
    aino, bo = await person(db, "aino"), await person(db, "bo")
    await put(db, aino, "a")
    await put(db, bo, "b", kind=LetterKind.ALERT)
    assert [keys(await claim(db, most=1)) for _ in range(2)] == [["b"], ["a"]]


async def test_a_letter_for_later_comes_then_and_holds_nothing_before(db: Transaction) -> None:
    aino = await person(db, "aino")
    later, about = NOW + timedelta(hours=4), {"session": "later"}
    assert await storage.outbox.put(db, LetterKind.CARD, aino.id, about, key="later", now=NOW, not_before=later)
    await put(db, aino, "now")
    first = await claim(db)
    await _finish(db, first)
    assert (keys(first), await claim(db, now=later - SECOND), keys(await claim(db, now=later))) == (
        ["now"],
        [],
        ["later"],
    )


async def test_who_was_to_send_it_and_is_gone_leaves_it_unsure(db: Transaction) -> None:
    aino = await person(db, "aino")
    await put(db, aino, "a1")
    (letter,) = await claim(db)
    assert await storage.outbox.begin_sending(db, letter, now=NOW)
    (again,) = await claim(db, now=NOW + LEASE)
    assert (letter.unsure, again.unsure) == (False, True)
    assert await storage.outbox.begin_sending(db, again, now=NOW + LEASE)


async def test_who_only_claimed_it_and_is_gone_leaves_it_as_it_was(db: Transaction) -> None:
    aino = await person(db, "aino")
    await put(db, aino, "a1")
    await claim(db)
    assert [each.unsure for each in await claim(db, now=NOW + LEASE)] == [False]


async def test_whose_lease_has_run_out_can_neither_send_it_nor_end_it(db: Transaction) -> None:
    aino = await person(db, "aino")
    await put(db, aino, "a1")
    (late,) = await claim(db)
    (now_its,) = await claim(db, now=NOW + LEASE)
    ends = [
        await storage.outbox.begin_sending(db, late, now=NOW),
        await storage.outbox.finish(db, late, LetterState.VOID, now=NOW),
        await storage.outbox.postpone(db, late, until=NOW),
        await storage.outbox.begin_sending(db, now_its, now=NOW),
        await storage.outbox.finish(db, now_its, LetterState.SENT, now=NOW),
    ]
    assert ends == [False, False, False, True, True]


async def test_what_was_claimed_and_not_sent_is_given_back_untried(db: Transaction) -> None:
    aino, bo = await person(db, "aino"), await person(db, "bo")
    await put(db, aino, "a1")
    await put(db, bo, "b1")
    claimed = await claim(db)
    await storage.outbox.begin_sending(db, claimed[1], now=NOW)
    await storage.outbox.give_back(db, claimed)
    (again,) = await claim(db)
    assert (keys([again]), again.tries) == (["a1"], 1)


async def test_the_only_one_who_sends_takes_over_from_the_dead_at_once(db: Transaction) -> None:
    aino, bo = await person(db, "aino"), await person(db, "bo")
    await put(db, aino, "a1")
    await put(db, bo, "b1")
    claimed = await claim(db)
    await storage.outbox.begin_sending(db, claimed[1], now=NOW)
    await storage.outbox.free_all(db, now=NOW)
    assert [(each.about["session"], each.unsure) for each in await claim(db)] == [("a1", False), ("b1", True)]


async def test_a_database_from_a_backup_sends_nothing_until_it_is_told_to(db: Transaction) -> None:
    aino = await person(db, "aino")
    await put(db, aino, "a1")
    await storage.service.write(db, Memory.RESTORED, now=NOW)
    before = await claim(db)
    assert await storage.service.clear(db, Memory.RESTORED)
    assert (before, keys(await claim(db))) == ([], ["a1"])


async def test_a_letter_that_is_being_carried_is_not_claimed_before_its_lease_ends(db: Transaction) -> None:
    aino = await person(db, "aino")
    for key in ("a1", "a2"):
        await put(db, aino, key)
    claimed = [
        keys(await claim(db, now=NOW + each)) for each in (0 * SECOND, LEASE - SECOND, LEASE, 2 * LEASE - SECOND)
    ]
    assert claimed == [["a1"], [], ["a1"], []]


async def test_no_more_are_claimed_than_asked_for(db: Transaction) -> None:
    people = [await person(db, name) for name in ("aino", "bo", "mother")]
    for to in people:
        await put(db, to, to.id)
    assert [keys(await claim(db, most=2)) for _ in range(2)] == [[people[0].id, people[1].id], [people[2].id]]


async def test_a_letter_whose_end_has_come_is_not_claimed_again(db: Transaction) -> None:
    aino = await person(db, "aino")
    for state in (LetterState.SENT, LetterState.VOID, LetterState.DEAD):
        await put(db, aino, state.value)
        (letter,) = await claim(db)
        await storage.outbox.finish(db, letter, state, now=NOW)
    assert await claim(db, now=NOW + 10 * LEASE) == []


async def test_of_many_couriers_at_once_one_has_a_letter(database: Database) -> None:
    async with database.transaction() as db:
        for name in ("aino", "bo", "mother", "father"):
            to = await person(db, name)
            for number in range(3):
                await put(db, to, f"{to.id} {number}")

    async def carry() -> list[str]:
        async with database.transaction() as db:
            return keys(await claim(db, most=2))

    claimed = [key for found in await asyncio.gather(*(carry() for _ in range(6))) for key in found]
    assert len(claimed) == len(set(claimed))
    assert {key.split()[1] for key in claimed} == {"0"}


async def test_what_another_courier_has_claimed_meanwhile_is_not_claimed_again(database: Database) -> None:
    """Between looking for letters and locking them there is a moment, with many of them a long one."""
    async with database.transaction() as db:
        meet = storage.people.meet
        people = [await meet(db, telegram_id=each, language="en", now=NOW) for each in range(150)]
        for to in people:
            await put(db, to, to.id)

    async def carry() -> list[str]:
        found: list[str] = []
        while True:
            async with database.transaction() as db:
                claimed = keys(await claim(db, most=3))
            if not claimed:
                return found
            found += claimed

    claimed = [key for found in await asyncio.gather(*(carry() for _ in range(8))) for key in found]
    assert sorted(claimed) == sorted(each.id for each in people)


async def test_what_waits_can_be_voided_altogether(db: Transaction) -> None:
    aino = await person(db, "aino")
    await put(db, aino, "past")
    await storage.outbox.void_all(db, now=NOW)
    await put(db, aino, "new")
    assert keys(await claim(db)) == ["new"]


async def test_a_forgotten_persons_letters_are_gone(db: Transaction) -> None:
    aino = await person(db, "aino")
    await put(db, aino, "a")
    await storage.people.forget(db, aino.id)
    assert await claim(db) == []

"""Letters on their way, through the real courier to the phones of a World that has its moods."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from typing import Any

import pytest
import structlog
from sqlalchemy import select
from structlog.testing import capture_logs

import storage
from bot import failpoints
from bot.charts.studio import Studio
from bot.courier import loop
from bot.domain.letters import LetterKind
from bot.domain.people import Person
from bot.outcomes import Gone, Outcome
from bot.sandbox.chats import Bubble
from bot.sandbox.phones import Phone
from bot.sandbox.world import Call, Trouble
from storage import Database, schema
from storage.outbox import LEASE
from tests.stage import Family, Play, button, on_stage

WAIT = Trouble(429, "Too Many Requests: retry after 5", retry_after=5)
LOST = Trouble(lost=True)


async def person(play: Play, phone: Phone) -> Person:
    async with play.database.transaction() as db:
        now = play.world.clock.now()
        return await storage.people.meet(db, telegram_id=phone.id, language=phone.language, now=now)


async def put(play: Play, family: Family, to: Phone, *raters: str) -> None:
    """Letters to somebody, one for each of these: that they have joined."""
    whom = await person(play, to)
    async with play.database.transaction() as db:
        for name in raters:
            about = {"case": family.case, "rater": family.raters[name]}
            key, now = storage.new_id(), play.world.clock.now()
            await storage.outbox.put(db, LetterKind.JOINED, whom.id, about, key=key, now=now)


async def states(play: Play, kind: LetterKind) -> list[str]:
    """What became of the letters of this kind that weren't voided before the play."""
    letters = schema.letters.c
    question = select(letters.state).where(letters.kind == kind.value, letters.tries > 0).order_by(letters.id)
    return [row.state for row in await play.sql(question)]


def heard(phone: Phone) -> list[str]:
    """The last lines of the messages that say who has joined."""
    return [bubble.text.splitlines()[-1] for bubble in phone.sees if "invitation was taken" in bubble.text]


def calls(play: Play, method: str, phone: Phone) -> list[Call]:
    return [call for call in play.world.calls if call.method == method and call.chat == phone.id]


def photos(phone: Phone) -> list[Bubble]:
    return [bubble for bubble in phone.sees if bubble.photo is not None]


# Waiting


async def test_429_is_waited_for_as_long_as_told(play: Play) -> None:
    family = await play.family()
    play.world.interrupt("sendMessage", WAIT)
    await put(play, family, play.nora, "aino")
    await play.settle()
    play.wait(seconds=4.9)
    await play.settle()
    before = heard(play.nora)
    play.wait(seconds=0.1)
    await play.settle()
    assert (before, heard(play.nora)) == ([], ["🧑 Young person"])
    assert await states(play, LetterKind.JOINED) == ["sent"]


async def test_a_persons_letters_stay_in_their_order_and_nobody_else_waits_with_them(play: Play) -> None:
    family = await play.family("mother", "father")
    await play.becomes_worker(play.otto, team="pihlaja", code="TAMMI-5")
    otto = await person(play, play.otto)
    async with play.database.transaction() as db:
        worker = await storage.workers.of_person(db, otto.id)
        now = play.world.clock.now()
        shared = {"case_id": family.case, "worker_id": worker.id if worker else "", "began_at": now}
        await db.add_once(schema.case_workers, shared)
    await put(play, family, play.nora, "aino", "mother", "father")
    await put(play, family, play.otto, "father", "mother")
    play.world.interrupt("sendMessage", WAIT)
    await play.settle()
    waiting = (heard(play.nora), heard(play.otto))
    play.wait(seconds=5)
    await play.settle()
    noras, ottos = ["🧑 Young person", "👩 Mother", "👨 Father"], ["👨 Father", "👩 Mother"]
    assert waiting in (([], ottos), (noras, [])), "they go out side by side: either may have met the trouble"
    assert (heard(play.nora), heard(play.otto)) == (noras, ottos)


@pytest.mark.parametrize("trouble", [Trouble(500), Trouble(502, "Bad Gateway")], ids=["500", "502"])
async def test_a_request_that_may_have_been_lost_goes_again(play: Play, trouble: Trouble) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    before = len(calls(play, "sendMessage", play.aino))
    play.world.interrupt("sendMessage", trouble, times=2)
    await play.taps(play.nora, "▶️ Start a meeting", "▶️ Start, ask 1")
    for seconds in (1.5, 3):
        assert play.aino.sees == ()
        play.wait(seconds=seconds)
        await play.settle()
    assert "1/4" in play.aino.screen.text
    assert len(calls(play, "sendMessage", play.aino)) - before == 3


async def test_a_request_whose_answer_was_lost_goes_again_and_may_be_there_twice(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    play.world.interrupt("sendMessage", LOST)
    await play.taps(play.nora, "▶️ Start a meeting", "▶️ Start, ask 1")
    once = [bubble.text for bubble in play.aino.sees]
    play.wait(seconds=1.5)
    await play.settle()
    assert [bubble.text for bubble in play.aino.sees] == once * 2
    assert await states(play, LetterKind.REQUEST) == ["sent"]


@pytest.mark.parametrize(("trouble", "arrived"), [(LOST, 1), (Trouble(500), 0)], ids=["answer lost", "500"])
async def test_a_picture_that_may_have_arrived_is_left(play: Play, trouble: Trouble, arrived: int) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    play.world.interrupt("sendPhoto", trouble)
    await play.rates(play.aino, 7, 6, 8, 9)
    play.wait(hours=1)
    await play.settle()
    assert len(photos(play.nora)) == arrived
    assert await states(play, LetterKind.PICTURE) == ["sent"]


async def test_after_24_hours_of_trouble_a_letter_is_dead(play: Play) -> None:
    family = await play.family()
    play.world.interrupt("sendMessage", Trouble(500), times=2)
    await put(play, family, play.nora, "aino")
    await play.settle()
    play.wait(hours=24)
    await play.settle()
    play.wait(hours=24)
    await play.settle()
    assert (heard(play.nora), await states(play, LetterKind.JOINED)) == ([], ["dead"])


async def test_what_telegram_does_not_take_is_dead_and_holds_nothing_up(play: Play) -> None:
    family = await play.family("mother")
    play.world.interrupt("sendMessage", Trouble(400, "Bad Request: can't parse entities"))
    await put(play, family, play.nora, "aino", "mother")
    await play.settle()
    assert (heard(play.nora), await states(play, LetterKind.JOINED)) == (["👩 Mother"], ["dead", "sent"])


# Who has gone


async def test_who_has_blocked_the_bot_is_marked_gone_until_they_are_back(play: Play) -> None:
    family = await play.family()
    aino = await person(play, play.aino)
    play.aino.blocked = True
    await play.starts_meeting(play.nora, family)
    async with play.database.transaction() as db:
        gone = await storage.people.chat(db, aino.id)
    play.aino.blocked = False
    await play.says(play.aino, "/start")
    async with play.database.transaction() as db:
        back = await storage.people.chat(db, aino.id)
    assert (gone, back) == (None, play.aino.id)
    assert await states(play, LetterKind.REQUEST) == ["dead"]
    assert "1/4" in play.aino.screen.text


@pytest.mark.parametrize("how", ["writes", "lets us write"])
async def test_who_comes_back_while_a_letter_still_finds_them_gone_is_here(
    play: Play, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Telegram had said so before; we hear it after what they did when they were back."""
    family = await play.family()
    aino = await person(play, play.aino)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, button(play.nora, "attend/"))
    play.nora.taps(button(play.nora, "start/"))
    await play.takes_updates()
    play.aino.blocked = True
    refused, heard_of = slow_to_hear(play, monkeypatch)
    carrying = asyncio.create_task(play.bot.courier.round())
    await refused.wait()
    play.aino.unblocks() if how == "lets us write" else comes_back(play.aino)
    taking = asyncio.create_task(play.takes_updates())
    await asyncio.sleep(0.1)
    heard_of.set()
    await asyncio.gather(carrying, taking)
    await play.settle()
    async with play.database.transaction() as db:
        assert await storage.people.chat(db, aino.id) == play.aino.id


def comes_back(phone: Phone) -> None:
    """By /start, and we aren't told of anything else."""
    phone.blocked = False
    phone.says("/start")


def slow_to_hear(play: Play, monkeypatch: pytest.MonkeyPatch) -> tuple[asyncio.Event, asyncio.Event]:
    """That somebody has gone: when Telegram has said it, and when we may hear it."""
    said, may, send = asyncio.Event(), asyncio.Event(), play.bot.house.post.send

    async def slowly(*given: Any, **named: Any) -> Outcome:
        outcome = await send(*given, **named)
        if isinstance(outcome, Gone):
            said.set()
            await may.wait()
        return outcome

    monkeypatch.setattr(play.bot.house.post, "send", slowly)
    return said, may


async def test_to_who_has_gone_nothing_is_sent(play: Play) -> None:
    family = await play.family()
    play.aino.blocks()
    await play.settle()
    before = len(calls(play, "sendMessage", play.aino))
    await play.starts_meeting(play.nora, family)
    assert len(calls(play, "sendMessage", play.aino)) == before
    assert await states(play, LetterKind.REQUEST) == ["void"]


# Is it still true?


async def test_a_request_that_was_answered_meanwhile_is_void(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    play.world.interrupt("sendMessage", WAIT)
    await play.taps(play.nora, "▶️ Start a meeting", "▶️ Start, ask 1")
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting")
    await play.rates(play.aino, 7, 6, 8, 9)
    there = play.aino.sees
    play.wait(seconds=5)
    await play.settle()
    assert (play.aino.sees, await states(play, LetterKind.REQUEST)) == (there, ["void"])


@pytest.mark.parametrize(
    "ended",
    ["UPDATE workers SET ended_at = began_at", "UPDATE case_workers SET ended_at = began_at"],
    ids=["the role", "the part in the case"],
)
async def test_who_has_the_case_no_more_gets_no_picture_of_it(play: Play, ended: str) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    play.world.interrupt("sendPhoto", WAIT)
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.change(ended)
    play.wait(seconds=5)
    await play.settle()
    assert (photos(play.nora), await states(play, LetterKind.PICTURE)) == ([], ["void"])


async def test_a_picture_of_who_was_forgotten_is_not_sent(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    play.world.interrupt("sendPhoto", WAIT)
    await play.rates(play.aino, 7, 6, 8, 9)
    await play.says(play.aino, "/forget")
    await play.taps(play.aino, "Yes, delete everything")
    play.wait(seconds=5)
    await play.settle()
    assert (photos(play.nora), await states(play, LetterKind.PICTURE)) == ([], ["void"])


# One message for one thing


async def test_the_card_is_edited_where_it_stands(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    card, before = play.nora.screen, len(play.nora.sees)
    await play.taps(play.aino, "7")
    shown = play.nora.chat.get(card.id)
    assert shown is not None
    assert (len(play.nora.sees), "✍️ answering" in shown.text, "✍️" in card.text) == (before, True, False)


async def test_a_card_that_was_taken_out_of_the_chat_stays_out(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    play.nora.deletes(play.nora.screen)
    there = play.nora.sees
    await play.taps(play.aino, "7")
    assert (play.nora.sees, await states(play, LetterKind.CARD)) == (there, ["void"])


async def test_the_picture_of_a_meeting_is_replaced_in_place(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    first = photos(play.nora)
    await play.rates(play.mother, 5, 5, 5, 5)
    (second,) = photos(play.nora)
    assert [bubble.id for bubble in first] == [second.id]
    assert ("Young person" in first[0].text, "Mother" in second.text) == (True, True)
    assert [trend.heading.split(" · ")[1].split(",")[0] for trend in play.drawn] == ["Young person", "Mother"]
    assert (second.photo and second.photo.spoiler, second.silent) == (True, True)


async def test_a_picture_of_what_was_answered_outside_a_meeting_comes_anew_at_the_end(play: Play) -> None:
    """Quietly; and the one of the same case before it goes."""
    await play.family("mother")
    for who in (play.aino, play.mother):
        await play.says(who, "/start")
        await play.taps(who, "Before the meeting")
    await play.rates(play.aino, 7, 6, 8, 9)
    (first,) = photos(play.nora)
    await play.says(play.nora, "/start")
    menu = play.nora.screen
    await play.rates(play.mother, 5, 5, 5, 5)
    (second,) = photos(play.nora)
    assert (first.id < menu.id < second.id, second.silent) == (True, True)
    assert [trend.heading.split(" · ")[1] for trend in play.drawn] == ["Young person", "Mother"]


async def test_a_picture_that_was_taken_out_of_the_chat_comes_anew(play: Play) -> None:
    family = await play.family("mother")
    await play.starts_meeting(play.nora, family)
    await play.rates(play.aino, 7, 6, 8, 9)
    (first,) = photos(play.nora)
    play.nora.deletes(first)
    await play.rates(play.mother, 5, 5, 5, 5)
    (second,) = photos(play.nora)
    assert second.id > first.id


async def test_a_picture_that_can_not_be_drawn_comes_as_a_table_behind_a_spoiler(database: Database) -> None:
    """By a drawing process that fails: the numbers of both ratings, in one message at a time."""
    async with on_stage(database, studio=Studio(program="tests.courier.broken_easel", limit=5)) as play:
        family = await play.family()
        await play.starts_meeting(play.nora, family)
        await play.rates(play.aino, 7, 6, 8, 9)
        first = play.nora.screen
        await play.taps(play.nora, "⏱ Time to close")
        await play.rates(play.aino, 9, 9, 9, 8)
        tables = [bubble for bubble in play.nora.sees if "2 Mar 2026 · " in bubble.text]
        assert photos(play.nora) == []
        assert "2 Mar 2026 · 30 · –" in first.text
        assert ["2 Mar 2026 · 30 · 35" in bubble.text for bubble in tables] == [True]
        assert [entity.kind for entity in tables[0].formatted.entities if entity.kind == "spoiler"] != []


# Every kind of letter


async def test_who_joins_by_worker_code_and_their_worker_hear_of_each_other(play: Play) -> None:
    await play.becomes_worker(play.nora)
    for phone in (play.aino, play.father):
        await play.says(phone, "KOIVU-27")
        await play.taps(phone, "Adult, for myself", "Yes, I'll join")
    asked = [bubble for bubble in play.nora.sees if "Somebody wants to join" in bubble.text]
    await play.taps(play.nora, "Yes: a new case", message=asked[0])
    await play.taps(play.nora, "Not my client", message=asked[1])
    await play.taps(play.nora, "Delete the request")
    told = {phone.name: phone.screen.text.splitlines()[0] for phone in (play.aino, play.father)}
    assert told == {"aino": "🌿 You are in now", "father": "🌿 This wasn't the right code"}
    assert await states(play, LetterKind.ASKED_TO_JOIN) == ["sent", "sent"]


# When things go wrong on our side


async def test_a_letter_whose_courier_died_goes_when_its_lease_ends(play: Play) -> None:
    family = await play.family()
    await put(play, family, play.nora, "aino")
    async with play.database.transaction() as db:
        await storage.outbox.claim(db, now=play.world.clock.now(), most=20)
    await play.settle()
    during = heard(play.nora)
    play.world.move_clock(LEASE)
    await play.settle()
    assert (during, heard(play.nora)) == ([], ["🧑 Young person"])


async def test_a_letter_is_read_when_whoever_writes_in_its_chat_is_done(play: Play) -> None:
    """Or the card would be read, wait for its turn at Telegram, and come over a newer one."""
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    nora = await nora_of(play)
    play.aino.taps("7")
    await play.takes_updates()
    async with play.bot.house.writing_to(nora):
        coming = asyncio.create_task(play.bot.courier.round())
        came, _ = await asyncio.wait([coming], timeout=0.2)
    await coming
    assert came == set()


async def nora_of(play: Play) -> str:
    (worker,) = await play.sql("SELECT person_id FROM workers WHERE code = 'KOIVU-27'")
    return str(worker.person_id)


async def test_one_letter_that_fails_here_does_not_stop_the_others(play: Play) -> None:
    family = await play.family()
    await put(play, family, play.nora, "aino")
    bo = await person(play, play.bo)
    async with play.database.transaction() as db:
        await storage.outbox.put(db, LetterKind.NOT_MINE, bo.id, {}, key="odd", now=play.world.clock.now())
    await put(play, family, play.nora, "aino")
    await play.settle()
    assert heard(play.nora) == ["🧑 Young person"] * 2
    assert await states(play, LetterKind.NOT_MINE) == ["waiting"]


async def test_a_round_that_fails_is_said_and_tried_again(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "AFTER_FAILURE_SECONDS", 0.05)
    family = await play.family()
    await put(play, family, play.nora, "aino")
    await play.change("ALTER TABLE letters RENAME TO elsewhere")
    with capture_logs() as logged:
        running = asyncio.create_task(play.bot.courier.run())
        await asyncio.sleep(0.2)
        await play.change("ALTER TABLE elsewhere RENAME TO letters")
        async with asyncio.timeout(2):
            while not heard(play.nora):
                await asyncio.sleep(0.01)
        running.cancel()
        await asyncio.wait([running])
    structlog.reset_defaults()
    assert {line["event"] for line in logged} == {"courier_failed"}


async def test_the_courier_carries_what_is_put_in_while_it_runs_until_it_is_told_to_stop(play: Play) -> None:
    family = await play.family()
    running = asyncio.create_task(play.bot.courier.run())
    await asyncio.sleep(0.05)
    await put(play, family, play.nora, "aino")
    play.bot.house.letters_waiting.set()
    async with asyncio.timeout(0.9):
        while not heard(play.nora):
            await asyncio.sleep(0.01)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert running.cancelled()


async def test_a_server_that_does_not_know_a_method_ends_nobody(play: Play) -> None:
    """A picture can't be put in its place there, so it is sent anew; the next one too."""
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    play.world.interrupt("editMessageMedia", Trouble(404, "Not Found"), times=3)
    await play.rates(play.aino, 7, 6, 8, 9)
    play.wait(seconds=1)
    await play.says(play.aino, "/start")
    await play.taps(play.aino, "Before the meeting", "✏️ Change my answers", "✓ Send")
    assert len(photos(play.nora)) == 1
    assert await states(play, LetterKind.PICTURE) == ["sent", "sent"]


@pytest.mark.parametrize("locked", [False, True], ids=["failing", "locked"])
async def test_a_stop_ends_in_time_when_letters_can_not_be_given_back(
    play: Play, monkeypatch: pytest.MonkeyPatch, locked: bool
) -> None:
    for name in ("LEAVE_SECONDS", "GIVE_BACK_SECONDS"):
        monkeypatch.setattr(loop, name, 0.05)
    await put(play, await play.family(), play.nora, "aino")
    monkeypatch.setattr(play.bot.house.post, "send", lambda *_, **__: asyncio.sleep(60))
    running = asyncio.create_task(play.bot.courier.run())
    await asyncio.sleep(0.2)
    async with AsyncExitStack() as trouble:
        if locked:
            await trouble.enter_async_context(play.database.transaction())
        else:
            trouble.enter_context(too_long("courier.give_back"))
        running.cancel()
        await asyncio.wait([running], timeout=2)
        assert running.cancelled()


@contextmanager
def too_long(place: str, *, after: str | None = None) -> Iterator[None]:
    """The first time at this place takes too long; that is, once the other one has been passed."""
    passed, left = after is None, [TimeoutError()]

    def see(name: str, moment: str) -> None:
        nonlocal passed
        passed = passed or (name, moment) == (after, "after")
        if passed and (name, moment) == (place, "before") and left:
            raise left.pop()

    with failpoints.watched(see):
        yield


async def test_what_was_sent_is_not_sent_again_because_writing_it_down_takes_too_long(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "WRITE_AGAIN_SECONDS", 0.01)
    await put(play, await play.family(), play.nora, "aino")
    with too_long("writer.begin", after="wire.send"):
        for _ in range(3):
            await play.settle()
            play.wait(minutes=2)
    assert heard(play.nora) == ["🧑 Young person"]


async def test_what_was_sent_is_not_sent_again_because_keeping_its_place_takes_too_long(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, button(play.nora, "attend/"))
    play.nora.taps(button(play.nora, "start/"))
    await play.takes_updates()
    with too_long("writer.begin", after="wire.send"):
        for _ in range(3):
            await play.settle()
            play.wait(minutes=2)
    assert [bubble.text.count("1/4") for bubble in play.aino.sees if "1/4" in bubble.text] == [1]

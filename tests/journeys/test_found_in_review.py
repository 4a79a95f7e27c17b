"""What a reader found who came fresh to the house: odd moments, each once a fault."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from telegram.request import BaseRequest

import storage
from bot import intake, polling
from bot.actions import invitations
from bot.chat import running
from bot.domain.errors import Reason
from bot.domain.letters import LetterKind
from bot.intake import Intake
from bot.messages import refusals
from bot.sandbox import shapes
from bot.sandbox.phones import Phone
from bot.sandbox.request import WorldRequest
from bot.sandbox.world import Trouble
from storage import Database, Transaction
from tests.stage import Play, buttons

ROOT = Path(__file__).parents[2]
BEFORE_NOW = "2026-03-01 00:00:00"
WAIT = Trouble(code=429, description="Too Many Requests", retry_after=1)


def note(play: Play, who: Phone, reason: Reason) -> str:
    return refusals.words(play.say(who), reason)


async def forgets(play: Play, who: Phone) -> None:
    await play.says(who, "/forget")
    await play.taps(who, "Yes, delete everything")


# Taking updates in


async def test_while_the_database_takes_nothing_no_update_is_confirmed(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tap is kept as soon as the disk is there again; Telegram isn't told before."""
    monkeypatch.setattr(intake, "TRY_AGAIN_SECONDS", 0.001)
    await play.starts_meeting(play.nora, await play.family())
    play.aino.taps("7")
    [tap] = [each.json() for each in play.world.updates.waiting]
    taken = Intake(play.bot.application, play.bot.house)
    with monkeypatch.context() as disk:
        disk.setattr(Database, "transaction", _full)
        taken.take([tap])
        await asyncio.sleep(0.1)
        assert taken.offset == tap["update_id"]
    await taken.quiet()
    assert taken.offset == tap["update_id"] + 1
    assert [row.score for row in await play.sql("SELECT score FROM draft_items")] == [70]
    assert await play.sql("SELECT id FROM updates WHERE parked") == []
    await play.settle()


@asynccontextmanager
async def _full(_: Database) -> AsyncIterator[Transaction]:
    raise OSError("no space left on device")
    yield


class OddServer(WorldRequest):
    """A server that answers getUpdates at once with whatever it was given, and counts how often it was asked."""

    def __init__(self, play: Play, answers: Sequence[bytes]) -> None:
        super().__init__(play.world)
        self.answers = list(answers)
        self.asked = 0

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        self.asked += 1
        return 200, self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


async def polls(play: Play, server: BaseRequest, *, seconds: float) -> None:
    task = asyncio.create_task(replace(play.bot.polling, request=server).run())
    done, _ = await asyncio.wait([task], timeout=seconds)
    assert not done
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.mark.parametrize(
    "answer", [b'{"ok":true,"result":[]}', b'{"ok":true,"result":[{}]}', b'{"ok":true,"result":{}}']
)
async def test_a_server_that_does_not_wait_is_not_asked_without_a_pause(play: Play, answer: bytes) -> None:
    server = OddServer(play, [answer])
    await polls(play, server, seconds=0.3)
    assert server.asked == 1


@pytest.mark.parametrize("answer", [b'{"ok":true}', b"[]", b"null"])
async def test_an_answer_of_an_odd_shape_does_not_end_the_poll(
    play: Play, answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "BACKOFF_SECONDS", (0.01,) * 4)
    server = OddServer(play, [answer, answer, b'{"ok":true,"result":[]}'])
    await polls(play, server, seconds=0.2)
    assert server.asked == 3


async def test_after_the_last_try_of_a_reply_nobody_waits(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    await play.starts_meeting(play.nora, await play.family())
    monkeypatch.setattr("bot.chat.running.asyncio.sleep", sleep)
    play.world.interrupt("editMessageText", WAIT, times=running.EDIT_TRIES)
    await play.taps(play.aino, "7")
    assert waits == [1.0, 1.0]


# Letters


async def test_after_an_outage_nobody_is_asked_for_a_meeting_that_takes_no_answers_any_more(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    play.world.interrupt("sendMessage", Trouble(code=429, description="Too Many Requests", retry_after=3 * 86400))
    await play.taps(play.nora, "▶️ Start a meeting", "▶️ Start, ask 1", "⏹ End the meeting", "⏹ End without asking")
    play.wait(days=4)
    await play.settle()
    assert play.aino.sees == ()
    assert [row.state for row in await play.sql("SELECT state FROM letters WHERE kind = 'request'")] == ["dead"]


async def test_a_letter_that_can_not_be_worded_is_dead_after_a_day_and_holds_nothing_up(play: Play) -> None:
    family = await play.family()
    [(person,)] = await play.sql(f"SELECT person_id FROM raters WHERE id = '{family.raters['aino']}'")
    async with play.database.transaction() as db:
        await storage.outbox.put(db, LetterKind.NOT_MINE, person, {}, key="odd", now=play.world.clock.now())
    await play.starts_meeting(play.nora, family)
    assert len(play.aino.sees) == 1
    play.wait(hours=24)
    await play.settle()
    letters = await play.sql("SELECT kind, state FROM letters WHERE state <> 'void' AND kind <> 'menu' ORDER BY id")
    assert [tuple(row) for row in letters] == [("not_mine", "dead"), ("request", "sent")]


# Those who aren't here any more


async def test_who_was_forgotten_and_then_blocks_the_bot_is_not_known_again(play: Play) -> None:
    await play.family("mother")
    await forgets(play, play.mother)
    before = await play.kept(but=frozenset({"updates"}))
    for change in (play.mother.blocks, play.mother.unblocks):
        change()
        await play.settle()
    assert await play.kept(but=frozenset({"updates"})) == before


async def test_a_channel_is_not_written_to(play: Play) -> None:
    channel = play.world.group("channel", by=play.otto)
    play.world.updates.clear()
    user, bot, now = play.otto.json(), play.world.bot.json(), play.world.clock.now()
    change: Mapping[str, Any] = shapes.membership(channel.chat, user=user, bot=bot, member=True, at=now)
    play.world.updates.put("my_chat_member", {**change, "chat": {**change["chat"], "type": "channel"}})
    await play.settle()
    assert channel.sees == ()


async def test_a_draft_in_a_case_that_was_closed_does_not_stand_in_the_way_of_start(play: Play) -> None:
    await play.starts_meeting(play.nora, await play.family())
    await play.change("UPDATE cases SET state = 'closed'")
    await play.says(play.aino, "/start")
    assert buttons(play.aino) == ["I have a code", "🌐 English"]


async def test_who_was_a_worker_here_before_can_become_another_one(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.change(f"UPDATE workers SET ended_at = '{BEFORE_NOW}'")
    await play.becomes_worker(play.nora, code="TAMMI-1")
    assert buttons(play.nora) == ["👣 First steps", "Cases", "New case", "⚙️ Settings", "❔ Help"]
    workers = await play.sql("SELECT code FROM workers WHERE person_id IS NOT NULL")
    assert [row.code for row in workers] == ["TAMMI-1"]


# Codes


@pytest.mark.parametrize("team", [" ", "p" * 65])
def test_a_team_needs_a_name_that_the_database_can_hold(team: str) -> None:
    environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "only for tests, and long enough for it"}
    command = [sys.executable, "-m", "bot", "invite", "worker", "--team", team, "--code", "KOIVU-27"]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    expected = "kuulolla: --team is expected to be a name of 1-64 characters\n"
    assert (done.returncode, done.stderr) == (1, expected)


async def invited(play: Play, code: str) -> invitations.Secrets:
    async with play.database.transaction() as db:
        _, made = await invitations.invite_worker(db, team="leppa", code=code, role=None, now=play.world.clock.now())
    return made


async def test_an_invitation_to_become_a_worker_who_has_left_is_like_a_wrong_code(play: Play) -> None:
    made = await invited(play, "TAMMI-1")
    await play.change(f"UPDATE workers SET ended_at = '{BEFORE_NOW}'")
    assert await play.opens(play.otto, made.link) == note(play, play.otto, Reason.CODE)


async def test_a_workers_invitation_is_not_used_up_by_the_button_of_a_families_one(play: Play) -> None:
    made = await invited(play, "TAMMI-1")
    await play.says(play.otto, "/start")
    before = await play.kept()
    assert await play.forges(play.otto, f"accept/{made.link}") == note(play, play.otto, Reason.CODE)
    assert await play.kept() == before


async def test_worker_codes_can_not_be_tried_out_by_forged_buttons(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.says(play.otto, "/start")
    said = []
    for number in range(7):
        await play.forges(play.otto, f"join/KOIVU-{number + 30}/mother/child")
        said.append(play.otto.screen.text)
    assert said == [note(play, play.otto, Reason.CODE)] * 5 + [note(play, play.otto, Reason.WAIT)] * 2

"""The database is lost and comes back from a backup: nothing is sent until somebody says so, and no alert is silent."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import storage
from bot.actions.resuming import Resumed, resume
from bot.domain.letters import LetterKind
from storage import Database, Vault, copies
from storage.backlog import Waiting
from tests.courier.test_alerts import becomes_lead, ends, hands_in, in_a_meeting, told
from tests.journeys.test_planned import at, plans, rang
from tests.journeys.test_settings import away, plans_leave
from tests.stage import Play, on_stage
from tests.storage.copies.places import Opening, emptied

__all__ = ["emptied"]
LOW = (1, 1, 2, 1)
KINDS = ("sqlite", "postgresql")
NOT_SENT = [
    ("alert", "dead", True),
    *[("card", "void", True)] * 2,
    *[("menu", "void", True)] * 2,
    ("picture", "void", True),
]
"""Of Nora and of Otto, who leads her team."""


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Where the backup is restored: on a database of each kind."""
    return str(request.param)


@asynccontextmanager
async def restored(play: Play, database: Database, vault: Vault, file: Path) -> AsyncIterator[Play]:
    """The database as it is now is lost; another one is filled from a backup of it, and the bot serves that."""
    now = play.world.clock.now()
    await copies.back_up(play.database, vault, file, now=now)
    await copies.restore(database, vault, file, now=now)
    async with on_stage(database, start=now) as again:
        await again.change("DELETE FROM updates")  # the new World counts its updates from the beginning,
        await again.change("DELETE FROM places")  # and has none of the old messages
        for phone in play.world.phones:
            getattr(again, phone.name).chat.known = True
        yield again


async def resumes(play: Play, *, drop: bool = False) -> Resumed | None:
    async with play.database.transaction() as db:
        return await resume(db, drop=drop, now=play.world.clock.now())


def waited(play: Play, **counts: int) -> list[Waiting]:
    """So many of each kind, since now."""
    return [Waiting(LetterKind(kind), count, play.world.clock.now()) for kind, count in counts.items()]


async def unsent(play: Play) -> list[tuple[str, str, bool]]:
    """What was ended at the resuming: kind, state and whether it may have been sent before."""
    rows = await play.sql("SELECT kind, state, unsure FROM letters WHERE outcome = 'restored' ORDER BY kind, id")
    return [(row.kind, row.state, bool(row.unsure)) for row in rows]


async def an_alert_waits(play: Play) -> None:
    """Aino's very low rating is in; the alert, the picture and the card about it haven't left."""
    await in_a_meeting(play)
    await hands_in(play, LOW)


async def test_a_restored_database_sends_nothing_until_it_is_told_to(
    play: Play, kind: str, emptied: Opening, vault: Vault, tmp_path: Path
) -> None:
    await an_alert_waits(play)
    async with restored(play, await emptied(kind), vault, tmp_path / "copy") as again:
        await again.settle()
        before = told(again.nora), await ends(again)
        await resumes(again)
        await again.settle()
        assert before == ([], [("waiting", False, None)])
        assert len(told(again.nora)) == 1


async def test_an_alert_that_may_have_been_sent_goes_out_marked_and_a_picture_is_left(
    play: Play, kind: str, emptied: Opening, vault: Vault, tmp_path: Path
) -> None:
    await an_alert_waits(play)
    async with restored(play, await emptied(kind), vault, tmp_path / "copy") as again:
        resumed = await resumes(again)
        await again.settle()
        assert resumed == Resumed(waited(again, alert=1, card=2, picture=1, menu=1), doubtful=5, dead=0, void=0)
        assert ["Sent once more" in alert for alert in told(again.nora)] == [True]
        assert [bubble for bubble in again.nora.sees if bubble.photo] == []
        assert await ends(again) == [("sent", True, "sent")]


async def test_what_is_older_than_a_day_is_not_sent_and_the_lead_hears_of_the_alert(
    play: Play, kind: str, emptied: Opening, vault: Vault, tmp_path: Path
) -> None:
    await becomes_lead(play, play.otto)
    await an_alert_waits(play)
    async with restored(play, await emptied(kind), vault, tmp_path / "copy") as again:
        alert, *others = waited(again, alert=1, card=2, picture=1, menu=2)
        a_day_later = replace(alert, kind=LetterKind.UNOPENED, since=alert.since + timedelta(hours=24))
        again.wait(hours=25)
        assert await resumes(again) == Resumed([alert, a_day_later, *others], doubtful=0, dead=1, void=5)
        await again.settle()
        assert (told(again.nora), await unsent(again)) == ([], NOT_SENT)
        assert again.otto.screen.text.startswith("🔔 An alert didn't arrive\n\nAlert 1 · KOIVU-27 · ")


async def test_nothing_that_waits_is_sent_when_it_is_dropped_and_no_alert_is_silent(
    play: Play, kind: str, emptied: Opening, vault: Vault, tmp_path: Path
) -> None:
    await becomes_lead(play, play.otto)
    await an_alert_waits(play)
    async with restored(play, await emptied(kind), vault, tmp_path / "copy") as again:
        all_of_it = waited(again, alert=1, card=2, picture=1, menu=2)
        assert await resumes(again, drop=True) == Resumed(all_of_it, doubtful=0, dead=1, void=5)
        await again.settle()
        assert (told(again.nora), await unsent(again)) == ([], NOT_SENT)
        assert again.otto.screen.text.startswith("🔔 An alert didn't arrive\n\nAlert 1 · KOIVU-27 · ")


async def test_a_dead_alert_gets_another_try(
    play: Play, kind: str, emptied: Opening, vault: Vault, tmp_path: Path
) -> None:
    await an_alert_waits(play)
    async with restored(play, await emptied(kind), vault, tmp_path / "copy") as again:
        again.wait(hours=25)
        await resumes(again)
        await again.settle()
        async with again.database.transaction() as db:
            (dead,) = await storage.dead_letters.all_of_them(db)
            assert await storage.dead_letters.again(db, dead.id, now=again.world.clock.now())
        await again.settle()
        assert (dead.kind, dead.alert, dead.worker, dead.outcome) == (LetterKind.ALERT, 1, "KOIVU-27", "restored")
        assert (len(told(again.nora)), await ends(again)) == (1, [("sent", True, "sent")])


async def test_who_rates_before_letters_are_sent_again_has_their_alert_unmarked(
    play: Play, kind: str, emptied: Opening, vault: Vault, tmp_path: Path
) -> None:
    await in_a_meeting(play)
    async with restored(play, await emptied(kind), vault, tmp_path / "copy") as again:
        again.wait(minutes=1)
        await again.says(again.aino, "/start")
        await hands_in(again, LOW)
        await resumes(again)
        await again.settle()
        assert ["Sent once more" in alert for alert in told(again.nora)] == [False]


async def test_only_a_restored_database_can_be_resumed_and_only_once(
    play: Play, kind: str, emptied: Opening, vault: Vault, tmp_path: Path
) -> None:
    assert await resumes(play) is None
    async with restored(play, await emptied(kind), vault, tmp_path / "copy") as again:
        assert await resumes(again) == Resumed([], 0, 0, 0)
        assert await resumes(again) is None


@pytest.mark.parametrize("drop", [False, True])
async def test_a_weekly_meeting_goes_on_and_a_planned_leave_begins_however_late(
    play: Play, kind: str, emptied: Opening, vault: Vault, tmp_path: Path, drop: bool
) -> None:
    family = await play.family("mother")
    await plans(play, family, "4.3. klo 14", "1️⃣ Only once")
    await plans_leave(play, "2026-03-05", "2026-03-16")
    async with restored(play, await emptied(kind), vault, tmp_path / "copy") as again:
        await at(again, "2026-03-07 11:00")
        assert await away(again) == 0
        await resumes(again, drop=drop)
        await again.settle()
        assert await away(again) == 1
        assert "Wed 11 Mar at 14:00, every week" in await again.to_the_case(again.nora, family)
        await at(again, "2026-03-11 12:00")
        assert rang(again) == [1, 1]


async def test_a_lead_who_was_to_hear_of_an_alert_is_not_left_in_silence(
    play: Play, kind: str, emptied: Opening, vault: Vault, tmp_path: Path
) -> None:
    await becomes_lead(play, play.otto)
    await an_alert_waits(play)
    play.nora.blocks()
    while not await play.sql("SELECT id FROM letters WHERE kind = 'undelivered'"):
        await play.takes_updates()
        await play.bot.courier.round()
    async with restored(play, await emptied(kind), vault, tmp_path / "copy") as again:
        await resumes(again)
        await again.settle()
        assert "Sent once more: it may have arrived before." in again.otto.screen.text

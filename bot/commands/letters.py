"""The command `letters`: what waits to be sent, what couldn't be, and another try for it. No client is named in it."""

import argparse
import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import storage
from bot.commands import ground
from bot.commands.ground import CommandError, ago
from bot.config import Settings
from storage.backlog import Waiting
from storage.dead_letters import DeadLetter
from storage.service import Memory


@dataclass(frozen=True)
class Outbox:
    """What there is to say; `restored_at` is set while nothing is sent because a backup was restored."""

    now: datetime
    waiting: Sequence[Waiting]
    planned: int
    dead: Sequence[DeadLetter]
    restored_at: datetime | None


def add(commands: Any) -> None:
    words = "what waits to be sent, and what couldn't be"
    letters = commands.add_parser("letters", help=words, description=words)
    letters.set_defaults(run=_letters)
    letters.add_argument("--again", metavar="ID", type=int, help="give a dead letter another try")
    letters.add_argument("--json", action="store_true", help="print one JSON object")


def _letters(settings: Settings, asked: argparse.Namespace) -> None:
    outbox = asyncio.run(_read(settings, asked.again))
    print(json.dumps(_as_json(outbox)) if asked.json else "\n".join(_as_text(outbox)))


async def _read(settings: Settings, again: int | None) -> Outbox:
    """The outbox, after giving that letter another try."""
    async with ground.opened(settings) as database:
        await ground.must_be_current(database)
        async with database.transaction() as db:
            now = ground.now()
            if again is not None and not await storage.dead_letters.again(db, again, now=now):
                raise CommandError(f"--again ({again}) is expected to be the number of a dead letter")
            return Outbox(
                now=now,
                waiting=await storage.backlog.waiting(db, now=now),
                planned=await storage.backlog.planned(db, now=now),
                dead=await storage.dead_letters.all_of_them(db),
                restored_at=await storage.service.read(db, Memory.RESTORED),
            )


def _as_json(outbox: Outbox) -> dict[str, Any]:
    return {
        "waiting": [
            {"kind": each.kind.value, "count": each.count, "oldest": _moment(each.since)} for each in outbox.waiting
        ],
        "planned": outbox.planned,
        "dead": [
            {
                "id": each.id,
                "kind": each.kind.value,
                "alert": each.alert,
                "worker": each.worker,
                "at": _moment(each.died_at),
                "outcome": each.outcome,
            }
            for each in outbox.dead
        ],
        "restored": _moment(outbox.restored_at) if outbox.restored_at else None,
    }


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _as_text(outbox: Outbox) -> Iterator[str]:
    if outbox.restored_at:
        yield "This database came from a backup: nothing is sent until `python -m bot resume`."
    yield f"Waiting: {sum(each.count for each in outbox.waiting)}; planned for later: {outbox.planned}"
    for waits in outbox.waiting:
        yield f"  {waits.count:>6}  {waits.kind:<14}  the oldest for {ago(waits.since, now=outbox.now)}"
    yield f"Dead: {len(outbox.dead)}"
    for dead in outbox.dead:
        named = f"{dead.kind} {dead.alert}" if dead.alert is not None else dead.kind.value
        yield (
            f"  {dead.id:>6}  {named:<20}  {dead.worker or '–':<12}"
            f"  {dead.died_at:%Y-%m-%d %H:%M} UTC  {dead.outcome or '–'}"
        )

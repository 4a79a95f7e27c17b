"""The real bot that histories are played on: one World, one database, both brought back to the same beginning.

A restart makes all anew that a program has in memory, but for the connection to the database: that a dead program's
transaction leaves nothing behind is proved by kills.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Table, delete, insert, select, update

from bot import app
from bot.app import KuulollaApplication
from bot.courier.loop import Courier
from bot.flood import Flood
from bot.heartbeat import Heartbeat
from bot.house import House
from bot.in_hand import InHand
from bot.intake import Intake
from bot.running import Running
from bot.sandbox.world import World
from storage import Database, schema
from tests.stage import Family, Play, on_stage

CHANGING: Sequence[Table] = (
    schema.sessions,
    schema.session_raters,
    schema.drafts,
    schema.draft_items,
    schema.ratings,
    schema.alerts,
    schema.letters,
    schema.places,
    schema.service,
)
"""Tables that a history may change, those that others refer to first."""
NOBODY_IS_FLOODED = 10_000


@dataclass
class Bot:
    """One life of the program."""

    house: House
    application: KuulollaApplication
    intake: Intake
    courier: Courier

    @classmethod
    async def begins(cls, running: Running, now: Callable[[], datetime]) -> "Bot":
        house = replace(running.house, now=now, letters_waiting=asyncio.Event(), in_hand=InHand())
        application = app.build(running.application.bot, house)
        await application.initialize()
        bot = cls(house, application, Intake(application, house, flood=Flood(burst=NOBODY_IS_FLOODED)), Courier(house))
        await Heartbeat(house, now).beat()
        return bot

    async def dies(self) -> None:
        """Whatever it was doing."""
        tasks = list(self.intake._chains.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@dataclass
class Place:
    """Where all histories begin: a family, and the rows that the database has then."""

    play: Play
    family: Family
    rows: Mapping[Table, Sequence[Row[Any]]]
    began: datetime
    ticks: "itertools.count[int]"

    @property
    def world(self) -> World:
        return self.play.world

    @property
    def database(self) -> Database:
        return self.play.database

    def now(self) -> datetime:
        """No two moments are the same, as with a real clock."""
        return self.world.clock.now() + timedelta(microseconds=next(self.ticks))

    async def keep(self) -> None:
        """What is there now is the beginning, but for what was done and where it was shown."""
        async with self.database.transaction() as db:
            await db.change(delete(schema.updates))
            await db.change(delete(schema.places))
            self.rows = {table: await db.rows(select(table)) for table in CHANGING}
        self.began = self.world.clock.now()

    async def again(self) -> Bot:
        """The beginning, with a bot that has just started."""
        async with self.database.transaction() as db:
            for table in (schema.updates, *reversed(CHANGING)):
                await db.change(delete(table))
            await db.change(update(schema.persons).values(held_until=None, gone_at=None))
            for table, rows in self.rows.items():
                for row in rows:
                    await db.change(insert(table).values(**row._mapping))
        self.world.empty()
        self.world.clock.travel(self.began)
        self.ticks = itertools.count()
        for phone in self.world.phones:
            phone.chat.known = True
        return await Bot.begins(self.play.bot, self.now)


@asynccontextmanager
async def opened(database: Database) -> AsyncIterator[Place]:
    """A worker with one case: a young person, a child and their mother. Nothing has been asked yet."""
    async with on_stage(database) as play:
        family = await play.family("bo", "mother")
        play.world.updates.clear()
        place = Place(play, family, {}, play.world.clock.now(), itertools.count())
        await place.keep()
        yield place

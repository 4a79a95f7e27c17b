"""The cast on its stage: the real Application on a World of memory, and people who say and tap.

`play.settle()` lets everything happen that is on its way: updates are taken in, letters are carried out. What is shown
must be within Telegram's limits, every button must lead somewhere, and no update may be given up.
"""

from collections.abc import AsyncIterator, Hashable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Executable, Row, select, text

import storage
from bot.actions import cases, invitations
from bot.app import PRESSES
from bot.charts.series import Picture, Trend
from bot.charts.studio import Studio
from bot.config import Settings
from bot.domain.people import AgeBand, Kind, Person
from bot.flood import Flood
from bot.i18n import Language, language
from bot.intake import Intake
from bot.running import Running, running
from bot.sandbox.chats import Bubble, Key
from bot.sandbox.clock import Clock
from bot.sandbox.phones import Phone
from bot.sandbox.pictures import blank_png
from bot.sandbox.request import WorldRequest
from bot.sandbox.world import World
from storage import Database, schema

TOKEN = "7000000001:a-token-of-the-tests-only"
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PEOPLE = {
    "nora": "worker",
    "aino": "young person, 15",
    "bo": "child, 9",
    "mother": "mother",
    "father": "father",
    "school": "teacher",
    "otto": "worker of another team",
}
VERBS = frozenset(each.verb for each in PRESSES)
PASSING = frozenset({"updates", "persons", "wrong_codes", "traces"})
"""Tables that remember who came, what was tried and what was shown, whatever came of it."""


class Sketches(Studio):
    """A studio that keeps what it is asked to draw and draws nothing: the same blank sheet for everything."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn: list[Picture] = []
        self.printed: list[Picture] = []

    async def png(self, picture: Picture, *, whose: Hashable = None) -> bytes:
        self.drawn.append(picture)
        return blank_png(320, 240)

    async def pdf(self, picture: Picture, *, whose: Hashable = None) -> bytes:
        self.printed.append(picture)
        return b"%PDF-1.4\n%%EOF\n"


@dataclass(frozen=True)
class Family:
    """A case of Nora's with the people in it, each on their own phone: the ids by the names of the phones."""

    case: str
    label: str
    raters: dict[str, str]


@dataclass(frozen=True, order=True)
class Given:
    """A rating as it is stored: by whom, about which subject (its age; none for the alliance), in which meeting from 1
    (0: in none), tied to which worker code."""

    rater: str
    instrument: str
    about: str
    scores: tuple[int, ...]
    meeting: int
    worker: str


@dataclass
class Play:
    """One story: the World with its phones, and the bot behind it."""

    world: World
    bot: Running
    database: Database
    studio: Studio
    came: list[dict[str, Any]] = field(default_factory=list)
    """The updates that were handed in last."""

    def __getattr__(self, name: str) -> Phone:
        if name not in PEOPLE:
            raise AttributeError(name)
        return self.world.phone(name, title=name.title(), about=PEOPLE[name], language="en")

    @property
    def drawn(self) -> list[Picture]:
        """What the pictures show that were asked for, oldest first."""
        assert isinstance(self.studio, Sketches)
        return self.studio.drawn

    @property
    def trends(self) -> list[Trend]:
        """Those of them that are trend pictures."""
        return [each for each in self.drawn if isinstance(each, Trend)]

    @property
    def printed(self) -> list[Picture]:
        """What the pages for print show that were asked for, oldest first."""
        assert isinstance(self.studio, Sketches)
        return self.studio.printed

    # What happens

    async def settle(self) -> None:
        """Let everything happen that can happen now."""
        busy, self.came = True, []
        while busy:
            busy = await self.takes_updates()
            while await self.bot.courier.round():
                busy = True
        self.world.updates.clear()
        self._every_button_leads_somewhere()

    async def takes_updates(self) -> bool:
        """What has been tapped and said has its effect and its reply; letters stay where they are."""
        waiting = [each.json() for each in self.world.updates.waiting]
        self.came += [each for each in waiting if each not in self.came]
        fresh = self.bot.intake.take(waiting)
        await self.bot.intake.quiet()
        return bool(fresh)

    def _every_button_leads_somewhere(self) -> None:
        shown = {data.split("/")[0] for phone in self.world.phones for data in datas(phone)}
        assert shown <= VERBS

    async def comes_again(self) -> None:
        """What was handed in last comes again, as after a restart that came before Telegram knew."""
        after_restart = Intake(self.bot.application, self.bot.house, flood=Flood(burst=10_000))
        after_restart.take(self.came)
        await after_restart.quiet()
        while await self.bot.courier.round():
            pass
        self._every_button_leads_somewhere()

    async def says(self, who: Phone, text: str) -> str:
        """They write; what the bot's newest message says then."""
        who.says(text)
        await self.settle()
        return who.screen.text

    async def opens(self, who: Phone, token: str) -> str:
        """They open a link with this token; what the bot's newest message says then."""
        who.opens(f"https://t.me/{self.world.bot.username}?start={token}")
        await self.settle()
        return who.screen.text

    async def taps(self, who: Phone, *buttons: str, message: Bubble | None = None) -> str:
        """They tap these buttons, one after another, each on what is shown by then."""
        for button in buttons:
            who.taps(button, message=message)
            await self.settle()
        return who.screen.text

    async def taps_again(self, who: Phone) -> str:
        """They tap the same button once more, on the same message."""
        who.taps_again()
        await self.settle()
        return who.screen.text

    async def forges(self, who: Phone, data: str, *, at: Bubble | None = None) -> str:
        """They send what no button of ours says; the note over the chat that answers it, if one does."""
        return await self.note(who, data, (at or who.screen).id)

    async def note(self, who: Phone, data: str, message_id: int) -> str:
        """They press what says `data` on a message that may be gone; the note over the chat, if one answers it."""
        before = who.toasts
        who.forges(data, message_id)
        await self.settle()
        return next((each.text for each in who.toasts if not any(each is old for old in before)), "")

    async def rates(self, who: Phone, *scores: int) -> str:
        """They tap four numbers and send them."""
        return await self.taps(who, *(str(score) for score in scores), "✓ Send")

    def wait(self, **time: float) -> None:
        self.world.move_clock(timedelta(**time))

    # Who is there

    async def becomes_worker(self, who: Phone, *, team: str = "pihlaja", code: str = "KOIVU-27") -> None:
        async with self.database.transaction() as db:
            _, made = await invitations.invite_worker(db, team=team, code=code, role=None, now=self.world.clock.now())
        await self.opens(who, made.link)

    async def family(self, *others: str, worker: Phone | None = None) -> Family:
        """Nora and a case of hers with Aino and these others, all joined by invitation, and nothing more to tell."""
        nora = worker or self.nora
        async with self.database.transaction() as db:
            known = await storage.workers.of_person(db, (await self._met(db, nora)).id)
        if known is None:
            await self.becomes_worker(nora)
        async with self.database.transaction() as db:
            family = await self._family(db, nora, others)
            await storage.outbox.void_all(db, now=self.world.clock.now())
        return family

    async def _met(self, db: storage.Transaction, who: Phone) -> Person:
        who.chat.known = True
        now = self.world.clock.now()
        return await storage.people.meet(db, telegram_id=who.id, language=who.language, now=now)

    async def _family(self, db: storage.Transaction, nora: Phone, others: Sequence[str]) -> Family:
        worker, now, at = await self._met(db, nora), self.world.clock.now(), timedelta(microseconds=1)
        view = await cases.open_case(db, worker, AgeBand.ADOLESCENT, now=now)
        for number, name in enumerate(others, 1):
            if name == "bo":
                view = await cases.add_client(db, worker, view.case.id, AgeBand.CHILD, now=now + number * at)
            else:
                view = await cases.add_collateral(db, worker, view.case.id, Kind(name), now=now + number * at)
        raters = {name: view.case.raters[place].id for place, name in enumerate(("aino", *others))}
        for name, rater in raters.items():
            _, _, made = await invitations.invite_rater(db, worker, rater, now=now)
            await invitations.take_invitation(db, await self._met(db, getattr(self, name)), made.link, now=now)
        return Family(view.case.id, view.case.label, raters)

    async def to_the_case(self, nora: Phone, family: Family) -> str:
        """Nora opens the card of the family's case."""
        await self.says(nora, "/start")
        await self.taps(nora, button(nora, "cases"))
        return await self.taps(nora, button(nora, f"case/{family.case}"))

    async def starts_meeting(self, nora: Phone, family: Family) -> str:
        """Nora starts a meeting with who is ticked; her card says how far everybody is."""
        await self.to_the_case(nora, family)
        await self.taps(nora, button(nora, "attend/"))
        return await self.taps(nora, button(nora, "start/"))

    async def meets(self, family: Family, who: Phone, *, before: int, after: int) -> None:
        """Nora meets all of them, and one answers, the same number to each item; then a week goes by."""
        await self.starts_meeting(self.nora, family)
        await self.rates(who, *[before] * 4)
        await self.taps(self.nora, "⏱ Time to close")
        await self.rates(who, *[after] * 4)
        await self.taps(self.nora, "⏹ End the meeting")
        self.wait(days=7)

    def say(self, who: Phone) -> Language:
        """The language that this phone speaks, for comparing with words of the bot."""
        return language(who.language)

    # What is kept

    async def sql(self, statement: Executable | str) -> Sequence[Row[Any]]:
        async with self.database.transaction() as db:
            return await db.rows(text(statement) if isinstance(statement, str) else statement)

    async def change(self, statement: str) -> None:
        async with self.database.transaction() as db:
            await db.change(text(statement))

    async def kept(self, *, but: frozenset[str] = PASSING) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that the database has, table by table."""
        async with self.database.transaction() as db:
            return {
                table.name: sorted((tuple(row) for row in await db.rows(select(table))), key=repr)
                for table in schema.metadata.sorted_tables
                if table.name not in but
            }

    async def given(self) -> list[Given]:
        """All ratings that are stored."""
        r, w, s = schema.ratings.c, schema.workers.c, schema.subjects.c
        question = (
            select(schema.ratings, w.code, s.band.label("about"), schema.raters.c.person_id)
            .join(schema.workers, w.id == r.worker_id)
            .join(schema.raters, schema.raters.c.id == r.rater_id)
            .outerjoin(schema.subjects, s.id == r.subject_id)
        )
        meetings = select(schema.sessions.c.id).order_by(schema.sessions.c.started_at)
        async with self.database.transaction() as db:
            number = {row.id: place for place, row in enumerate(await db.rows(meetings), 1)}
            rows = await db.rows(question)
            names = {(await self._met(db, phone)).id: phone.name for phone in self.world.phones}
        return sorted(
            Given(
                names[row.person_id],
                row.instrument,
                row.about or "",
                (row.item1, row.item2, row.item3, row.item4),
                number.get(row.session_id, 0),
                row.code,
            )
            for row in rows
        )


def keys(bubble: Bubble) -> list[Key]:
    return [key for row in bubble.keyboard for key in row]


def buttons(who: Phone) -> list[str]:
    """The texts of the buttons under the newest message, row by row."""
    return [text for row in who.screen.labels for text in row]


def datas(who: Phone) -> list[str]:
    """What all buttons in this chat say to the bot."""
    return [key.data for bubble in who.sees if bubble.author is None for key in keys(bubble) if key.data]


def button(who: Phone, data: str) -> str:
    """The text of the newest button whose data begins like this."""
    for bubble in reversed(who.sees):
        for key in keys(bubble):
            if key.data is not None and key.data.startswith(data):
                return key.text
    raise AssertionError(f"{who.name} sees no button {data}, only {datas(who)}")


def data(who: Phone, beginning: str) -> str:
    """The whole data of the newest button whose data begins like this."""
    for bubble in reversed(who.sees):
        for key in keys(bubble):
            if key.data is not None and key.data.startswith(beginning):
                return key.data
    raise AssertionError(f"{who.name} sees no button {beginning}, only {datas(who)}")


@asynccontextmanager
async def on_stage(
    database: Database,
    *,
    start: datetime = MONDAY,
    studio: Studio | None = None,
    settings: Mapping[str, str] | None = None,
) -> AsyncIterator[Play]:
    """`studio` draws the pictures; without one they stay blank, and the play knows what they would show."""
    world, studio = World(Clock.at(start)), studio or Sketches()
    known = {"BOT_TOKEN": TOKEN, "SECRET_KEY": "only for tests, and long enough for it"}
    request, polling = WorldRequest(world), WorldRequest(world)
    patient = Flood(burst=10_000)  # a play taps faster than anybody can
    async with running(
        Settings.from_env({**known, **(settings or {})}),
        database,
        now=world.clock.now,
        request=request,
        polling=polling,
        studio=studio,
        flood=patient,
    ) as bot:
        play = Play(world, bot, database, studio)
        yield play
        assert await play.sql("SELECT id FROM updates WHERE parked") == []
    assert world.complaints == []

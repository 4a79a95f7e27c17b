"""Plays the steps of one history on the real bot and on the model, and compares them after each.

What people do becomes updates that stand in line until they are delivered. What was delivered has had its effect when
the step ends, so bot and model have taken in the same.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import singledispatchmethod
from typing import Any

from bot.app import author
from bot.sandbox.chats import Bubble
from bot.sandbox.phones import Phone
from bot.sandbox.world import Trouble
from tests.faults.histories import steps
from tests.faults.histories.comparing import Sight, all_same, same
from tests.faults.histories.house import Bot, Place
from tests.faults.histories.model import Model
from tests.faults.histories.screens import says, words

TICK = timedelta(seconds=1, milliseconds=13)
STILL_BROUGHT = timedelta(hours=24)
"""Telegram keeps an update for a day; what is older doesn't come again."""
ATTENDING = 0b101
"""Aino and the mother are here; Bo is not."""
GONE = Trouble(400, "Bad Request: message to edit not found")
NOT_NOW = Trouble(429, "Too Many Requests: retry after 30", retry_after=30)


@dataclass
class Life:
    """One history: the bot as it lives now, the model, and what Telegram has still to bring."""

    place: Place
    bot: Bot
    model: Model
    sight: Sight
    line: list[dict[str, Any]] = field(default_factory=list)
    done: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)
    screens: dict[str, list[Bubble]] = field(default_factory=lambda: defaultdict(list))

    async def plays(self, history: Sequence[steps.Step]) -> None:
        for step in history:
            self.place.world.move_clock(TICK)
            await self.does(step)
        await self._comes_to_rest()

    # What people do

    @singledispatchmethod
    async def does(self, step: steps.Step) -> None:
        raise NotImplementedError(step)

    @does.register
    async def _(self, step: steps.Tap) -> None:
        if self._tap(step.who, step.verb, str(step.number), step.age) and not step.held:
            await self._polled()

    def _tap(self, who: str, verb: str, number: str, age: int) -> bool:
        """Whether there is such a button. Of several on a screen the one with the number, else the first."""
        having = [each for each in reversed(self.screens[who]) if any(word[0] == verb for word in words(each))]
        if not having:
            return False
        screen = having[min(age, len(having) - 1)]
        choice = [each for each in words(screen) if each[0] == verb]
        said = next((each for each in choice if each[-1] == number), choice[0])
        self._phone(who).forges("/".join(said), screen.id)
        self._stands_in_line()
        return True

    @does.register
    async def _(self, step: steps.Rates) -> None:
        await self.does(steps.Says(step.who))
        for score in step.scores:
            if self._tap(step.who, "answer", str(score), 0):
                await self._polled()
        if step.sends and self._tap(step.who, "send", "", 0):
            await self._polled()

    @does.register
    async def _(self, step: steps.Says) -> None:
        self._phone(step.who).says("/start")
        self._stands_in_line()
        if not step.held:
            await self._polled()

    @does.register
    async def _(self, step: steps.Looks) -> None:
        given = sorted(key for key in self.model.given if key[1] == step.who)
        draft = self.sight.ids[given[-1 - step.age % len(given)]]
        self._phone(step.who).forges(f"given/{draft}", self._last(step.who))
        self._stands_in_line()
        if not step.held:
            await self._polled()

    @does.register
    async def _(self, step: steps.Corrects) -> None:
        await self.does(steps.Looks(step.who, step.age))
        wanted = [("reopen", 0), ("change", step.item), ("answer", step.score), *([("send", 0)] if step.sends else [])]
        for verb, number in wanted:
            await self.does(steps.Tap(step.who, verb, number))

    @does.register
    async def _(self, step: steps.Deletes) -> None:
        if self._phone(step.who).sees:
            self._phone(step.who).deletes(self._phone(step.who).sees[-1])

    @does.register
    async def _(self, step: steps.Meets) -> None:
        verb = self.model.next_in_a_meeting if step.verb == "next" else step.verb
        which = self.sight.meetings[-1 - step.age % len(self.sight.meetings)] if self.sight.meetings else ""
        case = f"start/{self.place.family.case}/{ATTENDING}"
        self.place.play.nora.forges(case if verb == "start" else f"{verb}/{which}", 1)
        self._stands_in_line()
        if not step.held:
            await self._polled()

    # How it comes to the bot

    @does.register
    async def _(self, step: steps.Delivers) -> None:
        if self.line:
            raw = self.line[step.place % len(self.line)]
            assert all(await asyncio.gather(*[self.bot.intake.taken(raw) for _ in range(step.times)]))
            await self._has_come([raw])

    @does.register
    async def _(self, _step: steps.Polls) -> None:
        await self._polled()

    @does.register
    async def _(self, step: steps.Again) -> None:
        known = self._still_brought()
        if known:
            raw = known[-1 - step.back % len(known)]
            assert await self.bot.intake.taken(raw)
            await self._has_come([], again=[raw])

    @does.register
    async def _(self, step: steps.Restarts) -> None:
        self.bot.intake.take(self.line)
        for _ in range(step.moments):
            await asyncio.sleep(0)
        await self.bot.dies()
        self._passes_by()
        self.bot = await Bot.begins(self.place.play.bot, self.place.now)
        confirmed = self._still_brought()[-step.confirmed :] if step.confirmed else []
        await self._polled(confirmed)

    def _passes_by(self) -> None:
        """What the dying bot has shown was so at some moment on its way, and stands in the chat like any old screen."""
        for who in steps.RATERS:
            self.screens[who] += self._new_on(self._phone(who))

    def _still_brought(self) -> list[dict[str, Any]]:
        since = self.place.world.clock.now() - STILL_BROUGHT
        return [raw for at, raw in self.done if at >= since]

    # What happens in the world

    @does.register
    async def _(self, step: steps.Waits) -> None:
        self.place.world.move_clock(timedelta(seconds=step.seconds))

    @does.register
    async def _(self, _step: steps.Letters) -> None:
        while await self.bot.courier.round():
            pass
        await self._looks()

    @does.register
    async def _(self, step: steps.Refuses) -> None:
        self.place.world.interrupt("editMessageText", NOT_NOW if step.for_now else GONE)

    # Delivering and looking

    def _phone(self, who: str) -> Phone:
        phone: Phone = getattr(self.place.play, who)
        return phone

    def _last(self, who: str) -> int:
        """Where they tap what they remember."""
        return max((each.id for each in self._phone(who).sees), default=1)

    def _stands_in_line(self) -> None:
        self.line += [each.json() for each in self.place.world.updates.waiting]
        self.place.world.updates.clear()

    async def _polled(self, confirmed: Sequence[dict[str, Any]] = ()) -> None:
        """Everything in line is taken in, in its order."""
        raws = list(self.line)
        self.bot.intake.take([*raws, *confirmed])
        await self.bot.intake.quiet()
        await self._has_come(raws, again=confirmed)

    async def _has_come(self, raws: Sequence[dict[str, Any]], *, again: Sequence[dict[str, Any]] = ()) -> None:
        now = self.place.world.clock.now()
        self.line = [each for each in self.line if each not in raws]
        for raw in sorted(raws, key=lambda each: int(each["update_id"])):
            self.sight.tells(self.model, raw, self.place.now())
            self.done.append((now, raw))
        await self._looks([*raws, *again])

    async def _looks(self, came: Sequence[dict[str, Any]] = ()) -> None:
        """Everything is as the model says: the database, and each screen that is new after what `came`."""
        now = self.place.now()
        await self.sight.learns(self.place.database, self.model)
        all_same(await self.sight.kept(self.place.database), self.sight.meant(self.model))
        for who in steps.RATERS:
            tapped = [self.sight.draft_of(each) for each in came if self._is_by(who, each)]
            for bubble in self._new_on(self._phone(who)):
                self.sight.judges(bubble, [each for each in tapped if each], self.model, now)
                self.screens[who].append(bubble)

    def _is_by(self, who: str, raw: dict[str, Any]) -> bool:
        return author(raw) == self._phone(who).id

    def _new_on(self, phone: Phone) -> list[Bubble]:
        known = self.screens[phone.name]
        shown = [each for each in phone.sees if each.author is None]
        return [each for each in shown if not any(each is old for old in known)]

    # The end

    async def _comes_to_rest(self) -> None:
        """All that is on its way comes; then /start shows each the present screen."""
        await self._polled()
        self.place.world.move_clock(timedelta(minutes=2))
        await self.does(steps.Letters())
        for who in steps.RATERS:
            before = len(self.screens[who])
            await self.does(steps.Says(who))
            shown = [says(each) for each in self.screens[who][before:]]
            same([each for each in shown if each], self.sight.present(self.model, who, self.place.now()))
        assert self.place.world.complaints == []

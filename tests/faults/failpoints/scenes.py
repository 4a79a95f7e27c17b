"""What happens in the story, scene by scene: together they come to every failpoint of a bot that serves.

A scene begins where an opening ends: `case` (Nora, a worker; Otto, who leads her team; a case with Aino, her mother and
a place for her father), `meeting` (the same in a meeting, in which Aino and her mother have been asked) or `answered`
(Aino has answered so that an alert will be raised, and has only to hand it in).
"""

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import storage
from bot.actions import cases, handing_over
from bot.domain.people import Kind
from bot.heartbeat import Heartbeat
from bot.sandbox.phones import Phone
from bot.sandbox.world import Trouble
from storage import Database
from storage.vault import Vault
from tests.courier.test_alerts import becomes_lead
from tests.faults.failpoints.stories import SAVED, SECRET, TRIES, Story, buttons_of, newest, sees

Step = Callable[[Story], Awaitable[None]]

LOW: Final = (1, 1, 2, 1)
WELL: Final = (7, 6, 8, 9)
PIN: Final = "4826"
LINK: Final = re.compile(r"https://t\.me/\S+")
SOON: Final = Trouble(429, "Too Many Requests: retry after 3", retry_after=3)
LATER: Final = Trouble(429, "Too Many Requests: retry after 30", retry_after=30)
TOO_OLD: Final = Trouble(400, "Bad Request: message can't be deleted for everyone")
SERVES_SECONDS: Final = 5.0
A_MOMENT: Final = 1.0


@dataclass(frozen=True)
class Scene:
    """`twice`: what it is about needs two programs on one database."""

    opening: str
    steps: tuple[Step, ...]
    twice: bool = False


# Openings


async def case(play: Story) -> None:
    family = await play.family("mother")
    await becomes_lead(play, play.otto)
    async with play.database.transaction() as db:
        nora = await play._met(db, play.nora)
        now = play.world.clock.now() + timedelta(seconds=1)
        await cases.add_collateral(db, nora, family.case, Kind.FATHER, now=now)
        await storage.outbox.void_all(db, now=now)
    await play.settle()


async def meeting(play: Story) -> None:
    await case(play)
    for data, then in (("cases", "case/"), ("case/", "attend/"), ("attend/", "start/"), ("start/", "close/")):
        await play.presses(play.nora, data, then)


async def answered(play: Story) -> None:
    await meeting(play)
    for item, score in enumerate(LOW, 1):
        draft = next(buttons_of(play.aino, "answer/"))[0].split("/")[1]
        await play.presses(
            play.aino, f"answer/{draft}/{item}/{score}", f"answer/{draft}/{item + 1}/" if item < 4 else "send/"
        )


OPENINGS: Final[Mapping[str, Step]] = {"case": case, "meeting": meeting, "answered": answered}


# Steps


def tells(name: str, text: str, then: str) -> Step:
    return lambda play: play.tells(who(play, name), text, then)


def presses(name: str, data: str, then: str) -> Step:
    return lambda play: play.presses(who(play, name), data, then)


def answers(name: str, *scores: int) -> Step:
    return lambda play: play.answers(who(play, name), *scores)


def who(play: Story, name: str) -> Phone:
    return play.world.phone(name, title=name.title(), about=name, language="en")


def joins(name: str) -> tuple[Step, ...]:
    """By Nora's code."""
    asked = presses(name, "consent/KOIVU-27/client/adult", "join/")
    return tells(name, "KOIVU-27", "consent/"), asked, presses(name, "join/", "begin/")


def troubled(method: str, trouble: Trouble, step: Step) -> Step:
    """The next call of this method goes wrong while the step goes on."""

    async def happens(play: Story) -> None:
        play.world.interrupt(method, trouble)
        await step(play)

    return happens


async def looks_at_father(play: Story) -> None:
    """Who has no phone yet."""
    rows = await play.sql("SELECT id FROM raters WHERE kind = 'father'")
    await play.presses(play.nora, f"rater/{rows[0].id}", "invite/")


async def opens_the_link(play: Story) -> None:
    text = next(each.text for each in newest(play.nora) if LINK.search(each.text))
    found = LINK.search(text)
    assert found
    await play.until(play.father, lambda: play.father.opens(found[0]), "accept/")


async def blocks_unheard(play: Story) -> None:
    """Nora blocks the bot, which isn't told."""
    play.nora.blocked = True


async def blocks(play: Story) -> None:
    play.nora.blocks()
    await play.settle()


async def forges_a_button(play: Story) -> None:
    """Otto asks for a case that there isn't."""
    if not play.redoing:
        play.otto.forges("case/elsewhere", 1)
    await play.settle()


async def sends_what_cannot_be_read(play: Story) -> None:
    """A message and a tap of Aino that no library can decode."""
    aino = play.aino.json()
    chat = {"id": play.aino.id, "type": "private"}
    if not play.redoing:
        play.world.updates.put_shape("message", {"message": {"from": aino, "chat": chat}})
        play.world.updates.put_shape("callback_query", {"callback_query": {"id": "1", "from": aino}})
    await play.settle()


async def beats(play: Story) -> None:
    """The heart beats on when it has missed once."""
    for _ in range(TRIES):
        before = len(play.troubles)
        await play.works(lambda: Heartbeat(play.bot.house, play.world.clock.now).beat())
        if len(play.troubles) == before:
            break
    await play.settle()


async def a_day(play: Story) -> None:
    """The same heart beats a day later."""
    heart = Heartbeat(play.bot.house, play.world.clock.now)
    if not play.redoing:
        play.world.move_clock(timedelta(days=1))
    for _ in range(TRIES):
        await play.works(heart.beat)
        if play.bot.house is not heart._house:
            heart = Heartbeat(play.bot.house, play.world.clock.now)
    await play.settle()


async def a_minute(play: Story) -> None:
    """What comes now is later than what was before, also where it counts which was first."""
    if not play.redoing:
        play.world.move_clock(timedelta(minutes=1))


async def ten_minutes(play: Story) -> None:
    play.world.move_clock(timedelta(minutes=10))


async def looks_at_her_picture(play: Story) -> None:
    """Aino's own picture comes, and goes again by itself."""
    if not play.redoing:
        play.aino.forges(*next(buttons_of(play.aino, "mine/")))
    await play.settle()


async def evening(play: Story) -> None:
    if not play.redoing:
        play.world.move_clock(timedelta(hours=7, minutes=30))
    await play.settle()


async def serves(play: Story) -> None:
    """The bot polls and carries letters by itself, and is told to stop when nothing waits any more."""
    if not play.redoing:
        play.aino.says("/start")
    for _ in range(TRIES):
        await play.works(lambda: _serves(play))
        if not play.world.updates.waiting:
            break
    await play.settle()
    if not sees(play.aino, "languages"):
        await play.tells(play.aino, "/start", "languages")


async def _serves(play: Story) -> None:
    bot = play.bot
    works = (bot.polling.run(), bot.courier.run(), bot.house.post.warm())
    tasks = [asyncio.create_task(each) for each in works]
    try:
        async with asyncio.timeout(SERVES_SECONDS):
            while (play.world.updates.waiting or not play.world.updates.allowed) and not tasks[0].done():
                await asyncio.sleep(0.005)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await bot.intake.leave()


async def stops_before_it_leaves(play: Story) -> None:
    """A letter to Aino is claimed, her chat is busy, and the courier is told to stop."""
    if not play.redoing:
        play.nora.forges(*next(buttons_of(play.nora, "close/")))
    await play.works(play._takes)
    async with play.database.transaction() as db:
        aino = await play._met(db, play.aino)
    async with play.bot.house.writing_to(aino.id):
        await play.works(lambda: _carries_for_a_moment(play))
    await play.settle()


async def _carries_for_a_moment(play: Story) -> None:
    task = asyncio.create_task(play.bot.courier.run())
    await _until(lambda: bool(play.bot.courier._carrying) or task.done())
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def comes_while_another_program_is_in(play: Story) -> None:
    """What Aino says waits for another program that is alone with her, and then goes on."""
    other = Database(play.url, Vault(SECRET))
    try:
        if not play.redoing:
            play.aino.says("/start")
        async with other.alone(f"person/{play.aino.id}"):
            taking = asyncio.create_task(play.works(play._takes))
            await _until(lambda: waits_for_others(play) or taking.done())
        await taking
    finally:
        await other.close()
    await play.settle()


def waits_for_others(play: Story) -> bool:
    """Whether this program stands in PostgreSQL's line."""
    locks = play.database._alone._locks
    return locks is not None and locks._waiting > 0


async def _until(happened: Callable[[], bool]) -> None:
    """Or a moment longer than it takes: a fault may have kept it from happening."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(A_MOMENT):
            while not happened():
                await asyncio.sleep(0.002)
    await asyncio.sleep(0.01)


async def is_offered_to_otto(play: Story) -> None:
    """Nora wants to hand her case over to the lead of her team."""
    to = (await play.sql("SELECT id FROM workers WHERE code = 'JOHTO-1'"))[0].id
    case = (await play.sql("SELECT id FROM cases"))[0].id
    if not await play.sql("SELECT id FROM case_offers"):
        play.nora.forges(f"offer/{case}/{to}/hand_over", 1)
    await play.settle()


async def is_shared_with_otto(play: Story) -> None:
    """Nora's case is his as well."""
    if len(await play.sql("SELECT worker_id FROM case_workers")) == 1:
        otto = "(SELECT id FROM workers WHERE code = 'JOHTO-1')"
        columns = "case_id, worker_id, began_at"
        await play.change(f"INSERT INTO case_workers ({columns}) SELECT case_id, {otto}, began_at FROM case_workers")


async def otto_stands_in(play: Story) -> None:
    deputy = "(SELECT d.id FROM workers d WHERE d.code = 'JOHTO-1')"
    await play.change(f"UPDATE workers SET deputy_id = {deputy} WHERE code = 'KOIVU-27'")


async def two_hours(play: Story) -> None:
    if not play.redoing:
        play.world.move_clock(timedelta(hours=2))
    await play.settle()


async def a_working_day(play: Story) -> None:
    """In which nobody opens the alert."""
    if not play.redoing:
        play.world.move_clock(timedelta(hours=24))
    await play.settle()


async def on_wednesday(play: Story) -> None:
    """Two hours before the meeting that is planned for then."""
    if not play.redoing:
        play.world.move_clock(timedelta(hours=48))
    await play.settle()


async def has_a_pin(play: Story) -> None:
    async with play.database.transaction() as db:
        await handing_over.choose_pin(db, await play._met(db, play.nora), PIN)


async def three_days(play: Story) -> None:
    """After which Telegram deletes nothing of what is there."""
    if not play.redoing:
        play.world.move_clock(timedelta(days=3))


async def lends_to_mother(play: Story) -> None:
    """Nora's phone goes into the hands of Aino's mother."""
    session, mother = await _meeting_and_mother(play)

    def hands_over() -> None:
        begun = next(buttons_of(play.nora, "show/"), None)
        play.nora.forges(*begun) if begun else play.nora.forges(
            f"handnow/{session}/{mother}", next(newest(play.nora)).id
        )

    await play.until(play.nora, hands_over, "answer/")


async def lends_with_a_letter_claimed(play: Story) -> None:
    """What Aino hands in is on its way to Nora when her phone goes into the mother's hands."""
    session, mother = await _meeting_and_mother(play)
    if not play.redoing:
        play.aino.forges(*next(buttons_of(play.aino, "send/")))
    await play.works(play._takes)
    async with play.database.transaction() as db:
        nora = await play._met(db, play.nora)
    async with play.bot.house.writing_to(nora.id):
        carrying = asyncio.create_task(play.works(play.bot.courier.round))
        await _until(lambda: bool(play.bot.courier._carrying) or carrying.done())
        async with play.database.transaction() as db:
            now = play.world.clock.now()
            await storage.hand_overs.add(db, nora.id, rater_id=mother, session_id=session, now=now)
    await carrying
    await play.settle()


async def _meeting_and_mother(play: Story) -> tuple[str, str]:
    sessions = await play.sql("SELECT id FROM sessions")
    mothers = await play.sql("SELECT id FROM raters WHERE kind = 'mother'")
    return sessions[0].id, mothers[0].id


async def takes_the_phone_back(play: Story) -> None:
    session, _ = await _meeting_and_mother(play)

    def taps_the_last_digit() -> None:
        play.nora.forges(f"phoneback/{session}/0/{PIN}", next(newest(play.nora)).id)

    await play.until(play.nora, taps_the_last_digit, "close/")


HANDS_IN: Final = presses("aino", "send/", SAVED)

SCENES: Final[Mapping[str, Scene]] = {
    "alert": Scene("answered", (HANDS_IN,)),
    "put off": Scene("answered", (HANDS_IN, presses("nora", "later/", "comes again"), two_hours)),
    "not opened": Scene("answered", (HANDS_IN, otto_stands_in, a_working_day)),
    "two programs": Scene("case", (comes_while_another_program_is_in,), twice=True),
    "refused": Scene("case", (forges_a_button,)),
    "what can't be read": Scene("case", (sends_what_cannot_be_read,)),
    "stopping": Scene("meeting", (stops_before_it_leaves,)),
    "outage": Scene("meeting", (beats, presses("aino", "answer/", "2/4"), ten_minutes, beats)),
    "a day": Scene("case", (a_day,)),
    "evening": Scene("meeting", (presses("nora", "end/", "unasked/"), presses("nora", "unasked/", "is over"), evening)),
    "gone": Scene("answered", (blocks_unheard, HANDS_IN)),
    "left": Scene("answered", (blocks, HANDS_IN)),
    "asked to wait": Scene(
        "answered",
        (
            troubled("sendMessage", SOON, HANDS_IN),
            troubled("editMessageText", LATER, presses("mother", "answer/", "2/4")),
        ),
    ),
    "forgetting": Scene(
        "answered",
        (
            HANDS_IN,
            tells("aino", "/forget", "forgetme"),
            troubled("deleteMessage", TOO_OLD, presses("aino", "forgetme", "Deleted")),
        ),
    ),
    "leave": Scene(
        "case",
        (
            otto_stands_in,
            tells("nora", "/settings", "onleave"),
            presses("nora", "onleave", "goaway/"),
            presses("nora", "goaway/", "imback/"),
            a_working_day,
        ),
    ),
    "on Nora's phone": Scene(
        "answered",
        (
            HANDS_IN,
            three_days,
            has_a_pin,
            tells("nora", "/start", "meeting/"),
            tells("nora", "/settings", "onleave"),
            lends_to_mother,
            troubled("editMessageText", LATER, presses("nora", "answer/", "2/4")),
            answers("nora", *WELL),
            takes_the_phone_back,
        ),
    ),
    "outage on Nora's phone": Scene("meeting", (has_a_pin, lends_to_mother, beats, ten_minutes, beats)),
    "lent just then": Scene(
        "answered",
        (has_a_pin, lends_with_a_letter_claimed, tells("nora", "/start", "show/"), takes_the_phone_back),
    ),
    "language": Scene("case", (tells("nora", "/language", "language/"), presses("nora", "language/en", "settings"))),
    "own picture": Scene("answered", (HANDS_IN, looks_at_her_picture)),
    "invited": Scene(
        "case",
        (
            tells("nora", "/start", "cases"),
            presses("nora", "cases", "case/"),
            presses("nora", "case/", "people/"),
            presses("nora", "people/", "rater/"),
            looks_at_father,
            presses("nora", "invite/", "?start="),
            opens_the_link,
            presses("father", "accept/", "begin/"),
        ),
    ),
    "handed over": Scene(
        "case",
        (
            is_offered_to_otto,
            tells("otto", "/start", "offers"),
            presses("otto", "offers", "offered/"),
            presses("otto", "offered/", "takeon/"),
            presses("otto", "takeon/", "is yours now"),
        ),
    ),
    "closed": Scene(
        "case",
        (
            presses("nora", "cases", "case/"),
            presses("nora", "case/", "more/"),
            presses("nora", "more/", "closecase/"),
            presses("nora", "closecase/", "closeas/"),
            presses("nora", "closeas/", "openagain/"),
            presses("nora", "openagain/", "is open again"),
        ),
    ),
    "accepted": Scene("case", (*joins("bo"), presses("nora", "yes/", "Adult – on their own phone"))),
    "taken for somebody else": Scene(
        "case",
        (
            is_shared_with_otto,
            tells("father", "KOIVU-27", "about/"),
            presses("father", "about/KOIVU-27/father", "consent/"),
            presses("father", "consent/", "join/"),
            presses("father", "join/", "begin/"),
            presses("nora", "attach/", "into/"),
            presses("nora", "into/", "place/"),
            presses("nora", "place/", "somebody/"),
            presses("nora", "somebody/", "undo/"),
            presses("nora", "undo/", "attach/"),
        ),
    ),
    "sent away": Scene(
        "case",
        (
            *joins("bo"),
            presses("nora", "notmine/", "sendaway/"),
            lambda play: play.uses_up(play.nora, "sendaway/"),
        ),
    ),
    "meeting": Scene(
        "case",
        (
            presses("nora", "cases", "case/"),
            presses("nora", "case/", "attend/"),
            presses("nora", "attend/", "start/"),
            presses("nora", "start/", "close/"),
            answers("aino", *LOW),
            answers("mother", *WELL),
            presses("nora", "close/", "end/"),
            answers("aino", *WELL),
        ),
    ),
    "planned": Scene(
        "case",
        (
            presses("nora", "cases", "case/"),
            presses("nora", "case/", "plans/"),
            presses("nora", "plans/", "planday/"),
            presses("nora", "planday/", "planon/"),
            tells("nora", "4.3. 13.00", "planit/"),
            presses("nora", "planit/", "stopplan/"),
            on_wednesday,
            two_hours,
            two_hours,
            a_working_day,
        ),
    ),
    "a group": Scene(
        "case",
        (
            a_minute,
            presses("nora", "new", "open/"),
            presses("nora", "open/", "cases"),
            presses("nora", "cases", "group"),
            presses("nora", "group", "group/0/1/"),
            presses("nora", "group/0/1/", "groupgo/"),
            presses("nora", "groupgo/", "groupclose/"),
            answers("aino", *LOW),
        ),
    ),
    # The last, because what it meets by chance (a stop in the middle of a transaction) another scene meets for certain
    "serving": Scene("case", (serves,)),
}

"""Runs a handler for an update: effect first, then the reply, in the person's own chat."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from telegram import CallbackQuery, Update, User

import storage
from bot import clearing, log, metrics, standing
from bot.actions import people, showing
from bot.chat import in_hands
from bot.chat.turns import Command, Handle, Press, Reply, Turn, known
from bot.domain.errors import Reason, Refusal
from bot.domain.people import Person
from bot.house import House
from bot.i18n import language
from bot.messages import refusals
from bot.messages.commands import menus_of
from bot.messages.message import Message
from bot.outcomes import Again, Gone, Outcome, Sent, Unknown
from storage import Transaction
from storage.traces import Trace

SHOW_NOW = frozenset(
    {
        Reason.NO_LONGER,
        Reason.MEETING_OPEN,
        Reason.MEETING_OVER,
        Reason.INCOMPLETE,
        Reason.NOBODY_HERE,
        Reason.TOO_LATE,
        Reason.DAY,
    }
)
EDIT_TRIES = 3
AGAIN_SECONDS = 1.0
LONGEST_WAIT = 5.0


@dataclass(frozen=True)
class Done:
    """What came of an update: the reply, and to whom. `alert`: the note stays until it is closed.

    `stale` is the message that showed before what the tapped one shows now. `far`: what is emptied far back in the
    chat.
    """

    person: Person
    reply: Reply
    alert: bool = False
    stale: int | None = None
    far: Sequence[Trace] = ()

    @property
    def to_take_out(self) -> tuple[int, ...]:
        """Messages that go from the chat."""
        return self.reply.gone if self.stale is None else (*self.reply.gone, self.stale)


async def press(house: House, behaviour: Press, words: Sequence[str], update: Update) -> None:
    """A tap on one of our buttons."""
    query = update.callback_query
    if query is None:
        return
    verb, shown = behaviour.verb, behaviour.again
    again = in_hands.tapped(verb, words, _with_words(behaviour, shown, words)) if shown else None
    handled = in_hands.tapped(verb, words, _with_words(behaviour, behaviour.handle, words))
    done = await _decided(house, update, query.from_user, handled, again)
    await _side_by_side(
        house.post.answer(query.id, done.reply.note, alert=done.alert), _show_tapped(house, done, query)
    )


async def _side_by_side(*works: Awaitable[None]) -> None:
    """One that fails leaves none of the others running behind it."""
    for end in await asyncio.gather(*works, return_exceptions=True):
        if end is not None:
            raise end


def _with_words(behaviour: Press, handle: Handle, words: Sequence[str]) -> Callable[[Turn], Awaitable[Reply]]:
    async def handled(turn: Turn) -> Reply:
        return await handle(turn, *behaviour.read(words))

    return handled


async def say(house: House, behaviour: Command, text: str, update: Update) -> None:
    """A message in a private chat: a command, a code, free text or anything else."""
    if update.effective_user is None:
        return

    async def handled(turn: Turn) -> Reply:
        return await behaviour.handle(turn, text)

    async def once_more(turn: Turn) -> Reply:
        return await (behaviour.again or behaviour.handle)(turn, text)

    guarded, again = in_hands.said(text, handled), in_hands.said("", once_more)
    done = await _decided(house, update, update.effective_user, guarded, again)
    await _show_below(house, done, update.effective_user.id)


async def _decided(
    house: House,
    update: Update,
    user: User,
    handle: Callable[[Turn], Awaitable[Reply]],
    again: Callable[[Turn], Awaitable[Reply]] | None,
) -> Done:
    """Effect and id in one transaction; a refusal leaves only the id behind."""
    now = house.now()
    try:
        async with house.database.transaction() as db:
            fresh = await storage.updates.record(db, update.update_id, now=now)
            person = await known(db, user.id, user.language_code, now=now)
            turn = Turn(db, person, now, house, update.message.message_id if update.message else None)
            reply = await handle(turn) if fresh else await _repeated(turn, again)
            stale = await _remember(turn, update, reply)
            far = () if reply.alone else await clearing.far_back(db, person, but=_tapped(update), now=now)
            person = await _by_now(db, person, update)
        _committed(house, update, db)
        metrics.ENDED.labels("done" if fresh else "repeated").inc()
        return Done(person, reply, stale=stale, far=far)
    except Refusal as refusal:
        return await _refused(house, update, user, refusal.reason, again)


def _tapped(update: Update) -> int | None:
    """The message that shows the reply."""
    query = update.callback_query
    return query.message.message_id if query is not None and query.message is not None else None


async def _by_now(db: Transaction, person: Person, update: Update) -> Person:
    """Who has just said the code of an invitation may be a worker since."""
    return person if update.callback_query else await storage.people.get(db, person.id) or person


def _committed(house: House, update: Update, db: Transaction) -> None:
    """Telegram may forget it; and the courier has something to do, or is left in peace: it would look at each tap."""
    house.in_hand.settled(update.update_id)
    if db.letters:
        house.letters_waiting.set()


async def _repeated(turn: Turn, again: Callable[[Turn], Awaitable[Reply]] | None) -> Reply:
    """An update that has had its effect already: how it is now, if there is anything to show."""
    try:
        return await again(turn) if again else Reply()
    except Refusal:
        return Reply()


async def _refused(
    house: House,
    update: Update,
    user: User,
    reason: Reason,
    again: Callable[[Turn], Awaitable[Reply]] | None,
) -> Done:
    """Nothing changes but the id; a kind word, and how it is now where that helps."""
    now = house.now()
    async with house.database.transaction() as db:
        await storage.updates.record(db, update.update_id, now=now)
        person = await known(db, user.id, user.language_code, now=now)
        turn = Turn(db, person, now, house)
        shown = await _repeated(turn, again) if reason in SHOW_NOW and update.callback_query else Reply()
        stale = await _remember(turn, update, shown)
    _committed(house, update, db)
    metrics.ENDED.labels("refused").inc()
    if update.callback_query is None:
        return Done(person, Reply(refusals.refused(turn.say, reason)))
    note = refusals.words(turn.say, reason)
    return Done(person, Reply(shown.message, shown.more, note=note), alert=reason not in SHOW_NOW, stale=stale)


async def _remember(turn: Turn, update: Update, reply: Reply) -> int | None:
    """A tapped message that now shows something with a place is that place, and no other's any more.

    The message where the same stood before, if that was another one. In a worker's chat it is remembered that
    something stands there, before it does.
    """
    query = update.callback_query
    if query is None or query.message is None or reply.message is None or reply.below or reply.forgotten:
        return None
    place, at = reply.message.place, query.message.message_id
    if turn.person.works:
        pictured = reply.message.picture is not None
        await storage.traces.note(turn.db, turn.person.id, at, pictured=pictured, now=turn.now)
    if place is not None:
        return await storage.places.stand(turn.db, turn.person.id, place, at)
    await storage.places.leave(turn.db, turn.person.id, at, but=None)
    return None


async def _cleared(house: House, done: Done, chat: int, query: CallbackQuery | None) -> Done:
    """What is shown alone comes into a chat that is empty; when it can't be emptied, what is done instead."""
    reply = done.reply
    if not reply.alone:
        return done
    at = None if query is None or query.message is None or reply.below else query.message.message_id
    at_first = reply.otherwise is not None
    cleared = await clearing.clear(house, done.person, chat, but=at, at_first=at_first)
    if cleared or reply.otherwise is None:
        return done
    async with house.database.transaction() as db:
        person = await storage.people.get(db, done.person.id) or done.person
        reply = await reply.otherwise(Turn(db, person, house.now(), house))
        if at is not None:
            await storage.places.leave(db, person.id, at, but=reply.message.place if reply.message else None)
    return replace(done, person=person, reply=reply, stale=None)


async def _show_tapped(house: House, done: Done, query: CallbackQuery) -> None:
    chat = query.from_user.id
    async with house.writing_to(done.person.id):
        done = await _cleared(house, done, chat, query)
        reply = done.reply
        if reply.message is not None and query.message is not None and not reply.below:
            at = query.message.message_id
            show = partial(_edit, house, done, chat, at=at)
            await _tried(house, done, show, reply.message, repeatable=True)
        elif reply.message is not None:
            await _send(house, done, chat, reply.message)
        for message_id in done.to_take_out:
            await house.post.remove(chat, message_id)
        for message in reply.more:
            await _send(house, done, chat, message)
        if reply.unknown:
            await house.post.set_menu(chat, menus_of(None, is_worker=False))
        await clearing.tidy(house, done.person, chat, done.far)


async def _show_below(house: House, done: Done, chat: int) -> None:
    async with house.writing_to(done.person.id):
        done = await _cleared(house, done, chat, None)
        messages = [done.reply.message] if done.reply.message is not None else []
        outcomes = [await _send(house, done, chat, message) for message in (*messages, *done.reply.more)]
        for message_id in done.to_take_out:
            await house.post.remove(chat, message_id)
        await clearing.tidy(house, done.person, chat, done.far)
        if any(isinstance(each, Sent) for each in outcomes):
            await _reached(house, done.person)


async def _edit(house: House, done: Done, chat: int, message: Message, *, at: int) -> Outcome:
    return await standing.edit(house, done.person, chat, message, language(done.person.language), at=at)


async def _send(house: House, done: Done, chat: int, message: Message) -> Outcome:
    """Without a sound: they have just tapped or written, and look at the chat."""
    say_in = language(done.person.language)
    return await _tried(
        house, done, lambda each: standing.send(house, done.person, chat, each, say_in, quiet=True), message
    )


async def _tried(
    house: House,
    done: Done,
    show: Callable[[Message], Awaitable[Outcome]],
    message: Message,
    *,
    repeatable: bool = False,
) -> Outcome:
    """Show it; when Telegram asks us to wait a little, wait and try again. What is shown has been kept before.

    `repeatable`: twice does no harm. What can't be shown in time the courier shows later.
    """
    outcome = await show(message)
    for _ in range(EDIT_TRIES - 1):
        pause = _pause(outcome, repeatable=repeatable)
        if pause is None or pause > LONGEST_WAIT:
            break
        await asyncio.sleep(pause)
        outcome = await show(message)
    if isinstance(outcome, Gone) and not done.reply.forgotten:
        await _mark_gone(house, done.person)
    elif not isinstance(outcome, Sent):
        log.event(log.Event.REPLY_FAILED, outcome=type(outcome).__name__)
        await _owe(house, done, message, _pause(outcome, repeatable=repeatable))
    return outcome


def _pause(outcome: Outcome, *, repeatable: bool) -> float | None:
    """Seconds before another try; None when there is to be none."""
    if isinstance(outcome, Again):
        return outcome.seconds
    return AGAIN_SECONDS if isinstance(outcome, Unknown) and repeatable else None


async def _owe(house: House, done: Done, message: Message, seconds: float | None) -> None:
    if seconds is None or message.place is None or done.reply.forgotten:
        return
    async with house.database.transaction() as db:
        await showing.owe(db, done.person, message.place, seconds=seconds, now=house.now())


async def _mark_gone(house: House, person: Person) -> None:
    async with house.database.transaction() as db:
        await people.leave(db, person, now=house.now())


async def _reached(house: House, person: Person) -> None:
    async with house.database.transaction() as db:
        await people.reached(db, person, now=house.now())

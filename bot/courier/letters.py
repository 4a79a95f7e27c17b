"""What a letter says when its turn has come, if it is still true: read anew, through the door of who gets it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import storage
from bot.actions import (
    case_pictures,
    closing,
    groups,
    handing_over,
    joining,
    meetings,
    menus,
    passing_on,
    planned,
    planned_card,
    preferences,
    ratings,
    reminders,
    reviews,
    sharing,
    talks,
    topics,
    undelivered,
)
from bot.actions.access import access_case, access_case_rater, access_kept_rater
from bot.actions.case_pictures import Today
from bot.actions.talks import AlertView
from bot.courier.retry import ALERTS
from bot.domain.cases import Case, CaseState
from bot.domain.errors import Refusal
from bot.domain.letters import WHILE_HANDED_OVER, Letter, LetterKind, Place, PlaceKind
from bot.domain.people import Person, Worker
from bot.domain.ratings import DraftState
from bot.failpoints import at
from bot.house import House
from bot.i18n import Language, language
from bot.messages import alerts as alert_words
from bot.messages import closing as closing_words
from bot.messages import groups as group_words
from bot.messages import handing_over as handing_over_words
from bot.messages import invitations as invitation_words
from bot.messages import joining as joining_words
from bot.messages import letters as words
from bot.messages import meeting as meeting_words
from bot.messages import pictures as picture_words
from bot.messages import plans as plan_words
from bot.messages import reminders as reminder_words
from bot.messages import reviews as review_words
from bot.messages import settings as setting_words
from bot.messages import sharing as sharing_words
from bot.messages import undelivered as undelivered_words
from bot.messages.commands import Menus, menus_of
from bot.messages.message import Message
from bot.messages.rating import RatingScreens
from storage import Transaction
from storage.outbox import LetterState


@dataclass(frozen=True)
class Reading:
    """A letter being worded, for the person who gets it."""

    db: Transaction
    house: House
    person: Person
    letter: Letter

    @property
    def say(self) -> Language:
        return language(self.person.language)

    def id(self, name: str) -> str:
        return self.letter.about[name]


@dataclass(frozen=True)
class Worded:
    """What is to be sent, and where: into `chat`, in the place of message `at` if that shows the same already.

    `stale` are messages that go from the chat before it.
    """

    message: Message
    person: Person
    say: Language
    chat: int
    at: int | None
    stale: Sequence[int]


@dataclass(frozen=True)
class ToSet:
    """The command menu of a chat, which is no message."""

    menus: Menus
    chat: int


@dataclass(frozen=True)
class Ended:
    """Nothing is sent: VOID when it isn't true any more, DEAD when it can't reach anybody, and why in one word."""

    state: LetterState
    why: str


@dataclass(frozen=True)
class Held:
    """The phone went into somebody's hands a moment ago: the letter waits until it is taken back."""


async def read(db: Transaction, house: House, letter: Letter) -> Worded | ToSet | Ended | Held:
    """The letter in words, as true as it is now."""
    if letter.kind in _TO_NOBODY:
        return await _TO_NOBODY[letter.kind](db, house, letter)
    person = await at("letters.person", storage.people.get(db, letter.person_id))
    chat = await at("letters.chat", storage.people.chat(db, letter.person_id))
    if person is None or chat is None:
        return _nobody_there(letter)
    if letter.kind is LetterKind.MENU:
        its = await at("letters.menu", menus.of_person(db, person))
        return ToSet(menus_of(its.chosen, is_worker=its.is_worker), chat)
    if person.in_hands_of is not None:
        if letter.kind not in WHILE_HANDED_OVER:
            return Held()
        person = await at("letters.reader", handing_over.reader(db, person))
    reading = Reading(db, house, person, letter)
    try:
        message = await _KINDS[letter.kind](reading)
    except Refusal:
        return _not_theirs(letter)
    if message is None:
        return Ended(LetterState.VOID, "untrue")
    there = await _standing(reading, message)
    return Worded(message, person, reading.say, chat, there, await _stale_pictures(reading))


async def _asking_before(db: Transaction, house: House, letter: Letter) -> Ended:
    """Sent to nobody: it makes the requests before a planned meeting."""
    asking = planned.ask_before(db, letter.about, now=house.now())
    return Ended(LetterState.VOID, "asked" if await at("letters.ask_before", asking) else "untrue")


async def _asking_after(db: Transaction, house: House, letter: Letter) -> Ended:
    """The same after it; and the next one of a weekly meeting is planned."""
    zone, quiet, weighing = house.zone, house.quiet_hours, house.weighing
    asking = planned.ask_after(db, letter.about, weighing=weighing, now=house.now(), zone=zone, quiet=quiet)
    return Ended(LetterState.VOID, "asked" if await at("letters.ask_after", asking) else "untrue")


async def _passing_on(db: Transaction, house: House, letter: Letter) -> Ended:
    """Sent to nobody: of an alert that nobody has opened it makes letters to others."""
    looked = passing_on.pass_on(db, letter.about, weighing=house.weighing, now=house.now())
    passed = await at("letters.unopened", looked)
    return Ended(LetterState.VOID, "passed_on" if passed else "untrue")


def _nobody_there(letter: Letter) -> Ended:
    """Who comes back sees how it is then; an alert can't wait for that."""
    return Ended(LetterState.DEAD if letter.kind in ALERTS else LetterState.VOID, "gone")


def _not_theirs(letter: Letter) -> Ended:
    """What it is about isn't the person's any more; an alert must then reach somebody else."""
    return Ended(LetterState.DEAD if letter.kind in ALERTS else LetterState.VOID, "refused")


async def _standing(reading: Reading, message: Message) -> int | None:
    if message.place is None:
        return None
    return await at("letters.place", storage.places.find(reading.db, reading.person.id, message.place))


async def _stale_pictures(reading: Reading) -> Sequence[int]:
    """What a letter about deleted answers takes along: the pictures that may show them."""
    if reading.letter.kind not in (LetterKind.FORGOTTEN, LetterKind.RATING_DELETED, LetterKind.UNDONE):
        return ()
    shown = storage.places.pictures_of_case(reading.db, reading.person.id, reading.id("case"))
    return await at("letters.stale", shown)


async def _alert(reading: Reading) -> Message | None:
    view = await at("letters.alert", _raised(reading))
    return alert_words.alert(reading.say, view, repeated=reading.letter.unsure) if view else None


def _raised(reading: Reading) -> Awaitable[AlertView | None]:
    """What the letter's alerts are about, if one of them is still so."""
    return talks.show(reading.db, reading.person, reading.letter.alerts, weighing=reading.house.weighing)


async def _put_off(reading: Reading) -> Message | None:
    """What somebody wanted to be reminded of, unless it was talked about meanwhile."""
    view = await at("letters.put_off", _raised(reading))
    if view is None or view.alert.talked_at is not None:
        return None
    return alert_words.alert(reading.say, view, repeated=reading.letter.unsure, again=True)


async def _passed_on(reading: Reading) -> Message | None:
    """To another worker or a deputy, unless somebody has opened it meanwhile."""
    view = await at("letters.passed_on", _raised(reading))
    if view is None or view.alert.opened_at is not None:
        return None
    return alert_words.alert(reading.say, view, repeated=reading.letter.unsure, passed_on=True)


async def _present(reading: Reading) -> Message | None:
    """What a reply couldn't show in time."""
    seen = ratings.view(reading.db, reading.person, reading.id("draft"), now=reading.house.now())
    view = await at("letters.present", seen)
    message = RatingScreens(reading.say, view, reading.house.help_lines).present()
    if reading.person.in_hands_of is None:
        return message
    looked = handing_over.look_in_hands(reading.db, reading.person, now=reading.house.now())
    return handing_over_words.rating(reading.say, message, await at("letters.in_hands", looked))


async def _shown_again(reading: Reading) -> Message | None:
    """After an outage: where somebody was, if they still can go on."""
    view = await at("letters.unfinished", ratings.unfinished(reading.db, reading.person, now=reading.house.now()))
    if view is None:
        return None
    return words.shown_again(reading.say, RatingScreens(reading.say, view, reading.house.help_lines).present())


async def _undelivered(reading: Reading) -> Message | None:
    flagged = await at("letters.flagged", undelivered.show(reading.db, reading.person, reading.letter.about))
    return undelivered_words.alert(reading.say, flagged, reading.house.zone) if flagged else None


async def _request(reading: Reading) -> Message | None:
    """Who has begun meanwhile has it before them already."""
    asked = ratings.asked(reading.db, reading.person, reading.id("draft"), now=reading.house.now())
    view = await at("letters.request", asked)
    if view is None or view.draft.begun:
        return None
    return RatingScreens(reading.say, view, reading.house.help_lines).present()


async def _closed(reading: Reading) -> Message | None:
    """What waited for an answer doesn't any more; who has answered isn't disturbed."""
    seen = ratings.view(reading.db, reading.person, reading.id("draft"), now=reading.house.now())
    view = await at("letters.closed", seen)
    if not view.expired and view.draft.state is not DraftState.SKIPPED:
        return None
    return RatingScreens(reading.say, view, reading.house.help_lines).present()


async def _group_card(reading: Reading) -> Message | None:
    card = await at("letters.group_card", groups.card(reading.db, reading.person, reading.id("group")))
    return group_words.card(reading.say, card)


async def _near(reading: Reading) -> Message | None:
    """As long as it is still planned for then, and nobody has started it."""
    house, about = reading.house, reading.letter.about
    looked = planned_card.when_near(reading.db, reading.person, about, weighing=house.weighing, now=house.now())
    view = await at("letters.near", looked)
    return plan_words.near(reading.say, view, house.zone) if view else None


async def _card(reading: Reading) -> Message | None:
    card = await at("letters.card", meetings.show_card(reading.db, reading.person, reading.id("session")))
    weighed = topics.of_meeting(reading.db, card.case, card.session, weighing=reading.house.weighing)
    return meeting_words.card(reading.say, card, reading.house.zone, await at("letters.topics", weighed))


async def _picture(reading: Reading) -> Message | None:
    """In the way in which the worker looks at this meeting."""
    zone = reading.house.zone
    today = Today(reading.house.now().astimezone(zone).date(), zone)
    changed = case_pictures.after(reading.db, reading.person, reading.id("draft"), today=today)
    view = await at("letters.picture", changed)
    return picture_words.shown(reading.say, view, reading.house.profile, today) if view else None


async def _joined(reading: Reading) -> Message | None:
    door = access_case_rater(reading.db, reading.person, reading.id("rater"), hold=False)
    desk, rater = await at("letters.joined", door)
    return words.joined(reading.say, desk.case, rater)


async def _forgotten(reading: Reading) -> Message | None:
    """In a closed case too: its pictures may still stand in the chat."""
    door = access_kept_rater(reading.db, reading.person, reading.id("rater"))
    desk, rater = await at("letters.forgotten", door)
    return words.forgotten(reading.say, desk.case, rater)


async def _rating_deleted(reading: Reading) -> Message | None:
    door = access_case_rater(reading.db, reading.person, reading.id("rater"), hold=False)
    desk, rater = await at("letters.rating_deleted", door)
    return words.rating_deleted(reading.say, desk.case, rater)


async def _asked_to_join(reading: Reading) -> Message | None:
    case = await at("letters.asked", joining.show_asked(reading.db, reading.person, reading.id("case")))
    return joining_words.asked_to_join(reading.say, case)


async def _waits_again(reading: Reading) -> Message | None:
    """As long as they wait: the new word and number."""
    case = await at("letters.waits_again", storage.cases.get(reading.db, reading.id("case")))
    waits = case is not None and case.check and case.raters[0].person_id == reading.person.id
    return words.waits_again(reading.say, case.check or "") if case is not None and waits else None


async def _undone(reading: Reading) -> Message | None:
    desk = await at("letters.undone", access_case(reading.db, reading.person, reading.id("case"), hold=False))
    return words.undone(reading.say, desk.case)


async def _invitation(reading: Reading) -> Message | None:
    """Nothing of one that is over is left on the screen; of one that isn't, all."""
    id = reading.id("invitation")
    ended = storage.invitations.has_ended(reading.db, id, now=reading.house.now())
    how = await at("letters.invitation", ended)
    return invitation_words.over(reading.say, reading.id("rater"), id, how) if how else None


async def _accepted(reading: Reading) -> Message | None:
    return words.accepted(reading.say) if await _worker(reading) else None


async def _not_mine(reading: Reading) -> Message | None:
    return words.not_mine(reading.say) if await _worker(reading) else None


async def _worker(reading: Reading) -> Worker | None:
    return await at("letters.worker", storage.workers.get(reading.db, reading.id("worker")))


async def _take_away(reading: Reading) -> Message | None:
    """Where somebody's own picture stands; who has had it shown once more meanwhile keeps it that much longer."""
    if "draft" in reading.letter.about:
        return _of_another_phone(reading)
    letter = reading.letter
    alike = storage.outbox.planned(reading.db, letter.kind, letter.person_id, letter.about)
    if (await at("letters.shown_later", alike))[-1] > letter.id:
        return None
    return Message("", place=Place(PlaceKind.OWN_PICTURE, reading.id("rater")))


def _of_another_phone(reading: Reading) -> Message:
    """Where a question stands that isn't this phone's any more."""
    return Message("", place=Place(PlaceKind.DRAFT, reading.id("draft")))


async def _reminder(reading: Reading) -> Message | None:
    """Answered, skipped, or too late by now: nothing to remind of."""
    asked = reminders.waiting(reading.db, reading.person, reading.id("session"), now=reading.house.now())
    waiting = await at("letters.waiting", asked)
    return reminder_words.to_answer(reading.say, waiting, reading.house.zone) if waiting else None


async def _rating_missing(reading: Reading) -> Message | None:
    """As long as the answers would still be taken."""
    card = await at("letters.missing", meetings.show_card(reading.db, reading.person, reading.id("session")))
    if not card.missing or not card.session.takes_answers(now=reading.house.now()):
        return None
    return reminder_words.missing(reading.say, card, reading.house.zone)


async def _review(reading: Reading) -> Message | None:
    """When a meeting has begun, unless the case was looked back at meanwhile."""
    looked = reviews.due(reading.db, reading.person, reading.id("case"), now=reading.house.now())
    view = await at("letters.review", looked)
    return review_words.reminder(reading.say, view, reading.house.zone) if view else None


async def _offered(reading: Reading) -> Message | None:
    asked = sharing.show(reading.db, reading.person, reading.id("offer"), now=reading.house.now())
    return sharing_words.offered(reading.say, await at("letters.offered", asked), reading.house.zone)


async def _offer_answered(reading: Reading) -> Message | None:
    found = await at("letters.answered", sharing.answered(reading.db, reading.person, reading.id("offer")))
    yes = bool(reading.id("yes"))
    return sharing_words.answered(reading.say, *found, yes=yes) if found else None


async def _new_worker(reading: Reading) -> Message | None:
    """Unless the case has gone on to somebody else meanwhile."""
    asked = sharing.new_worker(reading.db, reading.person, reading.id("rater"), reading.id("worker"))
    worker = await at("letters.new_worker", asked)
    return sharing_words.new_worker(reading.say, worker) if worker else None


async def _case_closed(reading: Reading) -> Message | None:
    case = await at("letters.case_closed", _still(reading, CaseState.CLOSED))
    if case is None:
        return None
    family = "rater" in reading.letter.about
    return closing_words.told_family(reading.say) if family else closing_words.told_worker(reading.say, case)


async def _case_reopened(reading: Reading) -> Message | None:
    case = await at("letters.case_reopened", _still(reading, CaseState.OPEN))
    if case is None:
        return None
    family = "rater" in reading.letter.about
    return closing_words.family_again(reading.say) if family else closing_words.worker_again(reading.say, case)


def _still(reading: Reading, state: CaseState) -> Awaitable[Case | None]:
    rater = reading.letter.about.get("rater")
    return closing.told(reading.db, reading.person, reading.id("case"), rater, state)


async def _leave(reading: Reading) -> Message | None:
    """As it is by now: whether this colleague stands in."""
    asked = preferences.leave_of(reading.db, reading.person, reading.id("worker"))
    found = await at("letters.leave", asked)
    return setting_words.of_colleague(reading.say, found, reading.house.zone) if found else None


async def _back(reading: Reading) -> Message | None:
    """Who has said so already, or has planned another day, isn't asked."""
    due = preferences.due_back(reading.db, reading.person, now=reading.house.now())
    desk = await at("letters.back", due)
    return setting_words.are_you_back(reading.say, desk) if desk else None


_KINDS: dict[LetterKind, Callable[[Reading], Awaitable[Message | None]]] = {
    LetterKind.ALERT: _alert,
    LetterKind.PUT_OFF: _put_off,
    LetterKind.PASSED_ON: _passed_on,
    LetterKind.REQUEST: _request,
    LetterKind.PRESENT: _present,
    LetterKind.SHOWN_AGAIN: _shown_again,
    LetterKind.CARD: _card,
    LetterKind.PICTURE: _picture,
    LetterKind.ASKED_TO_JOIN: _asked_to_join,
    LetterKind.JOINED: _joined,
    LetterKind.ACCEPTED: _accepted,
    LetterKind.NOT_MINE: _not_mine,
    LetterKind.FORGOTTEN: _forgotten,
    LetterKind.RATING_DELETED: _rating_deleted,
    LetterKind.UNDELIVERED: _undelivered,
    LetterKind.TAKE_AWAY: _take_away,
    LetterKind.REMINDER: _reminder,
    LetterKind.RATING_MISSING: _rating_missing,
    LetterKind.INVITATION: _invitation,
    LetterKind.WAITS_AGAIN: _waits_again,
    LetterKind.UNDONE: _undone,
    LetterKind.LEAVE: _leave,
    LetterKind.BACK: _back,
    LetterKind.CLOSED: _closed,
    LetterKind.REVIEW: _review,
    LetterKind.OFFERED: _offered,
    LetterKind.OFFER_ANSWERED: _offer_answered,
    LetterKind.NEW_WORKER: _new_worker,
    LetterKind.CASE_CLOSED: _case_closed,
    LetterKind.CASE_REOPENED: _case_reopened,
    LetterKind.MEETING_NEAR: _near,
    LetterKind.GROUP_CARD: _group_card,
}
_TO_NOBODY: dict[LetterKind, Callable[[Transaction, House, Letter], Awaitable[Ended]]] = {
    LetterKind.UNOPENED: _passing_on,
    LetterKind.ASK_BEFORE: _asking_before,
    LetterKind.ASK_AFTER: _asking_after,
}

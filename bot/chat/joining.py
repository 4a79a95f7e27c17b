"""Coming in, by invitation or by worker code; and the worker's yes.

mother opens  t.me/...?start=<secret>      (or types the code)
bot           who sees what, what is kept  Yes, I'll join / No, thank you
mother taps   Yes, I'll join               welcome; the first rating if a meeting is going on

Aino says     KOIVU-27
bot           Who are you?                 Young person / Child / Mother / ...
Aino taps     Young person                 who sees what
Aino taps     Yes, I'll join               Nora gets a message; both see: Birch 42
Nora taps     Yes: a new case              Aino hears that she has been confirmed
"""

import storage
from bot.actions import cases as case_actions
from bot.actions import invitations, joining, people, ratings
from bot.actions.invitations import Offer
from bot.chat import cases, rating, sharing
from bot.chat.turns import Press, Reply, Turn, does, shows
from bot.domain.codes import worker_code
from bot.domain.errors import Reason, Refusal
from bot.domain.instruments import Measure
from bot.domain.people import AgeBand, Kind, Worker
from bot.messages import home as home_words
from bot.messages import joining as words
from bot.messages import rater as rater_words
from bot.messages import refusals
from bot.messages.message import Message


async def code(turn: Turn, text: str) -> Reply:
    """A secret or a worker's code, from a link or typed."""
    found = await invitations.read_code(turn.db, turn.person, text, now=turn.now)
    if isinstance(found, Offer):
        return Reply(words.offer(turn.say, found))
    if isinstance(found, Worker):
        return await _worker(turn, found)
    return Reply(refusals.refused(turn.say, found))


async def _worker(turn: Turn, worker: Worker) -> Reply:
    """Whether this person has just become the worker, or names one to join."""
    if worker.person_id == turn.person.id:
        return Reply(await _menu_under(turn, words.welcome_worker(turn.say, worker)))
    if turn.person.in_hands_of is None and await storage.workers.of_person(turn.db, turn.person.id) is not None:
        return await sharing.asked_by_code(turn, worker)
    return Reply(words.who_are_you(turn.say, worker))


async def _menu_under(turn: Turn, text: str) -> Message:
    menu = home_words.home(
        turn.say, await people.home(turn.db, turn.person, weighing=turn.house.weighing, now=turn.now), turn.house.zone
    )
    return Message(text, menu.buttons)


async def _home_again(turn: Turn, *_: object) -> Reply:
    return Reply(
        home_words.home(
            turn.say,
            await people.home(turn.db, turn.person, weighing=turn.house.weighing, now=turn.now),
            turn.house.zone,
        )
    )


# By invitation


@does("accept", again=_home_again)
async def accept_invitation(turn: Turn, secret: str) -> Reply:
    joined = await invitations.take_invitation(turn.db, turn.person, secret, now=turn.now)
    if joined is Reason.ALREADY_JOINED:
        return await _home_again(turn)
    if isinstance(joined, Reason):
        return Reply(refusals.refused(turn.say, joined))
    menu = await _menu_under(turn, words.joined(turn.say))
    if not joined.meeting_open:
        return Reply(menu)
    views = await ratings.begin(turn.db, turn.person, joined.rater.id, Measure.OUTCOME, now=turn.now)
    return Reply(menu, (rating.begun(turn, views),))


# By worker code


@shows("who")
async def who(turn: Turn, code: str) -> Reply:
    found = await invitations.find_worker(turn.db, turn.person, code, now=turn.now)
    if isinstance(found, Reason):
        return Reply(refusals.refused(turn.say, found))
    return Reply(words.who_are_you(turn.say, found))


@shows("about")
async def about(turn: Turn, code: str, kind: Kind) -> Reply:
    _must_be_a_code(code)
    return Reply(words.whom_about(turn.say, code, kind))


def _must_be_a_code(code: str) -> None:
    """Else the next button might not fit into its 64 bytes."""
    if worker_code(code) != code:
        raise Refusal(Reason.NOT_HERE)


@shows("consent")
async def consent(turn: Turn, code: str, kind: Kind, band: AgeBand) -> Reply:
    _must_be_a_code(code)
    return Reply(words.by_worker_code(turn.say, code, kind, band))


@does("join", again=_home_again)
async def join(turn: Turn, code: str, kind: Kind, band: AgeBand) -> Reply:
    if kind is Kind.CLIENT and not band.can_rate:
        raise Refusal(Reason.NOT_HERE)
    asked = await joining.ask_to_join(turn.db, turn.person, code, kind, band, now=turn.now)
    if isinstance(asked, Reason):
        return Reply(refusals.refused(turn.say, asked))
    return Reply(await _menu_under(turn, words.waiting(turn.say, asked)))


# The worker's yes


@shows("asked")
async def asked(turn: Turn, page: int = 0) -> Reply:
    return Reply(words.asked_list(turn.say, await case_actions.asked(turn.db, turn.person), page))


@shows("look")
async def look(turn: Turn, asked: str) -> Reply:
    return Reply(words.asked_to_join(turn.say, await joining.show_asked(turn.db, turn.person, asked)))


async def _card_of(turn: Turn, case: str, *_: object) -> Reply:
    return await cases.show_case.handle(turn, case)


@does("yes", again=_card_of)
async def yes(turn: Turn, asked: str) -> Reply:
    await joining.accept(turn.db, turn.person, asked, now=turn.now)
    return await cases.show_case.handle(turn, asked)


@shows("attach")
async def attach(turn: Turn, asked: str, page: int = 0) -> Reply:
    case = await joining.show_asked(turn.db, turn.person, asked)
    return Reply(words.which_case(turn.say, case, await case_actions.listed(turn.db, turn.person), page))


@shows("into")
async def into(turn: Turn, asked: str, case: str) -> Reply:
    newcomer = await joining.show_asked(turn.db, turn.person, asked)
    target = (await case_actions.view(turn.db, turn.person, case)).case
    return Reply(words.which_place(turn.say, newcomer, target, target.free_places(newcomer.raters[0])))


async def _target(turn: Turn, _asked: str, case: str, _rater: str) -> Reply:
    return await cases.show_case.handle(turn, case)


@does("place", again=_target)
async def place(turn: Turn, asked: str, case: str, rater: str) -> Reply:
    """They are this rater of the case, or somebody new in it."""
    rater_id = None if rater == "new" else rater
    weighing = turn.house.weighing
    done = await joining.attach(turn.db, turn.person, asked, case, rater_id, weighing=weighing, now=turn.now)
    return Reply(rater_words.attached(turn.say, done.case, done.rater, done.attachment, turn.house.zone))


@shows("notmine")
async def not_mine(turn: Turn, asked: str) -> Reply:
    return Reply(words.send_away(turn.say, await joining.show_asked(turn.db, turn.person, asked)))


@does("sendaway", again=_home_again)
async def send_away(turn: Turn, asked: str) -> Reply:
    await joining.not_mine(turn.db, turn.person, asked, now=turn.now)
    return Reply(words.sent_away(turn.say))


HANDLERS: list[Press] = [
    accept_invitation,
    who,
    about,
    consent,
    join,
    asked,
    look,
    yes,
    attach,
    into,
    place,
    not_mine,
    send_away,
]

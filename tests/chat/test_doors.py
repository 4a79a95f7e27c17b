"""Who may press what: every button's handler by every role, with ids that are theirs, somebody else's, and nobody's.

A handler that is in none of the three tables fails a test: say of each new one who may press it, and with which ids.
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

import storage
from bot.actions import cases, entering, events, handing_over, invitations, joining, meetings, plans, raters, ratings
from bot.actions.closing import StillOpen
from bot.app import PRESSES
from bot.domain.cases import CaseState, Ending
from bot.domain.errors import Reason
from bot.domain.events import EventKind
from bot.domain.instruments import ITEMS, Measure
from bot.domain.offers import OfferKind
from bot.domain.people import AgeBand, Kind, Person
from bot.domain.ratings import Mode
from bot.i18n import language
from bot.messages import refusals
from bot.sandbox.phones import Phone
from storage import Transaction
from tests.domain.test_pack_files import ENERGY
from tests.stage import MONDAY, PASSING, Play, on_stage

ENGLISH = language("en")
NOT_HERE = refusals.words(ENGLISH, Reason.NOT_HERE)
MISSING = "xxxxxxxxxxxx"
NOTHING_OPEN = StillOpen(meeting=False, unanswered=0, alerts=0, plans=0, offers=0).mark
ANSWERED = tuple(f"answer/{{draft}}/{item}/5" for item in (1, 2, 3, 4))
SENT = (*ANSWERED, "send/{draft}")
HEARD = tuple(f"heard/{{sheet}}/{item}/5" for item in (1, 2, 3, 4))
ENTERED = (*HEARD, "enter/{sheet}")
WORKER, RATER = "nora", "aino"
ROLES = ("stranger", "mother", "aino", "otto", "ended", "nora")
"""A stranger, another rater of the case, its rater, another team's worker, its worker after the role, its worker."""


@dataclass(frozen=True)
class Door:
    """A button that names something of a case, and which role may press it. `before`: what they have tapped."""

    button: str
    who: str
    before: tuple[str, ...] = ()


DOORS = {
    "show": Door("show/{draft}", RATER),
    "begin": Door("begin/{rater}/alliance", RATER),
    "answer": Door("answer/{draft}/1/7", RATER),
    "back": Door("back/{draft}/2", RATER, ANSWERED[:1]),
    "change": Door("change/{draft}/2", RATER, ANSWERED),
    "only": Door("only/{draft}/1", RATER, ANSWERED),
    "skip": Door("skip/{draft}", RATER),
    "decline": Door("decline/{draft}", RATER),
    "why": Door("why/{draft}/no_time", RATER, ("skip/{draft}",)),
    "stop": Door("stop/{draft}", RATER),
    "reopen": Door("reopen/{draft}", RATER, SENT),
    "keep": Door("keep/{draft}", RATER, (*SENT, "reopen/{draft}")),
    "send": Door("send/{draft}", RATER, ANSWERED),
    "given": Door("given/{draft}", RATER, SENT),
    "dropown": Door("dropown/{draft}", RATER, SENT),
    "goneown": Door("goneown/{draft}", RATER, SENT),
    "mine": Door("mine/{rater}/{subject}", RATER, SENT),
    "away": Door("away/{rater}", RATER),
    "look": Door("look/{asked}", WORKER),
    "yes": Door("yes/{asked}", WORKER),
    "attach": Door("attach/{asked}", WORKER),
    "into": Door("into/{asked}/{case}", WORKER),
    "place": Door("place/{asked}/{case}/{free}", WORKER),
    "notmine": Door("notmine/{asked}", WORKER),
    "sendaway": Door("sendaway/{asked}", WORKER),
    "case": Door("case/{case}", WORKER),
    "people": Door("people/{case}", WORKER),
    "pictures": Door("pictures/{case}", WORKER),
    "more": Door("more/{case}", WORKER),
    "ages": Door("ages/{case}", WORKER),
    "older": Door("older/{subject}/adolescent/child", WORKER),
    "aged": Door("aged/{subject}/adolescent/child", WORKER),
    "asas": Door("asas/{subject}/1", WORKER),
    "askedas": Door("askedas/{subject}/1", WORKER),
    "year": Door("year/{subject}", WORKER),
    "month": Door("month/{subject}/2010", WORKER),
    "born": Door("born/{subject}/2010/5", WORKER),
    "unborn": Door("unborn/{subject}", WORKER, ("born/{subject}/2010/5",)),
    "tags": Door("tags/{case}", WORKER),
    "tag": Door("tag/{case}/{tag}/1", WORKER),
    "label": Door("label/{case}", WORKER),
    "draw": Door("draw/{case}", WORKER),
    "add": Door("add/{case}", WORKER),
    "client": Door("client/{case}", WORKER),
    "another": Door("another/{case}/child", WORKER),
    "adult": Door("adult/{case}/school", WORKER),
    "rater": Door("rater/{rater}", WORKER),
    "torater": Door("torater/{rater}", WORKER),
    "invite": Door("invite/{free}", WORKER),
    "withdraw": Door("withdraw/{invited}/{invitation}", WORKER),
    "endinvite": Door("endinvite/{invited}/{invitation}", WORKER),
    "putaway": Door("putaway/{invited}", WORKER),
    "phone": Door("phone/{free}/0", WORKER),
    "reads": Door("reads/{free}", WORKER),
    "readsin": Door("readsin/{free}/sv", WORKER),
    "newphone": Door("newphone/{rater}", WORKER),
    "replace": Door("replace/{rater}/{mark}", WORKER),
    "whom": Door("whom/{free}", WORKER),
    "asks": Door("asks/{free}/{sibling}/0", WORKER),
    "alsoclient": Door("alsoclient/{free}", WORKER),
    "isclient": Door("isclient/{free}/adult", WORKER),
    "alsocarer": Door("alsocarer/{rater}", WORKER),
    "iscarer": Door("iscarer/{rater}/mother", WORKER),
    "undorole": Door("undorole/{rater}/carer", WORKER, ("iscarer/{rater}/mother",)),
    "guesses": Door("guesses/{rater}", WORKER),
    "guess": Door("guess/{rater}/school", WORKER),
    "leaves": Door("leaves/{rater}", WORKER),
    "ended": Door("ended/{rater}", WORKER),
    "returns": Door("returns/{rater}", WORKER, ("ended/{rater}",)),
    "somebody": Door("somebody/{attached}/{attachment}", WORKER),
    "undo": Door("undo/{attached}/{attachment}", WORKER),
    "picture": Door("picture/{rater}//{subject}", WORKER),
    "shared": Door("shared/{case}", WORKER),
    "standin": Door("standin/{colleague}", WORKER),
    "goaway": Door("goaway/2026-03-09/2026-03-02", WORKER),
    "awaylater": Door("awaylater/2026-03-09/2026-03-16", WORKER),
    "noleave": Door("noleave/2026-03-09", WORKER, ("awaylater/2026-03-09/2026-03-16",)),
    "imback": Door(f"imback/{int(MONDAY.timestamp())}", WORKER, ("goaway/2026-03-09/2026-03-02",)),
    "colleagues": Door("colleagues/{case}", WORKER),
    "colleague": Door("colleague/{case}/{colleague}", WORKER),
    "offer": Door("offer/{case}/{colleague}/share", WORKER),
    "takeback": Door("takeback/{case}/{given}", WORKER),
    "leavecase": Door("leavecase/{case}", WORKER),
    "leaveit": Door("leaveit/{quiet}", WORKER),
    "offered": Door("offered/{offer}", WORKER),
    "takeon": Door("takeon/{offer}", WORKER),
    "notforme": Door("notforme/{offer}", WORKER),
    "closecase": Door("closecase/{case}", WORKER),
    "closed": Door("closed/{shut}", WORKER),
    "closeas": Door(f"closeas/{{quiet}}/agreed/{NOTHING_OPEN}", WORKER),
    "openagain": Door("openagain/{shut}", WORKER),
    "summary": Door("summary/{case}", WORKER),
    "print": Door("print/{case}", WORKER),
    "record": Door("record/{case}", WORKER),
    "areas": Door("areas/{rater}/{session}/{subject}", WORKER),
    "measures": Door("measures/{rater}/{session}/{subject}", WORKER),
    "printed": Door("printed/trend/{rater}/{subject}", WORKER),
    "family": Door("family/{case}/{subject}/{case}", WORKER),
    "sides": Door("sides/{case}/{subject}/{case}", WORKER),
    "tocase": Door("tocase/{case}/{session}", WORKER),
    "meeting": Door("meeting/{session}", WORKER),
    "tocard": Door("tocard/{session}", WORKER),
    "answers": Door("answers/{session}", WORKER),
    "ways": Door("ways/{session}/{silent}", WORKER),
    "aloud": Door("aloud/{session}/{silent}/outcome", WORKER),
    "paper": Door("paper/{session}/{free}/outcome", WORKER),
    "leave": Door("leave/{session}/{silent}", WORKER),
    "leaveout": Door("leaveout/{session}/{silent}/not_asked", WORKER),
    "skipall": Door("skipall/{session}", WORKER),
    "skippedall": Door("skippedall/{session}/no_time", WORKER),
    "entry": Door("entry/{sheet}", WORKER),
    "heard": Door("heard/{sheet}/1/5", WORKER),
    "unheard": Door("unheard/{sheet}/2", WORKER, HEARD[:1]),
    "reenter": Door("reenter/{sheet}/2", WORKER, HEARD),
    "sum": Door("sum/{sheet}", WORKER),
    "items": Door("items/{sheet}", WORKER, ("sum/{sheet}",)),
    "onlyme": Door("onlyme/{sheet}/1", WORKER),
    "days": Door("days/{sheet}", WORKER),
    "day": Door("day/{sheet}/2026-03-01", WORKER),
    "enter": Door("enter/{sheet}", WORKER, HEARD),
    "correct": Door("correct/{sheet}", WORKER, ENTERED),
    "keepfirst": Door("keepfirst/{sheet}", WORKER, (*ENTERED, "correct/{sheet}")),
    "ratings": Door("ratings/{rater}", WORKER),
    "history": Door("history/{case}", WORKER),
    "rating": Door("rating/{sheet}", WORKER, ENTERED),
    "drop": Door("drop/{sheet}", WORKER, ENTERED),
    "dropped": Door("dropped/{sheet}", WORKER, ENTERED),
    "sheets": Door("sheets/{case}", WORKER),
    "sheet": Door("sheet/{rater}", WORKER),
    "sheetof": Door("sheetof/{rater}/outcome/{subject}", WORKER),
    "attend": Door("attend/{quiet}", WORKER),
    "tomeet": Door("tomeet/{quiet}", WORKER),
    "start": Door("start/{quiet}/1", WORKER),
    "unmeasured": Door("unmeasured/{quiet}/-", WORKER),
    "notmet": Door("notmet/{held}", WORKER),
    "close": Door("close/{session}", WORKER),
    "end": Door("end/{session}", WORKER, ("close/{session}",)),
    "unasked": Door("unasked/{session}", WORKER),
    "here": Door("here/{session}", WORKER),
    "come": Door("come/{session}/{rater}", WORKER, ("wasnt/{session}/{rater}",)),
    "wasnt": Door("wasnt/{session}/{rater}", WORKER),
    "plans": Door("plans/{case}", WORKER),
    "planday": Door("planday/{case}", WORKER),
    "planon": Door("planon/{case}/20520", WORKER),
    "plan": Door("plan/{plan}", WORKER),
    "plantime": Door("plantime/{making}/840", WORKER),
    "weekly": Door("weekly/{plan}/1", WORKER),
    "comes": Door("comes/{plan}/{rater}/0", WORKER),
    "planit": Door("planit/{making}", WORKER),
    "move": Door("move/{plan}", WORKER),
    "moveday": Door("moveday/{plan}/20520", WORKER),
    "moveto": Door("moveto/{plan}/20520/840", WORKER),
    "skiponce": Door("skiponce/{plan}/20516", WORKER),
    "stopplan": Door("stopplan/{plan}", WORKER),
    "unplan": Door("unplan/{plan}", WORKER),
    "near": Door("near/{plan}", WORKER),
    "weeks": Door("weeks/{plan}", WORKER, ("weekly/{plan}/1",)),
    "week": Door("week/{plan}/20521", WORKER, ("weekly/{plan}/1",)),
    "weekout": Door("weekout/{plan}/20521", WORKER, ("weekly/{plan}/1",)),
    "weekback": Door("weekback/{plan}/20521", WORKER, ("weekly/{plan}/1", "weekout/{plan}/20521")),
    "weekmove": Door("weekmove/{plan}/20521", WORKER, ("weekly/{plan}/1",)),
    "weekday": Door("weekday/{plan}/20521/20522", WORKER, ("weekly/{plan}/1",)),
    "weekto": Door("weekto/{plan}/20521/20522/840", WORKER, ("weekly/{plan}/1",)),
    "groupcard": Door("groupcard/{group}", WORKER),
    "groupclose": Door("groupclose/{group}", WORKER),
    "groupend": Door("groupend/{group}", WORKER, ("groupclose/{group}",)),
    "groupstop": Door("groupstop/{group}", WORKER),
    "hand": Door("hand/{session}/{rater}", WORKER),
    "handnow": Door("handnow/{session}/{rater}", WORKER),
    "topics": Door("topics/{session}", WORKER),
    "alert": Door("alert/{alert}", WORKER),
    "talked": Door("talked/{alert}", WORKER),
    "later": Door("later/{alert}", WORKER),
    "notes": Door("notes/{case}", WORKER),
    "note": Door("note/{case}", WORKER),
    "noted": Door("noted/{case}/school", WORKER),
    "event": Door("event/{event}", WORKER),
    "turned": Door("turned/{event}/up", WORKER),
    "inreach": Door("inreach/{event}/no", WORKER),
    "onday": Door("onday/{event}/20260301", WORKER),
    "ofwhom": Door("ofwhom/{event}/1", WORKER),
    "packs": Door("packs/{case}", WORKER),
    "pack": Door("pack/{case}/energy/1", WORKER),
    "review": Door("review/{case}", WORKER),
    "decide": Door("decide/{case}/go_on", WORKER),
    "words": Door("words/{event}", WORKER),
    "nowords": Door("nowords/{event}", WORKER),
    "unnote": Door("unnote/{event}", WORKER),
}
DESK = {
    "pin": "pin",
    "newpin": "newpin////12",
    "tocolleague": "tocolleague/LEHTI-3",
    "cases": "cases",
    "new": "new",
    "open": "open/child",
    "asked": "asked",
    "bytag": "bytag",
    "offers": "offers",
    "firststeps": "firststeps",
    "quiet": "quiet",
    "setquiet": "setquiet/17/8",
    "quietasall": "quietasall",
    "deputies": "deputies",
    "nostandin": "nostandin",
    "onleave": "onleave",
    "awayfrom": "awayfrom",
    "awaytill": "awaytill/2026-03-09",
    "session": "session",
    "stepsaway": "stepsaway",
    "closedcases": "closedcases",
    "group": "group",
}
"""Buttons that name nothing: for whoever is a worker now, of whatever team."""
LISTED = {"groupgo": "groupgo/1/000000"}
"""Buttons that name nothing but a list, for workers: on a list that isn't theirs now they do nothing."""
IN_HANDS = ("goon", "giveback", "phoneback")
"""Buttons of a phone that is in somebody's hands: tests/chat/test_in_hands.py."""
LEADS = {"lost": "lost"}
"""Buttons for whoever leads a team now; none of the roles does."""
OPEN_TO_ALL = {
    "home": "home",
    "code": "code",
    "languages": "languages",
    "help": "help",
    "seen": "seen",
    "mydata": "mydata",
    "mydrop": "mydrop",
    "introduce": "introduce",
    "settings": "settings",
    "ground": "ground/1",
    "privacy": "privacy",
    "forget": "forget",
    "language": "language/sv",
    "accept": "accept/" + "x" * 22,
    "who": "who/KOIVU-27",
    "about": "about/KOIVU-27/mother",
    "consent": "consent/KOIVU-27/mother/child",
    "join": "join/TUNTEMATON-1/client/child",
    "forgetme": "forgetme",
}
"""Buttons that name nothing of anybody's; with a right code they are in test_joining, with oneself in test_privacy."""
SHOWN = PASSING | {"places"}
SHOWS_ONLY = {"attend"}
"""Makes nothing, though a repeat of it shows something else."""


@dataclass(frozen=True)
class House:
    """A play with two workers' cases alike: of all that a button can name there is one of Nora's and of Otto's."""

    play: Play
    noras: dict[str, str]
    ottos: dict[str, str]

    def filled(self, button: str) -> Iterator[tuple[dict[str, str], str]]:
        """The button with each mixture of Nora's, Otto's and missing ids."""
        names = [name for name in self.noras if f"{{{name}}}" in button]
        for kinds in product(
            (self.noras, self.ottos, dict.fromkeys(self.noras, MISSING) | {"alert": "99999"}), repeat=len(names)
        ):
            ids = {name: kind[name] for name, kind in zip(names, kinds, strict=True)}
            yield ids, button.format(**ids)

    async def presses(self, role: str, data: str) -> str:
        """Somebody in this role presses it; the note over their chat."""
        who = phone(self.play, "nora" if role == "ended" else role)
        if role == "ended":
            await self.play.change("UPDATE workers SET ended_at = began_at WHERE code = 'KOIVU-27'")
        said = await self.play.note(who, data, 1)
        if role == "ended":
            await self.play.change("UPDATE workers SET ended_at = NULL")
        return said


@pytest.fixture
async def play(sqlite: storage.Database) -> AsyncIterator[Play]:
    """Where everything is switched on that an organisation can switch on."""
    async with on_stage(sqlite, settings={"FREE_TEXT": "on"}) as play:
        yield play


@pytest.fixture
async def house(play: Play) -> House:
    async with play.database.transaction() as db:
        await storage.packs.put(db, ENERGY, now=play.world.clock.now())
    noras = await household(play, "nora", "KOIVU-27", client="aino", carer="mother", guest="guest")
    ottos = await household(play, "otto", "TAMMI-5", client="bo", carer="father", guest="visitor")
    await play.becomes_worker(phone(play, "colleague"), team="team of nora", code="LEHTI-3")
    async with play.database.transaction() as db:
        now = play.world.clock.now()
        noras |= await offers(db, "KOIVU-27", noras, now=now)
        ottos |= await offers(db, "TAMMI-5", ottos, now=now)
        await storage.outbox.void_all(db, now=now)
        await storage.outbox.void_all(db, now=play.world.clock.now())
    await play.change("UPDATE cases SET opened_at = '2026-02-01 09:00:00.000000'")
    return House(play, noras, ottos)


async def offers(db: storage.Transaction, code: str, its: dict[str, str], *, now: datetime) -> dict[str, str]:
    """A colleague with a phone is offered the first case, shares the other one, and offers one of their own."""
    worker, colleague = [await storage.workers.by_code(db, each) for each in (code, "LEHTI-3")]
    assert worker
    assert colleague
    to, back = {"from_id": worker.id, "to_id": colleague.id}, {"from_id": colleague.id, "to_id": worker.id}
    given = await storage.offers.add(db, case_id=its["case"], kind=OfferKind.HAND_OVER, now=now, **to)
    await storage.offers.give(db, its["quiet"], colleague.id, now=now)
    case = await storage.cases.add(db, worker_id=colleague.id, label=code, state=CaseState.OPEN, check=None, now=now)
    offer = await storage.offers.add(db, case_id=case, kind=OfferKind.SHARE, now=now, **back)
    shut = await storage.cases.add(db, worker_id=worker.id, label="shut", state=CaseState.OPEN, check=None, now=now)
    await storage.closing.close(db, shut, Ending.AGREED, now=now)
    return {"shut": shut, "given": given.id, "offer": offer.id, "colleague": colleague.id}


async def household(play: Play, worker: str, code: str, *, client: str, carer: str, guest: str) -> dict[str, str]:
    """A worker with a case in a meeting, another one that isn't, and a mother who has asked to join."""
    now = play.world.clock.now()
    async with play.database.transaction() as db:
        worker_, client_, carer_, guest_ = [
            await storage.people.meet(db, telegram_id=phone(play, name).id, language="en", now=now)
            for name in (worker, client, carer, guest)
        ]
        _, made = await invitations.invite_worker(db, team=f"team of {worker}", code=code, role=None, now=now)
        await invitations.read_code(db, worker_, made.link, now=now)
        case = (await cases.open_case(db, worker_, AgeBand.ADOLESCENT, now=now)).case
        await handing_over.choose_pin(db, worker_, "4826")
        quiet = (await cases.open_case(db, worker_, AgeBand.ADOLESCENT, now=now)).case
        places = [case.raters[0], quiet.raters[0]]
        for _ in range(2):
            view = await cases.add_collateral(db, worker_, case.id, Kind.MOTHER, now=now)
            places.append(next(each for each in view.case.raters if each not in places))
        for place, person in zip(places, (client_, client_, carer_), strict=False):
            _, _, made = await invitations.invite_rater(db, worker_, place.id, now=now)
            await invitations.take_invitation(db, person, made.link, now=now)
        group, here = storage.new_id(), [places[0].id, places[2].id]
        card = await meetings.start(db, worker_, case.id, here, group_id=group, now=now)
        view = await cases.add_client(db, worker_, case.id, AgeBand.CHILD, now=now)
        sibling = next(each for each in view.case.subjects if each.band is AgeBand.CHILD)
        view = await cases.add_collateral(db, worker_, case.id, Kind.FATHER, now=now)
        invited = next(each for each in view.case.raters if each.kind is Kind.FATHER)
        _, _, open_ = await invitations.invite_rater(db, worker_, invited.id, now=now)
        uncle = await storage.people.meet(db, telegram_id=phone(play, f"uncle of {guest}").id, language="en", now=now)
        came = await joining.ask_to_join(db, uncle, code, Kind.CARER, AgeBand.ADOLESCENT, now=now)
        assert isinstance(came, joining.Asked)
        attached = await joining.attach(db, worker_, came.case.id, case.id, None, now=now)
        asked = await joining.ask_to_join(db, guest_, code, Kind.MOTHER, AgeBand.ADOLESCENT, now=now)
        assert isinstance(asked, joining.Asked)
        drafts = await storage.drafts.of_session(db, card.session.id)
        hers = next(each for each in drafts if each.rater_id == places[2].id)
        for item in ITEMS:
            await ratings.answer(db, carer_, hers.id, item, 10, now=now)
        await ratings.hand_in(db, carer_, hers.id, now=now)
        alert = (await storage.alerts.of_draft(db, hers.id))[0]
        team = await storage.tags.team_named(db, f"team of {worker}")
        await storage.tags.add(db, team or "", "Evening")
        (tag,) = await storage.tags.of_team(db, team or "")
        session = card.session.id
        await storage.sessions.attend(db, session, places[3].id)
        silent = await _without_phone(db, worker_, case.id, session, now)
        sheet = await entering.begin(db, worker_, session, silent, Measure.OUTCOME, Mode.PAPER, now=now, zone=UTC)
        own = (await storage.workers.of_case(db, case.id))[0].id
        an_hour_ago = now - timedelta(hours=1)
        held = await storage.sessions.add_held(
            db, case_id=case.id, worker_id=own, rater_ids=(), started_at=an_hour_ago, now=now
        )
        plan, making = [await planned(db, worker_, case.id, places[0].id, on, now=now) for on in (True, False)]
        _, event = await events.note(db, worker_, case.id, EventKind.MOVE, today=now.date(), now=now)
        await events.write(db, worker_, event.id, "A few words", free_text=True)
    return {
        "case": case.id,
        "quiet": quiet.id,
        "session": card.session.id,
        "asked": asked.case.id,
        "rater": places[0].id,
        "subject": places[0].subject_ids[0],
        "free": places[3].id,
        "silent": silent,
        "sheet": sheet.draft.id,
        "held": held.id,
        "sibling": sibling.id,
        "invited": invited.id,
        "invitation": open_.id,
        "mark": raters.phone_mark(replace(places[0], person_id=client_.id)),
        "attached": attached.rater.id,
        "attachment": attached.attachment.id,
        "alert": str(alert.number),
        "plan": plan,
        "group": group,
        "making": making,
        "event": event.id,
        "tag": tag.id,
        "draft": next(each.id for each in drafts if each.rater_id == places[0].id),
    }


async def _without_phone(db: Transaction, worker: Person, case_id: str, session_id: str, now: datetime) -> str:
    """A father who is in the meeting and has joined from nowhere."""
    view = await cases.add_collateral(db, worker, case_id, Kind.FATHER, now=now)
    rater = next(each for each in view.case.raters if each.kind is Kind.FATHER)
    await storage.sessions.attend(db, session_id, rater.id)
    return rater.id


async def planned(db: storage.Transaction, worker: Person, case: str, rater: str, on: bool, *, now: datetime) -> str:
    """A meeting on Friday with one rater, or one that is being planned."""
    days, zone = date(1970, 1, 1) + timedelta(days=20516 if on else 20517), ZoneInfo("Europe/Helsinki")
    plan = (await plans.choose_day(db, worker, case, days, zone=zone, now=now)).plan
    if on:
        await plans.keep(db, worker, plan.id, now=now, zone=zone, quiet=None)
    return plan.id


def phone(play: Play, name: str) -> Phone:
    found = play.world.phone(name, language="en")
    found.chat.known = True
    return found


def test_of_every_handler_it_is_said_who_may() -> None:
    assert sorted([*DOORS, *DESK, *LISTED, *LEADS, *OPEN_TO_ALL, *IN_HANDS]) == sorted(each.verb for each in PRESSES)


@pytest.mark.parametrize("verb", DOORS)
async def test_a_button_opens_for_whom_it_is_and_for_nobody_else(house: House, verb: str) -> None:
    """All others first, with whatever ids; each hears the same, and nothing changes. Then the one who may."""
    door = DOORS[verb]
    for step in door.before:
        await house.presses(door.who, step.format(**house.noras))
    before = await house.play.kept()
    own = {"nora": house.noras, "otto": house.ottos} if door.who == WORKER else {RATER: house.noras}
    said = {}
    for role in ROLES:
        for ids, data in house.filled(door.button):
            if role not in own or any(own[role][name] != id for name, id in ids.items()):
                said[(role, data)] = await house.presses(role, data)
    assert {at: words for at, words in said.items() if words not in refused(verb)} == {}
    assert await house.play.kept() == before

    before = await house.play.kept(but=SHOWN)
    words = await house.presses(door.who, door.button.format(**house.noras))
    assert words != NOT_HERE
    changes = next(each.changes for each in PRESSES if each.verb == verb) and verb not in SHOWS_ONLY
    assert (await house.play.kept(but=SHOWN) != before) is changes


def refused(verb: str) -> set[str]:
    """One sentence for unknown and forbidden. What belongs to somebody of one's own case may also be another by now.

    Of a colleague whom there isn't it is said that they aren't here any more.
    """
    moved = ("place", "takeback", "withdraw", "endinvite", "replace", "somebody", "undo")
    more = dict.fromkeys(moved, Reason.NO_LONGER)
    more |= dict.fromkeys(("colleague", "offer", "standin"), Reason.COLLEAGUE_LEFT)
    return {NOT_HERE, refusals.words(ENGLISH, more[verb])} if verb in more else {NOT_HERE}


@pytest.mark.parametrize("verb", DESK)
async def test_the_desk_opens_for_workers_of_today(house: House, verb: str) -> None:
    before = await house.play.kept()
    said = {role: await house.presses(role, DESK[verb]) for role in ROLES if role not in ("nora", "otto")}
    assert said == dict.fromkeys(said, NOT_HERE)
    assert await house.play.kept() == before
    assert [await house.presses(role, DESK[verb]) for role in ("nora", "otto")] == ["", ""]


@pytest.mark.parametrize("verb", LISTED)
async def test_ticks_on_another_list_do_nothing(house: House, verb: str) -> None:
    before = await house.play.kept()
    said = {role: await house.presses(role, LISTED[verb]) for role in ROLES}
    moved_on = refusals.words(ENGLISH, Reason.NO_LONGER)
    assert said == {role: moved_on if role in ("nora", "otto") else NOT_HERE for role in ROLES}
    assert await house.play.kept() == before


@pytest.mark.parametrize("verb", LEADS)
async def test_what_leads_see_opens_for_leads_of_today(house: House, verb: str) -> None:
    before = await house.play.kept()
    said = {role: await house.presses(role, LEADS[verb]) for role in ROLES}
    assert said == dict.fromkeys(ROLES, NOT_HERE)
    assert await house.play.kept() == before
    for role, words in (("lead", ""), ("admin", ""), ("mentor", NOT_HERE)):
        await house.play.change(f"UPDATE workers SET role = '{role}' WHERE code = 'KOIVU-27'")
        assert await house.presses("nora", LEADS[verb]) == words


@pytest.mark.parametrize("verb", [verb for verb in OPEN_TO_ALL if verb != "forgetme"])
async def test_what_names_nothing_of_anybodys_changes_nothing_of_anybodys(house: House, verb: str) -> None:
    passing = PASSING | ({"letters"} if verb == "language" else set())  # which change the menu of commands
    before = await house.play.kept(but=passing)
    assert [await house.presses(role, OPEN_TO_ALL[verb]) for role in ROLES] == [""] * len(ROLES)
    assert await house.play.kept(but=passing) == before


async def test_a_place_of_ones_own_case_and_of_anothers_look_the_same_when_they_are_not_free(house: House) -> None:
    asked, case = house.noras["asked"], house.noras["case"]
    others = {house.ottos["free"], MISSING, house.noras["rater"]}
    assert len({await house.presses("nora", f"place/{asked}/{case}/{each}") for each in others}) == 1

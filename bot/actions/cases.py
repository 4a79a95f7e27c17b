"""A worker's cases: open one, add the people in it, look at it, give it another label."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import storage
from bot.actions import attention as attending
from bot.actions.access import Desk, access_case, access_case_rater, access_kept_case, access_worker
from bot.actions.attention import NOTHING, Needs
from bot.actions.pictures import Rated, rated
from bot.domain.attention import Concern, most_needing
from bot.domain.cases import Case, CaseState, Rater, Session
from bot.domain.errors import Reason, Refusal
from bot.domain.labels import NUMBERS, WORDS, label
from bot.domain.people import AgeBand, Kind, Person
from bot.domain.plans import Plan
from bot.domain.tags import Tag
from bot.domain.weighing import WEIGHING, Weighing
from storage import Transaction

LABELS = len(WORDS["en"]) * len(NUMBERS)
"""Each of a language once: as many numbers in a row are drawn from."""


@dataclass(frozen=True)
class CaseLine:
    """One case in the list: `meeting_open` while one goes on, `last_met` when it met last.

    `concerns`: why it needs attention, the first thing first. `stood_in_for`: in whose place they have it (codes).
    """

    case: Case
    last_met: datetime | None
    meeting_open: bool
    concerns: tuple[Concern, ...] = ()
    stood_in_for: Sequence[str] = ()


@dataclass(frozen=True)
class CaseView:
    """The case card: the case, the meeting that goes on or was last, what there is to draw, what it needs.

    `stood_in_for`: as in a line.
    """

    case: Case
    newest: Session | None
    rated: tuple[Rated, ...]
    needs: Needs = NOTHING
    planned: Plan | None = None
    stood_in_for: Sequence[str] = ()
    tags: Sequence[Tag] = ()


async def listed(db: Transaction, person: Person) -> Sequence[CaseLine]:
    """The worker's open cases; those in a meeting first, then who met last."""
    worker = await access_worker(db, person)
    found = await storage.cases.of_worker(db, worker.id, CaseState.OPEN)
    met = await storage.caseload.met(db, [each.id for each in found])
    lines = [
        CaseLine(each, met[each.id].at, met[each.id].going_on) if each.id in met else CaseLine(each, None, False)
        for each in found
    ]
    stood_in_for = await storage.leave.stood_in_for(db, worker.id)
    lines = [replace(each, stood_in_for=stood_in_for.get(each.case.id, ())) for each in lines]
    lines.sort(key=lambda each: each.last_met or each.case.opened_at, reverse=True)
    return sorted(lines, key=lambda each: not each.meeting_open)


async def attention(
    db: Transaction, person: Person, *, weighing: Weighing = WEIGHING, now: datetime
) -> Sequence[CaseLine]:
    """The same with why each needs attention: what needs it most first, after those in a meeting."""
    lines = await listed(db, person)
    needs = await attending.needs_of(db, [each.case for each in lines], weighing=weighing, now=now)
    lines = [replace(each, concerns=needs[each.case.id].concerns) for each in lines]
    return sorted(lines, key=lambda each: (not each.meeting_open, most_needing(each.concerns)))


async def own(db: Transaction, person: Person) -> Sequence[Case]:
    """The worker's own open cases, the newest first; not those in which they stand in for somebody."""
    worker = await access_worker(db, person)
    found = await storage.cases.of_worker(db, worker.id, CaseState.OPEN)
    not_own = await storage.leave.stood_in_for(db, worker.id)
    return [each for each in found if each.id not in not_own]


async def asked(db: Transaction, person: Person) -> Sequence[Case]:
    """Those who joined by this worker's code and wait for the yes."""
    worker = await access_worker(db, person)
    return await storage.cases.of_worker(db, worker.id, CaseState.ASKED)


async def view(db: Transaction, person: Person, case_id: str) -> CaseView:
    return await _view(db, await access_case(db, person, case_id, hold=False))


async def _view(db: Transaction, desk: Desk) -> CaseView:
    case_id = desk.case.id
    ratings = await storage.ratings.of_case(db, case_id)
    newest = await storage.sessions.newest(db, case_id)
    stood_in_for = await storage.leave.stood_in_for(db, desk.worker.id)
    planned = next(iter(await storage.plans.of_case(db, case_id)), None)
    stands_in = stood_in_for.get(case_id, ())
    return CaseView(desk.case, newest, rated(desk.case, ratings), planned=planned, stood_in_for=stands_in)


async def card(
    db: Transaction, person: Person, case_id: str, *, weighing: Weighing = WEIGHING, now: datetime
) -> CaseView:
    """The same with what the case needs, and its tags; of a closed one too, which needs nothing."""
    seen = await _view(db, await access_kept_case(db, person, case_id))
    is_open = [seen.case] if seen.case.state is CaseState.OPEN else []
    needs = await attending.needs_of(db, is_open, weighing=weighing, now=now)
    tags = await storage.tags.of_cases(db, [case_id])
    return replace(seen, needs=needs.get(case_id, NOTHING), tags=tags[case_id])


async def open_case(
    db: Transaction, person: Person, band: AgeBand, *, count: int | None = None, now: datetime
) -> CaseView:
    """A new case about one client of this age, if there are still `count` open ones."""
    worker = await access_worker(db, person)
    _must_still_be(count, len(await storage.cases.of_worker(db, worker.id, CaseState.OPEN)))
    case_id = await storage.cases.add(
        db,
        worker_id=worker.id,
        label=await free_label(db, worker.id, person.language),
        state=CaseState.OPEN,
        check=None,
        now=now,
    )
    return await add_client(db, person, case_id, band, now=now)


def _must_still_be(count: int | None, found: int) -> None:
    """What was counted when it was asked for has been added already, when there are more now."""
    if count not in (None, found):
        raise Refusal(Reason.NO_LONGER)


async def add_client(
    db: Transaction, person: Person, case_id: str, band: AgeBand, *, count: int | None = None, now: datetime
) -> CaseView:
    """One more subject, if there are still `count`, and the rater that they are themself from six years on.

    Others who are in the case already rate a child too; an adult only where the case is about adults alone.
    """
    desk = await access_case(db, person, case_id)
    _must_still_be(count, len(desk.case.subjects))
    subject = await storage.cases.add_subject(db, case_id, band, now=now)
    if subject in replace(desk.case, subjects=(*desk.case.subjects, subject)).rated_by_others:
        for rater in desk.case.raters:
            if rater.kind is not Kind.CLIENT and not rater.is_guess:
                await storage.cases.add_about(db, rater.id, subject.id)
    if band.can_rate:
        client = Rater(storage.new_id(), case_id, Kind.CLIENT, band, (subject.id,), None)
        await storage.cases.add_rater(db, client, now=now)
    return await view(db, person, case_id)


async def add_collateral(
    db: Transaction, person: Person, case_id: str, kind: Kind, *, count: int | None = None, now: datetime
) -> CaseView:
    """A carer or another adult, who rates the children of the case, if there are still `count` raters."""
    desk = await access_case(db, person, case_id)
    _must_still_be(count, len(desk.case.raters))
    about = tuple(each.id for each in desk.case.rated_by_others)
    rater = Rater(storage.new_id(), case_id, kind, AgeBand.ADULT, about, None)
    await storage.cases.add_rater(db, rater, now=now)
    return await view(db, person, case_id)


async def draw_label_again(db: Transaction, person: Person, case_id: str) -> CaseView:
    desk = await access_case(db, person, case_id)
    await storage.cases.relabel(db, case_id, await free_label(db, desk.worker.id, person.language))
    return await view(db, person, case_id)


async def free_label(db: Transaction, worker_id: str, language: str) -> str:
    """A label that none of the worker's cases has; with a word that none has, as long as there is one.

    Two cases of one word are taken for each other.
    """
    await storage.workers.hold(db, worker_id)
    taken = await storage.cases.labels_of_worker(db, worker_id)
    words, chance, drawn = {_word(each) for each in taken}, secrets.randbits(64), []
    for step in range(LABELS):
        drawn.append(label(language, chance + step))
        if _word(drawn[-1]) not in words:
            return drawn[-1]
    return secrets.choice([each for each in drawn if each not in taken] or drawn)


def _word(name: str) -> str:
    return name.partition(" ")[0]


async def view_rater(db: Transaction, person: Person, rater_id: str) -> tuple[CaseView, Rater]:
    """One rater of a case, with the case."""
    desk, rater = await access_case_rater(db, person, rater_id, hold=False)
    return await view(db, person, desk.case.id), rater

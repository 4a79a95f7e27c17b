"""Cases with their subjects and raters, and whose they are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, bindparam, delete, exists, insert, select, update

from bot.domain.cases import Case, CaseState, Ending, Rater, Subject
from bot.domain.people import AgeBand, Kind
from storage import leave
from storage.database import Transaction, new_id
from storage.schema import (
    alerts,
    attachments,
    case_workers,
    cases,
    drafts,
    plans,
    rater_subjects,
    raters,
    ratings,
    sessions,
    subjects,
)

_IS_ITS_WORKER = (case_workers.c.case_id == cases.c.id) & case_workers.c.ended_at.is_(None)


_HELD = select(cases.c.id).with_for_update(key_share=True)
_BY_ID = _HELD.where(cases.c.id == bindparam("id"))


def _of(table: Table, key: str = "id") -> Select[Any]:
    return _HELD.where(cases.c.id == select(table.c.case_id).where(table.c[key] == bindparam("id")).scalar_subquery())


_OF_DRAFT, _OF_RATER, _OF_SESSION, _OF_PLAN = _of(drafts), _of(raters), _of(sessions), _of(plans)
_OF_ALERT = _of(alerts, "number")

# Holding: nobody else who holds it reads or changes the case, and all that is in it, until the transaction ends.


async def hold(db: Transaction, *case_ids: str) -> None:
    """Several in the order of their ids, so that no two transactions wait for each other."""
    for case_id in sorted(set(case_ids)):
        await db.hold(_BY_ID, id=case_id)


async def hold_of_draft(db: Transaction, draft_id: str) -> None:
    """The case of a draft. When that has gone while we waited, the draft may be in another one by now."""
    if not await db.hold(_OF_DRAFT, id=draft_id):
        await db.hold(_OF_DRAFT, id=draft_id)


async def hold_of_rater(db: Transaction, rater_id: str) -> None:
    await db.hold(_OF_RATER, id=rater_id)


async def hold_of_session(db: Transaction, session_id: str) -> None:
    await db.hold(_OF_SESSION, id=session_id)


async def hold_of_plan(db: Transaction, plan_id: str) -> None:
    await db.hold(_OF_PLAN, id=plan_id)


async def hold_of_alert(db: Transaction, number: int) -> bool:
    """Whether its case is there."""
    return await db.hold(_OF_ALERT, id=number)


# Cases


async def add(
    db: Transaction, *, worker_id: str, label: str, state: CaseState, check: str | None, now: datetime
) -> str:
    """A new case of a worker; its id."""
    id = new_id()
    row = {
        "id": id,
        "state": state.value,
        "label_sealed": db.vault.seal(label, row=f"cases/{id}/label"),
        "check_sealed": db.vault.seal(check, row=f"cases/{id}/check") if check else None,
        "opened_at": now,
    }
    await db.change(insert(cases).values(**row))
    await db.change(insert(case_workers).values(case_id=id, worker_id=worker_id, began_at=now))
    return id


_CASE = select(cases).where(cases.c.id == bindparam("its_id"))
_SUBJECTS = select(subjects).order_by(subjects.c.added_at, subjects.c.id)
_SUBJECTS_OF_CASE = _SUBJECTS.where(subjects.c.case_id == bindparam("its_id"))
_RATERS = (
    select(raters, rater_subjects.c.subject_id)
    .join(rater_subjects, rater_subjects.c.rater_id == raters.c.id)
    .join(subjects, subjects.c.id == rater_subjects.c.subject_id)
    .order_by(raters.c.added_at, raters.c.id, subjects.c.added_at, subjects.c.id)
)
_RATERS_OF_CASE = _RATERS.where(raters.c.case_id == bindparam("its_id"))


async def get(db: Transaction, case_id: str) -> Case | None:
    row = await db.row(_CASE, {"its_id": case_id})
    if row is None:
        return None
    subjects = [as_subject(db, each) for each in await db.rows(_SUBJECTS_OF_CASE, {"its_id": case_id})]
    return _as_case(db, row, subjects, _as_raters(await db.rows(_RATERS_OF_CASE, {"its_id": case_id})))


async def _whole(db: Transaction, rows: Sequence[Row[Any]]) -> Sequence[Case]:
    """Several at once, in their order."""
    ids = [row.id for row in rows]
    subjects_of, raters_of = defaultdict[str, list[Subject]](list), defaultdict[str, list[Rater]](list)
    for row in await db.rows(_SUBJECTS.where(subjects.c.case_id.in_(ids))):
        subjects_of[row.case_id].append(as_subject(db, row))
    for rater in _as_raters(await db.rows(_RATERS.where(raters.c.case_id.in_(ids)))):
        raters_of[rater.case_id].append(rater)
    return [_as_case(db, row, subjects_of[row.id], raters_of[row.id]) for row in rows]


def _as_case(db: Transaction, row: Row[Any], subjects: Iterable[Subject], raters: Iterable[Rater]) -> Case:
    return Case(
        id=row.id,
        label=db.vault.unseal(row.label_sealed, row=f"cases/{row.id}/label"),
        state=CaseState(row.state),
        opened_at=row.opened_at,
        subjects=tuple(subjects),
        raters=tuple(raters),
        check=db.vault.unseal(row.check_sealed, row=f"cases/{row.id}/check") if row.check_sealed else None,
        closed_at=row.closed_at,
        ending=Ending(row.ending) if row.ending else None,
    )


def as_subject(db: Transaction, row: Row[Any]) -> Subject:
    """A row of `subjects`."""
    born = db.vault.unseal(row.born_sealed, row=f"subjects/{row.id}/born") if row.born_sealed else None
    return Subject(
        id=row.id,
        case_id=row.case_id,
        band=AgeBand(row.band),
        band_known_at=row.band_known_at,
        born=date.fromisoformat(born) if born else None,
        asked_as_child=row.asked_as_child,
    )


async def _raters(db: Transaction, which: Any) -> list[Rater]:
    """Raters in the order in which they were added; each with its subjects in theirs."""
    return _as_raters(await db.rows(_RATERS.where(which)))


def _as_raters(rows: Iterable[Row[Any]]) -> list[Rater]:
    found: dict[str, Rater] = {}
    for row in rows:
        before = found[row.id].subject_ids if row.id in found else ()
        found[row.id] = Rater(
            id=row.id,
            case_id=row.case_id,
            kind=Kind(row.kind),
            band=AgeBand(row.band),
            subject_ids=(*before, row.subject_id),
            person_id=row.person_id,
            own_subject_id=row.own_subject_id,
            own_phone=row.own_phone,
            language=row.language,
            guessed_by=row.guessed_by,
            ended_at=row.ended_at,
        )
    return list(found.values())


async def rater(db: Transaction, rater_id: str) -> Rater | None:
    return next(iter(await _raters(db, raters.c.id == rater_id)), None)


async def raters_of_person(db: Transaction, person_id: str) -> Sequence[Rater]:
    """What this person rates, in cases that aren't closed."""
    closed = exists().where(cases.c.id == raters.c.case_id, cases.c.state == CaseState.CLOSED.value)
    return await _raters(db, (raters.c.person_id == person_id) & ~closed)


async def all_raters_of_person(db: Transaction, person_id: str) -> Sequence[Rater]:
    """What this person rates or has rated, in closed cases too."""
    return await _raters(db, raters.c.person_id == person_id)


async def is_worker_of(db: Transaction, worker_id: str, case_id: str) -> bool:
    """Whether the case is this worker's, or that of somebody who is away and for whom they stand in."""
    its = (case_workers.c.case_id == case_id) & case_workers.c.ended_at.is_(None)
    in_their_place = _stood_in_for(worker_id)
    return await has(db, worker_id, case_id) or (
        await db.row(select(case_workers.c.case_id).where(its, in_their_place).limit(1)) is not None
    )


def _stood_in_for(worker_id: str) -> ColumnElement[bool]:
    """In nobody's place where they answer themself: others' answers there aren't for them."""
    absent = case_workers.c.worker_id.in_(leave.of_deputy(worker_id))
    return absent & case_workers.c.case_id.not_in(leave.answers_in(worker_id))


async def has(db: Transaction, worker_id: str, case_id: str) -> bool:
    """Whether the case is this worker's own, and not as a deputy."""
    question = select(case_workers.c.case_id).where(
        case_workers.c.case_id == case_id, case_workers.c.worker_id == worker_id, case_workers.c.ended_at.is_(None)
    )
    return await db.row(question) is not None


async def called(db: Transaction, name: str) -> Sequence[Case]:
    """The case with this id, or else all with this label."""
    case = await get(db, name)
    if case is not None:
        return [case]
    rows = await db.rows(select(cases).order_by(cases.c.opened_at, cases.c.id))
    labels = ((row, db.vault.unseal(row.label_sealed, row=f"cases/{row.id}/label")) for row in rows)
    return await _whole(db, [row for row, label in labels if label.casefold() == name.casefold()])


def ids_of_worker(worker_id: str) -> Select[Any]:
    """The ids of all cases that are this worker's now, or those of somebody for whom they stand in."""
    hands = (case_workers.c.worker_id == worker_id) | _stood_in_for(worker_id)
    return select(case_workers.c.case_id).where(hands, case_workers.c.ended_at.is_(None))


async def of_worker(db: Transaction, worker_id: str, state: CaseState) -> Sequence[Case]:
    """The worker's cases in this state, the newest first; those too in which they stand in for somebody."""
    question = (
        select(cases)
        .where(cases.c.id.in_(ids_of_worker(worker_id)), cases.c.state == state.value)
        .order_by(cases.c.opened_at.desc(), cases.c.id)
    )
    return await _whole(db, await db.rows(question))


async def in_state(db: Transaction, state: CaseState) -> Sequence[Case]:
    """All of the service, the oldest first. It takes long: ask it of a snapshot."""
    question = select(cases).where(cases.c.state == state.value).order_by(cases.c.opened_at, cases.c.id)
    return [case for row in await db.rows(question) for case in await _whole(db, [row])]


async def labels_of_worker(db: Transaction, worker_id: str) -> frozenset[str]:
    """The labels that are taken among a worker's cases."""
    question = select(cases.c.id, cases.c.label_sealed).join(case_workers, _IS_ITS_WORKER)
    rows = await db.rows(question.where(case_workers.c.worker_id == worker_id))
    return frozenset(db.vault.unseal(row.label_sealed, row=f"cases/{row.id}/label") for row in rows)


async def relabel(db: Transaction, case_id: str, label: str) -> None:
    sealed = db.vault.seal(label, row=f"cases/{case_id}/label")
    await db.change(update(cases).where(cases.c.id == case_id).values(label_sealed=sealed))


async def open_asked(db: Transaction, case_id: str) -> bool:
    """The worker's yes; False when it was decided already."""
    asked = (cases.c.id == case_id) & (cases.c.state == CaseState.ASKED.value)
    return await db.change(update(cases).where(asked).values(state=CaseState.OPEN.value, check_sealed=None)) == 1


async def erase(db: Transaction, case_id: str) -> None:
    """The case and all that is in it."""
    await db.change(delete(cases).where(cases.c.id == case_id))


async def add_subject(db: Transaction, case_id: str, band: AgeBand, *, now: datetime) -> Subject:
    subject = Subject(new_id(), case_id, band, band_known_at=now)
    row = {"id": subject.id, "case_id": case_id, "band": band.value, "added_at": now, "band_known_at": now}
    await db.change(insert(subjects).values(**row))
    return subject


async def add_rater(db: Transaction, rater: Rater, *, now: datetime) -> None:
    row = {
        "id": rater.id,
        "case_id": rater.case_id,
        "kind": rater.kind.value,
        "band": rater.band.value,
        "person_id": rater.person_id,
        "own_subject_id": rater.own_subject_id,
        "own_phone": rater.own_phone,
        "language": rater.language,
        "guessed_by": rater.guessed_by,
        "added_at": now,
    }
    await db.change(insert(raters).values(**row))
    await _add_subjects(db, rater.id, rater.subject_ids)


async def _add_subjects(db: Transaction, rater_id: str, subject_ids: Sequence[str]) -> None:
    rows = [{"rater_id": rater_id, "subject_id": each} for each in subject_ids]
    if rows:
        await db.change(insert(rater_subjects).values(rows))


async def add_about(db: Transaction, rater_id: str, subject_id: str) -> None:
    """The rater rates this subject too."""
    await db.add_once(rater_subjects, {"rater_id": rater_id, "subject_id": subject_id})


async def join(db: Transaction, rater_id: str, person_id: str) -> bool:
    """The rater now answers from this phone; False when another phone was first."""
    free = (raters.c.id == rater_id) & raters.c.person_id.is_(None)
    return await db.change(update(raters).where(free).values(person_id=person_id)) == 1


async def empty(db: Transaction, rater_id: str) -> None:
    """All that the rater has given is erased, and the phone is let go; the place in the case stays."""
    for table in (ratings, drafts, attachments):
        await db.change(delete(table).where(table.c.rater_id == rater_id))
    await db.change(update(raters).where(raters.c.id == rater_id).values(person_id=None))


async def turn_to(db: Transaction, rater: Rater, subject_id: str, to_id: str) -> None:
    """What the rater has given about one subject is from now on about another."""
    for table in (drafts, ratings):
        about = (table.c.rater_id == rater.id) & (table.c.subject_id == subject_id)
        await db.change(update(table).where(about).values(subject_id=to_id))


async def give_to(db: Transaction, giver: Rater, taker: Rater) -> None:
    """All that one rater has given is from now on another's, in the other's case."""
    raised = alerts.c.draft_id.in_(select(drafts.c.id).where(drafts.c.rater_id == giver.id))
    await db.change(update(alerts).where(raised).values(case_id=taker.case_id))
    for table in (drafts, ratings):
        given = table.c.rater_id == giver.id
        await db.change(update(table).where(given).values(case_id=taker.case_id, rater_id=taker.id))

"""Drafts: each answer is kept at once, under (draft, item)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, delete, exists, func, select, update

from bot.domain.cases import CaseState
from bot.domain.instruments import Instrument, Measure
from bot.domain.people import Person
from bot.domain.ratings import Draft, DraftState, Mode, SkipReason
from storage import packs
from storage.database import Transaction
from storage.schema import cases, draft_items, drafts, hand_overs, raters, subjects


async def add(db: Transaction, draft: Draft) -> bool:
    """Keep a new draft; False when there is one of the same rater, subject and instrument for the meeting."""
    row = {
        "id": draft.id,
        "case_id": draft.case_id,
        "session_id": draft.session_id,
        "rater_id": draft.rater_id,
        "subject_id": draft.subject_id,
        "instrument": draft.instrument.code,
        "began_at": draft.began_at,
        "by_choice": draft.by_choice,
    }
    return await db.add_once(drafts, {**row, **_position(draft)})


def _position(draft: Draft) -> dict[str, Any]:
    reason = draft.skip_reason.value if draft.skip_reason else None
    return {
        "state": draft.state.value,
        "present": draft.present,
        "skip_reason": reason,
        "mode": draft.mode.value,
        "total": draft.total,
        "rated_on": draft.rated_on,
        "only_worker": draft.only_worker,
    }


_MOVED = update(drafts).where(
    drafts.c.id == bindparam("its_id"),
    drafts.c.state == bindparam("its_state"),
    drafts.c.present == bindparam("its_present"),
)


async def save(db: Transaction, before: Draft, after: Draft, *, now: datetime) -> bool:
    """Write what one step has changed: the position and its time, the new scores and those that are gone.

    False when it isn't at `before`.
    """
    if _position(before) != _position(after):
        there = {"its_id": after.id, "its_state": before.state.value, "its_present": before.present}
        if await db.change(_MOVED, {**there, **_position(after), "moved_at": now}) != 1:
            return False
    for item in after.instrument.items:
        score = after.scores[item - 1]
        if score is not None and score != before.scores[item - 1]:
            await db.put(draft_items, {"draft_id": after.id, "item": item}, {"score": score})
        elif score is None and before.scores[item - 1] is not None:
            await db.change(_TAKEN_OUT, {"its_id": after.id, "its_item": item})
    return True


_TAKEN_OUT = delete(draft_items).where(
    draft_items.c.draft_id == bindparam("its_id"), draft_items.c.item == bindparam("its_item")
)
_GOING_ON = drafts.c.state.in_((DraftState.OPEN.value, DraftState.CHANGING.value))
_WITH_ITEMS = select(drafts, draft_items.c.item, draft_items.c.score).outerjoin(
    draft_items, draft_items.c.draft_id == drafts.c.id
)
_GUESSERS = raters.alias("guessers")
_GUESSER = select(_GUESSERS.c.person_id).where(_GUESSERS.c.id == raters.c.guessed_by).scalar_subquery()
_WITH_RATER = _WITH_ITEMS.join(raters, raters.c.id == drafts.c.rater_id).where(drafts.c.id == bindparam("its_id"))
_OF_PERSON = _WITH_RATER.where(func.coalesce(_GUESSER, raters.c.person_id) == bindparam("its_person"))
_HANDED_FOR = select(hand_overs.c.session_id).where(hand_overs.c.person_id == bindparam("its_person")).scalar_subquery()
_IN_HANDS = _WITH_RATER.where(
    func.coalesce(raters.c.guessed_by, raters.c.id) == bindparam("its_rater"), drafts.c.session_id == _HANDED_FOR
)


async def get(db: Transaction, draft_id: str) -> Draft | None:
    return next(iter(await _found(db, drafts.c.id == draft_id)), None)


async def of_person(db: Transaction, person: Person, draft_id: str) -> Draft | None:
    """The draft when this person is its rater, or guesses for one; None else, whether it exists or not.

    Whose phone is in somebody's hands is that rater, and reaches what is of the meeting for which it was handed over.
    """
    if person.in_hands_of is not None:
        its = {"its_id": draft_id, "its_rater": person.in_hands_of, "its_person": person.id}
        rows = await db.rows(_IN_HANDS, its)
    else:
        rows = await db.rows(_OF_PERSON, {"its_id": draft_id, "its_person": person.id})
    return (await _drafts(db, [rows]))[0] if rows else None


async def of_rater(db: Transaction, rater_id: str, *, session_id: str | None, measure: Measure) -> Sequence[Draft]:
    """The rater's drafts of one measure for one meeting (None: for no meeting yet), in the order of their beginning.

    Behind those of our instruments those of the service's own that are asked with them. A sheet of a day without a
    meeting waits for none.
    """
    waits = drafts.c.session_id.is_(None) & drafts.c.rated_on.is_(None)
    meeting = waits if session_id is None else drafts.c.session_id == session_id
    found = await _found(db, (drafts.c.rater_id == rater_id) & meeting)
    its = [draft for draft in found if draft.instrument.asked_with is measure]
    return sorted(its, key=lambda draft: draft.instrument.measure is Measure.OWN)


async def all_of_rater(db: Transaction, rater_id: str) -> Sequence[Draft]:
    """Of both measures, for whatever meeting, in the order of their beginning."""
    return await _found(db, drafts.c.rater_id == rater_id)


async def of_session(db: Transaction, session_id: str) -> Sequence[Draft]:
    return await _found(db, drafts.c.session_id == session_id)


async def of_case(db: Transaction, case_id: str) -> Sequence[Draft]:
    return await _found(db, drafts.c.case_id == case_id)


async def under_way(db: Transaction, person_id: str) -> Sequence[Draft]:
    """What this person has begun or been asked and not finished, in cases that aren't closed; the newest last.

    What they were asked to guess for somebody else too.
    """
    its = select(raters.c.id).where(raters.c.person_id == person_id)
    guesses = select(raters.c.id).where(raters.c.guessed_by.in_(its))
    own = drafts.c.rater_id.in_(its.union(guesses))
    closed = exists().where(cases.c.id == drafts.c.case_id, cases.c.state == CaseState.CLOSED.value)
    return await _found(db, own & ~closed & _GOING_ON)


async def people_in_the_middle(db: Transaction, *, since: datetime) -> Sequence[str]:
    """Ids of people with a phone who have been asked, or have answered, something since then and not finished it.

    Who was asked to guess for somebody else is among them, and a worker whose phone is in such hands.
    """
    recent = func.coalesce(drafts.c.moved_at, drafts.c.began_at) >= since
    answers = func.coalesce(raters.c.guessed_by, raters.c.id).label("answers")
    asked = select(answers, drafts.c.session_id).join(raters, raters.c.id == drafts.c.rater_id)
    its = asked.where(_GOING_ON, recent).subquery()
    own = select(raters.c.person_id).join(its, its.c.answers == raters.c.id).where(raters.c.person_id.is_not(None))
    for_it = (its.c.answers == hand_overs.c.rater_id) & (its.c.session_id == hand_overs.c.session_id)
    lent = select(hand_overs.c.person_id).join(its, for_it)
    return sorted({row.person_id for row in await db.rows(own.union(lent))})


async def _found(db: Transaction, which: ColumnElement[bool]) -> list[Draft]:
    """Those about several subjects that began at once come in the order of the subjects."""
    question = (
        _WITH_ITEMS.outerjoin(subjects, subjects.c.id == drafts.c.subject_id)
        .where(which)
        .order_by(drafts.c.began_at, subjects.c.added_at, drafts.c.id)
    )
    rows: dict[str, list[Row[Any]]] = {}
    for row in await db.rows(question):
        rows.setdefault(row.id, []).append(row)
    return await _drafts(db, rows.values())


async def _drafts(db: Transaction, found: Collection[Sequence[Row[Any]]]) -> list[Draft]:
    known = await packs.instruments(db, {rows[0].instrument for rows in found})
    return [_draft(rows, known[rows[0].instrument]) for rows in found]


def _draft(rows: Sequence[Row[Any]], instrument: Instrument) -> Draft:
    """One draft from its rows: one for each item with a score, or a single one without."""
    row, scores = rows[0], {each.item: each.score for each in rows}
    return Draft(
        id=row.id,
        case_id=row.case_id,
        session_id=row.session_id,
        rater_id=row.rater_id,
        subject_id=row.subject_id,
        instrument=instrument,
        began_at=row.began_at,
        state=DraftState(row.state),
        present=row.present,
        scores=tuple(scores.get(item) for item in instrument.items),
        skip_reason=SkipReason(row.skip_reason) if row.skip_reason else None,
        mode=Mode(row.mode),
        total=row.total,
        rated_on=row.rated_on,
        only_worker=row.only_worker,
        by_choice=row.by_choice,
    )


async def under_way_in(db: Transaction, case_id: str) -> Sequence[Draft]:
    """What anybody in this case was asked or has begun and not finished."""
    return await _found(db, (drafts.c.case_id == case_id) & _GOING_ON)


async def has_any(db: Transaction, rater_id: str) -> bool:
    """Whether this rater was ever asked anything."""
    return await db.row(select(drafts.c.id).where(drafts.c.rater_id == rater_id).limit(1)) is not None


async def ask_as(db: Transaction, draft: Draft, instrument: Instrument, *, by_choice: bool) -> bool:
    """A draft that nobody has begun asks with another instrument from its beginning on; False when it has been begun.

    Where the same is asked for the same meeting already, once is enough: then it goes.
    """
    same = (drafts.c.rater_id == draft.rater_id) & (drafts.c.instrument == instrument.code)
    about = drafts.c.subject_id.is_(None) if draft.subject_id is None else drafts.c.subject_id == draft.subject_id
    twin = same & about & (drafts.c.session_id == draft.session_id) & (drafts.c.id != draft.id)
    if draft.session_id is not None and await db.row(select(drafts.c.id).where(twin)) is not None:
        await db.change(delete(drafts).where(drafts.c.id == draft.id))
        return False
    is_open = (drafts.c.id == draft.id) & (drafts.c.state == DraftState.OPEN.value) & (drafts.c.present == 1)
    row = {"instrument": instrument.code, "by_choice": by_choice}
    return await db.change(update(drafts).where(is_open).values(**row)) == 1


async def sheets_of_rater(db: Transaction, rater_id: str) -> Sequence[Draft]:
    """The rater's drafts from sheets of days without a meeting."""
    alone = drafts.c.session_id.is_(None) & drafts.c.rated_on.is_not(None)
    return await _found(db, (drafts.c.rater_id == rater_id) & alone)


async def erase(db: Transaction, draft_id: str) -> None:
    """With its rating, if it was handed in, and what that has raised."""
    await db.change(delete(drafts).where(drafts.c.id == draft_id))


async def close_open(db: Transaction, rater_id: str, *, subject_id: str | None = None) -> int:
    """What the rater was asked and hasn't answered isn't asked any more: of one subject, or (None) all of it."""
    waiting = (drafts.c.rater_id == rater_id) & (drafts.c.state == DraftState.OPEN.value)
    which = waiting if subject_id is None else waiting & (drafts.c.subject_id == subject_id)
    closed = {"state": DraftState.SKIPPED.value, "skip_reason": SkipReason.NOT_ASKED.value}
    return await db.change(update(drafts).where(which).values(**closed))


async def adopt(db: Transaction, draft_ids: Iterable[str], session_id: str) -> None:
    """A meeting takes in drafts that were begun before it."""
    await db.change(update(drafts).where(drafts.c.id.in_(list(draft_ids))).values(session_id=session_id))


async def began_since(db: Transaction, rater_id: str, *, measure: Measure, since: datetime) -> Sequence[Draft]:
    """The rater's drafts for no meeting yet that aren't older than `since`."""
    waiting = await of_rater(db, rater_id, session_id=None, measure=measure)
    return [draft for draft in waiting if draft.began_at >= since]


async def change_mode(db: Transaction, rater_id: str, session_id: str, mode: Mode, *, instead_of: Mode) -> None:
    """How what is still open of a meeting is answered from now on."""
    still_open = (drafts.c.state == DraftState.OPEN.value) & (drafts.c.mode == instead_of.value)
    its = (drafts.c.rater_id == rater_id) & (drafts.c.session_id == session_id)
    await db.change(update(drafts).where(its, still_open).values(mode=mode.value))

"""A rating from the first tap to the thanks. Each step is kept before it is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import storage
from bot.actions import closing_requests
from bot.actions.access import access_case_of_draft, access_draft, access_rater
from bot.actions.giving import give
from bot.actions.telling import freshen_card
from bot.domain.asked_as import asked_now, is_chosen
from bot.domain.cases import AFTER_MEETING, BEFORE_MEETING, Case, Rater, Session
from bot.domain.errors import Reason, Refusal
from bot.domain.instruments import Instrument, Measure
from bot.domain.people import Person
from bot.domain.plans import COUNTS_FOR
from bot.domain.ratings import WORKERS_REASONS, Draft, DraftState, SkipReason
from bot.domain.weighing import WEIGHING, Weighing
from storage import Transaction


@dataclass(frozen=True)
class RatingView:
    """What a rater is shown: the draft, and whom it is about.

    `more` says that another one waits after this; `expired`, that it takes no answers any more.
    """

    draft: Draft
    case: Case
    rater: Rater
    more: Draft | None = None
    expired: bool = False


async def view(db: Transaction, person: Person, draft_id: str, *, now: datetime) -> RatingView:
    """The present state of a draft."""
    draft = (await access_draft(db, person, draft_id, hold=False)).own()
    shown = await _view(db, person, draft)
    if not shown.case.still_asks(shown.rater):
        return replace(shown, more=None, expired=draft.state is not DraftState.SENT)
    return replace(shown, expired=draft.under_way and not await takes_answers(db, draft, now=now))


async def _view(db: Transaction, person: Person, draft: Draft) -> RatingView:
    case, rater = await access_case_of_draft(db, person, draft)
    return RatingView(draft, case, rater, await _next(db, case, rater, draft))


async def _next(db: Transaction, case: Case, rater: Rater, draft: Draft) -> Draft | None:
    """The rater's next one of the same measure for the same meeting, or begun at once for none: about another child.

    After their own, as whom they are to guess.
    """
    if draft.under_way:
        return None
    session_id, measure = draft.session_id, draft.instrument.asked_with
    others: list[Draft] = []
    for each in (rater, *case.guesses_of(case.answers_for(rater))):
        others += await storage.drafts.of_rater(db, each.id, session_id=session_id, measure=measure)
    if session_id is None:
        others = [each for each in others if each.began_at == draft.began_at]
    return next((each for each in others if each.state is DraftState.OPEN), None)


async def asked(db: Transaction, person: Person, draft_id: str, *, now: datetime) -> RatingView | None:
    """A draft that waits for answers and still takes them; else None."""
    shown = await view(db, person, draft_id, now=now)
    return shown if shown.draft.under_way and not shown.expired else None


async def unfinished(db: Transaction, person: Person, *, now: datetime) -> RatingView | None:
    """What this person was asked last and can still answer; of several children the one they are in the middle of."""
    drafts = [each.own() for each in await storage.drafts.under_way(db, person.id)]
    waiting = [each for each in drafts if each.under_way and await takes_answers(db, each, now=now)]
    seen = [await _view(db, person, each) for each in waiting]
    asked = [each for each in seen if each.case.still_asks(each.rater)]
    own = [each for each in asked if not each.rater.is_guess] or asked
    if not own:
        return None
    views = [each for each in own if _asked_with(each.draft, own[-1].draft)]
    return min(views, key=lambda each: (not each.draft.begun, _order(each)))


def _asked_with(one: Draft, other: Draft) -> bool:
    """Whether both were asked at once: of one rater, of one measure, for one meeting, or begun at once for none."""
    if one.session_id is None and one.began_at != other.began_at:
        return False
    keys = ((each.rater_id, each.session_id, each.instrument.asked_with) for each in (one, other))
    return next(keys) == next(keys)


def _order(view: RatingView) -> int:
    """Children in the order of the case; the service's own measures behind."""
    ids = [each.id for each in view.case.subjects]
    behind = len(ids) if view.draft.instrument.measure is Measure.OWN else 0
    return behind + (ids.index(view.draft.subject_id) if view.draft.subject_id in ids else 0)


# Beginning


async def begin(
    db: Transaction, person: Person, rater_id: str, measure: Measure, *, now: datetime
) -> Sequence[RatingView]:
    """Begin, go on with, or look again at the rating before (outcome) or after (alliance) a meeting.

    One view, the draft to go on with; or, when all are handed in, each of them: to look at and to change.
    """
    case, rater = await access_rater(db, person, rater_id)
    if rater.is_guess or not case.still_asks(rater):
        raise Refusal(Reason.NOT_HERE)
    session = await _meeting_for(db, case, measure, now=now)
    drafts = await _drafts_for(db, rater, session, measure, now=now)
    if session is not None and session.ended_at is None:
        await _come_in(db, session, rater, person, now=now)
    views = [RatingView(draft.own(), case, rater) for draft in drafts]
    return [each for each in views if each.draft.under_way][:1] or views


async def _meeting_for(db: Transaction, case: Case, measure: Measure, *, now: datetime) -> Session | None:
    """The open meeting; for an alliance rating else the last one, until 24 hours after its end."""
    newest = await storage.sessions.newest(db, case.id)
    if newest is None or not newest.takes_answers(now=now):
        return None
    return newest if newest.ended_at is None or measure is Measure.ALLIANCE else None


async def _come_in(db: Transaction, session: Session, rater: Rater, person: Person, *, now: datetime) -> None:
    """Who begins during a meeting is in it, but for those who rate from afar (school and other professionals)."""
    if rater.id not in session.rater_ids and rater.kind.is_family:
        await storage.sessions.attend(db, session.id, rater.id)
        await freshen_card(db, session.id, by=person, now=now)


async def _drafts_for(
    db: Transaction, rater: Rater, session: Session | None, measure: Measure, *, now: datetime
) -> Sequence[Draft]:
    if session is not None:
        await ask(db, rater, session, measure, now=now)
        return await storage.drafts.of_rater(db, rater.id, session_id=session.id, measure=measure)
    since = await _counts_since(db, rater, measure, now=now)
    waiting = await storage.drafts.began_since(db, rater.id, measure=measure, since=since)
    return waiting or await ask_ahead(db, rater, measure, now=now)


async def _counts_since(db: Transaction, rater: Rater, measure: Measure, *, now: datetime) -> datetime:
    """From when on what was begun for no meeting yet is for the one to come.

    Before a meeting that is planned within 48 hours: so long before it. Else the next one takes in a whole week.
    """
    if measure is Measure.ALLIANCE:
        return now - AFTER_MEETING
    plans = await storage.plans.of_case(db, rater.case_id)
    near = [each.at for each in plans if now < each.at <= now + COUNTS_FOR and rater.id in each.rater_ids]
    return (near[0] - COUNTS_FOR) if near else now - BEFORE_MEETING


async def ask_ahead(
    db: Transaction, rater: Rater, measure: Measure = Measure.OUTCOME, *, now: datetime
) -> Sequence[Draft]:
    """Drafts for no meeting yet; who leaves them unanswered sees in a week that they are closed."""
    drafts = await _new_drafts(db, rater, None, measure, now=now)
    for draft in drafts:
        await storage.drafts.add(db, draft)
    await closing_requests.of_no_meeting(db, drafts, rater, now=now)
    return drafts


async def ask(db: Transaction, rater: Rater, session: Session, measure: Measure, *, now: datetime) -> bool:
    """Make the drafts of one rater for a meeting, where they aren't there yet; whether any is new.

    Who was asked before they turned 13, or has answered then, isn't asked the same again in other words.
    """
    there = await storage.drafts.of_rater(db, rater.id, session_id=session.id, measure=measure)
    asked = {_what(each) for each in there}
    drafts = [each for each in await _new_drafts(db, rater, session, measure, now=now) if _what(each) not in asked]
    return any([await storage.drafts.add(db, draft) for draft in drafts])


def _what(draft: Draft) -> tuple[str | None, str]:
    """What is asked about whom, whichever words are for their age."""
    its = draft.instrument
    return draft.subject_id, its.code if its.measure is Measure.OWN else its.measure.value


async def _new_drafts(
    db: Transaction, rater: Rater, session: Session | None, measure: Measure, *, now: datetime
) -> Sequence[Draft]:
    """One outcome draft for each subject that can be rated; one alliance draft."""
    case = await storage.cases.get(db, rater.case_id)
    if case is None:
        return ()
    about = [each.id for each in case.subjects if each.id in rater.subject_ids]
    whom: Sequence[str | None] = (None,) if measure is Measure.ALLIANCE else about
    asked = [(each, asked_now(case, rater, each)) for each in whom]
    asked += await _own_measures(db, rater, whom, measure)
    session_id = session.id if session else None
    return [
        Draft(storage.new_id(), rater.case_id, session_id, rater.id, each, instrument, now, by_choice=chosen)
        for each, instrument in asked
        for chosen in (is_chosen(case, rater, each),)
    ]


async def _own_measures(
    db: Transaction, rater: Rater, about: Sequence[str | None], measure: Measure
) -> list[tuple[str | None, Instrument]]:
    """The service's own that the case has switched on, about the same; nobody guesses them for anybody."""
    if rater.is_guess:
        return []
    beside = [each for each in await storage.packs.of_case(db, rater.case_id) if each.instrument.asked_with is measure]
    return [(its, each.instrument) for each in beside for its in about if each.asks(rater.kind_about(its))]


# Steps


async def answer(db: Transaction, person: Person, draft_id: str, item: int, score: int, *, now: datetime) -> RatingView:
    """The present item gets a score (mm)."""
    before = await _usable(db, person, draft_id, now=now)
    after = before.own().answered(item, score)
    await _save(db, before, after, now=now)
    if not before.own().begun:
        await freshen_card(db, after.session_id, by=person, now=now)
    return await _view(db, person, after)


async def _save(db: Transaction, before: Draft, after: Draft, *, now: datetime) -> None:
    if not await storage.drafts.save(db, before, after, now=now):
        raise Refusal(Reason.NO_LONGER)


async def step_back(
    db: Transaction, person: Person, draft_id: str, *, at: int | None = None, now: datetime
) -> RatingView:
    """From `at` (an item, or REVIEW) to the item before it; when the draft isn't there any more, it stays."""
    return await _moved(
        db, person, draft_id, lambda draft: draft.stepped_back() if at in (None, draft.present) else draft, now=now
    )


async def change_item(db: Transaction, person: Person, draft_id: str, item: int, *, now: datetime) -> RatingView:
    """From the review back to one item."""
    return await _moved(db, person, draft_id, lambda draft: draft.opened_at(item), now=now)


async def reopen(db: Transaction, person: Person, draft_id: str, *, now: datetime) -> RatingView:
    """Change what was handed in, or answer after all what was skipped. Until handed in again the first counts."""
    return await _moved(db, person, draft_id, Draft.reopened, now=now)


async def for_worker_only(db: Transaction, person: Person, draft_id: str, only: bool, *, now: datetime) -> RatingView:
    """Whether it is left out of what is shown to several people. It counts when it is sent."""
    return await _moved(db, person, draft_id, lambda draft: draft.for_worker_only(only), now=now)


async def skip(db: Transaction, person: Person, draft_id: str, reason: SkipReason, *, now: datetime) -> RatingView:
    """Not this time."""
    return await _moved(db, person, draft_id, lambda draft: draft.skipped(reason), now=now)


async def give_reason(
    db: Transaction, person: Person, draft_id: str, reason: SkipReason, *, now: datetime
) -> RatingView:
    """Why it was skipped, for who wants to say; only of what was skipped, and no reason that only a worker gives."""
    if reason in WORKERS_REASONS:
        raise Refusal(Reason.NOT_HERE)
    return await _moved(db, person, draft_id, lambda draft: draft.reasoned(reason), now=now)


async def _moved(
    db: Transaction, person: Person, draft_id: str, step: Callable[[Draft], Draft], *, now: datetime
) -> RatingView:
    before = await _usable(db, person, draft_id, now=now)
    after = step(before.own())
    await _save(db, before, after, now=now)
    if after.state is not before.state:
        await freshen_card(db, after.session_id, by=person, now=now)
    return await _view(db, person, after)


async def keep_first(db: Transaction, person: Person, draft_id: str, *, now: datetime) -> RatingView:
    """Give a change up: what was handed in first stays."""
    before = await access_draft(db, person, draft_id)
    rating = await storage.ratings.of_draft(db, draft_id)
    if rating is None or before.own().state is not DraftState.CHANGING:
        return await _view(db, person, before.own())
    after = before.kept(rating)
    await _save(db, before, after, now=now)
    await freshen_card(db, after.session_id, by=person, now=now)
    return await _view(db, person, after)


# Handing in


async def hand_in(
    db: Transaction, person: Person, draft_id: str, *, weighing: Weighing = WEIGHING, now: datetime
) -> RatingView:
    """The four answers become a rating, and the case's workers are told. Sent twice is sent once."""
    before = await _usable(db, person, draft_id, now=now)
    if before.state is DraftState.SENT:
        return await _view(db, person, before)
    after = before.own().handed_in()
    await _save(db, before, after, now=now)
    await give(db, after, by=person, weighing=weighing, now=now)
    return await _view(db, person, after)


async def _usable(db: Transaction, person: Person, draft_id: str, *, now: datetime) -> Draft:
    """This person's draft, while its meeting still takes answers."""
    draft = await access_draft(db, person, draft_id)
    case, rater = await access_case_of_draft(db, person, draft)
    if not case.still_asks(rater) or not await takes_answers(db, draft, now=now):
        raise Refusal(Reason.TOO_LATE)
    return draft


async def takes_answers(db: Transaction, draft: Draft, *, now: datetime) -> bool:
    """Until 24 hours after its meeting; for none yet, as long as a meeting would take it in."""
    session = await storage.sessions.get(db, draft.session_id) if draft.session_id else None
    if session is not None:
        return session.takes_answers(now=now)
    return now - draft.began_at <= BEFORE_MEETING

"""Joining by a worker's code, and the worker's yes."""

from dataclasses import replace
from datetime import timedelta

import pytest

import storage
from bot.actions import cases, invitations, joining, meetings, ratings
from bot.actions.joining import Asked
from bot.domain.cases import Case, CaseState, Rater
from bot.domain.errors import Reason
from bot.domain.instruments import SRS, Measure
from bot.domain.letters import LetterKind
from bot.domain.people import AgeBand, Kind, Person
from bot.domain.ratings import Rating
from storage import Transaction
from tests.actions.asking import refused, told
from tests.storage.family import NOW, Family, known

MINUTE = timedelta(minutes=1)


async def newcomer(db: Transaction, number: int = 1) -> Person:
    """Somebody whom nobody knows here."""
    return await storage.people.meet(db, telegram_id=6_000_000_000 + number, language="en", now=NOW)


# By worker code


async def asked(db: Transaction, person: Person, kind: Kind, band: AgeBand) -> Asked:
    found = await joining.ask_to_join(db, person, "KOIVU-27", kind, band, now=NOW)
    assert isinstance(found, Asked)
    return found


async def rate(db: Transaction, person: Person, rater: Rater, measure: Measure) -> Rating:
    (view,) = await ratings.begin(db, person, rater.id, measure, now=NOW)
    for item, score in enumerate((70, 60, 80, 90), 1):
        await ratings.answer(db, person, view.draft.id, item, score, now=NOW)
    await ratings.hand_in(db, person, view.draft.id, now=NOW)
    return await known(storage.ratings.of_draft(db, view.draft.id))


async def test_who_names_a_worker_waits_in_a_case_of_their_own_and_may_answer(db: Transaction, family: Family) -> None:
    person = await newcomer(db)
    found = await asked(db, person, Kind.MOTHER, AgeBand.CHILD)
    case, (subject,), (rater,) = found.case, found.case.subjects, found.case.raters
    assert (case.state, subject.band, found.worker) == (CaseState.ASKED, AgeBand.CHILD, family.worker)
    assert rater == Rater(rater.id, case.id, Kind.MOTHER, AgeBand.ADULT, (subject.id,), person.id)
    assert await storage.cases.get(db, case.id) == case
    assert case.check is not None
    assert await told(db) == [(family.nora.id, LetterKind.ASKED_TO_JOIN, {"case": case.id})]
    rating = await rate(db, person, rater, Measure.OUTCOME)
    assert (rating.worker_id, rating.case_id) == (family.worker.id, case.id)
    assert await joining.show_asked(db, family.nora, case.id) == case
    assert await refused(joining.show_asked(db, family.otto, case.id)) is Reason.NOT_HERE


async def test_a_client_is_as_old_as_they_say(db: Transaction, family: Family) -> None:
    found = await asked(db, await newcomer(db), Kind.CLIENT, AgeBand.CHILD)
    assert [each.band for each in found.case.raters] == [AgeBand.CHILD]


async def test_nobody_waits_twice_for_one_worker_or_for_many(db: Transaction, family: Family) -> None:
    person = await newcomer(db)
    first = await asked(db, person, Kind.MOTHER, AgeBand.CHILD)
    again = await asked(db, person, Kind.FATHER, AgeBand.CHILD)
    ask = joining.ask_to_join
    found: list[object] = []
    for number in range(3):
        await invitations.invite_worker(db, team="pihlaja", code=f"KUUSI-{number}", role=None, now=NOW)
        found.append(await ask(db, person, f"KUUSI-{number}", Kind.MOTHER, AgeBand.CHILD, now=NOW))
    assert again == first
    assert [isinstance(each, Asked) for each in found] == [True, True, False]
    assert found[2] is Reason.WAIT


async def test_a_worker_does_not_join_by_their_own_code(db: Transaction, family: Family) -> None:
    ask = joining.ask_to_join(db, family.nora, "KOIVU-27", Kind.CLIENT, AgeBand.ADULT, now=NOW)
    assert await ask is Reason.OWN_INVITATION


async def test_a_family_that_is_in_already_does_not_ask(db: Transaction, family: Family) -> None:
    ask = joining.ask_to_join(db, family.aino, "KOIVU-27", Kind.CLIENT, AgeBand.ADOLESCENT, now=NOW)
    assert await ask is Reason.ALREADY_JOINED


async def test_a_code_of_no_worker_leads_nowhere(db: Transaction, family: Family) -> None:
    ask = joining.ask_to_join(db, await newcomer(db), "KOIVU-28", Kind.CLIENT, AgeBand.ADULT, now=NOW)
    assert await ask is Reason.CODE


# The worker's yes


async def test_yes_makes_it_a_case_of_the_workers_and_is_said_once(db: Transaction, family: Family) -> None:
    person = await newcomer(db)
    waiting = (await asked(db, person, Kind.CLIENT, AgeBand.ADOLESCENT)).case
    await joining.accept(db, family.nora, waiting.id, now=NOW)
    opened = await known(storage.cases.get(db, waiting.id))
    assert opened == replace(waiting, state=CaseState.OPEN, check=None)
    assert await refused(joining.accept(db, family.nora, waiting.id, now=NOW)) is Reason.NO_LONGER
    assert await refused(joining.accept(db, family.otto, waiting.id, now=NOW)) is Reason.NOT_HERE
    accepted = (person.id, LetterKind.ACCEPTED, {"worker": family.worker.id})
    assert await told(db, LetterKind.ACCEPTED) == [accepted]


async def test_who_belongs_to_a_case_takes_their_place_there_with_what_they_have_given(
    db: Transaction, family: Family
) -> None:
    person, place = await newcomer(db), family.teacher
    waiting = await asked(db, person, Kind.SCHOOL, AgeBand.ADOLESCENT)
    outcome = await rate(db, person, waiting.case.raters[0], Measure.OUTCOME)
    alliance = await rate(db, person, waiting.case.raters[0], Measure.ALLIANCE)
    await joining.attach(db, family.nora, waiting.case.id, family.case.id, place.id, now=NOW)
    assert await storage.cases.get(db, waiting.case.id) is None
    assert await storage.cases.rater(db, place.id) == replace(place, person_id=person.id)
    own = {each.id: each for each in await storage.ratings.of_rater(db, place.id)}
    case_id, about = family.case.id, family.aino_as_subject.id
    assert own == {
        outcome.id: replace(outcome, case_id=case_id, rater_id=place.id, subject_id=about),
        alliance.id: replace(alliance, case_id=case_id, rater_id=place.id),
    }
    assert alliance.instrument is SRS
    accepted = (person.id, LetterKind.ACCEPTED, {"worker": family.worker.id})
    assert await told(db, LetterKind.ACCEPTED) == [accepted]


async def test_a_client_who_is_new_in_a_case_is_a_subject_of_their_own_there(db: Transaction, family: Family) -> None:
    person = await newcomer(db)
    waiting = await asked(db, person, Kind.CLIENT, AgeBand.CHILD)
    outcome = await rate(db, person, waiting.case.raters[0], Measure.OUTCOME)
    await joining.attach(db, family.nora, waiting.case.id, family.case.id, None, now=NOW + MINUTE)
    case = (await cases.view(db, family.nora, family.case.id)).case
    subject, rater = case.subjects[-1], case.raters[-1]
    assert case.subjects[:-1] == family.case.subjects
    assert rater == Rater(rater.id, case.id, Kind.CLIENT, AgeBand.CHILD, (subject.id,), person.id)
    moved = replace(outcome, case_id=case.id, rater_id=rater.id, subject_id=subject.id)
    assert await storage.ratings.of_rater(db, rater.id) == [moved]


async def test_a_carer_who_is_new_in_a_case_is_about_the_child_of_the_age_they_said(
    db: Transaction, family: Family
) -> None:
    person = await newcomer(db)
    waiting = await asked(db, person, Kind.CARER, AgeBand.CHILD)
    outcome = await rate(db, person, waiting.case.raters[0], Measure.OUTCOME)
    await joining.attach(db, family.nora, waiting.case.id, family.case.id, None, now=NOW + MINUTE)
    case = (await cases.view(db, family.nora, family.case.id)).case
    rater = case.raters[-1]
    assert case.subjects == family.case.subjects
    assert rater == Rater(rater.id, case.id, Kind.CARER, AgeBand.ADULT, (family.bo_as_subject.id,), person.id)
    (moved,) = await storage.ratings.of_rater(db, rater.id)
    assert moved == replace(outcome, case_id=case.id, rater_id=rater.id, subject_id=family.bo_as_subject.id)


async def test_who_is_found_while_the_family_meets_is_in_the_meeting_with_what_they_have_answered(
    db: Transaction, family: Family
) -> None:
    person = await newcomer(db)
    waiting = await asked(db, person, Kind.CARER, AgeBand.CHILD)
    outcome = await rate(db, person, waiting.case.raters[0], Measure.OUTCOME)
    here = [family.rater(family.aino).id]
    card = await meetings.start(db, family.nora, family.case.id, here, now=NOW)
    await joining.attach(db, family.nora, waiting.case.id, family.case.id, None, now=NOW + MINUTE)
    session = await known(storage.sessions.get(db, card.session.id))
    rating = await known(storage.ratings.of_draft(db, outcome.draft_id))
    assert set(session.rater_ids) == {*here, rating.rater_id}
    assert rating.session_id == session.id


@pytest.mark.parametrize("who", ["aino", "mother", "nobody"])
async def test_a_place_that_is_somebody_elses_is_not_taken(db: Transaction, family: Family, who: str) -> None:
    """Taken already, of another kind, or not there."""
    waiting = await asked(db, await newcomer(db), Kind.CLIENT, AgeBand.CHILD)
    place = family.rater(getattr(family, who)).id if who != "nobody" else who
    attach = joining.attach(db, family.nora, waiting.case.id, family.case.id, place, now=NOW)
    assert await refused(attach) is Reason.NO_LONGER
    assert await storage.cases.get(db, waiting.case.id) == waiting.case
    assert await storage.cases.get(db, family.case.id) == family.case


async def test_who_is_in_the_case_is_not_attached_to_it_a_second_time(db: Transaction, family: Family) -> None:
    waiting = await asked(db, await newcomer(db), Kind.SCHOOL, AgeBand.ADOLESCENT)
    await storage.cases.join(db, family.teacher.id, (waiting.case.raters[0].person_id or ""))
    attach = joining.attach(db, family.nora, waiting.case.id, family.case.id, None, now=NOW)
    assert await refused(attach) is Reason.ALREADY_JOINED


async def test_nobody_is_attached_to_another_workers_case(db: Transaction, family: Family) -> None:
    ottos = (await cases.open_case(db, family.otto, AgeBand.CHILD, now=NOW)).case
    waiting = await asked(db, await newcomer(db), Kind.CLIENT, AgeBand.CHILD)
    for person, into in ((family.nora, ottos), (family.otto, ottos), (family.otto, family.case)):
        attach = joining.attach(db, person, waiting.case.id, into.id, None, now=NOW)
        assert await refused(attach) is Reason.NOT_HERE
    assert await storage.cases.get(db, ottos.id) == ottos


async def test_not_mine_erases_what_they_have_given_and_tells_them(db: Transaction, family: Family) -> None:
    person = await newcomer(db)
    waiting = await asked(db, person, Kind.CLIENT, AgeBand.CHILD)
    rating = await rate(db, person, waiting.case.raters[0], Measure.OUTCOME)
    await joining.not_mine(db, family.nora, waiting.case.id, now=NOW)
    left: list[Case | Rating | None] = [
        await storage.cases.get(db, waiting.case.id),
        await storage.ratings.of_draft(db, rating.draft_id),
    ]
    assert left == [None, None]
    refusal = (person.id, LetterKind.NOT_MINE, {"worker": family.worker.id})
    assert await told(db, LetterKind.NOT_MINE) == [refusal]
    assert await storage.people.get(db, person.id) == person


async def test_otto_does_not_answer_for_nora(db: Transaction, family: Family) -> None:
    waiting = (await asked(db, await newcomer(db), Kind.CLIENT, AgeBand.CHILD)).case
    assert await refused(joining.accept(db, family.otto, waiting.id, now=NOW)) is Reason.NOT_HERE
    assert await refused(joining.not_mine(db, family.otto, waiting.id, now=NOW)) is Reason.NOT_HERE
    assert await storage.cases.get(db, waiting.id) == waiting


async def test_an_open_case_is_not_sent_away(db: Transaction, family: Family) -> None:
    assert await refused(joining.not_mine(db, family.nora, family.case.id, now=NOW)) is Reason.NOT_HERE
    assert await storage.cases.get(db, family.case.id) == family.case

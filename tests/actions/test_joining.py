"""Coming in: by a personal invitation, or by a worker's code and the worker's yes."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

import storage
from bot.actions import cases, invitations, joining, meetings, ratings
from bot.actions.invitations import Joined, Offer, Secrets
from bot.actions.joining import Asked
from bot.domain.cases import Case, CaseState, Rater
from bot.domain.codes import link_token, typed_code
from bot.domain.errors import Reason, Refusal
from bot.domain.instruments import SRS, Measure
from bot.domain.letters import LetterKind
from bot.domain.people import AgeBand, Kind, Person, Role, Worker
from bot.domain.ratings import Rating
from storage import Database, Transaction
from storage.schema import cases as case_rows
from storage.schema import invitations as invitation_rows
from tests.actions.asking import refused, told
from tests.storage.family import NOW, Family, add_family, known

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WRONG = "7K3QM9TZ4X"


async def newcomer(db: Transaction, number: int = 1) -> Person:
    """Somebody whom nobody knows here."""
    return await storage.people.meet(db, telegram_id=6_000_000_000 + number, language="en", now=NOW)


async def invited(db: Transaction, family: Family) -> Secrets:
    """An invitation for the teacher."""
    return (await invitations.invite_rater(db, family.nora, family.teacher.id, now=NOW))[2]


# Inviting


async def test_an_invitation_is_for_one_rater_of_a_case(db: Transaction, family: Family) -> None:
    case, rater, made = await invitations.invite_rater(db, family.nora, family.teacher.id, now=NOW)
    assert (case, rater) == (family.case, family.teacher)
    assert (link_token(made.link), typed_code(made.code)) == (made.link, made.code)


async def test_who_has_joined_is_not_invited_again(db: Transaction, family: Family) -> None:
    again = invitations.invite_rater(db, family.nora, family.rater(family.aino).id, now=NOW)
    assert await refused(again) is Reason.ALREADY_JOINED


async def test_otto_does_not_invite_to_another_workers_case(db: Transaction, family: Family) -> None:
    theirs = invitations.invite_rater(db, family.otto, family.teacher.id, now=NOW)
    assert await refused(theirs) is Reason.NOT_HERE
    assert await db.rows(select(invitation_rows)) == []


async def test_a_code_can_be_typed_even_by_somebody_who_reads_every_0_and_1_as_a_letter(
    db: Transaction, family: Family
) -> None:
    made = [invitations._fresh_secrets() for _ in range(2000)]
    misread = str.maketrans("01", "OI")
    assert [each.code for each in made if typed_code(each.code.translate(misread)) != each.code] == []


async def test_a_worker_is_invited_and_made_with_the_team(db: Transaction) -> None:
    invite = invitations.invite_worker
    first, made = await invite(db, team="pihlaja", code="KOIVU-27", role=None, now=NOW)
    again, other = await invite(db, team="pihlaja", code="KOIVU-27", role=None, now=NOW)
    assert again == first == Worker(first.id, "KOIVU-27", "pihlaja", Role.WORKER, None)
    assert made != other


async def test_a_role_is_given_kept_and_changed_by_inviting(db: Transaction) -> None:
    roles = [
        (await invitations.invite_worker(db, team="pihlaja", code="KOIVU-27", role=role, now=NOW))[0].role
        for role in (Role.LEAD, None, Role.MENTOR)
    ]
    assert roles == [Role.LEAD, Role.LEAD, Role.MENTOR]


async def test_a_code_of_another_team_is_not_given_twice(db: Transaction, family: Family) -> None:
    with pytest.raises(ValueError, match="KOIVU-27 is a worker of team pihlaja"):
        await invitations.invite_worker(db, team="vaahtera", code="KOIVU-27", role=None, now=NOW)


# Becoming a worker


async def test_who_opens_a_workers_invitation_is_that_worker_from_then_on(db: Transaction) -> None:
    nora = await newcomer(db)
    worker, made = await invitations.invite_worker(db, team="pihlaja", code="KOIVU-27", role=Role.LEAD, now=NOW)
    opened = await invitations.read_code(db, nora, made.link, now=NOW)
    assert opened == await storage.workers.of_person(db, nora.id) == replace(worker, person_id=nora.id)


async def test_a_workers_invitation_is_used_once(db: Transaction) -> None:
    nora, other = await newcomer(db, 1), await newcomer(db, 2)
    _, made = await invitations.invite_worker(db, team="pihlaja", code="KOIVU-27", role=None, now=NOW)
    await invitations.read_code(db, nora, made.code, now=NOW)
    assert await invitations.read_code(db, other, made.code, now=NOW) is Reason.CODE
    assert await storage.workers.of_person(db, other.id) is None


async def test_of_many_who_open_a_workers_invitation_at_once_one_becomes_the_worker(database: Database) -> None:
    async with database.transaction() as db:
        people = [await newcomer(db, number) for number in range(6)]
        _, made = await invitations.invite_worker(db, team="pihlaja", code="KOIVU-27", role=None, now=NOW)

    async def open_it(person: Person) -> bool:
        async with database.transaction() as db:
            return isinstance(await invitations.read_code(db, person, made.link, now=NOW), Worker)

    became = await asyncio.gather(*(open_it(each) for each in people))
    assert sorted(became) == [False] * 5 + [True]
    async with database.transaction() as db:
        worker = await known(storage.workers.by_code(db, "KOIVU-27"))
    assert worker.person_id == people[became.index(True)].id


async def test_a_workers_new_phone_takes_the_place_of_the_old_one(db: Transaction, family: Family) -> None:
    new_phone = await newcomer(db)
    _, made = await invitations.invite_worker(db, team="pihlaja", code="KOIVU-27", role=None, now=NOW)
    await invitations.read_code(db, new_phone, made.link, now=NOW)
    found = [await storage.workers.of_person(db, each.id) for each in (family.nora, new_phone)]
    assert found == [None, replace(family.worker, person_id=new_phone.id)]


async def test_a_phone_is_one_workers_only(db: Transaction, family: Family) -> None:
    _, made = await invitations.invite_worker(db, team="pihlaja", code="KUUSI-1", role=None, now=NOW)
    assert await invitations.read_code(db, family.otto, made.link, now=NOW) is Reason.ALREADY_WORKER
    assert await storage.workers.of_person(db, family.otto.id) == family.other_worker
    assert isinstance(await invitations.read_code(db, await newcomer(db), made.link, now=NOW), Worker)


# Opening a rater's invitation


async def test_link_and_code_both_show_who_is_meant_and_use_nothing_up(db: Transaction, family: Family) -> None:
    made, person = await invited(db, family), await newcomer(db)
    for secret in (made.link, made.code, made.link):
        offer = await invitations.read_code(db, person, secret, now=NOW)
        assert offer == Offer(secret, family.case, family.teacher, family.worker)


async def test_a_code_that_is_typed_with_many_dividers_fits_into_the_button_of_its_offer(
    db: Transaction, family: Family
) -> None:
    made = await invited(db, family)
    typed = " – ".join(made.code.lower()) + " -" * 50
    offer = await invitations.read_code(db, await newcomer(db), typed, now=NOW)
    assert offer == Offer(made.code, family.case, family.teacher, family.worker)


@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.ASKED])
async def test_an_invitation_to_a_case_that_is_not_open_is_like_a_wrong_one(
    db: Transaction, family: Family, state: CaseState
) -> None:
    made = await invited(db, family)
    await db.change(update(case_rows).values(state=state.value))
    assert await invitations.read_code(db, await newcomer(db), made.link, now=NOW) is Reason.CODE


async def test_wrong_used_and_expired_codes_look_the_same(db: Transaction, family: Family) -> None:
    made, person = await invited(db, family), await newcomer(db)
    expired = await invitations.read_code(db, person, made.link, now=NOW + 7 * DAY)
    await invitations.take_invitation(db, await newcomer(db, 2), made.link, now=NOW)
    used = await invitations.read_code(db, person, made.link, now=NOW)
    wrong = await invitations.read_code(db, person, "B" * 22, now=NOW)
    assert [expired, used, wrong] == [Reason.CODE] * 3


async def test_the_worker_does_not_use_the_familys_invitation(db: Transaction, family: Family) -> None:
    made = await invited(db, family)
    assert await invitations.read_code(db, family.nora, made.link, now=NOW) is Reason.OWN_INVITATION


async def test_who_is_in_the_case_already_does_not_take_a_second_place(db: Transaction, family: Family) -> None:
    made = await invited(db, family)
    assert await invitations.take_invitation(db, family.aino, made.link, now=NOW) is Reason.ALREADY_JOINED
    assert await storage.cases.rater(db, family.teacher.id) == family.teacher


async def test_a_workers_code_is_a_name_and_opens_nothing(db: Transaction, family: Family) -> None:
    assert await invitations.read_code(db, await newcomer(db), " koivu 27", now=NOW) == family.worker
    assert await invitations.take_invitation(db, await newcomer(db), "KOIVU-27", now=NOW) is Reason.CODE


async def test_what_somebody_came_in_by_is_not_wrong_for_them(db: Transaction, family: Family) -> None:
    made, person = await invited(db, family), await newcomer(db, 1)
    await invitations.take_invitation(db, person, made.link, now=NOW)
    worker, as_worker = await invitations.invite_worker(db, team="pihlaja", code="KUUSI-1", role=None, now=NOW)
    kuusi = await newcomer(db, 2)
    await invitations.read_code(db, kuusi, as_worker.code, now=NOW)
    again = [await invitations.read_code(db, person, each, now=NOW) for each in (made.link, made.code)]
    assert again == [Reason.ALREADY_JOINED] * 2
    assert await invitations.read_code(db, kuusi, as_worker.link, now=NOW) == replace(worker, person_id=kuusi.id)
    assert await storage.invitations.wrong_tries(db, since=NOW - MINUTE) == 0


async def test_for_anybody_else_it_is_wrong(db: Transaction, family: Family) -> None:
    made, stranger = await invited(db, family), await newcomer(db, 2)
    await invitations.take_invitation(db, await newcomer(db, 1), made.link, now=NOW)
    assert await invitations.read_code(db, stranger, made.code, now=NOW) is Reason.CODE
    assert await storage.invitations.wrong_tries(db, since=NOW - MINUTE, person_id=stranger.id) == 1


# The brake


async def test_after_five_wrong_codes_in_a_quarter_of_an_hour_even_the_right_one_waits(
    db: Transaction, family: Family
) -> None:
    made, person = await invited(db, family), await newcomer(db)

    async def read(text: str, minutes: int) -> object:
        return await invitations.read_code(db, person, text, now=NOW + minutes * MINUTE)

    tried = [await read(WRONG, minute) for minute in range(6)]
    assert tried == [Reason.CODE] * 5 + [Reason.WAIT]
    assert [await read(made.code, 14), await read("KOIVU-27", 14)] == [Reason.WAIT] * 2
    assert await invitations.take_invitation(db, person, made.link, now=NOW + 14 * MINUTE) is Reason.WAIT
    assert isinstance(await invitations.read_code(db, await newcomer(db, 2), made.code, now=NOW + 5 * MINUTE), Offer)
    assert isinstance(await read(made.code, 15), Offer)


async def test_worker_codes_that_buttons_name_are_counted_too(db: Transaction, family: Family) -> None:
    person = await newcomer(db)
    found = [await invitations.find_worker(db, person, "KOIVU-27", now=NOW)]
    found += [await invitations.find_worker(db, person, "KUUSI-1", now=NOW) for _ in range(6)]
    assert found == [family.worker, *[Reason.CODE] * 5, Reason.WAIT]
    assert await invitations.read_code(db, person, "KOIVU-27", now=NOW) is Reason.WAIT


async def test_there_is_a_brake_for_all_together(db: Transaction, family: Family) -> None:
    for number in range(40):
        person = await newcomer(db, number)
        for _ in range(5):
            await storage.invitations.note_wrong(db, person.id, now=NOW)
    assert await invitations.read_code(db, await newcomer(db, 99), WRONG, now=NOW) is Reason.WAIT
    later = NOW + 15 * MINUTE
    assert await invitations.read_code(db, await newcomer(db, 99), WRONG, now=later) is Reason.CODE


# Taking it


async def test_who_says_yes_has_joined_and_the_worker_hears_of_it(db: Transaction, family: Family) -> None:
    made, person = await invited(db, family), await newcomer(db)
    joined = await invitations.take_invitation(db, person, made.code, now=NOW)
    assert joined == Joined(family.case, family.teacher, meeting_open=False)
    assert await storage.cases.rater(db, family.teacher.id) == replace(family.teacher, person_id=person.id)
    about = {"case": family.case.id, "rater": family.teacher.id}
    assert await told(db) == [(family.nora.id, LetterKind.JOINED, about)]


async def test_who_joins_hears_of_a_meeting_that_goes_on(db: Transaction, family: Family) -> None:
    made = await invited(db, family)
    await meetings.start(db, family.nora, family.case.id, [family.rater(family.aino).id], now=NOW)
    joined = await invitations.take_invitation(db, await newcomer(db), made.link, now=NOW)
    assert joined == Joined(family.case, family.teacher, meeting_open=True)


async def test_an_invitation_is_taken_once(db: Transaction, family: Family) -> None:
    made, first = await invited(db, family), await newcomer(db, 1)
    await invitations.take_invitation(db, first, made.link, now=NOW)
    for secret in (made.link, made.code):
        assert await invitations.take_invitation(db, await newcomer(db, 2), secret, now=NOW) is Reason.CODE
    assert (await known(storage.cases.rater(db, family.teacher.id))).person_id == first.id


async def test_of_many_who_take_an_invitation_at_once_one_joins(database: Database) -> None:
    async with database.transaction() as db:
        family = await add_family(db)
        made = await invited(db, family)
        people = [await newcomer(db, number) for number in range(6)]

    async def take(person: Person) -> bool:
        try:
            async with database.transaction() as db:
                return isinstance(await invitations.take_invitation(db, person, made.link, now=NOW), Joined)
        except Refusal:
            return False

    took = await asyncio.gather(*(take(each) for each in people))
    async with database.transaction() as db:
        rater = await known(storage.cases.rater(db, family.teacher.id))
        letters = await told(db)
    assert (sorted(took), rater.person_id) == ([False] * 5 + [True], people[took.index(True)].id)
    assert len(letters) == 1


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

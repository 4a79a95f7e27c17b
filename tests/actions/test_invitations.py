"""Invitations: made for one person, opened without being used, taken once; and the brake on wrong codes."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

import storage
from bot.actions import invitations, meetings
from bot.actions.invitations import Joined, Offer, Secrets
from bot.domain.cases import CaseState
from bot.domain.codes import link_token, typed_code
from bot.domain.errors import Reason, Refusal
from bot.domain.letters import LetterKind
from bot.domain.people import Person, Role, Worker
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
    assert await told(db, LetterKind.JOINED) == [(family.nora.id, LetterKind.JOINED, about)]


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
        letters = await told(db, LetterKind.JOINED)
    assert (sorted(took), rater.person_id) == ([False] * 5 + [True], people[took.index(True)].id)
    assert len(letters) == 1

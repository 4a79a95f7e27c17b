"""Two people do something at once by two programs on PostgreSQL: it comes out as if one had been first.

On SQLite there is one transaction at a time.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC
from typing import Any

import pytest
from sqlalchemy import Table, func, select

import storage
from bot.actions import cases, invitations, joining, meetings, new_phone, people, ratings, talks
from bot.actions.invitations import Joined
from bot.actions.joining import Asked
from bot.domain.errors import Reason, Refusal
from bot.domain.instruments import Measure
from bot.domain.letters import Letter, LetterKind, Place, PlaceKind
from bot.domain.people import AgeBand, Kind, Person, Worker
from bot.domain.weighing import WEIGHING
from storage import Database, Transaction, schema
from storage.outbox import LetterState
from tests.actions.asking import answered, begun, handed_in, told
from tests.at_once import at_once
from tests.storage.family import NOW, Family, add_family, known

Two = tuple[Database, Database]
Act = Callable[[Transaction], Awaitable[Any]]
NEWCOMER = 6_000_000_001
WRONG = "7K3QM9TZ4X"
LOW, WELL = (10, 10, 20, 10), (70, 80, 90, 90)


@pytest.fixture
async def family(two: Two) -> Family:
    async with two[0].transaction() as db:
        return await add_family(db)


async def before(two: Two, act: Act) -> Any:
    async with two[0].transaction() as db:
        return await act(db)


async def count(two: Two, table: Table, *where: Any) -> int:
    async with two[0].transaction() as db:
        row = await db.row(select(func.count()).select_from(table).where(*where))
    assert row is not None
    return int(row[0])


def outcome(result: object) -> object:
    """The reason of a refusal, and what kind of thing came out otherwise; no error passes for either."""
    if isinstance(result, Refusal):
        return result.reason
    if isinstance(result, BaseException):
        raise result
    return result if isinstance(result, Reason) else type(result).__name__


async def met(db: Transaction, telegram_id: int = NEWCOMER) -> Person:
    """As at the beginning of every update."""
    return await storage.people.meet(db, telegram_id=telegram_id, language="en", now=NOW)


# People


async def test_somebody_new_is_met_once(two: Two) -> None:
    one, other = await at_once(two, met, met)
    assert one == other


async def test_a_new_worker_is_added_once(two: Two) -> None:
    async def invite(db: Transaction) -> Worker:
        return (await invitations.invite_worker(db, team="pihlaja", code="KOIVU-27", role=None, now=NOW))[0]

    one, other = await at_once(two, invite, invite)
    assert (one, await count(two, schema.invitations, schema.invitations.c.withdrawn_at.is_(None))) == (other, 1)


async def test_of_two_who_open_an_invitation_one_becomes_the_worker(two: Two) -> None:
    _, made = await before(two, lambda db: invitations.invite_worker(db, team="a", code="A-1", role=None, now=NOW))

    def opened(telegram_id: int) -> Act:
        async def open_link(db: Transaction) -> object:
            return await invitations.read_code(db, await met(db, telegram_id), made.link, now=NOW)

        return open_link

    results = await at_once(two, opened(NEWCOMER), opened(NEWCOMER + 1))
    assert list(map(outcome, results)) == ["Worker", Reason.CODE]


async def test_who_opens_two_invitations_becomes_one_worker(two: Two) -> None:
    await before(two, met)

    async def opened(db: Transaction, link: str) -> object:
        return await invitations.read_code(db, await met(db), link, now=NOW)

    _, one = await before(two, lambda db: invitations.invite_worker(db, team="a", code="A-1", role=None, now=NOW))
    _, other = await before(two, lambda db: invitations.invite_worker(db, team="a", code="A-2", role=None, now=NOW))
    results = await at_once(two, lambda db: opened(db, one.link), lambda db: opened(db, other.link))
    assert list(map(outcome, results)) == ["Worker", Reason.ALREADY_WORKER]


async def test_the_brake_on_wrong_codes_lets_five_through(two: Two, family: Family) -> None:
    async def try_wrong(db: Transaction) -> object:
        return await invitations.read_code(db, await met(db), WRONG, now=NOW)

    for _ in range(4):
        await before(two, try_wrong)
    assert await at_once(two, try_wrong, try_wrong) == (Reason.CODE, Reason.WAIT)


# Joining


async def asks(db: Transaction, telegram_id: int = NEWCOMER) -> Asked:
    found = await joining.ask_to_join(db, await met(db, telegram_id), "KOIVU-27", Kind.MOTHER, AgeBand.CHILD, now=NOW)
    assert isinstance(found, Asked)
    return found


async def test_who_asks_twice_to_join_has_asked_once(two: Two, family: Family) -> None:
    await before(two, met)
    one, other = await at_once(two, asks, asks)
    assert (one, await count(two, schema.cases)) == (other, 2)


async def test_two_who_ask_the_same_worker_get_two_labels(
    two: Two, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.actions.cases.secrets.randbits", lambda _: 7)
    one, other = await at_once(two, asks, lambda db: asks(db, NEWCOMER + 1))
    assert isinstance(one, Asked)
    assert isinstance(other, Asked)
    assert one.case.label != other.case.label


async def test_a_yes_and_a_no_are_one_of_both(two: Two, family: Family) -> None:
    case = (await before(two, asks)).case.id
    results = await at_once(
        two,
        lambda db: joining.accept(db, family.nora, case, now=NOW),
        lambda db: joining.not_mine(db, family.nora, case, now=NOW),
    )
    assert (list(map(outcome, results)), await count(two, schema.cases)) == (["Case", Reason.NOT_HERE], 2)


async def test_an_answer_while_the_worker_says_no_is_gone_with_the_rest(two: Two, family: Family) -> None:
    found = await before(two, asks)
    guest = await before(two, met)
    (view,) = await before(two, lambda db: ratings.begin(db, guest, found.rater.id, Measure.OUTCOME, now=NOW))
    results = await at_once(
        two,
        lambda db: joining.not_mine(db, family.nora, found.case.id, now=NOW),
        lambda db: ratings.answer(db, guest, view.draft.id, 1, 70, now=NOW),
    )
    assert list(map(outcome, results)) == ["NoneType", Reason.NOT_HERE]


async def test_an_answer_while_they_are_given_their_place_is_kept_there(two: Two, family: Family) -> None:
    found = await before(two, asks)
    guest = await before(two, met)
    (view,) = await before(two, lambda db: ratings.begin(db, guest, found.rater.id, Measure.OUTCOME, now=NOW))
    results = await at_once(
        two,
        lambda db: joining.attach(db, family.nora, found.case.id, family.case.id, None, now=NOW),
        lambda db: ratings.answer(db, guest, view.draft.id, 1, 70, now=NOW),
    )
    draft = await before(two, lambda db: known(storage.drafts.get(db, view.draft.id)))
    assert (list(map(outcome, results)), draft.case_id) == (["Attached", "RatingView"], family.case.id)
    assert draft.scores[0] == 70


async def test_somebody_gets_one_place_in_a_case(two: Two, family: Family) -> None:
    found = await before(two, asks)
    made = (await before(two, lambda db: invitations.invite_rater(db, family.nora, family.teacher.id, now=NOW)))[2]

    async def take(db: Transaction) -> object:
        return await invitations.take_invitation(db, await met(db), made.link, now=NOW)

    results = await at_once(
        two, lambda db: joining.attach(db, family.nora, found.case.id, family.case.id, None, now=NOW), take
    )
    assert list(map(outcome, results)) == ["Attached", Reason.ALREADY_JOINED]


async def test_they_belong_to_one_case(two: Two, family: Family) -> None:
    found = await before(two, asks)
    second = (await before(two, lambda db: cases.open_case(db, family.nora, AgeBand.CHILD, now=NOW))).case.id
    results = await at_once(
        two,
        lambda db: joining.attach(db, family.nora, found.case.id, family.case.id, None, now=NOW),
        lambda db: joining.attach(db, family.nora, found.case.id, second, None, now=NOW),
    )
    assert list(map(outcome, results)) == ["Attached", Reason.NOT_HERE]


# Invitations


async def test_of_two_new_invitations_for_one_rater_one_can_be_taken(two: Two, family: Family) -> None:
    async def invite(db: Transaction) -> object:
        return await invitations.invite_rater(db, family.nora, family.teacher.id, now=NOW)

    await at_once(two, invite, invite)
    assert await count(two, schema.invitations, schema.invitations.c.withdrawn_at.is_(None)) == 1


async def test_who_joins_is_not_invited_again_meanwhile(two: Two, family: Family) -> None:
    made = (await before(two, lambda db: invitations.invite_rater(db, family.nora, family.teacher.id, now=NOW)))[2]
    guest = await before(two, met)
    results = await at_once(
        two,
        lambda db: invitations.take_invitation(db, guest, made.link, now=NOW),
        lambda db: invitations.invite_rater(db, family.nora, family.teacher.id, now=NOW),
    )
    assert list(map(outcome, results)) == ["Joined", Reason.ALREADY_JOINED]


async def test_an_invitation_is_taken_by_one(two: Two, family: Family) -> None:
    made = (await before(two, lambda db: invitations.invite_rater(db, family.nora, family.teacher.id, now=NOW)))[2]
    guests = [await before(two, met), await before(two, lambda db: met(db, NEWCOMER + 1))]
    results = await at_once(
        two,
        lambda db: invitations.take_invitation(db, guests[0], made.link, now=NOW),
        lambda db: invitations.take_invitation(db, guests[1], made.link, now=NOW),
    )
    assert isinstance(results[0], Joined)
    assert outcome(results[1]) is Reason.CODE


# Cases


async def test_a_case_is_opened_once_by_two_taps(two: Two, family: Family) -> None:
    async def open_one(db: Transaction) -> object:
        nora = await met(db, 5_000_000_001)
        return await cases.open_case(db, nora, AgeBand.CHILD, count=1, now=NOW)

    results = await at_once(two, open_one, open_one)
    assert list(map(outcome, results)) == ["CaseView", Reason.NO_LONGER]


async def test_somebody_is_added_once_by_two_taps(two: Two, family: Family) -> None:
    async def add_adult(db: Transaction) -> object:
        return await cases.add_collateral(db, family.nora, family.case.id, Kind.CARER, count=5, now=NOW)

    async def add_child(db: Transaction) -> object:
        return await cases.add_client(db, family.nora, family.case.id, AgeBand.CHILD, count=2, now=NOW)

    adults = await at_once(two, add_adult, add_adult)
    children = await at_once(two, add_child, add_child)
    assert list(map(outcome, (*adults, *children))) == ["CaseView", Reason.NO_LONGER] * 2


# Meetings and ratings


async def test_a_rating_before_the_meeting_is_begun_once(two: Two, family: Family) -> None:
    one, other = await at_once(
        two, lambda db: begun(db, family, family.aino), lambda db: begun(db, family, family.aino)
    )
    assert (one, await count(two, schema.drafts)) == (other, 1)


async def test_what_is_begun_while_the_meeting_starts_is_the_meetings(two: Two, family: Family) -> None:
    here = [family.rater(family.aino).id]
    await at_once(
        two,
        lambda db: meetings.start(db, family.nora, family.case.id, here, now=NOW),
        lambda db: begun(db, family, family.aino),
    )
    assert await count(two, schema.drafts, schema.drafts.c.session_id.is_(None)) == 0


async def test_a_meeting_starts_once(two: Two, family: Family) -> None:
    async def start(db: Transaction) -> object:
        return await meetings.start(db, family.nora, family.case.id, [family.rater(family.aino).id], now=NOW)

    assert list(map(outcome, await at_once(two, start, start))) == ["Card", Reason.MEETING_OPEN]


async def test_who_comes_in_while_it_closes_is_asked_about_the_meeting(two: Two, family: Family) -> None:
    here = [family.rater(family.aino).id]
    card = await before(two, lambda db: meetings.start(db, family.nora, family.case.id, here, now=NOW))
    await at_once(
        two,
        lambda db: begun(db, family, family.father),
        lambda db: meetings.close_up(db, family.nora, card.session.id, now=NOW),
    )
    father = family.rater(family.father).id
    own = schema.drafts.c.subject_id.is_(None)
    assert await count(two, schema.drafts, own, schema.drafts.c.rater_id == father) == 1


async def test_an_item_is_answered_once(two: Two, family: Family) -> None:
    draft_id = (await before(two, lambda db: begun(db, family, family.aino))).draft.id
    results = await at_once(
        two,
        lambda db: ratings.answer(db, family.aino, draft_id, 1, 70, now=NOW),
        lambda db: ratings.answer(db, family.aino, draft_id, 1, 30, now=NOW),
    )
    draft = await before(two, lambda db: known(storage.drafts.get(db, draft_id)))
    assert (list(map(outcome, results)), draft.scores[0]) == (["RatingView", Reason.NO_LONGER], 70)


async def test_a_rating_is_handed_in_once(two: Two, family: Family) -> None:
    draft_id = (await before(two, lambda db: begun(db, family, family.aino))).draft.id
    await before(two, lambda db: answered(db, family.aino, draft_id))

    def hand_in(second: int) -> Act:
        return lambda db: ratings.hand_in(db, family.aino, draft_id, now=NOW.replace(second=second))

    one, other = await at_once(two, hand_in(1), hand_in(2))
    pictures = await before(two, lambda db: told(db, LetterKind.PICTURE))
    assert (one, await count(two, schema.ratings)) == (other, 1)
    assert pictures == [(family.nora.id, LetterKind.PICTURE, {"draft": draft_id})]


async def test_a_meeting_ends_once(two: Two, family: Family) -> None:
    here = [family.rater(family.aino).id]
    card = await before(two, lambda db: meetings.start(db, family.nora, family.case.id, here, now=NOW))

    async def end(db: Transaction) -> object:
        return await meetings.end(db, family.nora, card.session.id, now=NOW, zone=UTC, quiet=None)

    assert list(map(outcome, await at_once(two, end, end))) == ["Card", Reason.MEETING_OVER]


# Being forgotten


async def test_who_is_forgotten_leaves_nothing_though_they_hand_in_meanwhile(two: Two, family: Family) -> None:
    draft_id = (await before(two, lambda db: begun(db, family, family.aino))).draft.id
    await before(two, lambda db: answered(db, family.aino, draft_id))
    results = await at_once(
        two,
        lambda db: people.forget(db, family.aino, now=NOW),
        lambda db: ratings.hand_in(db, family.aino, draft_id, now=NOW),
    )
    assert (outcome(results[1]), await count(two, schema.ratings)) == (Reason.NOT_HERE, 0)


async def test_who_is_forgotten_leaves_nothing_though_they_are_given_a_place_meanwhile(
    two: Two, family: Family
) -> None:
    found = await before(two, asks)
    guest = await before(two, met)
    await before(two, lambda db: ratings.begin(db, guest, found.rater.id, Measure.OUTCOME, now=NOW))
    await at_once(
        two,
        lambda db: joining.attach(db, family.nora, found.case.id, family.case.id, None, now=NOW),
        lambda db: people.forget(db, guest, now=NOW),
    )
    assert await count(two, schema.persons, schema.persons.c.id == guest.id) == 0
    assert await count(two, schema.drafts) == 0


# Letters and messages


async def test_what_one_courier_has_claimed_another_leaves_alone(two: Two, family: Family) -> None:
    await before(two, asks)

    async def claim(db: Transaction) -> int:
        return len(await storage.outbox.claim(db, now=NOW, most=20))

    assert await at_once(two, claim, claim) == (1, 0)


async def test_an_alert_that_is_so_again_meanwhile_is_not_taken_for_untrue(two: Two, family: Family) -> None:
    """Whoever corrects finds its letter on its way, and puts no other one."""
    draft_id = (await before(two, lambda db: handed_in(db, family, family.aino, *LOW))).draft.id

    async def correct(db: Transaction, *scores: int) -> object:
        await ratings.reopen(db, family.aino, draft_id, now=NOW)
        for item, score in enumerate(scores, 1):
            await ratings.change_item(db, family.aino, draft_id, item, now=NOW)
            await ratings.answer(db, family.aino, draft_id, item, score, now=NOW)
        return await ratings.hand_in(db, family.aino, draft_id, now=NOW)

    async def read(db: Transaction) -> object:
        return await talks.show(db, family.nora, [1], weighing=WEIGHING)

    await before(two, lambda db: correct(db, *WELL))
    untrue = await before(two, read)
    results = await at_once(two, lambda db: correct(db, *LOW), read)
    assert (untrue, list(map(outcome, results))) == (None, ["RatingView", "AlertView"])


async def test_of_two_messages_that_show_the_same_the_one_that_was_there_is_known_by_the_other(
    two: Two, family: Family
) -> None:
    place = Place(PlaceKind.CARD, "a meeting")
    results = await at_once(
        two,
        lambda db: storage.places.move(db, family.nora.id, place, 7),
        lambda db: storage.places.move(db, family.nora.id, place, 9),
    )
    assert results == (None, 7)


# A new phone


@pytest.mark.parametrize("first", ["arrives", "comes"])
async def test_an_alert_that_arrives_on_the_old_phone_meanwhile_comes_on_the_new_one_once(
    two: Two, family: Family, first: str
) -> None:
    await before(two, lambda db: handed_in(db, family, family.aino, *LOW))
    letter = await before(two, sending_the_alert)
    phone = await before(two, met)

    async def arrives(db: Transaction) -> object:
        return await storage.outbox.finish(db, letter, LetterState.SENT, now=NOW)

    async def comes(db: Transaction) -> None:
        await new_phone.comes(db, family.worker, phone, now=NOW)

    both: tuple[Act, Act] = (arrives, comes) if first == "arrives" else (comes, arrives)
    await at_once(two, *both)
    letters = schema.letters.c
    its = (letters.kind == LetterKind.ALERT.value) & (letters.person_id == phone.id)
    rows = await before(two, lambda db: db.rows(select(letters.state, letters.unsure).where(its)))
    assert [(row.state, row.unsure) for row in rows] == [("waiting", True)]


async def sending_the_alert(db: Transaction) -> Letter:
    (letter,) = [each for each in await storage.outbox.claim(db, now=NOW, most=20) if each.kind is LetterKind.ALERT]
    assert await storage.outbox.begin_sending(db, letter, now=NOW)
    return letter

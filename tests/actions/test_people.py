"""What people do about themselves; and that of who is forgotten nothing remains."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select, update

import storage
from bot.actions import cases as case_actions
from bot.actions import invitations, joining, meetings, people, ratings
from bot.actions.people import Home, Seat
from bot.domain.cases import CaseState
from bot.domain.instruments import Measure
from bot.domain.letters import LetterKind, Place, PlaceKind
from bot.domain.people import AgeBand, Kind, Person
from bot.domain.preferences import FirstSteps
from bot.domain.ratings import Draft
from storage import Transaction
from storage.schema import cases, metadata
from storage.schema import ratings as rating_rows
from tests.actions.asking import begun, handed_in, told
from tests.storage.family import NOW, Family, known


async def everything(db: Transaction) -> str:
    """All that is in the database, as one text."""
    return "\n".join([str(row) for table in metadata.sorted_tables for row in await db.rows(select(table))])


async def test_a_workers_home_is_their_desk_with_who_waits(db: Transaction, family: Family) -> None:
    quiet = await people.home(db, family.nora, now=NOW)
    for number in range(2):
        stranger = await storage.people.meet(db, telegram_id=6_000_000_000 + number, language="en", now=NOW)
        await joining.ask_to_join(db, stranger, "KOIVU-27", Kind.CLIENT, AgeBand.ADULT, now=NOW)
    lines = await case_actions.listed(db, family.nora)
    desk = Home(family.worker, [], cases=lines, first_steps=FirstSteps(opened=True, invited=True, met=False))
    assert [quiet, await people.home(db, family.nora, now=NOW)] == [desk, replace(desk, waiting=2)]


async def test_a_raters_home_is_where_they_rate(db: Transaction, family: Family) -> None:
    seat = Seat(family.rater(family.aino), family.case, family.worker, rates_meetings=True)
    assert await people.home(db, family.aino, now=NOW) == Home(None, [seat], 0)


async def test_a_strangers_home_is_empty(db: Transaction, family: Family) -> None:
    stranger = await storage.people.meet(db, telegram_id=6_000_000_000, language="en", now=NOW)
    assert await people.home(db, stranger, now=NOW) == Home(None, [], 0)


async def test_in_a_closed_case_nobody_rates(db: Transaction, family: Family) -> None:
    await db.change(update(cases).values(state=CaseState.CLOSED.value))
    assert await people.home(db, family.aino, now=NOW) == Home(None, [], 0)


async def test_a_language_is_chosen(db: Transaction, family: Family) -> None:
    chosen = await people.choose_language(db, family.aino, "sv", now=NOW)
    assert chosen == await storage.people.get(db, family.aino.id) == Person(family.aino.id, "sv")


async def test_who_gets_an_answer_after_they_were_found_gone_shows_on_the_card_again(
    db: Transaction, family: Family
) -> None:
    card = await meetings.start(db, family.nora, family.case.id, [family.rater(family.aino).id], now=NOW)
    freshened = (family.nora.id, LetterKind.CARD, {"session": card.session.id})
    await people.leave_as(db, family.aino.id, now=NOW)
    gone = [each.reachable for each in (await meetings.show_card(db, family.nora, card.session.id)).lines]
    for _ in range(2):
        await people.reached(db, family.aino, now=NOW)
    here = [each.reachable for each in (await meetings.show_card(db, family.nora, card.session.id)).lines]
    assert (gone, here, await told(db, LetterKind.CARD)) == ([False], [True], [freshened] * 2)


# Forgetting


async def _aino_was_here(db: Transaction, family: Family) -> str:
    """She has been in a meeting, has rated, is being asked again, and was shown things; her draft's id."""
    here = [family.rater(each).id for each in (family.aino, family.bo)]
    card = await meetings.start(db, family.nora, family.case.id, here, now=NOW)
    sent = await handed_in(db, family, family.aino)
    await handed_in(db, family, family.bo)
    await meetings.close_up(db, family.nora, card.session.id, now=NOW)
    view = await begun(db, family, family.aino, Measure.ALLIANCE)
    await ratings.answer(db, family.aino, view.draft.id, 1, 70, now=NOW)
    await storage.places.put(db, family.aino.id, Place(PlaceKind.DRAFT, view.draft.id), 77)
    await storage.invitations.note_wrong(db, family.aino.id, now=NOW)
    return sent.draft.id


async def test_of_who_is_forgotten_nothing_remains(db: Transaction, family: Family) -> None:
    await _aino_was_here(db, family)
    place, bos = family.rater(family.aino), await storage.ratings.of_rater(db, family.rater(family.bo).id)
    await people.forget(db, family.aino, now=NOW)
    assert family.aino.id not in await everything(db)
    assert await storage.people.get(db, family.aino.id) is None
    assert await storage.ratings.of_case(db, family.case.id) == bos
    assert [each.rater_id for each in await _drafts(db, family)] == [family.rater(family.bo).id] * 2
    left = await known(storage.cases.rater(db, place.id))
    assert (left.person_id, left.subject_ids) == (None, place.subject_ids)


async def _drafts(db: Transaction, family: Family) -> list[Draft]:
    session = await known(storage.sessions.newest(db, family.case.id))
    return list(await storage.drafts.of_session(db, session.id))


async def test_the_place_of_who_was_forgotten_can_be_taken_anew(db: Transaction, family: Family) -> None:
    await _aino_was_here(db, family)
    await people.forget(db, family.aino, now=NOW)
    again = await storage.people.meet(db, telegram_id=6_000_000_000, language="en", now=NOW)
    _, _, made = await invitations.invite_rater(db, family.nora, family.rater(family.aino).id, now=NOW)
    assert isinstance(await invitations.take_invitation(db, again, made.link, now=NOW), invitations.Joined)


async def test_who_waited_for_the_workers_yes_is_forgotten_with_the_whole_case(db: Transaction, family: Family) -> None:
    stranger = await storage.people.meet(db, telegram_id=6_000_000_000, language="en", now=NOW)
    found = await joining.ask_to_join(db, stranger, "KOIVU-27", Kind.CLIENT, AgeBand.ADULT, now=NOW)
    assert isinstance(found, joining.Asked)
    await people.forget(db, stranger, now=NOW)
    left = await everything(db)
    assert re.findall(f"{stranger.id}|{found.case.raters[0].id}", left) == []
    assert await storage.cases.get(db, found.case.id) is None


@pytest.mark.parametrize("state", CaseState)
async def test_what_was_given_in_a_case_of_any_state_is_forgotten(
    db: Transaction, family: Family, state: CaseState
) -> None:
    await _aino_was_here(db, family)
    await db.change(update(cases).values(state=state.value))
    await people.forget(db, family.aino, now=NOW)
    mine = rating_rows.c.rater_id == family.rater(family.aino).id
    assert await db.rows(select(rating_rows).where(mine)) == []
    assert family.aino.id not in await everything(db)


async def test_a_worker_who_also_rates_elsewhere_stays_a_worker_and_is_a_rater_no_more(
    db: Transaction, family: Family
) -> None:
    await storage.cases.join(db, family.teacher.id, family.otto.id)
    (view,) = await ratings.begin(db, family.otto, family.teacher.id, Measure.OUTCOME, now=NOW)
    await people.forget(db, family.otto, now=NOW)
    nothing_done = FirstSteps(opened=False, invited=False, met=False)
    assert await people.home(db, family.otto, now=NOW) == Home(
        family.other_worker, [], cases=[], first_steps=nothing_done
    )
    assert await storage.drafts.get(db, view.draft.id) is None
    assert (await known(storage.cases.rater(db, family.teacher.id))).person_id is None


async def test_what_was_to_be_told_of_who_is_forgotten_is_not_there_any_more(db: Transaction, family: Family) -> None:
    draft_id = await _aino_was_here(db, family)
    await people.forget(db, family.aino, now=NOW)
    assert await storage.drafts.get(db, draft_id) is None
    assert await storage.ratings.of_draft(db, draft_id) is None

"""A worker's cases."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

import storage
from bot.actions import cases, meetings
from bot.actions.cases import CaseLine, CaseView
from bot.actions.pictures import Rated
from bot.domain.cases import Case, CaseState, Rater, Subject
from bot.domain.errors import Reason
from bot.domain.labels import WORDS
from bot.domain.people import AgeBand, Kind
from storage import Transaction
from tests.actions.asking import handed_in, refused
from tests.storage.family import NOW, Family, known, worker

DAY = timedelta(days=1)


async def test_a_case_is_opened_about_one_client_with_a_label_in_the_workers_language(
    db: Transaction, family: Family
) -> None:
    view = await cases.open_case(db, replace(family.nora, language="sv"), AgeBand.CHILD, now=NOW)
    id, (subject,), (rater,) = view.case.id, view.case.subjects, view.case.raters
    assert view == CaseView(
        case=Case(
            id=id,
            label=view.case.label,
            state=CaseState.OPEN,
            opened_at=NOW,
            subjects=(Subject(subject.id, id, AgeBand.CHILD, NOW),),
            raters=(Rater(rater.id, id, Kind.CLIENT, AgeBand.CHILD, (subject.id,), None),),
        ),
        newest=None,
        rated=(),
    )
    assert view.case.label.split()[0] in WORDS["sv"]


async def test_a_child_under_six_has_no_place_to_rate_from(db: Transaction, family: Family) -> None:
    view = await cases.open_case(db, family.nora, AgeBand.UNDER_6, now=NOW)
    assert ([each.band for each in view.case.subjects], view.case.raters) == ([AgeBand.UNDER_6], ())


async def test_who_is_there_already_rates_another_child_too_but_for_the_other_clients(
    db: Transaction, family: Family
) -> None:
    view = await cases.add_client(db, family.nora, family.case.id, AgeBand.CHILD, now=NOW + DAY)
    new = view.case.subjects[-1]
    about = [new.id in each.subject_ids for each in view.case.raters]
    assert about == [False, False, True, True, True, True]
    client = view.case.raters[-1]
    assert client == Rater(client.id, family.case.id, Kind.CLIENT, AgeBand.CHILD, (new.id,), None)


async def test_in_a_family_with_children_nobody_is_asked_about_an_adult_client(db: Transaction, family: Family) -> None:
    view = await cases.add_client(db, family.nora, family.case.id, AgeBand.ADULT, now=NOW + DAY)
    new = view.case.subjects[-1]
    assert [each.kind for each in view.case.raters if new.id in each.subject_ids] == [Kind.CLIENT]


async def test_an_adult_who_is_added_rates_everybody_in_the_case(db: Transaction, family: Family) -> None:
    view = await cases.add_collateral(db, family.nora, family.case.id, Kind.PROFESSIONAL, now=NOW + DAY)
    added = view.case.raters[-1]
    everybody = tuple(each.id for each in family.case.subjects)
    assert added == Rater(added.id, family.case.id, Kind.PROFESSIONAL, AgeBand.ADULT, everybody, None)


async def test_the_card_of_a_case_names_its_newest_meeting_and_who_has_rated(db: Transaction, family: Family) -> None:
    await handed_in(db, family, family.bo)
    await handed_in(db, family, family.mother)
    here = [family.rater(family.aino).id]
    card = await meetings.start(db, family.nora, family.case.id, here, now=NOW)
    rated = (
        Rated(family.rater(family.bo), family.bo_as_subject),
        Rated(family.rater(family.mother), family.aino_as_subject),
    )
    assert await cases.view(db, family.nora, family.case.id) == CaseView(family.case, card.session, rated)
    teacher = await cases.view_rater(db, family.nora, family.teacher.id)
    assert teacher == (CaseView(family.case, card.session, rated), family.teacher)


async def test_cases_in_a_meeting_come_first_then_who_met_last(db: Transaction, family: Family) -> None:
    opened = [(await cases.open_case(db, family.nora, AgeBand.CHILD, now=NOW - 9 * DAY)).case.id for _ in range(3)]
    here = [family.rater(family.aino).id]
    met = await meetings.start(db, family.nora, family.case.id, here, now=NOW - 8 * DAY)
    await meetings.end(db, family.nora, met.session.id, now=NOW - 8 * DAY, zone=UTC, quiet=None)
    for id, days in zip(opened, (3, 5, 1), strict=True):
        session = await known(
            storage.sessions.add(db, case_id=id, worker_id=family.worker.id, rater_ids=[], now=NOW - days * DAY)
        )
        if days != 5:
            await storage.sessions.end(db, session, now=NOW)
    lines = await cases.listed(db, family.nora)
    assert [(line.case.id, line.last_met, line.meeting_open) for line in lines] == [
        (opened[1], NOW - 5 * DAY, True),
        (opened[2], NOW - DAY, False),
        (opened[0], NOW - 3 * DAY, False),
        (family.case.id, NOW - 8 * DAY, False),
    ]


async def test_a_case_that_has_not_met_yet_is_listed_by_its_opening(db: Transaction, family: Family) -> None:
    newer = (await cases.open_case(db, family.nora, AgeBand.CHILD, now=NOW + DAY)).case
    assert await cases.listed(db, family.nora) == [CaseLine(newer, None, False), CaseLine(family.case, None, False)]


async def test_who_waits_for_the_yes_is_listed_apart(db: Transaction, family: Family) -> None:
    asked = await storage.cases.add(
        db, worker_id=family.worker.id, label="Tern 11", state=CaseState.ASKED, check="Fell 12", now=NOW
    )
    assert [each.id for each in await cases.asked(db, family.nora)] == [asked]
    assert [each.case.id for each in await cases.listed(db, family.nora)] == [family.case.id]
    assert await cases.asked(db, family.otto) == []


async def test_a_label_is_drawn_again(db: Transaction, family: Family) -> None:
    view = await cases.draw_label_again(db, family.nora, family.case.id)
    assert view.case == replace(family.case, label=view.case.label)
    assert view.case.label != family.case.label


async def test_no_two_cases_of_a_worker_have_the_same_label(db: Transaction, family: Family) -> None:
    """Of 4,320 labels 100 drawn freely would hardly ever all differ."""
    busy = await worker(db, "pihlaja", "KUUSI-1", None)
    for _ in range(100):
        label = await cases.free_label(db, busy.id, "en")
        await storage.cases.add(db, worker_id=busy.id, label=label, state=CaseState.OPEN, check=None, now=NOW)
    assert len(await storage.cases.labels_of_worker(db, busy.id)) == 100


@pytest.mark.parametrize("language", WORDS)
async def test_a_new_case_gets_a_word_of_its_own_as_long_as_there_are_words(
    db: Transaction, family: Family, language: str
) -> None:
    busy = await worker(db, "pihlaja", "KUUSI-1", None)
    for _ in range(49):
        label = await cases.free_label(db, busy.id, language)
        await storage.cases.add(db, worker_id=busy.id, label=label, state=CaseState.OPEN, check=None, now=NOW)
    labels = await storage.cases.labels_of_worker(db, busy.id)
    assert len(labels) == 49
    assert {each.split()[0] for each in labels} == set(WORDS[language])


Doing = Callable[[Transaction, Family], Awaitable[object]]
DOINGS: dict[str, Doing] = {
    "view": lambda db, family: cases.view(db, family.otto, family.case.id),
    "view rater": lambda db, family: cases.view_rater(db, family.otto, family.teacher.id),
    "add client": lambda db, family: cases.add_client(db, family.otto, family.case.id, AgeBand.CHILD, now=NOW),
    "add collateral": lambda db, family: cases.add_collateral(db, family.otto, family.case.id, Kind.CARER, now=NOW),
    "label": lambda db, family: cases.draw_label_again(db, family.otto, family.case.id),
}


@pytest.mark.parametrize("doing", DOINGS.values(), ids=DOINGS)
async def test_otto_does_not_come_to_the_case(db: Transaction, family: Family, doing: Doing) -> None:
    assert await refused(doing(db, family)) is Reason.NOT_HERE
    assert await storage.cases.get(db, family.case.id) == family.case


async def test_otto_has_a_list_of_his_own(db: Transaction, family: Family) -> None:
    assert await cases.listed(db, family.otto) == []


async def test_who_is_no_worker_opens_no_case(db: Transaction, family: Family) -> None:
    assert await refused(cases.open_case(db, family.mother, AgeBand.CHILD, now=NOW)) is Reason.NOT_HERE
    assert await refused(cases.listed(db, family.mother)) is Reason.NOT_HERE

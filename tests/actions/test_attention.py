"""A worker's cases by what needs attention."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from time import perf_counter

import storage
from bot.actions import cases, meetings, ratings, talks
from bot.actions.attention import Needs
from bot.domain.attention import Concern
from bot.domain.errors import Reason
from bot.domain.instruments import ITEMS
from bot.domain.people import AgeBand
from bot.domain.weighing import WEIGHING
from storage import Transaction
from tests.actions.asking import begun, refused
from tests.storage.family import NOW, Family, draft, rating

DAY = timedelta(days=1)


async def rates(db: Transaction, family: Family, score: int, at: datetime) -> None:
    """Aino at a meeting of her own, with the same number four times."""
    rater = family.rater(family.aino)
    card = await meetings.start(db, family.nora, family.case.id, [rater.id], now=at)
    (its,) = await storage.drafts.of_session(db, card.session.id)
    for item in ITEMS:
        await ratings.answer(db, family.aino, its.id, item, score, now=at)
    await ratings.hand_in(db, family.aino, its.id, now=at)
    await meetings.end(db, family.nora, card.session.id, now=at, zone=UTC, quiet=None)


async def listed(db: Transaction, family: Family, now: datetime) -> Sequence[tuple[str, tuple[Concern, ...]]]:
    lines = await cases.attention(db, family.nora, now=now)
    return [(each.case.id, each.concerns) for each in lines]


async def test_what_needs_attention_comes_before_who_met_last(db: Transaction, family: Family) -> None:
    calm = (await cases.open_case(db, family.nora, AgeBand.ADULT, now=NOW - DAY)).case.id
    old = (await cases.open_case(db, family.nora, AgeBand.ADULT, now=NOW - 40 * DAY)).case.id
    await rates(db, family, 80, NOW)
    assert await listed(db, family, NOW) == [(old, (Concern.LONG_SINCE,)), (family.case.id, ()), (calm, ())]
    await rates(db, family, 10, NOW + DAY)
    assert await listed(db, family, NOW + DAY) == [
        (family.case.id, (Concern.OFF_TRACK, Concern.NOT_TALKED)),
        (old, (Concern.LONG_SINCE,)),
        (calm, ()),
    ]


async def test_a_case_in_a_meeting_stands_first_all_the_same(db: Transaction, family: Family) -> None:
    old = (await cases.open_case(db, family.nora, AgeBand.ADULT, now=NOW - 40 * DAY)).case.id
    await meetings.start(db, family.nora, family.case.id, [family.rater(family.aino).id], now=NOW)
    assert await listed(db, family, NOW) == [(family.case.id, ()), (old, (Concern.LONG_SINCE,))]


async def test_the_card_leads_to_the_alert_until_it_was_talked_about(db: Transaction, family: Family) -> None:
    await rates(db, family, 80, NOW)
    await rates(db, family, 10, NOW + DAY)
    (first, *_) = await storage.alerts.untalked(db, [family.case.id])
    seen = await cases.card(db, family.nora, family.case.id, now=NOW + DAY)
    assert seen.needs.concerns == (Concern.OFF_TRACK, Concern.NOT_TALKED)
    assert seen.needs.alert is not None
    await talks.talk_about(db, family.nora, first.number, weighing=WEIGHING, now=NOW + DAY)
    seen = await cases.card(db, family.nora, family.case.id, now=NOW + DAY)
    assert seen.needs == Needs((Concern.OFF_TRACK,))


async def test_an_alert_that_a_correction_has_taken_back_needs_nothing(db: Transaction, family: Family) -> None:
    view = await begun(db, family, family.aino)
    for score in (0, 90):
        for item in ITEMS:
            if score:
                await ratings.change_item(db, family.aino, view.draft.id, item, now=NOW)
            await ratings.answer(db, family.aino, view.draft.id, item, score, now=NOW)
        await ratings.hand_in(db, family.aino, view.draft.id, now=NOW)
        needs = (await cases.card(db, family.nora, family.case.id, now=NOW)).needs
        assert needs.concerns == (() if score else (Concern.NOT_TALKED,))
        await ratings.reopen(db, family.aino, view.draft.id, now=NOW)


async def test_otto_has_no_list_of_noras_cases_and_no_card(db: Transaction, family: Family) -> None:
    assert await cases.attention(db, family.otto, now=NOW) == []
    assert await refused(cases.card(db, family.otto, family.case.id, now=NOW)) is Reason.NOT_HERE
    assert await refused(cases.attention(db, family.mother, now=NOW)) is Reason.NOT_HERE


async def test_forty_cases_are_read_in_a_handful_of_questions(db: Transaction, family: Family) -> None:
    """As many as for one case; and in a moment, with thirty ratings in each."""
    for _ in range(40):
        case = (await cases.open_case(db, family.nora, AgeBand.ADULT, now=NOW)).case
        for week in range(30):
            its = draft(case.raters[0], subject=case.subjects[0])
            await storage.drafts.add(db, its)
            await storage.ratings.put(db, rating(its, family.worker, at=NOW + week * 7 * DAY))
    began = perf_counter()
    assert len(await cases.attention(db, family.nora, now=NOW)) == 41
    assert perf_counter() - began < 1

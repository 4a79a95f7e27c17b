"""A whole case in a few facts; what is only for the worker isn't in what a family is shown."""

from bot.actions import closing, ratings, summary
from bot.domain.cases import Ending
from bot.domain.errors import Reason
from bot.domain.instruments import Measure
from bot.domain.profiles import ICCE
from storage import Transaction
from tests.actions.asking import answered, begun, handed_in, refused
from tests.storage.family import NOW, Family


async def test_a_strand_for_each_rater_and_subject_and_who_answered_how_often(db: Transaction, family: Family) -> None:
    await handed_in(db, family, family.aino, 70, 60, 80, 90)
    await handed_in(db, family, family.mother, 50, 50, 50, 50)
    found = await summary.for_worker(db, family.nora, family.case.id, profile=ICCE)
    strands = [(each.rater.id, each.subject, each.difference) for each in found.of(Measure.OUTCOME)]
    aino, mother = family.rater(family.aino), family.rater(family.mother)
    assert strands == [(aino.id, family.aino_as_subject, 0), (mother.id, family.aino_as_subject, 0)]
    counted = {each.rater.id: each.answered for each in found.answered}
    assert (counted[aino.id], counted[mother.id], found.all_shown) == (1, 1, True)


async def test_what_is_only_for_the_worker_is_left_out_for_the_family_and_it_is_said(
    db: Transaction, family: Family
) -> None:
    view = await begun(db, family, family.aino)
    await answered(db, family.aino, view.draft.id)
    await ratings.for_worker_only(db, family.aino, view.draft.id, True, now=NOW)
    await ratings.hand_in(db, family.aino, view.draft.id, now=NOW)
    shown = await summary.for_family(db, family.nora, family.case.id, profile=ICCE)
    kept = await summary.for_worker(db, family.nora, family.case.id, profile=ICCE)
    assert (shown.strands, shown.all_shown) == ((), False)
    assert (len(kept.strands), kept.all_shown) == (1, True)


async def test_it_is_there_for_a_closed_case_too_and_never_for_otto(db: Transaction, family: Family) -> None:
    await handed_in(db, family, family.aino)
    await closing.close(db, family.nora, family.case.id, Ending.AGREED, now=NOW)
    assert len((await summary.for_worker(db, family.nora, family.case.id, profile=ICCE)).strands) == 1
    assert await refused(summary.for_worker(db, family.otto, family.case.id, profile=ICCE)) is Reason.NOT_HERE
    assert await refused(summary.for_family(db, family.mother, family.case.id, profile=ICCE)) is Reason.NOT_HERE

"""With a mechanism taken out some history must differ from the model: an instrument that can't fail proves nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import insert, update

import storage
from bot.actions import alerts
from bot.actions.weighing import series_with
from bot.domain.cases import Case
from bot.domain.ratings import Draft, Rating
from bot.domain.series import Series
from storage import Transaction, schema
from storage.vault import Vault
from tests.faults.histories.comparing import Differs
from tests.faults.histories.steps import Corrects, Rates, Step
from tests.faults.histories.trial import on, tried
from tests.faults.kills.sabotage import drop_the_keys_of_ratings

ENOUGH = 300
record, answered, put = storage.updates.record, Draft.answered, storage.ratings.put


async def _every_update_is_new(db: Transaction, update_id: int, *, now: datetime, parked: bool = False) -> bool:
    await record(db, update_id, now=now, parked=parked)
    return True


def _an_old_screen_counts(draft: Draft, item: int, score: int) -> Draft:
    """Another score for an earlier item is written over the first."""
    if item == draft.present or not draft.under_way or draft.scores[item - 1] is None:
        return answered(draft, item, score)
    return replace(draft, scores=(*draft.scores[: item - 1], score, *draft.scores[item:]))


async def _put_twice(db: Transaction, rating: Rating) -> Rating:
    """A rating that is handed in again is another one."""
    row = {f"item{item}": score for item, score in enumerate(rating.scores, 1)}
    others = {"mode": rating.mode.value, "instrument": rating.instrument.code, "rated_at": rating.at}
    ids = {name: getattr(rating, name) for name in ("id", "draft_id", "case_id", "worker_id", "session_id", "rater_id")}
    both = {"subject_id": rating.subject_id, "total": rating.total, "band": rating.band.value if rating.band else None}
    await db.change(insert(schema.ratings).values(**ids, **both, **others, **row))
    return rating


async def _nothing_before(db: Transaction, case: Case, rating: Rating) -> Series:
    """Each rating is taken for the first of its series."""
    return replace(await series_with(db, case, rating), ratings=(rating,))


async def _put_last(db: Transaction, rating: Rating) -> Rating:
    """One that is changed is taken for the newest of its series."""
    kept = await put(db, rating)
    its = schema.ratings.c.id == kept.id
    await db.change(update(schema.ratings).where(its).values(rated_at=rating.at))
    return replace(kept, at=rating.at)


SABOTAGE: dict[str, tuple[Any, str, Any]] = {
    "an update that comes again is new": (storage.updates, "record", _every_update_is_new),
    "another score for an earlier item is taken": (Draft, "answered", _an_old_screen_counts),
    "a rating is put twice": (storage.ratings, "put", _put_twice),
    "an alert doesn't know what was before": (alerts, "series_with", _nothing_before),
}
LOW_TWICE: Sequence[Step] = [Rates("aino", (1, 2, 1, 2)), Corrects("aino", age=1, item=1, score=0)]
"""Now, and then in what was given last time."""


@pytest.mark.parametrize("what", SABOTAGE)
def test_a_history_finds_it_when(
    what: str, sqlite_in_memory: str, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, name, instead = SABOTAGE[what]
    with on(sqlite_in_memory, vault) as (runner, trial):
        if instead is _put_twice:
            runner.run(drop_the_keys_of_ratings(trial.place.database))
        monkeypatch.setattr(owner, name, instead)
        with pytest.raises(Differs):
            tried(runner, trial, examples=ENOUGH, shrinks=False)


def test_a_changed_rating_that_comes_last_in_its_series_is_seen(
    sqlite_in_memory: str, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chance comes to that once in some hundred histories, so this one is written."""
    with on(sqlite_in_memory, vault) as (runner, trial):
        runner.run(trial.plays(LOW_TWICE))
        monkeypatch.setattr(storage.ratings, "put", _put_last)
        with pytest.raises(Differs):
            runner.run(trial.plays(LOW_TWICE))

"""Random histories of taps, repeats, restarts and clock jumps: the bot is always as a simple model says.

The long form is `make faults`; `--seed N` plays the histories of that seed once more.
"""

from storage.vault import Vault
from tests import postgres
from tests.faults.histories.trial import at_length, on, tried
from tests.lengths import HowMany, Say


def _all_agree(url: str, vault: Vault, *, count: int, long: bool, seed: int | None, say: Say) -> None:
    with on(url, vault) as (runner, trial):
        if long or seed is not None:
            at_length(runner, trial, count=count, seed=seed, say=say)
        else:
            tried(runner, trial, examples=count)


def test_on_sqlite_random_histories_come_to_what_the_model_says(
    sqlite_in_memory: str, vault: Vault, how_many: HowMany, long: bool, seed: int | None, say: Say
) -> None:
    _all_agree(sqlite_in_memory, vault, count=how_many(50, 10_000), long=long, seed=seed, say=say)


def test_on_postgresql_random_histories_come_to_what_the_model_says(
    postgres_template: postgres.Server, vault: Vault, how_many: HowMany, long: bool, seed: int | None, say: Say
) -> None:
    url = postgres_template.fresh(template="template")
    _all_agree(url, vault, count=how_many(12, 1000), long=long, seed=seed, say=say)

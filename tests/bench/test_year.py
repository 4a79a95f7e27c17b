"""The year of ordinary data: how often the rules call a worker who has nothing to be called for."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.year import ITEM_NOISES, LENGTHS, WEEKS, World, year
from bot.domain.rules import Level

ROOT = Path(__file__).parents[2]
MOST_A_WEEK = 5


@pytest.mark.parametrize("noise", ITEM_NOISES)
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("seed", [1, 2])
def test_ordinary_data_ring_less_than_five_times_a_week(noise: float, length: int, seed: int) -> None:
    assert 0 < year(World(noise, length, seed=seed)).a_week(Level.ALERT) < MOST_A_WEEK


def test_the_figures_on_the_page_of_the_rules_are_those_of_the_year() -> None:
    page = (ROOT / "bot" / "domain" / "alerts.md").read_text(encoding="utf-8")
    years = [year(World(noise, length)) for length in LENGTHS for noise in ITEM_NOISES]
    alerts = " | ".join(f"{each.a_week(Level.ALERT):.2f}" for each in years)
    letters = " | ".join(f"{each.letters / WEEKS:.2f}" for each in years)
    assert f"| all alerts | {alerts} |\n| letters | {letters} |\n" in page


def test_of_several_alerts_of_a_rating_one_letter_goes_out() -> None:
    played = year(World(item_noise=1.0, length=26))
    alerts = sum(count for (_, level), count in played.raised.items() if level is Level.ALERT)
    assert played.letters < alerts


def test_the_same_seed_is_the_same_year_and_another_another() -> None:
    first, same, other = (year(World(item_noise=0.5, length=26, seed=seed)) for seed in (1, 1, 2))
    assert first == same != other


def test_it_prints_a_table_and_one_object() -> None:
    said = subprocess.run([sys.executable, "-m", "bench.year", "--json"], cwd=ROOT, capture_output=True, check=True)
    *table, last = said.stdout.decode().splitlines()
    assert [line.split()[0] for line in table[:2]] == ["meetings", "noise"]
    weeks = json.loads(last)["weeks"]
    assert [(each["length"], each["item_noise"]) for each in weeks] == [(a, b) for a in LENGTHS for b in ITEM_NOISES]
    assert all(each["letters"] <= each["alert"] < MOST_A_WEEK for each in weeks)

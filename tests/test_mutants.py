"""What `make mutants` counts."""

import tomllib
from pathlib import Path

from tests.mutants import by_module

ROOT = Path(__file__).parent.parent


def test_of_each_module_the_share_of_noticed_mutants_is_told() -> None:
    ends = {
        "rules.x_one__1": "killed",
        "rules.x_one__2": "survived",
        "rules.x_two__1": "timeout",
        "zones.x_one__1": "killed",
    }
    assert by_module(ends) == {"rules": 100 * 2 / 3, "zones": 100.0}


def test_a_mutant_that_no_test_comes_to_is_not_noticed() -> None:
    assert by_module({"rules.x_one__1": "no tests", "rules.x_one__2": "suspicious"}) == {"rules": 0.0}


def test_what_is_mutated_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = project["tool"]["mutmut"]["only_mutate"]
    assert [each for each in named if not (ROOT / each).is_file()] == []
    assert len(named) > 10

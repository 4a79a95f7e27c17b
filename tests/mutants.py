"""Mutants of the rules: each is the code with one thing changed, and a test must notice. `make mutants` runs them.

What is mutated stands in pyproject.toml. Of each module `ENOUGH` per cent must be noticed; those that were not are
listed by the name under which `mutmut show NAME` prints them.
"""

import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

ENOUGH = 85
NOTICED = ("killed", "timeout")
ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """0 when enough of every module is noticed."""
    subprocess.run([sys.executable, "-m", "mutmut", "run"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    said = subprocess.run(
        [sys.executable, "-m", "mutmut", "results", "--all", "true"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    ends = dict(_read(said.stdout.splitlines()))
    shares = by_module(ends)
    print("\n".join(f"{share:6.1f} %  {module}" for module, share in sorted(shares.items())))
    print("\n".join(f"not noticed: {name}" for name, end in ends.items() if end not in NOTICED))
    return 0 if shares and min(shares.values()) >= ENOUGH else 1


def _read(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    for line in lines:
        name, colon, end = line.strip().partition(": ")
        if colon:
            yield name, end


def by_module(ends: Mapping[str, str]) -> dict[str, float]:
    """Per cent of each module's mutants that a test noticed, from how each ended, by its name."""
    counted = defaultdict[str, Counter[bool]](Counter)
    for name, end in ends.items():
        counted[name.rpartition(".")[0]][end in NOTICED] += 1
    return {module: 100 * count[True] / count.total() for module, count in counted.items()}


if __name__ == "__main__":
    sys.exit(main())

"""The benchmark of a press runs, and prints what others read. How fast is not a test's business."""

import asyncio
import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


async def test_a_second_of_load_prints_the_ratios_as_one_object() -> None:
    options = ["--json", "--seconds", "1", "--warm", "0.3", "--people", "4", "--at-once", "2", "--times", "1"]
    bench = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.load", *options, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await asyncio.wait_for(bench.communicate(), 55)
    ratios = json.loads(printed.decode().splitlines()[-1])
    assert sorted(ratios) == ["cpu_per_press_vs_bare", "p99_ms", "press_vs_bare", "press_vs_default"]
    assert all(value > 0 for value in ratios.values())

"""`python -m tests.faults.kills.nursery LOG`: a warmed parent that forks the bot's lives, one after another.

It has imported everything, and has no event loop, no thread and no connection, so a life begins in milliseconds. It
reads an order a line; it says the child's number when that was born, and how it ended when it is dead.
"""

import asyncio
import gc
import os
import sys
import tempfile
from pathlib import Path

from bot import app, log
from tests.faults.kills.life import Lines, Order, live, rehearse


def main() -> None:
    log.begin()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(rehearse(Path(folder)))
    lines = Lines(app.transport(), app.transport(connections=4))
    gc.collect()
    gc.freeze()
    for line in iter(sys.stdin.readline, ""):
        order = Order.read(line)
        child = os.fork()
        if child == 0:
            _in_the_child(order, lines)
        _say(child)
        _say(_end_of(child))
        sys.stdin.readline()
        os.waitpid(child, 0)


def _end_of(child: int) -> int:
    """How it ended: its exit code, or the signal with a minus. Its number stays its own until somebody has heard this,
    so that nobody else is ever killed in its stead."""
    end = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert end is not None
    return end.si_status if end.si_code == os.CLD_EXITED else -end.si_status


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _in_the_child(order: Order, lines: Lines) -> None:
    """What it says goes to the log; it never comes back to the parent's loop."""
    diary = os.open(Path(sys.argv[1]), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(diary, 1)
    os.dup2(diary, 2)
    try:
        live(order, lines)
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()

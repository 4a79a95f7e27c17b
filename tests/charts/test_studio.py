"""Pictures drawn elsewhere: real processes, which hang, die and are killed."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.charts import draw, style
from bot.charts.series import Trend
from bot.charts.studio import PictureFailed, Studio
from tests.charts.cases import USUAL

ODD = "tests.charts.odd_easel"
ROOT = Path(__file__).parents[2]


def asked(what: str) -> Trend:
    return replace(USUAL, heading=what)


@pytest.fixture
async def studio() -> AsyncIterator[Studio]:
    async with Studio(program=ODD, limit=1) as odd:
        yield odd


async def test_the_picture_is_the_one_that_draw_makes() -> None:
    async with Studio() as studio:
        picture = await studio.png(USUAL)
    assert picture == draw.png(USUAL)
    with Image.open(BytesIO(picture)) as opened:
        assert (opened.format, opened.mode, opened.size) == ("PNG", "RGB", (style.WIDTH, style.HEIGHT))


def test_neither_the_data_nor_the_studio_brings_matplotlib_into_our_process() -> None:
    script = """if True:
        import asyncio, sys
        from bot.charts import series, studio
        from tests.charts.cases import USUAL

        async def main():
            async with studio.Studio() as here:
                assert (await here.png(USUAL)).startswith(b"\\x89PNG")

        asyncio.run(main())
        print([name for name in ("matplotlib", "numpy", "PIL") if name in sys.modules])
    """
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert ended.stdout == "[]\n"


async def test_drawing_is_another_process_that_stays(studio: Studio) -> None:
    first, second = await studio.png(asked("a")), await studio.png(asked("b"))
    assert int(first) != os.getpid()
    assert first == second


async def test_the_event_loop_goes_on_while_a_picture_is_drawn(studio: Studio) -> None:
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    await studio.warm()
    turning = asyncio.create_task(turn())
    with pytest.raises(PictureFailed):
        await studio.png(asked("hang deaf"))
    turning.cancel()
    assert turns > 100


@pytest.mark.parametrize("trouble", ["hang", "hang deaf", "die", "raise"])
async def test_after_a_picture_that_failed_the_next_one_comes(studio: Studio, trouble: str) -> None:
    with pytest.raises(PictureFailed):
        await studio.png(asked(trouble))
    assert (await studio.png(asked("next"))).isdigit()


async def test_a_drawing_that_hangs_is_killed(studio: Studio) -> None:
    pid = int(await studio.png(asked("who")))
    with pytest.raises(PictureFailed, match="drawing took too long"):
        await studio.png(asked("hang deaf"))
    assert not alive(pid)


async def test_a_failure_tells_its_kind_and_nothing_of_the_picture(studio: Studio) -> None:
    with pytest.raises(PictureFailed) as failed:
        await studio.png(asked("raise"))
    assert str(failed.value) == "drawing raised ValueError"


async def test_a_drawing_that_raises_keeps_its_process(studio: Studio) -> None:
    pid = await studio.png(asked("who"))
    with pytest.raises(PictureFailed):
        await studio.png(asked("raise"))
    assert await studio.png(asked("who")) == pid


async def test_what_a_drawing_prints_is_not_taken_for_a_picture(studio: Studio) -> None:
    assert (await studio.png(asked("print"))).isdigit()


async def test_a_process_that_died_while_idle_is_replaced(studio: Studio) -> None:
    pid = int(await studio.png(asked("who")))
    os.kill(pid, signal.SIGKILL)
    await gone(pid)
    with suppress(PictureFailed):  # the news of its end may still be on its way
        await studio.png(asked("who"))
    assert int(await studio.png(asked("who"))) != pid


async def test_a_picture_that_nobody_waits_for_any_more_is_not_given_to_the_next(studio: Studio) -> None:
    await studio.warm()
    waiting = asyncio.create_task(studio.png(asked("hang")))
    await asyncio.sleep(0.05)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert (await studio.png(asked("next"))).isdigit()


async def test_as_many_draw_at_once_as_there_are_easels() -> None:
    async with Studio(2, program=ODD) as studio:
        await studio.warm()
        pids = await asyncio.gather(*(studio.png(asked("who")) for _ in range(12)))
    assert len(set(pids)) == 2


async def test_many_asked_at_once_all_get_theirs(studio: Studio) -> None:
    pids = await asyncio.gather(*(studio.png(asked("who")) for _ in range(20)))
    assert len(pids) == 20
    assert len(set(pids)) == 1


async def test_the_drawing_process_knows_no_secrets(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a-secret")
    known = (await studio.png(asked("environment"))).decode().split()
    assert "PATH" in known
    assert "SECRET_KEY" not in known


async def test_ctrl_c_doesnt_reach_the_drawing_process(studio: Studio) -> None:
    pid = int(await studio.png(asked("who")))
    assert os.getpgid(pid) != os.getpgid(0)


async def test_closing_ends_the_processes_and_later_pictures_fail() -> None:
    studio = Studio(program=ODD)
    pid = int(await studio.png(asked("who")))
    await studio.close()
    assert not alive(pid)
    with pytest.raises(PictureFailed, match="the studio is closed"):
        await studio.png(asked("who"))


async def test_closing_doesnt_wait_for_a_drawing_that_hangs() -> None:
    studio = Studio(program=ODD, limit=3600)
    await studio.warm()
    hanging = asyncio.create_task(studio.png(asked("hang deaf")))
    await asyncio.sleep(0.05)
    await studio.close()
    with pytest.raises(PictureFailed):
        await hanging


async def test_a_program_that_cant_start_is_a_picture_that_failed() -> None:
    async with Studio(program="tests.charts.no_such_easel") as studio:
        with pytest.raises(PictureFailed):
            await studio.warm()


@pytest.mark.parametrize("with_what", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("busy_with", ["who", "hang deaf"])
def test_no_process_is_left_when_ours_is_killed(busy_with: str, with_what: signal.Signals) -> None:
    script = f"""if True:
        import asyncio
        from bot.charts.studio import Studio
        from tests.charts.test_studio import ODD, asked

        async def main():
            async with Studio(program=ODD, limit=1) as studio:
                print(int(await studio.png(asked("who"))), flush=True)
                await asyncio.gather(studio.png(asked({busy_with!r})), asyncio.sleep(3600))

        asyncio.run(main())
    """
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) as ours:
        assert ours.stdout
        pid = int(ours.stdout.readline())
        time.sleep(0.2)
        ours.send_signal(with_what)
    asyncio.run(gone(pid))


async def gone(pid: int) -> None:
    """Wait until a process has ended, 10 s at most."""
    async with asyncio.timeout(10):
        while alive(pid):
            await asyncio.sleep(0.02)


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and is not yet counted does not."""
    status = Path(f"/proc/{pid}/stat")
    if not Path("/proc/self/stat").exists():
        return subprocess.run(["/bin/ps", "-p", str(pid)], capture_output=True, check=False).returncode == 0
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"

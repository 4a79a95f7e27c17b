"""Pictures drawn elsewhere: real processes, which hang, die and are killed."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from PIL import Image

from bot import metrics
from bot.charts import draw, style
from bot.charts.easel import TIRED
from bot.charts.series import Trend
from bot.charts.studio import PictureFailed, Studio, processors
from tests.charts.cases import USUAL
from tests.charts.odd_easel import BEGIN, END, GARBAGE

ODD = "tests.charts.odd_easel"
ROOT = Path(__file__).parents[2]


NUMBERS = count()


def asked(what: str) -> Trend:
    """A picture like no other, over which the odd easel does this."""
    return replace(USUAL, heading=f"{what} #{next(NUMBERS)}")


def said(picture: bytes) -> str:
    """What the odd easel tells in a picture."""
    return picture.removeprefix(BEGIN).removesuffix(END).decode()


@pytest.fixture
async def studio() -> AsyncIterator[Studio]:
    async with Studio(1, program=ODD, limit=1) as odd:
        yield odd


async def test_the_picture_is_the_one_that_draw_makes() -> None:
    async with Studio() as studio:
        picture = await studio.png(USUAL)
    assert picture == draw.png(USUAL)
    with Image.open(BytesIO(picture)) as opened:
        assert (opened.format, opened.width) == ("PNG", style.WIDTH)


async def test_a_page_for_print_is_made_anew_each_time() -> None:
    async with Studio(1) as studio:
        before = drawn_so_far()
        pages = [await studio.pdf(USUAL) for _ in range(2)]
    assert pages == [draw.pdf(USUAL)] * 2
    assert drawn_so_far() == before


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


def test_what_draws_pdfs_is_imported_with_the_first_page_and_not_before() -> None:
    script = """if True:
        import sys
        from bot.charts import draw
        from tests.charts.cases import USUAL

        def there():
            return "matplotlib.backends.backend_pdf" in sys.modules

        draw.png(USUAL)
        before = there()
        draw.pdf(USUAL)
        print(before, there())
    """
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "False True\n"


async def test_drawing_is_another_process_that_stays(studio: Studio) -> None:
    first, second = said(await studio.png(asked("a"))), said(await studio.png(asked("b")))
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


# What goes wrong


TROUBLES = ["hang", "hang deaf", "die", "raise", "fill", *(f"garble {how}" for how in GARBAGE)]


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_after_a_picture_that_failed_the_next_one_comes(studio: Studio, trouble: str) -> None:
    with pytest.raises(PictureFailed):
        await studio.png(asked(trouble))
    assert said(await studio.png(asked("next"))).isdigit()


async def test_a_drawing_that_hangs_is_killed(studio: Studio) -> None:
    pid = int(said(await studio.png(asked("who"))))
    with pytest.raises(PictureFailed, match="drawing took too long"):
        await studio.png(asked("hang deaf"))
    assert not alive(pid)


async def test_who_died_over_a_picture_is_replaced_before_the_next_is_asked_for(studio: Studio) -> None:
    with pytest.raises(PictureFailed):
        await studio.png(asked("die"))
    (place,) = studio._places
    easel = await place.ready()
    assert await place.ready() is easel


async def test_a_picture_over_which_its_process_died_is_tried_once_more(tmp_path: Path) -> None:
    async with Studio(1, program=ODD) as studio:
        pid = said(await studio.png(asked("who")))
        drawn = said(await studio.png(asked(f"die once {tmp_path / 'died'}")))
    assert (drawn.isdigit(), drawn != pid) == (True, True)


async def test_a_picture_over_which_two_processes_die_has_failed() -> None:
    async with Studio(1, program=ODD) as studio:
        with pytest.raises(PictureFailed, match="the drawing process died twice"):
            await studio.png(asked("die"))


@pytest.mark.parametrize("how", ["endless", "letter", "nothing"])
async def test_who_answers_nonsense_is_killed_and_the_picture_tried_once_more(how: str) -> None:
    """So does the second; an answer that never ends is stopped at the limit, as any that hangs."""
    async with Studio(1, program=ODD) as studio:
        pid = int(said(await studio.png(asked("who"))))
        with pytest.raises(PictureFailed, match="the drawing process died twice"):
            await studio.png(asked(f"garble {how}"))
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


@pytest.mark.skipif(sys.platform != "linux", reason="macOS takes a limit of memory and doesn't keep to it")
async def test_a_drawing_that_would_fill_the_memory_fails(studio: Studio) -> None:
    with pytest.raises(PictureFailed, match="drawing raised MemoryError"):
        await studio.png(asked("fill"))


async def test_who_has_needed_much_memory_makes_room_for_a_fresh_one() -> None:
    async with Studio(1, program=ODD) as studio:
        pid = int(said(await studio.png(asked("who"))))
        assert said(await studio.png(asked("fill half"))) == str(300 << 20)
        await gone(pid)
        assert int(said(await studio.png(asked("who")))) != pid


async def test_what_a_drawing_prints_is_not_taken_for_a_picture(studio: Studio) -> None:
    assert said(await studio.png(asked("print"))).isdigit()


async def test_a_process_that_died_while_idle_is_replaced_and_nobody_notices(studio: Studio) -> None:
    pid = int(said(await studio.png(asked("who"))))
    os.kill(pid, signal.SIGKILL)
    assert int(said(await studio.png(asked("who")))) != pid


async def test_a_picture_that_nobody_waits_for_any_more_is_not_given_to_the_next(studio: Studio) -> None:
    await studio.warm()
    waiting = asyncio.create_task(studio.png(asked("hang")))
    await asyncio.sleep(0.05)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert said(await studio.png(asked("next"))).isdigit()


# Many at once


async def test_as_many_draw_at_once_as_there_are_easels() -> None:
    async with Studio(2, program=ODD) as studio:
        await studio.warm()
        pids = await asyncio.gather(*(studio.png(asked("who")) for _ in range(12)))
    assert len(set(pids)) == 2


async def test_there_is_an_easel_for_each_processor_and_two_at_most() -> None:
    async with Studio(program=ODD) as studio:
        assert len(studio._places) == min(processors(), 2)


async def test_many_asked_at_once_all_get_theirs(studio: Studio) -> None:
    pids = await asyncio.gather(*(studio.png(asked("who")) for _ in range(20)))
    assert len(pids) == 20
    assert len(set(pids)) == 1


async def test_who_wants_one_picture_doesnt_wait_for_all_of_somebody_else() -> None:
    order: list[str] = []

    async def wants(easel: Studio, whose: str) -> None:
        await easel.png(asked("slow"), whose=whose)
        order.append(whose)

    async with Studio(1, program=ODD) as one:
        await one.warm()
        await asyncio.gather(*(wants(one, whose) for whose in ["nora"] * 6 + ["otto", "aino"]))
    assert order == ["nora", "nora", "otto", "aino", "nora", "nora", "nora", "nora"]


async def test_who_has_waited_too_long_for_an_easel_gets_none() -> None:
    async with Studio(1, program=ODD, waiting=0.05) as studio:
        await studio.warm()
        hanging = asyncio.create_task(studio.png(asked("hang")))
        await asyncio.sleep(0)
        with pytest.raises(PictureFailed, match="no easel was free"):
            await studio.png(asked("who"))
        hanging.cancel()


# The same picture


async def test_the_same_picture_is_drawn_once(studio: Studio) -> None:
    picture, before = asked("slow"), drawn_so_far()
    together = await asyncio.gather(*(studio.png(replace(picture), whose=whose) for whose in range(6)))
    assert await studio.png(picture) == together[0]
    assert (len(set(together)), drawn_so_far() - before) == (1, 1)


async def test_a_picture_that_wasnt_drawn_again_is_counted_apart(studio: Studio) -> None:
    picture, before = asked("slow"), reused_so_far()
    await asyncio.gather(*(studio.png(picture, whose=whose) for whose in range(3)))
    assert reused_so_far() - before == 2
    await studio.png(picture)
    assert reused_so_far() - before == 3


async def test_a_picture_that_is_being_drawn_for_another_takes_no_second_easel() -> None:
    async with Studio(2, program=ODD, limit=1) as studio:
        await studio.warm()
        picture, before = asked("slow"), drawn_so_far()
        await asyncio.gather(studio.png(picture, whose="nora"), studio.png(picture, whose="otto"))
        assert drawn_so_far() - before == 1


async def test_who_waits_for_the_same_picture_gets_it_when_the_first_goes_away(studio: Studio) -> None:
    await studio.warm()
    picture = asked("slow")
    first, second = (asyncio.create_task(studio.png(picture, whose=whose)) for whose in ("nora", "otto"))
    await asyncio.sleep(0.02)
    first.cancel()
    assert said(await second).isdigit()


async def test_a_picture_that_hung_isnt_tried_again_at_once(studio: Studio) -> None:
    picture = asked("hang")
    for _ in range(2):
        with pytest.raises(PictureFailed, match="drawing took too long"):
            await studio.png(picture)
        pid = said(await studio.png(asked("who")))
    assert said(await studio.png(asked("who"))) == pid


async def test_that_no_process_could_start_is_not_held_against_the_picture() -> None:
    async with Studio(1, program="tests.charts.no_such_easel") as studio:
        with pytest.raises(PictureFailed):
            await studio.png(USUAL)
        for place in studio._places:
            place._program = ODD
        assert said(await studio.png(USUAL)).isdigit()


# Who draws


async def test_the_drawing_process_knows_no_secrets(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a-secret")
    known = said(await studio.png(asked("environment"))).split()
    assert "PATH" in known
    assert "SECRET_KEY" not in known


async def test_ctrl_c_doesnt_reach_the_drawing_process(studio: Studio) -> None:
    pid = int(said(await studio.png(asked("who"))))
    assert os.getpgid(pid) != os.getpgid(0)


# The end


async def test_closing_ends_the_processes_and_later_pictures_fail() -> None:
    studio = Studio(program=ODD)
    pid = int(said(await studio.png(asked("who"))))
    await studio.close()
    assert not alive(pid)
    with pytest.raises(PictureFailed, match="the studio is closed"):
        await studio.png(asked("who"))


async def test_closing_doesnt_wait_for_drawings_that_hang_nor_for_the_line_behind_them() -> None:
    studio = Studio(2, program=ODD, limit=3600, waiting=3600)
    await studio.warm()
    waiting = [asyncio.create_task(studio.png(asked("hang deaf"), whose=whose)) for whose in range(20)]
    await asyncio.sleep(0.05)
    begun = time.monotonic()
    await studio.close()
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert {type(each) for each in ended} == {PictureFailed}
    assert time.monotonic() - begun < 5


async def test_a_process_draws_on_however_much_its_parent_has_in_memory() -> None:
    ballast = b"much" * (TIRED // 4)
    async with Studio(1) as studio:
        first, second = [await studio.png(replace(USUAL, heading=each)) for each in ("one", "two")]
    assert first != second
    assert len(ballast) == TIRED


async def test_closing_while_processes_start_leaves_none() -> None:
    studio = Studio(2, program=ODD)
    warming = asyncio.create_task(studio.warm())
    await asyncio.sleep(0.05)
    await studio.close()
    with pytest.raises(PictureFailed, match="the studio is closed"):
        await warming


async def test_a_program_that_cant_start_is_a_picture_that_failed() -> None:
    async with Studio(program="tests.charts.no_such_easel") as nobody:
        with pytest.raises(PictureFailed):
            await nobody.warm()


@pytest.mark.parametrize("with_what", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("busy_with", ["who", "hang deaf"])
def test_no_process_is_left_when_ours_is_killed(busy_with: str, with_what: signal.Signals) -> None:
    script = f"""if True:
        import asyncio
        from bot.charts.studio import Studio
        from tests.charts.test_studio import ODD, asked, said

        async def main():
            async with Studio(1, program=ODD, limit=1) as studio:
                print(said(await studio.png(asked("who"))), flush=True)
                await asyncio.gather(studio.png(asked({busy_with!r})), asyncio.sleep(3600))

        asyncio.run(main())
    """
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) as ours:
        assert ours.stdout
        pid = int(ours.stdout.readline())
        time.sleep(0.2)
        ours.send_signal(with_what)
    asyncio.run(gone(pid))


def drawn_so_far() -> float:
    """Pictures that this program has had drawn."""
    return metrics.REGISTRY.get_sample_value("kuulolla_pictures_drawn_total") or 0


def reused_so_far() -> float:
    """Pictures that were asked for and had been drawn before."""
    return metrics.REGISTRY.get_sample_value("kuulolla_pictures_reused_total", {"how": "kept"}) or 0


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

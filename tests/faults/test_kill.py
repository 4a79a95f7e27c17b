"""The program is killed in the middle, or told to stop; nobody loses anything by it."""

import signal
from pathlib import Path

from bot.sandbox.phones import Phone
from tests.faults.poller import Poller, polled, until


async def _in_the_middle_of_a_rating(poller: Poller) -> Phone:
    """Aino has joined by worker code and has answered two of four; a tap for the third isn't made yet."""
    nora, aino = poller.world.phone("nora", language="en"), poller.world.phone("aino", language="en")
    await poller.becomes_worker(nora, "KOIVU-27")
    aino.says("KOIVU-27")
    await _taps(aino, "Young person, 13–17", then="Before you begin")
    await _taps(aino, "Yes, I'll join", then="Thank you")
    await _taps(aino, "Before the meeting", then="1/4")
    await _taps(aino, "7", then="2/4")
    await _taps(aino, "0", then="3/4")
    return aino


async def _taps(phone: Phone, button: str, *, then: str) -> None:
    await until(lambda: any(button in row for bubble in phone.sees for row in bubble.labels))
    phone.taps(button)
    await until(lambda: then in phone.screen.text)


async def test_after_a_kill_in_the_middle_of_a_rating_it_goes_on_at_the_same_item(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        await poller.start()
        aino = await _in_the_middle_of_a_rating(poller)
        await poller.kill()
        aino.taps("9")
        await poller.start()
        await until(lambda: "4/4" in aino.screen.text)
        await _taps(aino, "10", then="Your answers")
        assert [line[-1] for line in aino.screen.text.splitlines() if "▱" in line or "▰" in line] == [
            "7",
            "0",
            "9",
            "0",
        ]
        await _taps(aino, "✓ Send", then="Thank you")


async def test_start_after_a_kill_shows_the_same_item_again(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        await poller.start()
        aino = await _in_the_middle_of_a_rating(poller)
        await poller.kill()
        await poller.start()
        aino.says("/start")
        await until(lambda: aino.sees[-1].author is None and "3/4" in aino.screen.text)
        await until(lambda: sum("3/4" in bubble.text for bubble in aino.sees) == 1)


async def test_told_to_stop_it_ends_well_within_ten_seconds(tmp_path: Path) -> None:
    async with polled(tmp_path) as poller:
        await poller.start()
        await _in_the_middle_of_a_rating(poller)
        assert await poller.end(signal.SIGTERM) == 0

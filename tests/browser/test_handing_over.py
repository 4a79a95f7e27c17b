"""Nora's phone in Bo's hands, in a real browser: what he can see and scroll to, and what comes when she has it back."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.config import Settings
from bot.sandbox.run import opened
from tests.browser.conftest import OpenPage
from tests.browser.screens import Screen

PIN = "4826"
ALERT = "Something to talk about together"
OF_THE_DESK = ("KOIVU", "Niitty", "Mother", "Father", "Young person", "Cases", "meeting is going on", "look back")
"""Words that stand on Nora's own screens. The case's label is added by the test."""


@dataclass(frozen=True)
class Sandbox:
    page: Page
    file: Path

    def phone(self, name: str) -> Screen:
        return Screen(self.page, name)

    async def share_with_otto(self) -> None:
        """The case is a colleague's too. The page has no second worker in Nora's team.

        Beside the loop: the bot runs on it, and may be in the middle of a transaction that this must wait for.
        """
        await asyncio.to_thread(self._share_with_otto)

    def _share_with_otto(self) -> None:
        with closing(sqlite3.connect(self.file, timeout=30)) as db, db:
            db.execute(
                "INSERT INTO case_workers (case_id, worker_id, began_at) SELECT its.case_id, otto.id, otto.began_at "
                "FROM case_workers its, workers otto WHERE otto.code = 'TAMMI-5'"
            )


@pytest.fixture
async def sandbox(open_page: OpenPage, tmp_path: Path) -> AsyncIterator[Sandbox]:
    async with opened(Settings.from_env({}), folder=tmp_path / "sandbox", port=0) as address:
        page = await open_page(address)
        for name in ("nora", "aino"):
            await Screen(page, name).speak("en")
        await Screen(page, "nora").start()
        yield Sandbox(page, tmp_path / "sandbox" / "sandbox.db")


async def meets(nora: Screen) -> str:
    """From the first card to the meeting's; the case's label."""
    await nora.tap("Cases")
    await nora.shows_last("Your cases")
    await nora.last_message.locator(".key").first.click()
    await nora.shows_last("on their own phone")
    label = (await nora.last_message.locator("b, strong").first.inner_text()).strip()
    await nora.tap("▶️ Start a meeting")
    await nora.tap("▶️ Start, ask 4")
    await nora.shows("The meeting is going on")
    return label


async def hands_over_to_bo(nora: Screen) -> None:
    """The first time: she sets her PIN."""
    await nora.tap("✍️ Answer for somebody")
    await nora.tap("⏳ Child")
    await nora.tap("📱 On this phone")
    await types(nora, "Choose a PIN of four digits", PIN)
    await types(nora, "Your PIN once more", PIN)
    await nora.shows("This phone goes to: 🧒 Child")
    await nora.tap("📱 Hand over now")
    await nora.shows_last("1/4")


async def types(screen: Screen, asked: str, digits: str) -> None:
    await screen.shows(asked)
    for number, digit in enumerate(digits, 1):
        await screen.tap(digit)
        if number < len(digits):
            await screen.shows(" ".join("●" * number + "○" * (len(digits) - number)))


async def answers(screen: Screen, *numbers: str) -> None:
    for item, number in enumerate(numbers, 1):
        await screen.shows_last(f"{item}/4")
        await screen.tap(number)
    await screen.tap("✓ Send")


async def everything(screen: Screen) -> str:
    """All that the chat has, also what is scrolled away, with its buttons, pictures and the notification over it."""
    await expect(screen.messages.filter(has=screen.page.locator(".picture"))).to_have_count(0)
    return await screen.node.locator(".screen").inner_text()


async def must_show_nothing_of_the_case(nora: Screen, label: str) -> None:
    shown = await everything(nora)
    assert [each for each in (label, *OF_THE_DESK, ALERT) if each in shown] == []
    await expect(nora.messages.filter(has=nora.page.locator(".key"))).to_have_count(1)


async def test_bo_answers_on_noras_phone_and_finds_nothing_else_there(sandbox: Sandbox) -> None:
    nora, aino = sandbox.phone("nora"), sandbox.phone("aino")
    label = await meets(nora)
    await hands_over_to_bo(nora)
    await must_show_nothing_of_the_case(nora, label)
    await nora.shows_last("🙂")
    await answers(aino, "1", "1", "2", "1")
    await aino.shows("Thank you")
    await must_show_nothing_of_the_case(nora, label)
    await expect(nora.card).to_have_count(0)
    await answers(nora, "7", "8", "9", "9")
    await nora.shows_last("You can give the phone back now.")
    for command in ("/cases", "/start", label, "KOIVU-27"):
        await nora.hears(command, "All done here")
        await must_show_nothing_of_the_case(nora, label)
    await nora.tap("📱 Give the phone back")
    await types(nora, "taps the PIN", "1357")
    await nora.shows_last("That wasn't it. 4 tries left.")
    await must_show_nothing_of_the_case(nora, label)
    await types(nora, "That wasn't it", PIN)
    await nora.shows("The meeting is going on")
    await nora.shows(ALERT)
    await nora.shows(label)


async def test_an_alert_meanwhile_rings_on_the_other_workers_phone_and_not_on_noras(sandbox: Sandbox) -> None:
    nora, aino = sandbox.phone("nora"), sandbox.phone("aino")
    await sandbox.page.get_by_role("button", name="Add Otto").click()
    otto = sandbox.phone("otto")
    await otto.speak("en")
    await otto.start()
    await otto.shows_last("TAMMI-5")
    await sandbox.share_with_otto()
    label = await meets(nora)
    await hands_over_to_bo(nora)
    await answers(aino, "1", "1", "2", "1")
    await otto.shows(ALERT)
    await otto.shows(label)
    await must_show_nothing_of_the_case(nora, label)
    await nora.tap("7")
    await nora.shows_last("2/4")
    await nora.say("/start")
    await nora.shows_last("Answered: 1 of 4")
    await nora.tap("📱 Give the phone back")
    await types(nora, "taps the PIN", PIN)
    await nora.shows(ALERT)

"""The sandbox as somebody finds it after `make sandbox`: the real bot behind the page, and the story of a family.

What is tapped on one phone arrives on another: over real HTTP, through a real SQLite file, as a real picture.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.config import Settings
from bot.sandbox.run import opened
from tests.browser.conftest import OpenPage
from tests.browser.screens import Screen

PHONES = ("nora", "aino", "bo", "mother", "father")


@pytest.fixture
async def page(open_page: OpenPage, tmp_path: Path) -> AsyncIterator[Page]:
    """The sandbox with its story, everybody's phone speaking English."""
    async with opened(Settings.from_env({}), folder=tmp_path / "sandbox", port=0) as address:
        page = await open_page(address)
        for name in PHONES:
            await Screen(page, name).speak("en")
            await Screen(page, name).start()
        yield page


async def _start_a_meeting(nora: Screen) -> None:
    await nora.tap("Cases")
    await nora.shows_last("Your cases")
    await nora.last_message.locator(".key").first.click()
    await nora.shows_last("on their own phone")
    await nora.tap("▶️ Start a meeting")
    await nora.tap("▶️ Start, ask 4")
    await nora.shows("The meeting is going on")


async def _rate(screen: Screen, *numbers: str) -> None:
    for item, number in enumerate(numbers, 1):
        await screen.shows_last(f"{item}/4")
        await screen.tap(number)
    await screen.tap("✓ Send")
    await screen.shows("Thank you")


async def test_a_rating_tapped_on_one_phone_arrives_as_a_picture_on_another(page: Page) -> None:
    nora, aino = Screen(page, "nora"), Screen(page, "aino")
    await _start_a_meeting(nora)
    await _rate(aino, "7", "8", "6", "9")
    await nora.shows("✅ answered")
    await expect(nora.picture).to_be_visible()
    shown = nora.picture.locator("img")
    width = "image => image.decode().then(() => image.naturalWidth)"
    assert await shown.evaluate(width) == 1080


async def test_four_raters_and_the_worker_finish_a_whole_meeting(page: Page) -> None:
    nora, aino, bo, mother, father = (Screen(page, name) for name in PHONES)
    await _start_a_meeting(nora)
    await _rate(aino, "7", "8", "6", "9")
    await _rate(bo, "8", "7", "9", "10")
    await _rate(mother, "5", "6", "5", "6")
    await mother.tap("Next: the child →")
    await _rate(mother, "7", "7", "7", "7")
    await father.shows_last("1/4")
    await father.tap("Skip this time")
    await father.tap("Next: the child →")
    await _rate(father, "6", "6", "7", "7")
    await nora.tap("⏱ Time to close")
    for screen in (aino, bo, mother, father):
        await _rate(screen, "9", "9", "8", "10")
    await nora.tap("⏹ End the meeting")
    await nora.shows("The meeting is over.")
    card = nora.messages.filter(has_text="The meeting is over.").last
    await expect(card).not_to_contain_text("Still missing")
    await expect(card).to_contain_text("after: ✅ answered")


async def test_starting_over_brings_the_story_back_as_it_was(page: Page) -> None:
    nora = Screen(page, "nora")
    await _start_a_meeting(nora)
    await page.get_by_role("button", name="Start over").click()
    await page.get_by_role("dialog").get_by_role("button", name="Start over").click()
    await expect(nora.messages).to_have_count(0)
    await nora.start()
    await _start_a_meeting(nora)


async def test_otto_who_comes_on_request_has_no_case_of_noras(page: Page) -> None:
    await page.get_by_role("button", name="Add Otto").click()
    otto = Screen(page, "otto")
    await otto.speak("en")
    await otto.start()
    await otto.shows_last("TAMMI-5")
    await otto.tap("Cases")
    await otto.shows_last("You have no cases yet")

"""The page in a real Chromium: `open_page(address)`, `page` (on the stage), `phone(page, "aino")`.

Whatever a test does, the page may write no error to the console and ask nothing of any other computer.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser import specimen
from tests.browser.screens import Screen
from tests.browser.serving import served
from tests.browser.stage import Stage

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE = {"width": 1920, "height": 1080}

PATIENCE_MS = 20_000
"""How long what is expected may take to appear: nobody's time but that of a machine that is busy with other tests."""

OpenPage = Callable[..., Awaitable[Page]]

expect.set_options(timeout=PATIENCE_MS)


def chromium() -> str:
    """Find Chromium: what CHROMIUM names, else what is on the path. None: the test fails, it is never skipped."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.fail(
            "Chromium is missing: install it (on Debian, as root: apt-get install chromium) or name it in CHROMIUM.",
            pytrace=False,
        )
    return found


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    executable = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest.fixture
async def open_page(browser: Browser) -> AsyncIterator[OpenPage]:
    """Open the sandbox at an address, each time as another person's browser; options are those of a browser context."""
    faults: list[str] = []

    async def opened(address: str, **options: Any) -> Page:
        context = await browser.new_context(
            **{"viewport": WIDE, "locale": "en-GB", "reduced_motion": "reduce", **options}
        )
        page = await context.new_page()
        page.on("console", lambda told: faults.append(told.text) if told.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request", lambda asked: faults.append(asked.url) if urlsplit(asked.url).hostname != "127.0.0.1" else None
        )
        await page.goto(address)
        await page.locator(".row[data-ready]").wait_for()
        return page

    yield opened
    assert faults == []


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    stage = Stage(specimen.state(), specimen.picture())
    async with served(stage.application()) as address:
        stage.address = address
        yield stage
        stage.cut_off()


@pytest.fixture
async def page(open_page: OpenPage, stage: Stage) -> Page:
    """The page as five phones on a wide, light screen, with the stage behind it."""
    return await open_page(stage.address)


@pytest.fixture
def phone() -> Callable[[Page, str], Screen]:
    return Screen

"""Emoji look like emoji, also on a computer without a font for them."""

from __future__ import annotations

import importlib
import io
import re
from typing import Any

from PIL import Image
from playwright.async_api import Page

from tests.browser import specimen
from tests.browser.screens import Screen
from tests.browser.stage import PAGE, Stage

ROOT = PAGE.parents[2]
EMOJI = re.compile("[⌚-⏿☀-➿⬀-⯿\U0001f000-\U0001faff]")
TEXTS = [*ROOT.glob("locales/**/*.po"), *ROOT.glob("bot/**/*.py")]
PLAIN_SIGNS = set("✓✗✕✦➜⌫")
"""Signs of the same blocks that are text in every font."""


def of_the_font() -> set[str]:
    fonts: Any = importlib.import_module("fontTools.ttLib")  # has no types of its own
    return {chr(code) for code in fonts.TTFont(PAGE / "emoji.woff2").getBestCmap()}


def test_the_font_is_small_and_has_every_emoji_of_its_list() -> None:
    listed = set("".join((PAGE / "emoji.txt").read_text("utf-8").split()))
    assert listed - of_the_font() - {"\N{VARIATION SELECTOR-16}"} == set()
    assert (PAGE / "emoji.woff2").stat().st_size < 700_000
    assert "SIL Open Font License" in (PAGE / "emoji-OFL.txt").read_text("utf-8")


def test_the_font_has_every_emoji_that_the_bot_writes() -> None:
    known = of_the_font() | PLAIN_SIGNS
    missing = {str(path.relative_to(ROOT)): set(EMOJI.findall(path.read_text("utf-8"))) - known for path in TEXTS}
    assert {path: signs for path, signs in missing.items() if signs} == {}


async def test_emoji_and_keycaps_are_drawn_in_colour(page: Page, stage: Stage) -> None:
    stage.put("father", specimen.message(51, "❤️ 7️⃣ 🟢"))
    text = Screen(page, "father").last_message.locator(".text")
    await page.evaluate("document.fonts.ready")
    picture = Image.open(io.BytesIO(await text.screenshot())).convert("RGB")
    pixels = {picture.getpixel((x, y)) for x in range(picture.width) for y in range(picture.height)}
    assert [any(kind(pixel) for pixel in pixels) for kind in (_red, _blue, _green)] == [True, True, True]


def _red(pixel: Any) -> bool:
    red, green, blue = pixel
    return bool(red > 180 and green < 110 and blue < 110)


def _blue(pixel: Any) -> bool:
    red, _, blue = pixel
    return bool(blue > 140 and red < 110)


def _green(pixel: Any) -> bool:
    red, green, blue = pixel
    return bool(green > 120 and red < 150 and blue < 90)

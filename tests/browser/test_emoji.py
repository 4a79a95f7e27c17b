"""Emoji look like emoji, also on a computer without a font for them."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from playwright.async_api import Page

from tests.browser import specimen
from tests.browser.screens import Screen
from tests.browser.stage import Stage


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

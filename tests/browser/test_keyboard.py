"""The page without a mouse."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser import specimen
from tests.browser.screens import Screen, focused
from tests.browser.stage import Stage


async def test_a_rating_is_tapped_with_the_keyboard_only(page: Page, stage: Stage) -> None:
    await page.keyboard.press("F6")
    await page.keyboard.press("F6")
    assert await focused(page) == "0"
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        await page.keyboard.press(key)
    await expect(page.locator("#phone-aino .key:focus")).to_have_text("7")
    stage.put("aino", specimen.rating(4))
    await Screen(page, "aino").shows_last("Kaikki yhdessä")
    assert await focused(page) == "7"
    assert stage.posted == [("/phones/aino/tap", {"message": 21, "row": 1, "column": 1})]


async def test_the_focus_goes_to_the_nearest_button_when_a_row_is_gone(page: Page, stage: Stage) -> None:
    await Screen(page, "aino").key("Lopeta").focus()
    stage.put("aino", specimen.message(21, "Kiitos!", keys=(("Lähetä", "Muuta"),), edited=True))
    await expect(page.locator("#phone-aino .key:focus")).to_have_text("Lähetä")


async def test_the_focus_stays_on_the_phone_when_its_message_goes(page: Page, stage: Stage) -> None:
    await Screen(page, "aino").key("7").focus()
    stage.change("aino", messages=[specimen.message(22, "Poistettu")])
    await expect(Screen(page, "aino").field).to_be_focused()


async def test_tab_leads_through_one_stop_per_keyboard_to_the_composer(page: Page) -> None:
    await Screen(page, "bo").key("8").focus()
    stops = []
    for _ in range(4):
        await page.keyboard.press("Tab")
        stops.append(await focused(page))
    assert stops == ["Valikko", "Viesti", "Lähetä kuva", "Lähetä"]


async def test_writing_choosing_a_command_and_showing_hidden_text_need_no_mouse(page: Page, stage: Stage) -> None:
    nora = Screen(page, "nora")
    await nora.field.focus()
    await page.keyboard.type("KOIVU-27")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Shift+Tab")
    for key in ("Enter", "ArrowDown", "Enter"):
        await page.keyboard.press(key)
    await nora.last_message.locator(".spoiler").focus()
    await page.keyboard.press("Enter")
    await expect(nora.last_message.locator(".spoiler.shown")).to_have_count(1)
    assert stage.posted == [("/phones/nora/say", {"text": "KOIVU-27"}), ("/phones/nora/say", {"text": "/ennen"})]


async def test_a_sheet_keeps_the_focus_and_gives_it_back(page: Page) -> None:
    share = Screen(page, "nora").key("Jaa kutsu")
    await share.focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Shift+Tab")
    assert await focused(page) == "Peruuta"
    await page.keyboard.press("Escape")
    await expect(share).to_be_focused()


async def test_what_has_the_focus_is_seen(page: Page) -> None:
    await page.keyboard.press("F6")
    style = page.locator("*:focus")
    await expect(style).to_have_css("outline-style", "solid")
    await expect(style).to_have_css("outline-width", "3px")

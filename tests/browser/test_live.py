"""What comes while the page is open: live updates, notifications, a lost connection."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser import specimen
from tests.browser.conftest import OpenPage
from tests.browser.screens import Screen
from tests.browser.stage import Stage


async def test_two_browsers_see_the_same_message_live(open_page: OpenPage, stage: Stage) -> None:
    pages = [await open_page(stage.address) for _ in range(2)]
    stage.put("father", specimen.message(51, "Kiitos, tallessa ✅"))
    for page in pages:
        await Screen(page, "father").shows_last("Kiitos, tallessa ✅")


async def test_a_phone_not_in_use_gets_a_notification_card(page: Page, stage: Stage) -> None:
    stage.change("aino", lock=specimen.lock("▒▒▒ odottaa sinua", unread=2))
    aino = Screen(page, "aino")
    await expect(aino.card).to_contain_text("▒▒▒ odottaa sinua")
    await expect(aino.card.locator(".unread")).to_have_text("2")
    await aino.card.click()
    await expect(aino.card).to_have_count(0)
    assert stage.posted == [("/phones/aino/seen", {})]


async def test_the_phone_in_use_reads_what_comes_at_once(page: Page, stage: Stage) -> None:
    aino = Screen(page, "aino")
    await aino.field.click()
    stage.change("aino", lock=specimen.lock("Seuraava kysymys"))
    await expect(aino.card).to_have_count(0)
    await page.wait_for_function("true")
    assert stage.posted == [("/phones/aino/seen", {})]


async def test_a_locked_phone_shows_no_more_than_its_notification(page: Page, stage: Stage) -> None:
    nora = Screen(page, "nora")
    await nora.lock()
    stage.change("nora", lock=specimen.lock("📷 ▒▒▒", unread=4))
    await expect(nora.lock_screen.locator(".notification-text")).to_have_text("📷 ▒▒▒")
    assert await page.locator("#phone-nora .chat").get_attribute("inert") == ""
    await nora.lock_screen.get_by_role("button", name="Avaa").click()
    await expect(nora.lock_screen).to_have_count(0)


async def test_the_chat_stays_at_the_newest_message_and_where_the_reader_scrolled_to(page: Page, stage: Stage) -> None:
    aino = Screen(page, "aino")
    log = page.locator("#phone-aino .log")
    for number in range(60, 75):
        stage.put("aino", specimen.message(number, f"Viesti {number}\n" * 3))
    await aino.shows_last("Viesti 74")
    assert await log.evaluate(FROM_NEWEST) == 0
    await log.evaluate("node => node.scrollTop = 0")
    await expect(page.locator("#phone-aino .down")).to_be_visible()
    stage.put("aino", specimen.message(80, "Tämä tulee alle"))
    await aino.shows_last("Tämä tulee alle")
    assert await log.evaluate("node => node.scrollTop") == 0


async def test_a_lost_connection_is_said_and_made_up_for(page: Page, stage: Stage) -> None:
    stage.state["phones"][4]["messages"].append(specimen.message(51, "Tuli sillä välin"))
    stage.cut_off()
    await expect(page.locator(".notice")).to_have_text("The connection is lost. Trying again…")
    await Screen(page, "father").shows_last("Tuli sillä välin")
    await expect(page.locator(".notice")).to_be_hidden()


FROM_NEWEST = "node => Math.round(node.scrollHeight - node.scrollTop - node.clientHeight)"

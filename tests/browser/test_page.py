"""What the page shows, and that it stays within this computer."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser import specimen
from tests.browser.conftest import OpenPage
from tests.browser.screens import Screen
from tests.browser.stage import Stage


async def test_the_page_shows_a_row_of_phones_with_their_chats(page: Page) -> None:
    assert await page.locator(".phone h2").all_inner_texts() == [
        "Nora · worker",
        "Aino · young person, 15",
        "Bo · child, 9",
        "Mother",
        "Father",
    ]
    assert await Screen(page, "aino").last_message.locator(".key").all_inner_texts() == [
        key for row in specimen.RATING for key in row
    ]
    await expect(page.locator(".now")).to_have_text("14:05")


async def test_five_phones_fit_beside_each_other_on_a_wide_screen_and_one_on_a_phone(
    open_page: OpenPage, stage: Stage
) -> None:
    wide = await open_page(stage.address, viewport={"width": 1600, "height": 900})
    narrow = await open_page(stage.address, viewport={"width": 390, "height": 844})
    for page, visible in ((wide, 5), (narrow, 1)):
        fits = await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert (await page.evaluate(PHONES_IN_VIEW), fits) == (visible, True)
    await expect(wide.locator(".people")).to_be_hidden()
    await narrow.locator(".people").get_by_role("button", name="Father").click()
    await expect(Screen(narrow, "father").node.locator(".start")).to_be_in_viewport(ratio=1)


async def test_a_start_button_stands_in_an_empty_chat(page: Page, stage: Stage) -> None:
    await Screen(page, "father").start()
    await expect(page.locator("#phone-father.in-use")).to_be_visible()
    assert stage.posted == [("/phones/father/say", {"text": "/start"})]


async def test_a_tap_names_the_message_the_row_and_the_column(page: Page, stage: Stage) -> None:
    await Screen(page, "aino").tap("7")
    await expect(Screen(page, "aino").key("7")).not_to_have_attribute("aria-busy", "true")
    assert stage.posted == [("/phones/aino/tap", {"message": 21, "row": 1, "column": 1})]


async def test_a_tapped_button_waits_until_its_answer_comes(page: Page, stage: Stage) -> None:
    seven = Screen(page, "aino").key("7")
    await seven.click()
    await expect(seven).to_have_attribute("aria-busy", "true")
    stage.tell("toast", {"phone": "aino", "text": "", "alert": False})
    await expect(seven).not_to_have_attribute("aria-busy", "true", timeout=1200)


async def test_hidden_text_and_pictures_show_only_after_a_tap(page: Page) -> None:
    message = Screen(page, "nora").last_message
    hidden = message.locator(".hidden-text")
    assert await hidden.evaluate("node => getComputedStyle(node).color") == "rgba(0, 0, 0, 0)"
    assert await hidden.get_attribute("aria-hidden") == "true"
    assert await message.locator("img").get_attribute("alt") == ""
    await message.get_by_role("button", name="Piilotettu teksti").click()
    assert await hidden.evaluate("node => getComputedStyle(node).color") != "rgba(0, 0, 0, 0)"
    await expect(message.locator(".picture.veiled")).to_have_count(0)
    await expect(message.locator("img")).to_have_attribute("alt", specimen.trend(spoiler=True)["alt"])


async def test_what_was_shown_is_hidden_again_when_the_message_changes(page: Page, stage: Stage) -> None:
    nora = Screen(page, "nora")
    await nora.picture.click()
    stage.put(
        "nora",
        specimen.message(6, "Aino: <tg-spoiler>31,0</tg-spoiler>", picture=specimen.trend(spoiler=True), edited=True),
    )
    await expect(nora.last_message.locator(".spoiler[role=button]")).to_have_count(1)
    await expect(nora.picture).to_have_class("picture veiled")


async def test_only_telegrams_tags_come_through(page: Page, stage: Stage) -> None:
    harmful = (
        '<img src="https://example.com/x.png" onerror="alert(1)"><script>alert(1)</script><style>b{}</style>'
        '<a href="javascript:alert(1)">link</a><u class="top" onclick="alert(1)">u</u> 1 < 2 &lt;b&gt; &#128522;'
    )
    stage.put("father", specimen.message(51, harmful))
    text = Screen(page, "father").last_message.locator(".text")
    await expect(text).to_have_text("alert(1)b{}linku 1 < 2 <b> 😊")
    assert await text.evaluate(EVERY_NODE) == [["span", []], ["u", []]]


async def test_telegrams_own_tags_look_as_they_are_meant(page: Page, stage: Stage) -> None:
    stage.put(
        "father",
        specimen.message(51, "<b>a <i>b</i></b><s>c</s><pre>d</pre>\n<blockquote>e</blockquote>\nf <code>g</code>"),
    )
    text = Screen(page, "father").last_message.locator(".text")
    await expect(text).to_contain_text("a bcdef g")
    tags = [name for name, _ in await text.evaluate(EVERY_NODE)]
    assert tags == ["strong", "em", "s", "pre", "blockquote", "button", "code", "svg", "path"]


async def test_an_invitation_is_opened_on_another_phone(page: Page, stage: Stage) -> None:
    await Screen(page, "nora").open_invitation_on("father")
    await expect(page.locator("#phone-father.in-use")).to_be_visible()
    assert ("/phones/father/say", {"text": "/start k3x9Qm_Zt-7"}) in stage.posted


async def test_a_code_is_copied(open_page: OpenPage, stage: Stage) -> None:
    page = await open_page(stage.address, permissions=["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="KOIVU-27").click()
    await expect(Screen(page, "nora").toast).to_have_text("Kopioitu")
    assert await page.evaluate("navigator.clipboard.readText()") == "KOIVU-27"


async def test_a_toast_passes_and_an_alert_waits_for_an_answer(page: Page, stage: Stage) -> None:
    aino = Screen(page, "aino")
    stage.tell("toast", {"phone": "aino", "text": "Tallennettu", "alert": False})
    await expect(aino.toast).to_have_text("Tallennettu")
    stage.tell("toast", {"phone": "aino", "text": "Tätä ei voi enää muuttaa.", "alert": True})
    await expect(aino.alert).to_contain_text("Tätä ei voi enää muuttaa.")
    await aino.alert.get_by_role("button").click()
    await expect(aino.alert).to_have_count(0)


async def test_the_clock_moves_and_a_guest_comes(page: Page, stage: Stage) -> None:
    await page.get_by_role("button", name="+1 day").click()
    await page.get_by_role("button", name="Add Otto").click()
    stage.state = {
        **stage.state,
        "now": "2026-11-22T14:05:00+02:00",
        "phones": [*stage.state["phones"], specimen.phone("otto", "Otto", "worker of another team")],
        "guests": [],
    }
    stage.tell("state", stage.state)
    await expect(page.locator(".now-day")).to_have_text("Sun, 22 November 2026")
    await expect(page.locator("#phone-otto h2")).to_have_text("Otto · worker of another team")
    await expect(page.get_by_role("button", name="Add Otto")).to_have_count(0)
    assert stage.posted == [("/clock", {"hours": 24}), ("/phones", {"name": "otto"})]


async def test_starting_over_is_asked_within_the_page(page: Page, stage: Stage) -> None:
    await page.get_by_role("button", name="Start over").click()
    await page.get_by_role("button", name="Cancel").click()
    assert stage.posted == []
    await page.get_by_role("button", name="Start over").click()
    await page.get_by_role("dialog").get_by_role("button", name="Start over").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.wait_for_function("true")
    assert stage.posted == [("/reset", {})]


async def test_the_dark_page_is_dark_and_its_texts_stand_out(open_page: OpenPage, stage: Stage) -> None:
    page = await open_page(stage.address, color_scheme="dark")
    bubble = Screen(page, "aino").last_message.locator(".bubble")
    assert await bubble.evaluate(CONTRAST) > 7
    assert await bubble.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(31, 44, 55)"


async def test_the_phone_speaks_its_own_language(page: Page, stage: Stage) -> None:
    await Screen(page, "aino").speak("sv")
    stage.change("aino", language="sv")
    await expect(Screen(page, "aino").field).to_have_attribute("placeholder", "Meddelande")
    await expect(Screen(page, "aino").last_message.locator(".edited")).to_have_text("redigerat")
    assert stage.posted == [("/phones/aino/language", {"language": "sv"})]


EVERY_NODE = "node => [...node.querySelectorAll('*')].map((each) => [each.localName, each.getAttributeNames()])"
PHONES_IN_VIEW = """() => [...document.querySelectorAll('.device')].filter((device) => {
  const box = device.getBoundingClientRect();
  return box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
}).length"""
CONTRAST = """node => {
  const linear = (part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const light = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map((part) => linear(part / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const style = getComputedStyle(node);
  const [low, high] = [light(style.color), light(style.backgroundColor)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}"""

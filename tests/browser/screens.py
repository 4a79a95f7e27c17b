"""What a test does on a phone of the page, as a person would: tap, say, look."""

from __future__ import annotations

from playwright.async_api import Locator, Page, expect


class Screen:
    """One phone on the page. Every step waits, up to Playwright's limit, until it can be done."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name
        self.node = page.locator(f"#phone-{name}")

    @property
    def messages(self) -> Locator:
        return self.node.locator(".message")

    @property
    def last_message(self) -> Locator:
        """The newest message: text, picture and keyboard."""
        return self.messages.last

    @property
    def picture(self) -> Locator:
        """The newest picture; a button."""
        return self.node.locator(".picture").last

    @property
    def card(self) -> Locator:
        """The notification that slides over a phone not in use."""
        return self.node.locator(".card-place .notification")

    @property
    def lock_screen(self) -> Locator:
        return self.node.locator(".lock-screen")

    @property
    def toast(self) -> Locator:
        return self.node.locator(".toast")

    @property
    def alert(self) -> Locator:
        return self.node.get_by_role("alertdialog")

    @property
    def field(self) -> Locator:
        return self.node.locator(".field")

    def key(self, text: str) -> Locator:
        """The newest button of an inline keyboard whose whole text is `text`."""
        return self.node.locator(".key").filter(has=self.page.get_by_text(text, exact=True)).last

    async def tap(self, text: str) -> None:
        await self.key(text).click()

    async def say(self, text: str) -> None:
        await self.field.fill(text)
        await self.field.press("Enter")

    async def hears(self, text: str, answer: str) -> None:
        """Say `text` and wait for a message that came after all there was, with `answer` in it; what was said is gone.

        For what is told with the same words again and again: the message before mustn't be taken for the new one.
        """
        before = await self.last_message.get_attribute("data-message")
        await self.say(text)
        await expect(self.node.locator(f'.message[data-message="{before}"]')).to_have_count(0)
        await expect(self.messages.filter(has_text=text)).to_have_count(0)
        await self.shows_last(answer)

    async def start(self) -> None:
        """Press the Start button of an empty chat."""
        await self.node.locator(".start").click()

    async def choose(self, command: str) -> None:
        """Choose a command such as "/start" from the bot's menu."""
        await self.node.locator(".menu-button").click()
        await self.node.get_by_role("menuitem").filter(has_text=command).click()

    async def shows(self, text: str) -> None:
        """Wait until a message on this phone has `text` in it."""
        await expect(self.messages.filter(has_text=text).last).to_be_visible()

    async def shows_last(self, text: str) -> None:
        """Wait until the newest message has `text` in it."""
        await expect(self.last_message).to_contain_text(text)

    async def speak(self, language: str) -> None:
        await self.node.locator(".language").select_option(language)

    async def lock(self) -> None:
        """Put the phone to its lock screen, or wake it."""
        await self.node.locator(".lock-toggle").click()

    async def open_invitation_on(self, name: str) -> None:
        """Tap the newest invitation link on this phone and open it on the phone `name`."""
        await self.node.locator("button.link[aria-haspopup=dialog], button.key[aria-haspopup=dialog]").last.click()
        title = (await self.page.locator(f"#phone-{name} h2").inner_text()).split(" · ")[0]
        await self.node.get_by_role("dialog").get_by_role("button").filter(has_text=title).first.click()


async def focused(page: Page) -> str:
    """Say what has the focus: the text of a button, or its label."""
    text = await page.evaluate(
        "(document.activeElement.innerText || document.activeElement.ariaLabel || document.activeElement.className)"
    )
    return str(text).strip()

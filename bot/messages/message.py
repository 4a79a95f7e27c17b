"""What a person is shown: one message with its buttons, as Telegram's HTML, and where it stands."""

from dataclasses import dataclass, replace
from html import escape as _escape

from bot.charts.qr import Code
from bot.charts.series import Look, Picture
from bot.domain.letters import Place

DATA_BYTES = 64
ROW_BUTTONS = 6


@dataclass(frozen=True)
class Button:
    """A button that asks for something (`data`, at most 64 bytes) or opens an address (`url`)."""

    text: str
    data: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if (self.data is None) == (self.url is None):
            raise ValueError("a button either asks or opens")
        if self.data is not None and not 1 <= len(self.data.encode()) <= DATA_BYTES:
            raise ValueError(f"a button's data has 1-{DATA_BYTES} bytes")


Row = tuple[Button, ...]


@dataclass(frozen=True)
class Document:
    """A file above the text. Its name has an ending; in it is a picture as a PDF, or bytes as they are."""

    name: str
    content: Picture | bytes


@dataclass(frozen=True)
class Message:
    """A text of at most 4096 characters, or a picture or a document with a caption of at most 1024.

    `place`: what it shows is shown in one message of the chat only, and edited there. A document is never put in the
    place of another message: it is sent below.
    """

    text: str
    buttons: tuple[Row, ...] = ()
    picture: Picture | Code | None = None
    place: Place | None = None
    document: Document | None = None

    def on_ground(self, *, dark: bool) -> "Message":
        """As who gets it looks at pictures. A document is for print, and stays on light ground."""
        if not dark or self.picture is None or isinstance(self.picture, Code):
            return self
        return replace(self, picture=replace(self.picture, look=Look.DARK))


def press(verb: str, *arguments: object) -> str:
    """A button's data: the verb and all that it needs, `answer/<draft>/2/7`."""
    return "/".join([verb, *(str(each) for each in arguments)])


def ask(text: str, verb: str, *arguments: object) -> Button:
    """A button that asks for something."""
    return Button(text, press(verb, *arguments))


def column(buttons: list[Button]) -> tuple[Row, ...]:
    """One button under the other."""
    return tuple((each,) for each in buttons)


def plain(text: str) -> str:
    """Text that isn't ours, made safe inside HTML."""
    return _escape(text, quote=False)


def bold(text: str) -> str:
    return f"<b>{plain(text)}</b>"


def paragraphs(*parts: str) -> str:
    """Parts with an empty line between them; empty parts are left out."""
    return "\n\n".join(part for part in parts if part)

"""Telegram's HTML, read as strictly as Telegram reads it.

Offsets and lengths of entities count UTF-16 code units, as in the Bot API.

Source:
    Bot API, "Formatting options" and "MessageEntity"; the order of checks and the wording of errors follow what
    the server answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlsplit

_KINDS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE: Final = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_SCHEMES: Final = frozenset({"http", "https", "tg", "mailto", "tel"})
_SPACE: Final = " \t\r\n\0\x0b"


class MarkupError(ValueError):
    """Telegram would not read this HTML; the text is the end of its error description."""


@dataclass(frozen=True)
class Entity:
    """A stretch of formatted text; `url` of a link, `language` of a block of code."""

    kind: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None

    @property
    def end(self) -> int:
        return self.offset + self.length

    def json(self) -> dict[str, Any]:
        """Shape: MessageEntity of the Bot API."""
        shape: dict[str, Any] = {"type": self.kind, "offset": self.offset, "length": self.length}
        if self.url is not None:
            shape["url"] = self.url
        if self.language is not None:
            shape["language"] = self.language
        return shape


@dataclass(frozen=True)
class Formatted:
    """A text with its entities, outer ones first."""

    text: str
    entities: tuple[Entity, ...] = ()

    @property
    def length(self) -> int:
        """Unit: UTF-16 code units, which is how Telegram counts."""
        return utf16_length(self.text)


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(html: str) -> Formatted:
    """Read Telegram's HTML.

    White space around the whole text is dropped, as the server does. A lone `&` is a plain character.

    Error:
        MarkupError with the server's words and byte offset.
    """
    reader = _Reader(html)
    reader.read()
    return _trimmed(reader.text(), reader.entities)


def plain(text: str) -> Formatted:
    """Take a text that is sent without a parse mode."""
    return Formatted(text.strip())


@dataclass(frozen=True)
class _Open:
    tag: str
    offset: int
    kind: str
    argument: str | None


class _Reader:
    """Walk through the HTML once, keeping what is open."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.at = 0
        self.offset = 0
        self.parts: list[str] = []
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def text(self) -> str:
        return "".join(self.parts)

    def read(self) -> None:
        while self.at < len(self.html):
            if self.html.startswith("</", self.at):
                self._end_tag()
            elif self.html[self.at] == "<":
                self._start_tag()
            else:
                self._characters()
        if self.open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')

    def _characters(self) -> None:
        end = self.html.find("<", self.at)
        end = len(self.html) if end < 0 else end
        text = _decoded(self.html[self.at : end])
        self.parts.append(text)
        self.offset += utf16_length(text)
        self.at = end

    def _start_tag(self) -> None:
        begin = self.at
        self.at = self._past(begin + 1, stop=_SPACE + ">")
        if self.at >= len(self.html):
            raise MarkupError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        tag = self.html[begin + 1 : self.at].lower()
        if tag not in _KINDS:
            raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        attributes = self._attributes(tag, begin)
        self.open.append(self._opened(tag, attributes, begin))

    def _opened(self, tag: str, attributes: dict[str, str], begin: int) -> _Open:
        kind = _KINDS[tag]
        argument: str | None = None
        if tag == "a":
            argument = attributes.get("href")
        elif tag == "code" and attributes.get("class", "").startswith("language-"):
            argument = attributes["class"].removeprefix("language-")
        elif tag == "span" and attributes.get("class") != "tg-spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        elif tag == "blockquote" and "expandable" in attributes:
            kind = "expandable_blockquote"
        return _Open(tag, self.offset, kind, argument)

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        where = f"byte offset {self._byte(begin)}"
        while True:
            self._skip_space()
            if self._here() == ">":
                self.at += 1
                return found
            if not self._here():
                raise MarkupError(f"Unclosed start tag at {where}")
            name = self._attribute_name()
            if not name:
                raise MarkupError(f'Empty attribute name in the tag "{tag}" at {where}')
            found[name] = self._attribute_value(tag, name, where)

    def _attribute_name(self) -> str:
        begin = self.at
        self.at = self._past(begin, stop=_SPACE + "=>")
        return self.html[begin : self.at].lower()

    def _attribute_value(self, tag: str, name: str, where: str) -> str:
        self._skip_space()
        if self._here() != "=":
            if not self._here():
                raise MarkupError(f'Unclosed start tag "{tag}" at {where}')
            if (tag, name) == ("blockquote", "expandable"):
                return ""
            raise MarkupError(f'Expected equal sign in declaration of an attribute of the tag "{tag}" at {where}')
        self.at += 1
        self._skip_space()
        if not self._here():
            raise MarkupError(f'Unclosed start tag "{tag}" at {where}')
        return self._quoted(where) if self._here() in "'\"" else self._name_token()

    def _quoted(self, where: str) -> str:
        begin = self.at + 1
        end = self.html.find(self._here(), begin)
        if end < 0 or end + 1 >= len(self.html):
            raise MarkupError(f"Unclosed start tag at {where}")
        self.at = end + 1
        return _decoded(self.html[begin:end])

    def _name_token(self) -> str:
        begin = self.at
        while self._here().isascii() and (self._here().isalnum() or self._here() in tuple(".-")):
            self.at += 1
        if self._here() not in tuple(_SPACE + ">"):
            raise MarkupError(f"Unexpected end of name token at byte offset {self._byte(begin)}")
        return self.html[begin : self.at].lower()

    def _end_tag(self) -> None:
        begin = self.at
        where = f"byte offset {self._byte(begin)}"
        if not self.open:
            raise MarkupError(f"Unexpected end tag at {where}")
        self.at = self._past(begin + 2, stop=_SPACE + ">")
        tag = self.html[begin + 2 : self.at].lower()
        self._skip_space()
        if self._here() != ">":
            raise MarkupError(f"Unclosed end tag at {where}")
        expected = self.open[-1].tag
        if tag and tag != expected:
            raise MarkupError(f'Unmatched end tag at {where}, expected "</{expected}>", found "</{tag}>"')
        self.at += 1
        self._close(self.open.pop())

    def _close(self, opened: _Open) -> None:
        length = self.offset - opened.offset
        if not length:
            return
        if opened.kind == "text_link":
            url = opened.argument or self._text_from(opened.offset)
            if is_url(url):
                self.entities.append(Entity("text_link", opened.offset, length, url=url))
            return
        if opened.kind == "pre":
            length_of_code = self._absorb_code(opened.offset, length)
            self.entities.append(Entity("pre", opened.offset, length, language=length_of_code))
            return
        self.entities.append(Entity(opened.kind, opened.offset, length, language=opened.argument))

    def _absorb_code(self, offset: int, length: int) -> str | None:
        """`<pre><code class="language-x">` is one block of code in that language."""
        inner = self.entities[-1] if self.entities else None
        if inner and inner.kind == "code" and (inner.offset, inner.length) == (offset, length):
            self.entities.pop()
            return inner.language
        return None

    def _text_from(self, offset: int) -> str:
        return self.text().encode("utf-16-le")[offset * 2 :].decode("utf-16-le")

    def _here(self) -> str:
        return self.html[self.at : self.at + 1]

    def _skip_space(self) -> None:
        while self._here() and self._here() in _SPACE:
            self.at += 1

    def _past(self, at: int, *, stop: str) -> int:
        while at < len(self.html) and self.html[at] not in stop:
            at += 1
        return at

    def _byte(self, at: int) -> int:
        return len(self.html[:at].encode())


def _decoded(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name:
        return _NAMED[name]
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not 0 < number < 0x10FFFF or 0xD800 <= number < 0xE000:
        return found.group()
    return chr(number)


def is_url(url: str) -> bool:
    """Tell whether a link leads somewhere that a chat may lead to."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.netloc or parts.path)


def _trimmed(text: str, entities: list[Entity]) -> Formatted:
    start = utf16_length(text) - utf16_length(text.lstrip())
    stripped = text.strip()
    end = utf16_length(stripped)
    clipped = (_clipped(entity, start, end) for entity in entities)
    kept = [entity for entity in clipped if entity.length > 0]
    kept.reverse()  # of two of the same place and length the outer one was closed last
    return Formatted(stripped, tuple(sorted(kept, key=lambda entity: (entity.offset, -entity.length))))


def _clipped(entity: Entity, start: int, end: int) -> Entity:
    offset = max(0, entity.offset - start)
    return replace(entity, offset=offset, length=min(end, entity.end - start) - offset)

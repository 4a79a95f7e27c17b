"""Formatted text as people see it: safe HTML for the page, and the line that a notification shows."""

from __future__ import annotations

from html import escape
from typing import Final

from bot.sandbox.markup import Entity, Formatted, is_url

HIDDEN: Final = "▒▒▒"

_TAGS: Final = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}


def to_html(formatted: Formatted) -> str:
    """Write safe HTML for the page: Telegram's tags only, everything else escaped, links only of known schemes."""
    closed, opened = _tags(formatted.entities)
    characters: list[str] = []
    offset = 0
    for character in formatted.text:
        characters += closed.get(offset, []) + opened.get(offset, [])
        characters.append(escape(character))
        offset += 2 if ord(character) > 0xFFFF else 1
    return "".join(characters + closed.get(offset, []))


def _tags(entities: tuple[Entity, ...]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Say which tags end and start at which offset, inner ones ending first."""
    closed: dict[int, list[str]] = {}
    opened: dict[int, list[str]] = {}
    for entity in entities:
        start, end = _tag(entity)
        if start:
            opened.setdefault(entity.offset, []).append(start)
            closed.setdefault(entity.end, []).insert(0, end)
    return closed, opened


def _tag(entity: Entity) -> tuple[str, str]:
    if entity.kind == "text_link" and entity.url and is_url(entity.url):
        return f'<a href="{escape(entity.url)}" target="_blank" rel="noopener noreferrer">', "</a>"
    tag = _TAGS.get(entity.kind)
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")


def as_noticed(formatted: Formatted) -> str:
    """Write what a notification shows: plain text in one line, each spoiler as a bar of one length."""
    units = formatted.text.encode("utf-16-le")
    shown: list[bytes] = []
    at = 0
    for entity in formatted.entities:
        if entity.kind == "spoiler" and entity.end > at:
            if entity.offset >= at:
                shown += [units[at * 2 : entity.offset * 2], HIDDEN.encode("utf-16-le")]
            at = entity.end
    shown.append(units[at * 2 :])
    return " ".join(b"".join(shown).decode("utf-16-le", "replace").split())

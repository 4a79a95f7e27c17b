"""What the page is told, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.chats import Bubble
from bot.sandbox.lock import Lock
from bot.sandbox.phones import Phone
from bot.sandbox.rendering import as_noticed
from bot.sandbox.world import World


def state(world: World, zone: ZoneInfo, guests: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Show everything. `guests` are name and title of those who may come; who is here already is left out."""
    return {
        "now": moment(world.clock.now(), zone),
        "zone": zone.key,
        "phones": [phone_json(phone, zone) for phone in world.phones],
        "guests": [{"name": name, "title": title} for name, title in guests if world.find_phone(name) is None],
    }


def phone_json(phone: Phone, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "name": phone.name,
        "title": phone.title,
        "about": phone.about,
        "language": phone.language,
        "blocked": phone.blocked,
        "menu": [command.json() for command in phone.menu],
        "messages": [_message(bubble, zone) for bubble in phone.sees],
        "lock": _lock(phone.lock, zone),
    }


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Shape: ISO 8601 with the offset of the zone."""
    return at.astimezone(zone).isoformat(timespec="milliseconds")


def _message(bubble: Bubble, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": bubble.id,
        "mine": bubble.author is not None,
        "html": _html(bubble),
        "time": moment(bubble.at, zone),
        "edited": bubble.edited_at is not None,
        "picture": _picture(bubble),
        "document": _document(bubble),
        "keyboard": [[_key(key.text, key.data, key.url) for key in row] for row in bubble.keyboard],
        "silent": bubble.silent,
    }


def _html(bubble: Bubble) -> str:
    return bubble.html or {"sticker": "🙂", "voice": "🎤 0:03", "contact": "👤"}.get(bubble.kind, "")


def _picture(bubble: Bubble) -> dict[str, Any] | None:
    if bubble.photo is None:
        return None
    picture = bubble.photo.picture
    return {
        "url": f"/pictures/{picture.file_id}",
        "spoiler": bubble.photo.spoiler,
        "width": picture.width,
        "height": picture.height,
        "alt": as_noticed(bubble.formatted),
    }


def _document(bubble: Bubble) -> dict[str, str] | None:
    if bubble.file is None:
        return None
    return {"url": f"/documents/{bubble.chat}/{bubble.id}", "name": bubble.file.name}


def _key(text: str, data: str | None, url: str | None) -> dict[str, str]:
    return {"text": text, "data": data} if data is not None else {"text": text, "url": url or ""}


def _lock(lock: Lock | None, zone: ZoneInfo) -> dict[str, Any] | None:
    if lock is None:
        return None
    return {"time": moment(lock.at, zone), "text": lock.text, "unread": lock.unread, "silent": lock.silent}

"""The methods that choose between polling and a webhook.

Source:
    Bot API, setWebhook, deleteWebhook, getWebhookInfo. Plain HTTP and any port are for local servers only, as here;
    and nothing is ever posted to another machine.
"""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlsplit

from bot.sandbox.parameters import Parameters
from bot.sandbox.refusals import NotBuiltError, bad_request
from bot.sandbox.shapes import seconds
from bot.sandbox.webhook import Deliveries, Hook
from bot.sandbox.world import World

SET_WEBHOOK: Final = frozenset({"url", "secret_token", "max_connections", "allowed_updates", "drop_pending_updates"})
DELETE_WEBHOOK: Final = frozenset({"drop_pending_updates"})
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
MAX_CONNECTIONS: Final = 100
USUAL_CONNECTIONS: Final = 40
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def set_webhook(world: World, given: Parameters) -> bool:
    """Post updates to `url` from now on; an empty one takes the webhook away."""
    hook = _hook(given)
    await _end(world)
    if given.flag("drop_pending_updates"):
        world.updates.clear()
    allow_updates(world, given)
    if hook:
        world.deliveries = Deliveries(hook, world)
        world.updates.hand_to(world.deliveries.take)
    return True


def _hook(given: Parameters) -> Hook | None:
    url, secret = given.text("url"), given.text("secret_token")
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.scheme not in ("http", "https"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.hostname not in LOOPBACK:
        raise NotBuiltError("a webhook on another machine")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = given.number("max_connections", USUAL_CONNECTIONS)
    return Hook(url, secret, min(max(connections, 1), MAX_CONNECTIONS))


async def _end(world: World) -> None:
    deliveries, world.deliveries = world.deliveries, None
    world.updates.hand_to(None)
    if deliveries:
        deliveries.end()
        await deliveries.ended()


async def delete_webhook(world: World, given: Parameters) -> bool:
    """Go back to polling; what was being posted comes again by it."""
    await _end(world)
    if given.flag("drop_pending_updates"):
        world.updates.clear()
    return True


def get_webhook_info(world: World, _given: Parameters) -> dict[str, Any]:
    """Shape: WebhookInfo."""
    deliveries = world.deliveries
    shape: dict[str, Any] = {
        "url": deliveries.hook.url if deliveries else "",
        "has_custom_certificate": False,
        "pending_update_count": world.updates.pending,
    }
    if deliveries:
        shape["max_connections"] = deliveries.hook.max_connections
    if world.updates.allowed:
        shape["allowed_updates"] = sorted(world.updates.allowed)
    if deliveries and deliveries.failure:
        shape["last_error_date"] = seconds(deliveries.failure.at)
        shape["last_error_message"] = deliveries.failure.description
    return shape


def allow_updates(world: World, given: Parameters) -> None:
    """Choose the kinds of updates; left out, they stay as they were."""
    allowed = given.json("allowed_updates")
    if isinstance(allowed, list):
        world.updates.allowed = frozenset(str(kind) for kind in allowed)

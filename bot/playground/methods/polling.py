"""Fetching updates and setting the webhook."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from bot.playground.errors import bad_request, conflict
from bot.playground.methods.registry import Call, method

Json = dict[str, Any]

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@method("getUpdates")
async def get_updates(call: Call) -> list[Json]:
    arguments, updates = call.arguments, call.world.updates
    if not updates.webhook.url:
        updates.allow(_allowed(call))
    return await updates.get(
        offset=arguments.integer("offset"),
        limit=arguments.integer("limit", 100),
        wait=arguments.integer("timeout"),
    )


@method("setWebhook")
def set_webhook(call: Call) -> bool:
    """Real webhooks need https; here http to the loopback is taken, and nothing else."""
    arguments, updates = call.arguments, call.world.updates
    url = arguments.text("url")
    secret = arguments.text("secret_token")
    if url and (urlsplit(url).scheme != "http" or urlsplit(url).hostname not in _LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    updates.allow(_allowed(call))
    if arguments.flag("drop_pending_updates"):
        updates.drop_pending()
    updates.set_webhook(url, secret=secret)
    return True


@method("deleteWebhook")
def delete_webhook(call: Call) -> bool:
    if call.arguments.flag("drop_pending_updates"):
        call.world.updates.drop_pending()
    call.world.updates.set_webhook("")
    return True


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> Json:
    updates = call.world.updates
    shown: Json = {
        "url": updates.webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": updates.pending,
    }
    if updates.webhook.url:
        shown["max_connections"] = 1
    if updates.webhook.last_error:
        shown["last_error_date"] = updates.webhook.last_error_date
        shown["last_error_message"] = updates.webhook.last_error
    if updates.allowed:
        shown["allowed_updates"] = sorted(updates.allowed)
    return shown


@method("logOut", "close")
def log_out(call: Call) -> bool:
    if call.world.updates.webhook.url:
        raise conflict("can't close the bot while webhook is active; use deleteWebhook to delete the webhook")
    return True


def _allowed(call: Call) -> list[str] | None:
    kinds = call.arguments.structure("allowed_updates", "allowed updates")
    if kinds is None:
        return None
    if not isinstance(kinds, list):
        raise bad_request("expected an Array of String as allowed updates")
    return [str(each) for each in kinds]

"""What the bot is and says of itself."""

from __future__ import annotations

import json
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.methods.registry import Call, method

Json = dict[str, Any]


@method("getMe")
def get_me(call: Call) -> Json:
    return call.world.bot.me()


@method("setMyCommands")
def set_my_commands(call: Call) -> bool:
    commands = call.arguments.objects("commands", "commands")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for each in commands:
        name, description = str(each.get("command", "")), str(each.get("description", ""))
        if not (
            1 <= len(name) <= 32 and name.replace("_", "a").isalnum() and name.isascii() and name.islower()
        ):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    call.world.commands.by_scope[_scope(call)] = commands
    return True


@method("getMyCommands")
def get_my_commands(call: Call) -> list[Json]:
    return call.world.commands.by_scope.get(_scope(call), [])


@method("deleteMyCommands")
def delete_my_commands(call: Call) -> bool:
    call.world.commands.by_scope.pop(_scope(call), None)
    return True


@method("setMyName")
def set_my_name(call: Call) -> bool:
    return _set_text(call, "name", 64)


@method("setMyDescription")
def set_my_description(call: Call) -> bool:
    return _set_text(call, "description", 512)


@method("setMyShortDescription")
def set_my_short_description(call: Call) -> bool:
    return _set_text(call, "short_description", 120)


@method("getMyName")
def get_my_name(call: Call) -> Json:
    return {"name": call.world.commands.texts.get("name") or call.world.bot.name}


@method("getMyDescription")
def get_my_description(call: Call) -> Json:
    return {"description": call.world.commands.texts.get("description", "")}


@method("getMyShortDescription")
def get_my_short_description(call: Call) -> Json:
    return {"short_description": call.world.commands.texts.get("short_description", "")}


@method("setChatMenuButton", "setMyDefaultAdministratorRights")
def accept(call: Call) -> bool:
    """Taken, and without effect here."""
    del call
    return True


def _set_text(call: Call, name: str, longest: int) -> bool:
    text = call.arguments.text(name)
    if len(text) > longest:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    call.world.commands.texts[name] = text
    return True


def _scope(call: Call) -> str:
    scope = call.arguments.mapping("scope", "bot command scope") or {"type": "default"}
    return json.dumps([scope, call.arguments.text("language_code")], sort_keys=True)

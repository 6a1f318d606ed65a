"""How a method's name finds its function. Names are compared without case, as on the real server."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.playground.arguments import Arguments
from bot.playground.errors import ApiError
from bot.playground.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method by the bot."""

    world: World
    arguments: Arguments


Method = Callable[[Call], Any]
_METHODS: dict[str, Method] = {}


def method(*names: str) -> Callable[[Method], Method]:
    """Register a function, sync or async, under the Bot API's names."""

    def register(function: Method) -> Method:
        for name in names:
            _METHODS[name.lower()] = function
        return function

    return register


def exists(name: str) -> bool:
    return name.lower() in _METHODS


async def run(world: World, name: str, arguments: Arguments) -> Any:
    """The ``result`` of a method; ``ApiError`` 404 when the playground has no such method."""
    function = _METHODS.get(name.lower())
    if function is None:
        raise ApiError(404, "Not Found")
    result = function(Call(world, arguments))
    return await result if inspect.isawaitable(result) else result

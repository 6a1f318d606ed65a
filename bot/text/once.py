"""What is found in a message when first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

_Owner = TypeVar("_Owner")
_Found = TypeVar("_Found")


class once(Generic[_Owner, _Found]):  # a decorator, named as `property` is
    """A `functools.cached_property` without the lock that Python 3.11 takes: a message has one reader."""

    def __init__(self, find: Callable[[_Owner], _Found]) -> None:
        self._find = find
        self._name = find.__name__
        self.__doc__ = find.__doc__

    @overload
    def __get__(self, owner: None, kind: type[Any]) -> Self: ...

    @overload
    def __get__(self, owner: _Owner, kind: type[Any]) -> _Found: ...

    def __get__(self, owner: _Owner | None, kind: type[Any]) -> Self | _Found:
        if owner is None:
            return self
        found = owner.__dict__[self._name] = self._find(owner)  # from now on found before this is asked
        return found

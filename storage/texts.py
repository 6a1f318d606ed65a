"""Text as both databases can keep it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session


def storable(value: Any) -> Any:
    """`value` without what databases refuse in texts: NUL characters and halves of surrogate pairs.

    Goes into lists and dictionaries; returns the same object when there is nothing to take out.
    """
    if isinstance(value, str):
        if value.isascii() and "\x00" not in value:
            return value
        clean = value.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
        return value if clean == value else clean
    if isinstance(value, list):
        items = [storable(item) for item in value]
        return value if all(map(_same, items, value)) else items
    if isinstance(value, dict):
        pairs = {storable(name): storable(item) for name, item in value.items()}
        same = all(map(_same, pairs.values(), value.values())) and all(map(_same, pairs, value))
        return value if same and len(pairs) == len(value) else pairs
    return value


def _same(one: object, other: object) -> bool:
    return one is other


class CleaningSession(Session):
    """A session that makes every text storable before it is written."""


@event.listens_for(CleaningSession, "before_flush")
def _clean(session: Session, _flush: UOWTransaction, _instances: Any) -> None:
    for row in (*session.new, *session.dirty):
        state = inspect(row)
        for name in state.mapper.column_attrs.keys():  # noqa: SIM118 - a collection of attributes, not a dict
            value = state.dict.get(name)
            clean = storable(value)
            if clean is not value:
                setattr(row, name, clean)

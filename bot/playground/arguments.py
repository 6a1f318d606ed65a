"""Arguments of a Bot API call, from query, form, multipart or JSON, with the server's complaints about
them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.given import is_unicode

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent along in multipart."""

    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True, slots=True)
class Arguments:
    """Values by name; those from forms are text, those from JSON already have their types."""

    values: Mapping[str, Any] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """Empty when absent."""
        value = self.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, (str, int, float)) or isinstance(value, bool):
            raise bad_request(f'field "{name}" must be of type String')
        if not is_unicode(text := str(value)):
            raise bad_request("strings must be encoded in UTF-8")
        return text

    def integer(self, name: str, default: int = 0) -> int:
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"can't parse {name}: expected an Integer") from None

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).strip().lower() in ("true", "yes", "1")

    def structure(self, name: str, what: str) -> Any:
        """A JSON-serialised value; null when absent, ``can't parse … JSON object`` when it is none."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise bad_request(f"can't parse {what} JSON object") from None
        if not is_unicode(json.dumps(value, ensure_ascii=False)):
            raise bad_request("strings must be encoded in UTF-8")
        return value

    def mapping(self, name: str, what: str) -> Json | None:
        """A JSON object; null when absent."""
        value = self.structure(name, what)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"object expected as {what}")
        return value

    def objects(self, name: str, what: str) -> list[Json]:
        """A JSON array of objects; empty when absent."""
        value = self.structure(name, what)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise bad_request(f"expected an Array of Object as {what}")
        return value

    def integers(self, name: str, what: str) -> list[int]:
        """A JSON array of whole numbers; empty when absent."""
        value = self.structure(name, what) or []
        if not isinstance(value, list) or not all(type(each) is int for each in value):
            raise bad_request(f"expected an Array of Integer as {what}")
        return value

    def upload(self, reference: str) -> Upload | None:
        """The file that ``attach://name`` (or the argument of that name itself) stands for."""
        return self.uploads.get(reference.removeprefix("attach://"))

"""What can go wrong, in the words and codes of the real Bot API.

ApiError        an answer ``{"ok": false, "error_code", "description", "parameters"?}``
ControlError    a person was asked to do what a person could not do: 4xx on the control API
"""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A Bot API method failed; ``description`` is what the real server would say."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class ControlError(Exception):
    """A request to the control API that cannot be carried out; the text is one plain sentence."""

    def __init__(self, sentence: str, *, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


def bad_request(what: str, **parameters: int) -> ApiError:
    return ApiError(400, f"Bad Request: {what}", **parameters)


def forbidden(what: str) -> ApiError:
    return ApiError(403, f"Forbidden: {what}")


def too_many_requests(retry_after: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def migrated(new_chat_id: int) -> ApiError:
    return bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=new_chat_id)


def conflict(what: str) -> ApiError:
    return ApiError(409, f"Conflict: {what}")

"""Keys derived from the one secret key, and what they protect."""

from __future__ import annotations

import base64
import re

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_ID_IN_TEXT = re.compile(r"(?<!\d)(\d{4})\d{10}(\d{3}[\dXx])(?!\d)")
_PHONE_IN_TEXT = re.compile(r"(?<!\d)(1\d{2})[- ]?\d{4}[- ]?(\d{4})(?!\d)")


class WrongKey(Exception):
    """What is to be decrypted was encrypted with another BOT_SECRET_KEY, or is damaged."""


class Secrets:
    """All keys of one installation. Each purpose has a key of its own, so that none opens another's door."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()
        self._phones = Fernet(base64.urlsafe_b64encode(self.derive("phones")))
        self._heard = Fernet(base64.urlsafe_b64encode(self.derive("heard")))

    def derive(self, purpose: str) -> bytes:
        """The key of 32 bytes for `purpose`."""
        return HKDF(algorithm=SHA256(), length=32, salt=b"lianxinqiao", info=purpose.encode()).derive(
            self._key
        )

    def encrypt_phone(self, phone: str) -> str:
        """A phone number as it is stored; different every time."""
        return self._phones.encrypt(phone.encode()).decode()

    def decrypt_phone(self, encrypted: str) -> str:
        """The phone number that was encrypted.

        Raises:
            WrongKey: when it was encrypted with another key.
        """
        try:
            return self._phones.decrypt(encrypted.encode()).decode()
        except InvalidToken:
            raise WrongKey from None

    def seal(self, words: str) -> str:
        """What somebody has written, as it is stored for a while; different every time."""
        return self._heard.encrypt(words.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """The words that were sealed.

        Raises:
            WrongKey: when they were sealed with another key.
        """
        try:
            return self._heard.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise WrongKey from None


def mask_numbers_in(text: str) -> str:
    """`text` with the middle of every mobile and identity number in it hidden."""
    return mask_phones_in(_ID_IN_TEXT.sub(r"\1**********\2", text))


def mask_phones_in(text: str) -> str:
    """`text` with the middle of every mobile number in it hidden."""
    return _PHONE_IN_TEXT.sub(r"\1****\2", text)

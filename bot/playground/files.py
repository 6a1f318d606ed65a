"""Files the bot can download by id, and those it uploaded."""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: str
    path: str
    name: str
    content: bytes
    mime_type: str

    def api(self) -> Json:
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
            "file_path": self.path,
        }

    @property
    def unique_id(self) -> str:
        return "Q" + hashlib.sha256(self.content).hexdigest()[:15]

    def photo(self) -> list[Json]:
        """The ``PhotoSize`` list of a message."""
        size = {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
            "width": 90,
            "height": 60,
        }
        return [size]

    def document(self) -> Json:
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
            "file_name": self.name,
            "mime_type": self.mime_type,
        }


class FileStore:
    """Files by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, content: bytes, *, kind: str, name: str, mime_type: str) -> StoredFile:
        number = len(self._by_id) + 1
        ending = name.rpartition(".")[2] or "bin"
        stored = StoredFile(
            f"AgACAgUAAx{kind[:1].upper()}{number:08d}",
            f"{kind}s/file_{number}.{ending}",
            name,
            content,
            mime_type,
        )
        self._by_id[stored.id] = stored
        self._by_path[stored.path] = stored
        return stored

    def add_photo(self, content: bytes | None = None) -> StoredFile:
        """Store a photo; without content a small picture of one colour, a new one each time."""
        if content is None:
            content = plain_picture(len(self._by_id))
        return self.add(content, kind="photo", name="photo.png", mime_type="image/png")

    def by_id(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)


def plain_picture(seed: int, *, width: int = 90, height: int = 60) -> bytes:
    """A PNG of one muted colour that depends on ``seed``."""
    shade = hashlib.sha256(str(seed).encode()).digest()
    row = b"\0" + bytes(128 + each // 3 for each in shade[:3]) * width
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(row * height)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )

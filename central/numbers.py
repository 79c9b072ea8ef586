"""Numbers of lives that were given out: known before the books know, and after a database was restored."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sync.wire import canon
from sync.wire.errors import Malformed
from sync.wire.files import sync_folder
from sync.wire.shape import Fields


@dataclass(frozen=True)
class GivenNumbers:
    """A line for each life after a terminal's first; what a power cut tore was never given."""

    path: Path

    def last(self, terminal: str) -> int:
        """0: none is known. Raises OSError."""
        data = self.path.read_bytes() if self.path.exists() else b""
        return max([0, *(number for name, number in map(_read, data.splitlines()) if name == terminal)])

    def give(self, terminal: str, number: int) -> None:
        """Durable when this returns. Raises OSError."""
        is_new = not self.path.exists()
        line = canon.encode({"terminal": terminal, "incarnation": number})
        with self.path.open("ab") as file:
            file.write(b"\n" + line + b"\n")  # after a torn line, too
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            sync_folder(self.path.parent)


def _read(line: bytes) -> tuple[str, int]:
    try:
        found = Fields(canon.decode(line), "number")
        return found.text("terminal"), found.integer("incarnation")
    except Malformed:
        return "", 0

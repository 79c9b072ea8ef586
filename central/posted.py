"""Files handed to billers: written and synced before the books say so, and read back after a restore.

What stands in a file was told to the biller, whatever the database remembers; no number is used twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from central.config import write_secret
from central.errors import SetupError
from sync.wire import canon
from sync.wire.encoding import instant
from sync.wire.errors import Malformed
from sync.wire.files import sync_folder
from sync.wire.shape import Fields


@dataclass(frozen=True)
class PostedFiles:
    """`<biller>-<number>.json` in one folder: a line of head, then a line for each payment."""

    folder: Path

    def numbers(self, biller: str) -> list[int]:
        names = (path.stem.rpartition("-") for path in self.folder.glob("*.json"))
        return sorted(
            int(number) for of, _, number in names if of == quote(biller, safe="") and number.isdecimal()
        )

    def path(self, biller: str, number: int) -> Path:
        return self.folder / f"{quote(biller, safe='')}-{number:06d}.json"

    def above(self, biller: str, known: int) -> Iterator[tuple[int, Sequence[str]]]:
        """The files after number `known`: each with the operations its biller was told of.

        Raises SetupError where one cannot be read or is missing.
        """
        there = self.numbers(biller)
        wanted = range(known or min(there, default=1), max([known, *there]) + 1)
        missing = sorted(set(wanted) - set(there))
        if missing:
            name = self.path(biller, missing[0]).name
            raise SetupError(f"入账文件不见了：{name} · is missing: what its biller was told is not known")
        for number in wanted:
            if number > known:
                yield number, self._read(biller, number)

    def post(self, biller: str, number: int, payments: Sequence[Mapping[str, Any]], at: datetime) -> Path:
        """Durable when this returns; raises FileExistsError."""
        total = sum(one["amount_fen"] for one in payments)
        head = {
            "biller": biller,
            "number": number,
            "at": instant(at),
            "count": len(payments),
            "total_fen": total,
        }
        lines = [canon.encode(head), *(canon.encode(dict(one)) for one in payments)]
        self.folder.mkdir(exist_ok=True)
        sync_folder(self.folder.parent)
        path = self.path(biller, number)
        write_secret(path, b"".join(line + b"\n" for line in lines))
        return path

    def _read(self, biller: str, number: int) -> list[str]:
        path = self.path(biller, number)
        try:
            head, *lines = path.read_bytes().splitlines()
            count = Fields(canon.decode(head), "head").integer("count")
            found = [Fields(canon.decode(line), "payment").text("op") for line in lines]
        except (OSError, ValueError, Malformed) as error:
            raise SetupError(f"入账文件读不出：{path.name} · cannot be read: {error}") from error
        if len(found) != count:
            raise SetupError(f"入账文件不完整：{path.name} · not whole")
        return found

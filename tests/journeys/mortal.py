"""Central in a process of its own that dies around the commit that brings its operations to a number.

`python -m tests.journeys.mortal FOLDER PORT before|after OPERATIONS`
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, func, select

from central import service
from central.config import Folder, read_config
from central.database import Database
from central.service import Address
from central.tables import operations

T = TypeVar("T")


class MortalDatabase(Database):
    """The real one, and the power goes at the appointed commit."""

    def __init__(self, url: str, moment: str, count: int) -> None:
        super().__init__(url)
        self._moment = moment
        self._count = count

    def write(self, work: Callable[[Connection], T]) -> T:
        is_full = False

        def watched(conn: Connection) -> T:
            nonlocal is_full
            done = work(conn)
            is_full = conn.execute(select(func.count()).select_from(operations)).scalar_one() >= self._count
            if is_full and self._moment == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        done = super().write(watched)
        if is_full:
            os.kill(os.getpid(), signal.SIGKILL)
        return done


def main(folder: Path, port: int, moment: str, count: int) -> None:
    parts = service.open_(Folder(folder))
    parts.database.close()
    mortal = MortalDatabase(read_config(Folder(folder)).database_url, moment, count)
    service.serve(replace(parts, database=mortal), Address("127.0.0.1", port))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))

"""One visit at a real terminal in a process of its own, which dies at the named point if it is told to.

`python -m tests.journeys.victim HOME CENTRAL ERRAND [POINT DEED COUNT]`; tells each step on standard output.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter
from pathlib import Path

from kiosk.terminal import Terminal
from sync.points import Point
from tests.journeys.machine import plan_of
from tests.journeys.settling import settle
from tests.journeys.visit import Deed, Errand, Visit


class Fate:
    """Counts what is passed in which deed, and ends the process at the appointed place."""

    def __init__(self, point: Point | None, deed: Deed | None, count: int) -> None:
        self._appointed = (point, deed, count)
        self._deed: Deed | None = None
        self._passed: Counter[tuple[Point, Deed]] = Counter()

    def enter(self, deed: Deed) -> None:
        self._deed = deed

    def reached(self, point: Point) -> None:
        if self._deed is None:
            return
        self._passed[(point, self._deed)] += 1
        if self._appointed == (point, self._deed, self._passed[(point, self._deed)]):
            os.kill(os.getpid(), signal.SIGKILL)
        tell(f"passed {point.value} {self._deed.value}")


def tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # at once and whole, whatever happens next


async def live(home: Path, central: Path, errand: Errand, fate: Fate) -> None:
    terminal = await asyncio.to_thread(Terminal.open, plan_of(home, fate.reached))
    tell("opened")
    await Visit(terminal, errand, fate.enter, tell).serve()
    fate.enter(Deed.SYNC)
    differences = await settle(terminal, central)
    await terminal.close()
    tell(f"settled {differences}")


def main(words: list[str]) -> None:
    home, central, errand, *appointed = words
    point, deed, count = appointed or (None, None, "0")
    fate = Fate(Point(point) if point else None, Deed(deed) if deed else None, int(count))
    asyncio.run(live(Path(home), Path(central), Errand.parse(errand), fate))


if __name__ == "__main__":
    main(sys.argv[1:])

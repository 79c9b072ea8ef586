"""A machine that is being set up, or that brings a newer pack, and loses its power at the named step.

`python -m tests.journeys.newcomer HOME set-up URL CODE PLACE` or `… HOME new-pack`.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path

from central.demo import day
from kiosk.store.catalogue import Catalogue
from kiosk.store.packs import Progress
from kiosk.terminal import Terminal
from sync.points import Point
from sync.setup_steps import SetUpProgress, SetUpStep
from tests.journeys.machine import plan_of

ANSWERED = "answered"


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Cut:
    """Where the power goes: at the news of a step, or with central's answer read and not written."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._step: SetUpStep | None = None
        self._writes = 0

    def report(self, progress: SetUpProgress) -> None:
        self._step = progress.step
        begun = progress.step is not SetUpStep.INSTALL or progress.done > 0
        if begun and progress.step.value == self._place:
            die()

    def reached(self, point: Point) -> None:
        if point is Point.INPUT and self._step is SetUpStep.ENROL:
            self._writes += 1  # the key that is asked for first, then the answer
            if self._writes == 2 and self._place == ANSWERED:
                die()


async def set_up(home: Path, url: str, code: str, place: str = "") -> Terminal:
    """As the set-up page does it, up to the cut if there is one."""
    cut = Cut(place)
    terminal = await asyncio.to_thread(Terminal.open, plan_of(home, cut.reached))

    def imported(done: int, total: int) -> None:
        cut.report(SetUpProgress(SetUpStep.INSTALL, done, total))

    async with AsyncExitStack() as undo:
        undo.push_async_callback(terminal.close)
        steps = terminal.enrolment(cut.report)
        await steps.reach(url, code)
        await steps.enrol(day.MAIN_POINT)
        await steps.fill(terminal.downloads, terminal.catalogue(imported))
        undo.pop_all()
    return terminal


class DoomedImporter(Terminal):
    """The power goes when the records of a newer pack are in the new file, before it is the active one."""

    def catalogue(self, progress: Progress) -> Catalogue:
        def fatal(done: int, total: int) -> None:
            progress(done, total)
            if done == total:
                die()

        return super().catalogue(fatal)


async def new_pack(home: Path) -> None:
    terminal = await asyncio.to_thread(DoomedImporter.open, plan_of(home))
    await terminal.start()
    await asyncio.Event().wait()


def main(home: str, what: str, *words: str) -> None:
    if what == "new-pack":
        asyncio.run(new_pack(Path(home)))
    else:
        url, code, place = words
        asyncio.run(set_up(Path(home), url, code, place))


if __name__ == "__main__":
    main(*sys.argv[1:])

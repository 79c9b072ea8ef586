"""Starts named tasks, keeps them until they end, and hands their errors to whoever must see them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from sync.errors import RefusedError, WorldError

log = logging.getLogger(__name__)

LEAVING, LOOKING = "Frame.leaving", "CardWatch.look"
NOBODYS = frozenset({LEAVING, LOOKING})
"""Tasks of no visit: nobody has to wait for them."""
OnTrouble = Callable[[RefusedError | WorldError], None]


class Forgotten(Exception):
    """A bug of which the kind alone is still known."""


class Tasks:
    """All running tasks of the screen.

    A refusal or a failure of the world goes to the task's owner; a bug is logged and kept.
    """

    def __init__(self) -> None:
        self._running: dict[asyncio.Task[None], int] = {}  # and the visit in which it began
        self._visit = 0
        self.bugs: list[BaseException] = []

    @property
    def idle(self) -> bool:
        return not self._running

    @property
    def outlived(self) -> bool:
        """The task that asks began for somebody who has gone since."""
        task = asyncio.current_task()
        return task is not None and self._running.get(task, self._visit) != self._visit

    def end_visit(self) -> None:
        self._visit += 1

    def of_the_gone(self) -> list[asyncio.Task[None]]:
        """What still runs for a visit that is over."""
        theirs = [one for one in self._running if one.get_name() not in NOBODYS]
        return [one for one in theirs if self._running[one] != self._visit]

    def forget_bugs(self) -> None:
        """They are in the log; what stood in the failing code's variables goes."""
        self.bugs = [Forgotten(type(bug).__qualname__) for bug in self.bugs]

    def spawn(self, name: str, work: Coroutine[Any, Any, None], on_trouble: OnTrouble) -> None:
        task = asyncio.get_running_loop().create_task(self._guard(work, on_trouble), name=name)
        self._running[task] = self._visit
        task.add_done_callback(self._running.pop)

    async def _guard(self, work: Coroutine[Any, Any, None], on_trouble: OnTrouble) -> None:
        try:
            await work
        except (RefusedError, WorldError) as trouble:
            on_trouble(trouble)
        except Exception as bug:
            self.bugs.append(bug)
            task = asyncio.current_task()
            log.exception("task %s failed", task.get_name() if task else "?")

    async def drain(self) -> None:
        """Lets everything that runs end; used before the engine is taken down."""
        while self._running:
            await asyncio.wait(self._running)

    def cancel(self) -> None:
        for task in self._running:
            task.cancel()

"""What is done when somebody goes: everything that holds a trace of a person hangs a hook here."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from kiosk.services import forms, mall
from kiosk.services.presence import Departure
from sync.database import Unsubscribe
from ui.ports import Data, Ports

Hook = Callable[[Departure], Coroutine[Any, Any, None]]


class Leaving:
    """Runs the hooks in the order they were hung up; the page that was open is closed before."""

    def __init__(self) -> None:
        self._hooks: list[Hook] = []

    def add(self, hook: Hook) -> Unsubscribe:
        self._hooks.append(hook)
        return lambda: self._hooks.remove(hook)

    async def run(self, departure: Departure) -> None:
        for hook in tuple(self._hooks):
            await hook(departure)


def drop_draft(data: Data, draft: str, leaving: Callable[[Hook], Unsubscribe]) -> Unsubscribe:
    """A form begun goes with whoever began it, once; the answer says that it was put aside or sent."""

    async def drop(departure: Departure) -> None:  # noqa: ARG001  whoever goes
        stop()
        await data.run(lambda conn: forms.delete_draft(conn, draft))

    stop = leaving(drop)
    return stop


def empty_basket(ports: Ports) -> Hook:
    async def empty(departure: Departure) -> None:  # noqa: ARG001  whoever goes
        if ports.local.place() is not None:
            await ports.data.run(mall.empty)

    return empty

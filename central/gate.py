"""The door to what is dear at central: a few are at work, some wait, the others hear when their turn is."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import Request

from central.auth import SignedBy
from central.errors import NotYet
from central.slots import Later, Limits, Slots


class Gate:
    """Of one process; lives on its event loop."""

    def __init__(self, limits: Limits, ticks: Callable[[], float]) -> None:
        self.slots = Slots(limits)
        self._limits = limits
        self._ticks = ticks
        self._unknown = 0
        self._desks = asyncio.Semaphore(limits.at_work)  # first come, first served

    @asynccontextmanager
    async def known(self) -> AsyncIterator[None]:
        """While body and signature are read; raises NotYet before anything of them is."""
        if self._unknown >= self._limits.door:
            raise _not_yet(self.slots.stranger(self._ticks()))
        self._unknown += 1
        try:
            yield
        finally:
            self._unknown -= 1

    @asynccontextmanager
    async def turn(self, terminal: str) -> AsyncIterator[None]:
        answer = self.slots.ask(terminal, self._ticks())
        if isinstance(answer, Later):
            raise _not_yet(answer)
        try:
            async with self._desks:
                yield
        finally:
            self.slots.left(self._ticks())


def _not_yet(answer: Later) -> NotYet:
    return NotYet(math.ceil(answer.seconds))


def gate_of(request: Request) -> Gate:
    gate = request.app.state.gate
    assert isinstance(gate, Gate)
    return gate


async def door(request: Request) -> AsyncIterator[None]:
    """Before all other dependencies of a call."""
    async with gate_of(request).known():
        yield


async def turn(request: Request, caller: SignedBy) -> AsyncIterator[None]:
    """After the signature: a turn is given to a terminal that proved who it is."""
    async with gate_of(request).turn(caller.terminal.id):
        yield

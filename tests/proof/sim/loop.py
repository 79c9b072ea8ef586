"""An event loop whose time jumps to the next timer, and in which threads are calls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import Context
from typing import Any

A_MOMENT = 1e-6  # seconds; whatever is done takes some time, or waits shorter than a float's step never end


class StandStill(AssertionError):
    """Nothing is ready and nothing will ever be: whoever is waited for is not coming."""


class _Jump:
    """In the place of a selector: waiting is moving the time on."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop

    def select(self, timeout: float | None) -> list[Any]:
        if timeout is None:
            raise StandStill("every task waits for another")
        self._loop.pass_time(timeout + A_MOMENT)
        return []


class VirtualLoop(asyncio.BaseEventLoop):
    def __init__(self) -> None:
        super().__init__()
        self._passed = 0.0
        self._selector = _Jump(self)

    def time(self) -> float:
        return self._passed

    def pass_time(self, seconds: float) -> None:
        """All timers of the span are due at once, as after a sleep of the machine."""
        self._passed += max(0.0, seconds)

    def _process_events(self, events: list[Any]) -> None:
        assert not events

    def _write_to_self(self) -> None:
        """There is one thread: nobody sleeps who would have to be woken."""

    def call_soon_threadsafe(  # type: ignore[override]
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        return self.call_soon(callback, *args, context=context)

    async def getaddrinfo(self, host: Any, port: Any, **_: Any) -> Any:  # type: ignore[override]
        raise OSError(f"no names are looked up here: {host}:{port}")

    def run_in_executor(  # type: ignore[override]
        self, _executor: Any, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        return asyncio.wrap_future(Inline().submit(func, *args), loop=self)


class Inline:
    """A thread pool that does the work where it is asked for."""

    def __init__(self, max_workers: int = 1, thread_name_prefix: str = "") -> None:
        del max_workers, thread_name_prefix

    def submit(self, fn: Callable[..., Any], *args: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args))
        except BaseException as error:  # noqa: BLE001  a power cut too must reach whoever waits
            done.set_exception(error)
        return done

    def shutdown(self) -> None:
        pass

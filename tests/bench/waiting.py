"""Waits for a terminal to have nothing left to push."""

import asyncio
from collections.abc import Callable

from kiosk.terminal import Terminal
from sync.engine import EngineStatus
from sync.policy import Link


async def on_the_line(terminal: Terminal) -> None:
    """Goes on the line; returns when every operation has its outcome."""
    done = _heard(terminal, _settled)
    await terminal.start()
    await done


async def nothing_left(terminal: Terminal) -> None:
    await _heard(terminal, _settled)


async def link_is(terminal: Terminal, link: Link) -> None:
    await _heard(terminal, lambda status: status.link is link)


def _settled(status: EngineStatus) -> bool:
    return status.last_ack_at is not None and status.queue.open == 0


def _heard(terminal: Terminal, holds: Callable[[EngineStatus], bool]) -> asyncio.Future[None]:
    heard = asyncio.get_running_loop().create_future()

    def look() -> None:
        status = terminal.line.status
        if status is not None and holds(status) and not heard.done():
            heard.set_result(None)

    stop = terminal.line.on_change(look)
    heard.add_done_callback(lambda _future: stop())
    look()
    return heard

"""Waits for a terminal to have nothing left to push."""

import asyncio

from kiosk.terminal import Terminal


async def on_the_line(terminal: Terminal) -> None:
    """Goes on the line; returns when every operation has its outcome."""
    done = asyncio.Event()

    def look() -> None:
        status = terminal.line.status
        if status is not None and status.last_ack_at is not None and status.queue.open == 0:
            done.set()

    stop = terminal.line.on_change(look)
    await terminal.start()
    await done.wait()
    stop()

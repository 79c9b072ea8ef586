"""Tells systemd that the program runs and is not stuck (sd_notify(3)); where nobody supervises it, nobody."""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

log = logging.getLogger(__name__)


def tell(state: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether somebody listens. An address that begins with `@` has no file."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
            line.sendto(state.encode(), "\0" + address[1:] if address.startswith("@") else address)
    except OSError as error:
        log.warning("the supervisor does not hear: %s", error)
        return False
    return True


def patience(environment: Mapping[str, str] = os.environ) -> float | None:
    """Seconds of silence after which the program is restarted; None: never."""
    given = environment.get("WATCHDOG_USEC", "")
    return int(given) / 1e6 if given.isdecimal() and int(given) > 0 else None


@asynccontextmanager
async def supervised() -> AsyncIterator[None]:
    """From the loop of the screen, so that a stuck screen falls silent."""
    tell("READY=1")
    alive = asyncio.create_task(_sign_of_life(), name="supervisor")
    try:
        yield
    finally:
        alive.cancel()
        tell("STOPPING=1")


async def _sign_of_life() -> None:
    seconds = patience()
    while seconds is not None and tell("WATCHDOG=1"):  # noqa: ASYNC110  nothing is waited for
        await asyncio.sleep(seconds / 3)

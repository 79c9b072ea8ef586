"""Holds one idle TLS connection to central, so that a pulled cable is noticed at once and costs no bytes."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable
from urllib.parse import urlsplit

CONNECT_LIMIT = 5.0
BETWEEN = 5.0  # whoever closes idle connections must not make us reconnect without end


class LineWatch:
    """`keep()` while online; `dropped` is called when the held connection ends."""

    def __init__(self, url: str, context: ssl.SSLContext, dropped: Callable[[], None]) -> None:
        parsed = urlsplit(url)
        self._host = parsed.hostname or ""
        self._port = parsed.port or 443
        self._context = context
        self._dropped = dropped
        self._task: asyncio.Task[None] | None = None
        self._not_before = 0.0

    def keep(self) -> None:
        loop = asyncio.get_running_loop()
        if (self._task is None or self._task.done()) and loop.time() >= self._not_before:
            self._not_before = loop.time() + BETWEEN
            self._task = loop.create_task(self._hold(), name="line-watch")

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _hold(self) -> None:
        try:
            async with asyncio.timeout(CONNECT_LIMIT):
                reader, writer = await asyncio.open_connection(
                    self._host, self._port, ssl=self._context, server_hostname=self._host
                )
        except ConnectionError:  # gone between the exchange that went well and now
            self._dropped()
            return
        except (OSError, TimeoutError):  # the engine's own exchange says what is wrong
            return
        try:
            raw = writer.get_extra_info("socket")
            if raw is not None:
                with contextlib.suppress(OSError):
                    raw.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            with contextlib.suppress(OSError):
                await reader.read(1)
            self._dropped()
        finally:
            writer.transport.abort()

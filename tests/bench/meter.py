"""A relay in front of central that counts the bytes of each direction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Meter:
    def __init__(self, target: int) -> None:
        self._target = target
        self.up = 0
        self.down = 0

    @asynccontextmanager
    async def relaying(self, port: int) -> AsyncIterator[None]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", port)
        try:
            yield
        finally:
            server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        onward, back = await asyncio.open_connection("127.0.0.1", self._target)
        await asyncio.gather(self._carry(reader, back, up=True), self._carry(onward, writer, up=False))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool) -> None:
        while piece := await reader.read(64 * 1024):
            self.up += len(piece) if up else 0
            self.down += 0 if up else len(piece)
            writer.write(piece)
            await writer.drain()
        writer.close()

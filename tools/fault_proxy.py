"""A TCP proxy that passes TLS through and breaks the line on command, while central keeps running."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass


@dataclass
class Faults:
    """What the next bytes meet; counted in bytes of the answer, over all connections."""

    drop_answer_after: int | None = None
    delay: float = 0.0
    bytes_per_second: float | None = None


class FaultProxy:
    """Start with `await start()`; `cut()` drops every socket and refuses new ones until `restore()`."""

    def __init__(self, target_host: str, target_port: int, *, host: str = "127.0.0.1") -> None:
        self._target = (target_host, target_port)
        self._host = host
        self._server: asyncio.Server | None = None
        self._lines: dict[asyncio.Task[None], set[asyncio.StreamWriter]] = {}
        self._faults = Faults()
        self._accepted = asyncio.Event()
        self.port = 0
        self.answered = 0
        self.connections = 0

    async def start(self, port: int = 0) -> int:
        self.port = await self._listen(port)
        return self.port

    async def close(self) -> None:
        await self.cut()

    async def stand(self, count: int) -> None:
        """Until so many connections stand."""
        while len(self._lines) < count:
            self._accepted.clear()
            await self._accepted.wait()

    async def cut(self) -> None:
        """Pull the cable: the port refuses, and every open connection is reset."""
        if self._server is not None:
            self._server.close()
            self._server = None
        lines = dict(self._lines)
        for task, writers in lines.items():
            for writer in writers:
                writer.transport.abort()
            task.cancel()
        await asyncio.gather(*lines, return_exceptions=True)

    async def restore(self) -> None:
        self._faults = Faults()
        if self._server is None:
            await self._listen(self.port)

    def drop_answer_after(self, count: int) -> None:
        """Let `count` more bytes of answers through, then reset that connection; once."""
        self._faults = Faults(drop_answer_after=count, delay=self._faults.delay)

    def slow(self, *, delay: float = 0.0, bytes_per_second: float | None = None) -> None:
        self._faults = Faults(delay=delay, bytes_per_second=bytes_per_second)

    async def _listen(self, port: int) -> int:
        self._server = await asyncio.start_server(self._accept, self._host, port)
        return int(self._server.sockets[0].getsockname()[1])

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._lines[task] = {writer}
        self._accepted.set()
        task.add_done_callback(lambda done: self._lines.pop(done, None))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(*self._target)
        except OSError:
            writer.transport.abort()
            return
        task = asyncio.current_task()
        assert task is not None
        self._lines[task].add(far_writer)
        up = asyncio.ensure_future(self._pump(reader, far_writer, answers=False))
        down = asyncio.ensure_future(self._pump(far_reader, writer, answers=True))
        ended_well = False
        try:
            done, _ = await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
            ended_well = all(pump.result() for pump in done)
        finally:
            for pump in (up, down):
                pump.cancel()
            await asyncio.gather(up, down, return_exceptions=True)
            for end in (writer, far_writer):
                end.close() if ended_well else end.transport.abort()

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool
    ) -> bool:
        """True when the sender closed in order; False when the line broke or was broken here."""
        try:
            while data := await reader.read(64 * 1024):
                if answers and not self._may_answer(data):
                    return False
                await self._drag(len(data))
                writer.write(data)
                await writer.drain()
                if answers:
                    self.answered += len(data)
        except OSError:
            return False
        return True

    def _may_answer(self, data: bytes) -> bool:
        left = self._faults.drop_answer_after
        if left is None:
            return True
        if len(data) > left:
            self._faults.drop_answer_after = None
            return False
        self._faults.drop_answer_after = left - len(data)
        return True

    async def _drag(self, count: int) -> None:
        wait = self._faults.delay
        if self._faults.bytes_per_second is not None:
            wait += count / self._faults.bytes_per_second
        if wait > 0:
            await asyncio.sleep(wait)

"""A TCP proxy that passes TLS through and shapes or breaks the line on command; central keeps running."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections import deque
from dataclasses import dataclass, field

from tools.line_shape import Constant, Pace, Shape

PIECE = 1460  # what one packet carries: connections share the line piece by piece
BUFFER = 16 * 1024  # of the kernel, towards the client: so that its writes feel the line
BEHIND = 0.05  # seconds a late timer may be made good


@dataclass
class Lane:
    """One direction of the line, shared by all connections."""

    pace: Pace | None = None
    carried: int = 0
    _began: float = 0.0
    _free: float = 0.0

    def carry(self, size: int, now: float) -> float:
        """When the last of these bytes has left."""
        self.carried += size
        if self.pace is None:
            return now
        start = max(now - BEHIND, self._free)
        self._free = self._began + self.pace.end(start - self._began, size)
        return self._free

    def begin(self, pace: Pace | None, now: float) -> None:
        self.pace, self._began, self._free = pace, now, now


@dataclass
class Connection:
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    def abort(self) -> None:
        for writer in self.writers:
            _reset(writer)


class FaultProxy:
    """Start with `await start()`. `up` and `down` count what the line carried since the beginning."""

    def __init__(self, target_host: str, target_port: int, *, host: str = "127.0.0.1") -> None:
        self._target = (target_host, target_port)
        self._host = host
        self._server: asyncio.Server | None = None
        self._lines: dict[asyncio.Task[None], Connection] = {}
        self._accepted = asyncio.Event()
        self._round_trip = 0.0
        self._drop_answer_after: int | None = None
        self._open = asyncio.Event()  # not set: a black hole
        self._open.set()
        self._resetting: asyncio.Task[None] | None = None
        self._up, self._down = Lane(), Lane()
        self.port = 0
        self.connections = 0
        self.resets = 0

    @property
    def asked(self) -> int:
        """Bytes towards central."""
        return self._up.carried

    @property
    def answered(self) -> int:
        """Bytes from central."""
        return self._down.carried

    async def start(self, port: int = 0) -> int:
        self.port = await self._listen(port)
        return self.port

    async def close(self) -> None:
        self.reset_every(None)
        await self.cut()

    async def stand(self, count: int) -> None:
        """Until so many connections stand."""
        while len(self._lines) < count:
            self._accepted.clear()
            await self._accepted.wait()

    # --- breaking ------------------------------------------------------------------------------------------
    async def cut(self) -> None:
        """Pull the cable: the port refuses, and every open connection is reset."""
        if self._server is not None:
            self._server.close()
            self._server = None
        lines = dict(self._lines)
        for task, line in lines.items():
            line.abort()
            task.cancel()
        await asyncio.gather(*lines, return_exceptions=True)

    async def restore(self) -> None:
        """As new, but for the counts."""
        self.reset_every(None)
        self.shape(Shape())
        self._drop_answer_after = None
        self._open.set()
        if self._server is None:
            await self._listen(self.port)

    def reset(self) -> None:
        """Every open connection is reset; new ones are welcome."""
        self.resets += 1
        for line in self._lines.values():
            line.abort()

    def reset_every(self, seconds: float | None) -> None:
        if self._resetting is not None:
            self._resetting.cancel()
            self._resetting = None
        if seconds is not None:
            self._resetting = asyncio.get_running_loop().create_task(self._reset_again(seconds))

    def black_hole(self, *, on: bool = True) -> None:
        """Connections stand and are made, and nothing comes through until it is off again."""
        if on:
            self._open.clear()
        else:
            self._open.set()

    def drop_answer_after(self, count: int) -> None:
        """Let `count` more bytes of answers through, then reset that connection; once."""
        self._drop_answer_after = count

    # --- shaping -------------------------------------------------------------------------------------------
    def shape(self, shape: Shape) -> None:
        """For the bytes to come, on every connection."""
        now = asyncio.get_running_loop().time()
        self._round_trip = shape.round_trip
        self._up.begin(shape.up, now)
        self._down.begin(shape.down, now)

    def slow(self, *, delay: float = 0.0, bytes_per_second: float | None = None) -> None:
        """`delay` each way."""
        pace = None if bytes_per_second is None else Constant(bytes_per_second)
        self.shape(Shape(pace, pace, 2 * delay))

    # --- carrying ------------------------------------------------------------------------------------------
    async def _listen(self, port: int) -> int:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        listener.bind((self._host, port))
        self._server = await asyncio.start_server(self._accept, sock=listener, limit=PIECE)
        return int(listener.getsockname()[1])

    async def _reset_again(self, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            self.reset()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        line = Connection([writer])
        task = asyncio.ensure_future(self._serve(reader, line))
        self._lines[task] = line
        self._accepted.set()
        task.add_done_callback(lambda done: self._lines.pop(done, None))

    async def _serve(self, reader: asyncio.StreamReader, line: Connection) -> None:
        (writer,) = line.writers
        try:
            far_reader, far_writer = await asyncio.open_connection(*self._target, limit=PIECE)
        except OSError:
            _reset(writer)
            return
        line.writers.append(far_writer)
        if self._round_trip:
            await asyncio.sleep(self._round_trip)  # the handshake that TCP has done with us already
        ups = Pump(self, self._up, reader, far_writer)
        downs = Pump(self, self._down, far_reader, writer)
        pumps = {asyncio.ensure_future(ups.run()), asyncio.ensure_future(downs.run())}
        ended_well = False
        try:
            done, _ = await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
            ended_well = all(pump.result() for pump in done)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            for end in line.writers:
                end.close() if ended_well else _reset(end)

    async def passes(self, lane: Lane, size: int) -> bool:
        """Whether the line takes these bytes; waits while it is a black hole."""
        await self._open.wait()
        if lane is self._down and self._drop_answer_after is not None:
            if size > self._drop_answer_after:
                self._drop_answer_after = None
                return False
            self._drop_answer_after -= size
        return True

    @property
    def one_way(self) -> float:
        return self._round_trip / 2


class Pump:
    """One direction of one connection: what has left arrives half a round trip later, in order."""

    def __init__(
        self, proxy: FaultProxy, lane: Lane, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._proxy = proxy
        self._lane = lane
        self._reader = reader
        self._writer = writer
        self._flying: deque[tuple[float, bytes]] = deque()
        self._sent = asyncio.Event()

    async def run(self) -> bool:
        """True when the sender closed in order; False when the line broke or was broken here."""
        landing = asyncio.ensure_future(self._land())
        try:
            return await self._send() and await landing
        except OSError:
            return False
        finally:
            landing.cancel()
            with contextlib.suppress(asyncio.CancelledError, OSError):
                await landing

    async def _send(self) -> bool:
        loop = asyncio.get_running_loop()
        try:
            while data := await self._reader.read(PIECE if self._lane.pace else 64 * 1024):
                if not await self._proxy.passes(self._lane, len(data)):
                    return False
                left = self._lane.carry(len(data), loop.time())
                if left > loop.time():
                    await asyncio.sleep(left - loop.time())
                self._fly(left + self._proxy.one_way, data)
        except OSError:
            return False
        self._fly(loop.time() + self._proxy.one_way, b"")
        return True

    def _fly(self, lands_at: float, data: bytes) -> None:
        self._flying.append((lands_at, data))
        self._sent.set()

    async def _land(self) -> bool:
        loop = asyncio.get_running_loop()
        while True:
            while not self._flying:
                self._sent.clear()
                await self._sent.wait()
            lands_at, data = self._flying.popleft()
            if lands_at > loop.time():
                await asyncio.sleep(lands_at - loop.time())
            if not data:
                return True
            self._writer.write(data)
            await self._writer.drain()


def _reset(writer: asyncio.StreamWriter) -> None:
    """RST instead of FIN: what is under way is lost."""
    raw = writer.get_extra_info("socket")
    if raw is not None and not writer.transport.is_closing():
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()

"""Measures the line by what goes over it: how fast it is, and how many bytes each lane has used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sync.lanes import Lane
from sync.rate import Speed, Timing

# What a body costs besides itself, compared with the proxy's count in tests/contract/test_data_budget.py.
HEAD_UP = 140  # request line and the headers that are the same in every request
HEAD_DOWN = 20  # status line
RECORD, RECORD_BYTES = 22, 16 * 1024  # TLS 1.3: head, type and tag of a record
HELLO_UP, HELLO_DOWN = 620, 1300  # the handshake, with a chain of one certificate
PACKET, PACKET_BYTES = 52, 1400  # IPv4 and TCP heads, and those of the packets that acknowledge


@dataclass(frozen=True)
class Used:
    """Bytes on the line, as whoever bills them counts."""

    up: int = 0
    down: int = 0

    def __add__(self, other: Used) -> Used:
        return Used(self.up + other.up, self.down + other.down)

    @property
    def both(self) -> int:
        return self.up + self.down


def carried(size: int) -> int:
    """What TCP carries for so many bytes of HTTP."""
    return size + RECORD * -(-size // RECORD_BYTES)


def billed(size: int) -> int:
    return size + PACKET * -(-size // PACKET_BYTES)


class Meter:
    """Lent to a transport, which tells it of every exchange; `take` empties what was counted."""

    def __init__(self) -> None:
        self.speed = Speed()
        self._used: dict[Lane, Used] = {}
        self.untaken = 0
        self.payload = Used()  # what TCP carried since the beginning

    def connected(self, lane: Lane) -> None:
        self._count(lane, HELLO_UP, HELLO_DOWN)

    def asked(self, lane: Lane, head: int, body: int) -> None:
        self._count(lane, carried(HEAD_UP + head) + (carried(body) if body else 0), 0)

    def answered(self, lane: Lane, head: int, body: int) -> None:
        self._count(lane, 0, carried(HEAD_DOWN + head + body))

    def timed(self, up: int, down: int, timing: Timing) -> None:
        self.speed = self.speed.saw(up, down, timing)

    def lost_up(self) -> None:
        self.speed = self.speed.lost_up()

    def lost_down(self) -> None:
        self.speed = self.speed.lost_down()

    def take(self) -> Mapping[Lane, Used]:
        used, self._used, self.untaken = self._used, {}, 0
        return MappingProxyType(used)

    def _count(self, lane: Lane, up: int, down: int) -> None:
        self.payload += Used(up, down)
        here = Used(billed(up) + (PACKET if down else 0), billed(down) + (PACKET if up else 0))
        self._used[lane] = self._used.get(lane, Used()) + here
        self.untaken += here.both

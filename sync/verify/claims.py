"""What the lines of a journal claim: operations chained and sealed, and acks that central signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sync.verify.chain import Chain, Sealed
from sync.verify.segments import Line
from sync.wire import token
from sync.wire.answers import Ack
from sync.wire.errors import ChainBroken, Malformed, WireError
from sync.wire.keys import PublicKey
from sync.wire.line import decode
from sync.wire.papers import Life
from sync.wire.shape import Fields
from sync.wire.token import Typ


class Claim(Enum):
    """What a line that opens can still be wrong about."""

    LINE = "line"  # not a line this program knows
    KEY = "key"  # of a life whose key is not on the paper
    OPERATION = "operation"  # does not follow, or is not sealed by the terminal
    ACK = "ack"  # not what central signed
    ACKED_GONE = "acked-gone"  # central held more than the journal shows


@dataclass(frozen=True)
class Untrue:
    claim: Claim
    line: Line
    detail: str


@dataclass
class Books:
    """The lines read so far."""

    terminal_keys: Mapping[Life, PublicKey]
    central_keys: Mapping[str, PublicKey]
    chains: dict[Life, Chain] = field(default_factory=dict)
    held: dict[Life, int] = field(default_factory=dict)
    """Highest seq that central's own signature says it held."""
    untrue: Untrue | None = None

    def read(self, lines: Iterable[Line]) -> None:
        """Up to the first line that claims what is not so."""
        for line in lines:
            try:
                for one in decode(line.data):
                    self._take(one)
            except _Wrong as wrong:
                self.untrue = Untrue(wrong.claim, line, str(wrong))
                return
            except WireError as error:
                self.untrue = Untrue(Claim.LINE, line, str(error))
                return

    def _take(self, line: dict[str, Any]) -> None:
        read = Fields(line, "line")
        kind = read.text("t")
        if kind == "op":
            life = (read.text("terminal"), read.integer("incarnation"))
            self._add(life, read.text("header").encode(), read.text("payload").encode(), line.get("seal"))
        elif kind == "rows":
            rows = read.items("rows")
            take = {"operations": self._operation_row, "acks": self._ack_row}.get(read.text("table"))
            for row in rows if take else ():
                assert take is not None
                take(row)
        elif kind not in ("gone", "begun", "whole"):
            raise Malformed(f"a line of kind {kind[:20]!r}")

    def _operation_row(self, row: Any) -> None:
        read = Fields(row, "operation")
        sealed = Sealed(_bytes(row, "header"), _bytes(row, "payload_hash"), _bytes(row, "seal"))
        life = (read.text("terminal"), read.integer("incarnation"))
        payload = row.get("payload")
        if isinstance(payload, bytes) and Sealed.of(b"", payload, b"").payload_hash != sealed.payload_hash:
            raise _Wrong(Claim.OPERATION, f"operation {read.integer('seq')}: another payload than was sealed")
        self._sealed(life, sealed)

    def _add(self, life: Life, header: bytes, payload: bytes, seal: Any) -> None:
        if not isinstance(seal, bytes):
            raise Malformed("no seal")
        self._sealed(life, Sealed.of(header, payload, seal))

    def _sealed(self, life: Life, sealed: Sealed) -> None:
        if life not in self.terminal_keys:
            raise _Wrong(Claim.KEY, f"{life[0]}/{life[1]}")
        chain = self.chains.setdefault(life, Chain(*life, self.terminal_keys[life]))
        try:
            chain.add(sealed)
        except WireError as error:
            raise _Wrong(Claim.OPERATION, str(error)) from error

    def _ack_row(self, row: Any) -> None:
        read = Fields(row, "ack")
        try:
            ack = Ack.parse(token.verify(read.text("token"), self.central_keys, Typ.ACK))
            told = (ack.terminal, ack.incarnation, ack.high_water, ack.chain)
            kept = (read.text("terminal"), read.integer("incarnation"), read.integer("high_water"))
            if told != (*kept, _bytes(row, "chain")):
                raise ChainBroken("the row says something else than central signed")
        except WireError as error:
            raise _Wrong(Claim.ACK, str(error)) from error
        self._held((ack.terminal, ack.incarnation), ack.high_water, ack.chain)

    def _held(self, life: Life, high_water: int, link: bytes) -> None:
        chain = self.chains.get(life)
        count = chain.count if chain else 0
        if high_water > count:
            raise _Wrong(Claim.ACKED_GONE, f"{life[0]}/{life[1]}: {high_water}, {count}")
        if chain is not None and chain.links[high_water] != link:
            raise _Wrong(Claim.ACK, f"central held another operation {high_water}")
        self.held[life] = max(high_water, self.held.get(life, 0))


class _Wrong(Exception):
    def __init__(self, claim: Claim, detail: str) -> None:
        super().__init__(detail)
        self.claim = claim


def _bytes(row: Mapping[str, Any], name: str) -> bytes:
    value = row.get(name)
    if not isinstance(value, bytes):
        raise Malformed(f"{name} is not bytes")
    return value

"""Pure: what a batch says against what central knows of the chain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from central.unsealing import Openers, opened
from sync.wire.batch import Batch
from sync.wire.errors import Malformed
from sync.wire.keys import PublicKey
from sync.wire.operation import Header, Operation, chain_link, seal_bytes

UNREADABLE = "unreadable"  # the kind that stands in the row of an operation without a header
_ESCAPED = re.compile(rb"\\u(0000|[dD][89a-fA-F])")


@dataclass(frozen=True)
class Received:
    """One operation at its place in the chain. What cannot be read keeps its place all the same."""

    seq: int
    op: str
    link: bytes
    raw: Operation
    header: Header | None
    payload: dict[str, Any] | None  # with what was sealed in it, where it could be opened


def read(batch: Batch, key: PublicKey, openers: Openers) -> list[Received]:
    """Raises BadSignature when the seal is not over exactly these bytes, Malformed when there is none."""
    received: list[Received] = []
    link = batch.prev
    for seq, raw in enumerate(batch.operations, batch.first_seq):
        link = chain_link(link, raw.header_bytes, raw.payload_bytes)
        received.append(_one(seq, link, raw, openers))
    if batch.operations:
        if batch.seal is None:
            raise Malformed("no seal")
        key.verify(batch.seal, seal_bytes(batch.terminal, batch.incarnation, received[-1].seq, link))
    return received


def _one(seq: int, link: bytes, raw: Operation, openers: Openers) -> Received:
    try:
        header: Header | None = raw.header if plain(raw.header_bytes) else None
    except Malformed:
        header = None
    if header is not None and header.seq != seq:
        header = None
    try:
        payload = opened(raw.payload, openers) if plain(raw.payload_bytes) else None
    except Malformed:
        payload = None
    return Received(
        seq, header.op if header else f"{UNREADABLE}-{link.hex()[:24]}", link, raw, header, payload
    )


def plain(data: bytes) -> bool:
    """No NUL and no surrogate, which not every database keeps; canonical text escapes only controls."""
    return _ESCAPED.search(data) is None

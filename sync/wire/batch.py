"""A batch of operations on its way up (PROTOCOL.md §3): zstd of a preamble and two lines an operation."""

from dataclasses import dataclass
from typing import Any

from sync.wire import canon
from sync.wire.encoding import b64, unb64, unhex
from sync.wire.errors import ChainBroken, Malformed
from sync.wire.keys import PublicKey
from sync.wire.operation import LINK_BYTES, Operation, chain_link, seal_bytes
from sync.wire.zipped import pack, unpack

MEDIA_TYPE = "application/vnd.yizhan.batch+zstd"
VERSION = 1
MAX_OPERATIONS = 1000
MAX_UNPACKED = 4 * 1024 * 1024
MAX_PREAMBLE = 1024 * 1024  # an ack is in it, where it came without a receipt
MAX_BODY = MAX_UNPACKED - 64 * 1024  # of operations: the rest is for what the batch begins with


@dataclass(frozen=True)
class Batch:
    terminal: str
    incarnation: int
    first_seq: int
    prev: bytes
    seal: bytes | None  # of the last operation; None exactly when there is none
    last_ack: str | None
    nonce: str
    operations: tuple[Operation, ...]
    results: tuple[int, int] | None = None  # first and last of earlier ones whose answer was lost


def encode(batch: Batch, *, level: int = 6) -> bytes:
    preamble: dict[str, Any] = {
        "v": VERSION,
        "terminal": batch.terminal,
        "incarnation": batch.incarnation,
        "first_seq": batch.first_seq,
        "count": len(batch.operations),
        "prev": batch.prev.hex(),
        "nonce": batch.nonce,
    }
    if batch.seal is not None:
        preamble["seal"] = b64(batch.seal)
    if batch.last_ack is not None:
        preamble["last_ack"] = batch.last_ack
    if batch.results is not None:
        preamble["results"] = list(batch.results)
    lines = [canon.encode(preamble)]
    for operation in batch.operations:
        lines += (operation.header_bytes, operation.payload_bytes)
    return pack(b"\n".join(lines) + b"\n", level)


def decode(data: bytes) -> Batch:
    """Raises Malformed. Neither signature nor chain is checked here: see `check_chain`."""
    lines = unpack(data, MAX_UNPACKED).split(b"\n")
    if lines.pop() != b"":
        raise Malformed("last line is not ended")
    preamble = canon.decode_object(lines[0], limit=MAX_PREAMBLE) if lines else {}
    try:
        batch = _from_preamble(preamble, lines[1:])
    except (KeyError, TypeError, AttributeError) as error:
        raise Malformed(f"preamble: {error}") from error
    if preamble["count"] != len(batch.operations) or (batch.seal is None) != (not batch.operations):
        raise Malformed("count or seal does not fit the operations")
    return batch


def check_chain(batch: Batch, key: PublicKey) -> tuple[bytes, ...]:
    """The links, one per operation. Raises ChainBroken, Malformed, or BadSignature (of the last seal)."""
    links: list[bytes] = []
    link = batch.prev
    for offset, operation in enumerate(batch.operations):
        if operation.header.seq != batch.first_seq + offset:
            raise ChainBroken(f"seq {operation.header.seq} where {batch.first_seq + offset} belongs")
        link = chain_link(link, operation.header_bytes, operation.payload_bytes)
        links.append(link)
    if batch.operations and batch.seal is not None:
        last = batch.first_seq + len(batch.operations) - 1
        key.verify(batch.seal, seal_bytes(batch.terminal, batch.incarnation, last, link))
    return tuple(links)


def _from_preamble(preamble: dict[str, Any], lines: list[bytes]) -> Batch:
    if preamble["v"] != VERSION:
        raise Malformed("unknown version of the batch")
    for name, kind in (
        ("terminal", str),
        ("incarnation", int),
        ("first_seq", int),
        ("nonce", str),
        ("count", int),
    ):
        if not isinstance(preamble[name], kind) or isinstance(preamble[name], bool):
            raise Malformed(f"preamble {name} is not {kind.__name__}")
    if preamble["first_seq"] < 1 or preamble["incarnation"] < 1:
        raise Malformed("incarnation and first_seq start at 1")
    if len(lines) % 2 or len(lines) // 2 > MAX_OPERATIONS:
        raise Malformed("odd lines or too many operations")
    seal, last_ack = preamble.get("seal"), preamble.get("last_ack")
    if last_ack is not None and not isinstance(last_ack, str):
        raise Malformed("last_ack is not text")
    results = preamble.get("results")
    if results is not None and not _is_span(results, preamble["first_seq"]):
        raise Malformed("results is not a span before the first operation")
    return Batch(
        terminal=preamble["terminal"],
        incarnation=preamble["incarnation"],
        first_seq=preamble["first_seq"],
        prev=unhex(preamble["prev"], LINK_BYTES),
        seal=None if seal is None else unb64(seal),
        last_ack=last_ack,
        nonce=preamble["nonce"],
        operations=tuple(Operation(lines[i], lines[i + 1]) for i in range(0, len(lines), 2)),
        results=None if results is None else (results[0], results[1]),
    )


def _is_span(span: Any, end: int) -> bool:
    if not isinstance(span, list) or len(span) != 2 or not all(type(at) is int for at in span):
        return False
    first, last = span
    return bool(1 <= first <= last < end and last - first < MAX_OPERATIONS)

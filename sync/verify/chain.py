"""One life's chain of operations, link by link and seal by seal; and the codes on slips against it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sync.wire import canon
from sync.wire.encoding import unb64, unhex
from sync.wire.errors import BadSignature, ChainBroken, Malformed, WireError
from sync.wire.keys import PublicKey
from sync.wire.operation import LINK_BYTES, Header, chain_link_over, chain_start, seal_bytes
from sync.wire.shape import Fields
from sync.wire.slipcode import SlipCode

VERSION = 1


class NoExport(Malformed):
    """The file does not begin as an exported chain does: another file, most likely."""


@dataclass(frozen=True)
class Sealed:
    """One operation as an auditor gets it; of a pruned payload the hash is left."""

    header: bytes
    payload_hash: bytes
    seal: bytes

    @classmethod
    def of(cls, header: bytes, payload: bytes, seal: bytes) -> Sealed:
        return cls(header, hashlib.sha256(payload).digest(), seal)


class Chain:
    """A chain that holds so far: `links[n]` is the link of operation n, `links[0]` the chain's start."""

    def __init__(self, terminal: str, incarnation: int, key: PublicKey) -> None:
        self.terminal = terminal
        self.incarnation = incarnation
        self.key = key
        self.links = [chain_start(terminal, incarnation)]

    @property
    def count(self) -> int:
        return len(self.links) - 1

    def add(self, one: Sealed) -> None:
        """The next operation, or one that is there already. Raises WireError, naming the operation."""
        seq = self.count + 1
        try:
            said = Header.decode(one.header).seq
            if said > seq or said < 1:
                raise ChainBroken(f"operation {said} stands where {seq} belongs")
            link = chain_link_over(self.links[said - 1], one.header, one.payload_hash)
            self.key.verify(one.seal, seal_bytes(self.terminal, self.incarnation, said, link))
            if said < seq and self.links[said] != link:
                raise ChainBroken("was another operation before")
        except WireError as error:
            raise type(error)(f"operation {seq}: {error}") from error
        if said == seq:
            self.links.append(link)

    def check_slip(self, text: str) -> int:
        """The sequence number it stands for. Raises WireError."""
        slip = SlipCode.parse(text)
        if (slip.terminal, slip.incarnation) != (self.terminal, self.incarnation):
            raise ChainBroken(f"the slip is of {slip.terminal}/{slip.incarnation}")
        slip.verify(self.key)
        if slip.seq > self.count:
            raise ChainBroken(f"the slip is of operation {slip.seq}, the chain ends at {self.count}")
        if slip.link != self.links[slip.seq]:
            raise ChainBroken(f"another operation {slip.seq} than the one on the slip")
        return slip.seq


def audit(lines: Iterable[bytes]) -> Chain:
    """Of an exported chain. Raises NoExport; or Malformed, ChainBroken, BadSignature naming the operation."""
    rest = iter(lines)
    try:
        chain = _begun(next(rest, b""))
    except Malformed as error:
        raise NoExport(str(error)) from error
    for line in rest:
        before = chain.count
        try:
            chain.add(_read(line))
        except Malformed as error:
            raise Malformed(f"operation {before + 1}: {error}") from error
        if chain.count == before:
            raise ChainBroken(f"operation {before + 1}: one from before stands here again")
    return chain


def _begun(line: bytes) -> Chain:
    head = Fields(canon.decode(line), "head")
    if head.integer("v") != VERSION:
        raise Malformed("an export of another version")
    key = PublicKey.from_jwk(head.mapping("key"))
    return Chain(head.text("terminal"), head.integer("incarnation"), key)


def _read(line: bytes) -> Sealed:
    read = Fields(canon.decode(line), "operation")
    payload = read.optional_text("payload")
    digest = (
        unhex(read.text("payload_sha256"), LINK_BYTES)
        if payload is None
        else hashlib.sha256(unb64(payload)).digest()
    )
    return Sealed(unb64(read.text("header")), digest, unb64(read.text("seal")))


def check_kid(key: PublicKey, known: str) -> None:
    """Raises BadSignature where central knows another key."""
    if key.kid != known:
        raise BadSignature(f"the key is {key.kid}, not {known}")

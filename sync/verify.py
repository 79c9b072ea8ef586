"""`yizhan-verify`: checks an exported chain and the codes on slips, with nothing but the wire."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sync.wire import canon
from sync.wire.encoding import unb64, unhex
from sync.wire.errors import BadSignature, ChainBroken, Malformed, WireError
from sync.wire.keys import PublicKey
from sync.wire.operation import LINK_BYTES, Header, chain_link_over, chain_start, seal_bytes
from sync.wire.shape import Fields
from sync.wire.slipcode import SlipCode

VERSION = 1


@dataclass(frozen=True)
class Audit:
    """A chain that holds: `links[n]` is the link of operation n, `links[0]` the chain's start."""

    terminal: str
    incarnation: int
    key: PublicKey
    links: tuple[bytes, ...]

    @property
    def count(self) -> int:
        return len(self.links) - 1

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


def audit(lines: Iterable[bytes]) -> Audit:
    """Raises Malformed, ChainBroken or BadSignature, each naming the operation."""
    rest = iter(lines)
    head = Fields(canon.decode(next(rest, b"")), "head")
    if head.integer("v") != VERSION:
        raise Malformed("an export of another version")
    terminal, incarnation = head.text("terminal"), head.integer("incarnation")
    key = PublicKey.from_jwk(head.mapping("key"))
    links = [chain_start(terminal, incarnation)]
    for line in rest:
        seq = len(links)
        try:
            link, seal = _link(line, links[-1], seq)
            key.verify(seal, seal_bytes(terminal, incarnation, seq, link))
        except WireError as error:
            raise type(error)(f"operation {seq}: {error}") from error
        links.append(link)
    return Audit(terminal, incarnation, key, tuple(links))


def _link(line: bytes, previous: bytes, seq: int) -> tuple[bytes, bytes]:
    read = Fields(canon.decode(line), "operation")
    header = unb64(read.text("header"))
    if Header.decode(header).seq != seq:
        raise ChainBroken("not the next in sequence")
    payload = read.optional_text("payload")
    digest = (
        unhex(read.text("payload_sha256"), LINK_BYTES)
        if payload is None
        else hashlib.sha256(unb64(payload)).digest()
    )
    return chain_link_over(previous, header, digest), unb64(read.text("seal"))


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="yizhan-verify", description=__doc__)
    parser.add_argument("export", type=Path, help="the exported chain, JSON lines")
    parser.add_argument(
        "--key",
        metavar="KID",
        help="the key central knows this terminal by; as --key=KID, since it may begin with a dash",
    )
    parser.add_argument("--slip", action="append", default=[], metavar="CODE", help="what a slip's QR says")
    options = parser.parse_args(words)
    say = sys.stdout.write
    try:
        found = audit(options.export.read_bytes().splitlines())
        say(f"{found.terminal}/{found.incarnation}: {found.count} 笔，链完好 · operations, the chain holds\n")
        say(f"{found.count}  {found.links[-1].hex()}  {found.key.kid}\n")
        if options.key is not None and options.key != found.key.kid:
            raise BadSignature(f"the key is {found.key.kid}, not {options.key}")
        for text in options.slip:
            say(f"凭条属实 · the slip is true: {found.check_slip(text)}\n")
    except OSError as error:
        sys.stderr.write(f"读不到文件 · cannot read: {error.filename}: {error.strerror}\n")
        return 2
    except WireError as error:
        sys.stderr.write(f"不符 · does not hold: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

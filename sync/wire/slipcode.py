"""The QR on every slip: the terminal's seal over the chain up to its operation (PROTOCOL.md §2)."""

import re
from dataclasses import dataclass

from sync.wire.encoding import b64, unb64, unhex
from sync.wire.errors import Malformed
from sync.wire.keys import PublicKey
from sync.wire.operation import LINK_BYTES, seal_bytes

PREFIX = "YZS1"
_FORM = re.compile(
    PREFIX + r"\.([\x21-\x7e]{1,64})\.([0-9]{1,15})\.([0-9]{1,15})\.([0-9a-f]+)\.([\w-]+)", re.ASCII
)


@dataclass(frozen=True)
class SlipCode:
    terminal: str
    incarnation: int
    seq: int
    link: bytes
    seal: bytes

    def __str__(self) -> str:
        parts = (PREFIX, self.terminal, self.incarnation, self.seq, self.link.hex(), b64(self.seal))
        return ".".join(str(part) for part in parts)

    @classmethod
    def parse(cls, text: str) -> "SlipCode":
        found = _FORM.fullmatch(text.strip())
        if found is None:
            raise Malformed("not a slip code")
        terminal, incarnation, seq, link, seal = found.groups()
        return cls(terminal, int(incarnation), int(seq), unhex(link, LINK_BYTES), unb64(seal))

    def verify(self, key: PublicKey) -> None:
        """Raises BadSignature."""
        key.verify(self.seal, seal_bytes(self.terminal, self.incarnation, self.seq, self.link))

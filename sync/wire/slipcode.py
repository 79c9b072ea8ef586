"""The QR on every slip: the terminal's seal over the chain up to its operation (PROTOCOL.md §2)."""

from dataclasses import dataclass

from sync.wire.encoding import b64, unb64, unhex
from sync.wire.errors import Malformed
from sync.wire.keys import PublicKey
from sync.wire.operation import LINK_BYTES, seal_bytes

PREFIX = "YZS1"


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
        parts = text.strip().split(".")
        if len(parts) != 6 or parts[0] != PREFIX or not parts[2].isdecimal() or not parts[3].isdecimal():
            raise Malformed("not a slip code")
        return cls(parts[1], int(parts[2]), int(parts[3]), unhex(parts[4], LINK_BYTES), unb64(parts[5]))

    def verify(self, key: PublicKey) -> None:
        """Raises BadSignature."""
        key.verify(self.seal, seal_bytes(self.terminal, self.incarnation, self.seq, self.link))

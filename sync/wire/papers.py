"""What an auditor is handed besides the journal: the terminal's keys to it, and central's word of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sync.wire import canon
from sync.wire.encoding import b64, unb64, unhex
from sync.wire.errors import Malformed
from sync.wire.keys import PublicKey, signers
from sync.wire.operation import LINK_BYTES
from sync.wire.shape import Fields

VERSION = 1
Life = tuple[str, int]
"""Terminal and incarnation."""
OPENS = {
    "zh": "能读出流水里的全部内容，包括个人信息；不能打开账本文件，也不能签名。用后销毁",
    "en": "opens every line of the journal, personal data included; it opens no ledger file and signs"
    " nothing. Destroy it after the audit",
}


@dataclass(frozen=True)
class KeyPaper:
    """`yizhan audit-key` writes it: what reads the journal, and the keys the terminal says are its own."""

    terminal: str
    journal_key: bytes
    lives: tuple[dict[str, Any], ...]  # {terminal, incarnation, key: JWK}
    central_keys: tuple[dict[str, Any], ...]

    def encode(self) -> bytes:
        return canon.encode(
            {
                "v": VERSION,
                "opens": OPENS,
                "terminal": self.terminal,
                "journal_key": b64(self.journal_key),
                "lives": list(self.lives),
                "central_keys": list(self.central_keys),
            }
        )

    @classmethod
    def decode(cls, data: bytes) -> KeyPaper:
        """Raises Malformed."""
        read = Fields(canon.decode(data), "key paper")
        if read.integer("v") != VERSION:
            raise Malformed("a key paper of another version")
        key = unb64(read.text("journal_key"))
        if len(key) != 32:
            raise Malformed("the journal's key has 32 bytes")
        made = cls(read.text("terminal"), key, tuple(read.items("lives")), tuple(read.items("central_keys")))
        made.keys()
        signers(made.central_keys)
        return made

    def keys(self) -> dict[Life, PublicKey]:
        """Raises Malformed."""
        lives = [Fields(one, "life") for one in self.lives]
        return {
            (life.text("terminal"), life.integer("incarnation")): PublicKey.from_jwk(life.mapping("key"))
            for life in lives
        }


@dataclass(frozen=True)
class Known:
    """What central holds of one life."""

    kid: str
    high_water: int
    link: bytes


@dataclass(frozen=True)
class Witness:
    """`yizhan-central witness` writes it, for the auditor to fetch from central, never from the terminal."""

    terminal: str
    lives: dict[int, Known]
    central_kids: tuple[str, ...]

    def encode(self) -> bytes:
        lives = [
            {"incarnation": n, "kid": one.kid, "high_water": one.high_water, "chain": one.link.hex()}
            for n, one in self.lives.items()
        ]
        return canon.encode(
            {"v": VERSION, "terminal": self.terminal, "lives": lives, "central": list(self.central_kids)}
        )

    @classmethod
    def decode(cls, data: bytes) -> Witness:
        """Raises Malformed."""
        read = Fields(canon.decode(data), "witness")
        if read.integer("v") != VERSION:
            raise Malformed("a witness of another version")
        lives = [Fields(one, "life") for one in read.items("lives")]
        return cls(
            read.text("terminal"),
            {
                life.integer("incarnation"): Known(
                    life.text("kid"), life.integer("high_water"), unhex(life.text("chain"), LINK_BYTES)
                )
                for life in lives
            },
            read.texts("central"),
        )

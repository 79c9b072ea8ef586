"""Where this terminal keeps its secrets: a port, for a TPM, DPAPI or a passphrase to stand behind."""

from enum import Enum
from typing import Protocol

LEDGER = "ledger"
JOURNAL = "journal"
CACHE = "cache"
ATTACHMENTS = "attachments"


class Protection(Enum):
    """What stands between a thief of the disk and the keys."""

    OBFUSCATED = "obfuscated"  # nothing but this program's source
    PASSPHRASE = "passphrase"  # noqa: S105 - a word, not a password
    HARDWARE = "hardware"


class KeyStore(Protocol):
    @property
    def protection(self) -> Protection: ...

    def get(self, name: str) -> bytes | None:
        """The secret of this name; raises KeyUnavailable."""

    def put(self, name: str, secret: bytes) -> None:
        """Durable when it returns; a name is never given another secret. Raises StoreError."""

"""The enrolment code: a one-time secret and the fingerprint of the CA to trust, short enough to type."""

import hashlib
import os
from dataclasses import dataclass

from sync.wire.errors import Malformed

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32
SECRET_LENGTH = 8
FINGERPRINT_LENGTH = 16
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


@dataclass(frozen=True)
class EnrolmentCode:
    secret: str
    fingerprint: str

    def __str__(self) -> str:
        groups = (self.fingerprint[i : i + 4] for i in range(0, FINGERPRINT_LENGTH, 4))
        return "-".join((self.secret, *groups))

    @classmethod
    def new(cls, ca_der: bytes) -> "EnrolmentCode":
        return cls(base32(os.urandom(5)), ca_fingerprint(ca_der))

    @classmethod
    def parse(cls, text: str) -> "EnrolmentCode":
        """As typed: case, dashes and look-alikes forgiven. Raises Malformed."""
        plain = text.upper().translate(_READ_AS)
        if len(plain) != SECRET_LENGTH + FINGERPRINT_LENGTH or any(c not in ALPHABET for c in plain):
            raise Malformed("not an enrolment code")
        return cls(plain[:SECRET_LENGTH], plain[SECRET_LENGTH:])

    def trusts(self, ca_der: bytes) -> bool:
        return self.fingerprint == ca_fingerprint(ca_der)


def ca_fingerprint(ca_der: bytes) -> str:
    """The first 80 bits of the certificate's SHA-256."""
    return base32(hashlib.sha256(ca_der).digest()[:10])


def base32(data: bytes) -> str:
    """Length of `data` in bytes must be a multiple of 5."""
    number = int.from_bytes(data, "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(len(data) * 8 - 5, -1, -5))

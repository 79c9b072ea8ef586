"""TLS towards central: its private CA alone is trusted, and certificate dates are judged by trusted time."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sync.clock import Proven
from sync.wire.code import EnrolmentCode
from sync.wire.errors import Malformed, WrongAnswer

if TYPE_CHECKING:
    from cryptography import x509  # only the line needs it: no start waits for it

Now = Callable[[], Proven | None]

NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME: OpenSSL would ask the wall clock
DATES = "certificate dates"


@dataclass(frozen=True)
class Authority:
    """Central's private CA, as kept on this machine."""

    pem: str

    @classmethod
    def from_code(cls, pem: bytes, code: EnrolmentCode) -> Authority:
        """Raises Malformed, or WrongAnswer when the code names another CA; then nobody has parsed it."""
        try:
            der = ssl.PEM_cert_to_DER_cert(pem.decode("ascii"))
        except ValueError as error:
            raise Malformed("not a certificate") from error
        if not code.trusts(der):
            raise WrongAnswer("the code names another authority")
        return cls(ssl.DER_cert_to_PEM_cert(der))


def context(authority: Authority, now: Now) -> ssl.SSLContext:
    """Takes milliseconds: call it off the loop."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.load_verify_locations(cadata=authority.pem)
    made.verify_flags = ssl.VerifyFlags(made.verify_flags | NO_CHECK_TIME)
    made.sslobject_class = _dated(_authority_dates(authority), now)
    return made


def unverified_context() -> ssl.SSLContext:
    """For fetching the CA itself, which is then held against the code."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


@dataclass(frozen=True)
class _Dates:
    begin: datetime
    end: datetime

    def judge(self, now: Proven) -> None:
        """An inexact moment is the earliest it can be: it shows what is over, not what has yet to begin."""
        if now.at > self.end or (now.exact and now.at < self.begin):
            raise ssl.SSLCertVerificationError(
                f"{DATES}: {self.begin:%Y-%m-%d} to {self.end:%Y-%m-%d}, and it is {now.at:%Y-%m-%d}"
            )


def _authority_dates(authority: Authority) -> _Dates:
    certificate = _certificate(authority.pem.encode())
    return _Dates(certificate.not_valid_before_utc, certificate.not_valid_after_utc)


def _certificate(pem: bytes) -> x509.Certificate:
    from cryptography import x509

    return x509.load_pem_x509_certificate(pem)


def _peer_dates(certificate: dict[str, Any]) -> _Dates:
    begin, end = (ssl.cert_time_to_seconds(certificate[key]) for key in ("notBefore", "notAfter"))
    return _Dates(datetime.fromtimestamp(begin, UTC), datetime.fromtimestamp(end, UTC))


def _dated(authority: _Dates, now: Now) -> type[ssl.SSLObject]:
    class Dated(ssl.SSLObject):
        """Finishes the handshake only with a certificate that is valid by trusted time."""

        def do_handshake(self) -> None:
            super().do_handshake()
            moment = now()
            certificate = self.getpeercert()
            if moment is not None and certificate:
                authority.judge(moment)
                _peer_dates(certificate).judge(moment)

    return Dated

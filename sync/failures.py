"""What can go wrong between here and central, as types; only `sync.transport` makes them of foreign errors.

LinkError                 the world failed; nothing is lost; tried again later
├── NoLink                nothing was sent: no way, refused, no such name, no connection in time
├── AnswerLost            sent, and no whole answer came: central may have it or not
├── HostileAnswer         something else than central answered (captive portal, proxy, replay)
│   └── WrongCertificate  the other side is not certified by our central, or not at this date
└── Refusal               central answered with a problem document
    ├── CentralBusy       overloaded or broken: later
    │   └── SlowDown      nothing was taken in: again at our turn
    ├── SequenceGap       signed; central expects another sequence number
    ├── ChainFork         signed; the same number came with other bytes
    ├── IncarnationClosed signed; this life of the terminal is over
    ├── EvidenceMissing   signed; central lost a part of its past and asks what it had said
    └── Resync            the asked-for base is gone: take the whole
"""

from __future__ import annotations

from enum import Enum

from sync.errors import WorldError
from sync.wire.problems import Problem


class LinkError(WorldError):
    pass


class NoLink(LinkError):
    pass


class AnswerLost(LinkError):
    pass


class Hostility(Enum):
    CAPTIVE_PORTAL = "captive-portal"
    WRONG_SIGNATURE = "wrong-signature"
    WRONG_NONCE = "wrong-nonce"
    MALFORMED = "malformed"
    CERTIFICATE = "certificate"
    CERTIFICATE_DATES = "certificate-dates"


class HostileAnswer(LinkError):
    def __init__(self, hostility: Hostility, detail: str) -> None:
        super().__init__(f"{hostility.value}: {detail}")
        self.hostility = hostility


class WrongCertificate(HostileAnswer):
    pass


class Refusal(LinkError):
    """`problem` is None when the document names none of ours."""

    def __init__(self, problem: Problem | None, status: int, detail: str) -> None:
        super().__init__(f"{status} {problem.value if problem else 'unknown problem'}: {detail}")
        self.problem = problem
        self.status = status


class CentralBusy(Refusal):
    def __init__(
        self, problem: Problem | None, status: int, detail: str, retry_after: float | None = None
    ) -> None:
        super().__init__(problem, status, detail)
        self.retry_after = retry_after


class SlowDown(CentralBusy):
    pass


class SequenceGap(Refusal):
    def __init__(self, expected: int) -> None:
        super().__init__(Problem.SEQUENCE_GAP, 409, f"expected {expected}")
        self.expected = expected


class ChainFork(Refusal):
    pass


class IncarnationClosed(Refusal):
    pass


class EvidenceMissing(Refusal):
    def __init__(self, from_seq: int, from_change: int) -> None:
        super().__init__(Problem.EVIDENCE_MISSING, 409, f"from {from_seq} and change {from_change} on")
        self.from_seq = from_seq
        self.from_change = from_change


class Resync(Refusal):
    pass

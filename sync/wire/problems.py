"""The closed list of problem types (RFC 9457) that central answers with."""

from enum import Enum
from typing import Any

MEDIA_TYPE = "application/problem+json"
PREFIX = "urn:yizhan:problem:"


class Problem(Enum):
    """Value: the name after the prefix. `status` is the HTTP status it comes with."""

    MALFORMED = "malformed"
    UNSIGNED = "unsigned"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not-found"
    METHOD_NOT_ALLOWED = "method-not-allowed"
    CODE_UNKNOWN = "code-unknown"
    CODE_USED = "code-used"
    POINT_UNKNOWN = "point-unknown"
    SEQUENCE_GAP = "sequence-gap"
    CHAIN_FORK = "chain-fork"
    INCARNATION_CLOSED = "incarnation-closed"
    EVIDENCE_MISSING = "evidence-missing"
    RESYNC = "resync"
    TOO_LARGE = "too-large"
    OVER_QUOTA = "over-quota"
    RANGE = "range"
    HASH_MISMATCH = "hash-mismatch"
    SLOW_DOWN = "slow-down"
    BUSY = "busy"
    FAILURE = "failure"

    @property
    def status(self) -> int:
        return _STATUS[self]

    @property
    def urn(self) -> str:
        return PREFIX + self.value


_STATUS = {
    Problem.MALFORMED: 400,
    Problem.UNSIGNED: 401,
    Problem.FORBIDDEN: 403,
    Problem.NOT_FOUND: 404,
    Problem.METHOD_NOT_ALLOWED: 405,
    Problem.CODE_UNKNOWN: 404,
    Problem.CODE_USED: 409,
    Problem.POINT_UNKNOWN: 422,
    Problem.SEQUENCE_GAP: 409,
    Problem.CHAIN_FORK: 409,
    Problem.INCARNATION_CLOSED: 409,
    Problem.EVIDENCE_MISSING: 409,
    Problem.RESYNC: 410,
    Problem.TOO_LARGE: 413,
    Problem.OVER_QUOTA: 413,
    Problem.RANGE: 416,
    Problem.HASH_MISMATCH: 422,
    Problem.SLOW_DOWN: 429,
    Problem.BUSY: 503,
    Problem.FAILURE: 500,
}


def document(problem: Problem, detail: str, **extra: Any) -> dict[str, Any]:
    title = problem.value.replace("-", " ")
    return {"type": problem.urn, "title": title, "status": problem.status, "detail": detail, **extra}


def parse(document: Any) -> Problem | None:
    """None when it is not one of ours."""
    urn = document.get("type") if isinstance(document, dict) else None
    if not isinstance(urn, str) or not urn.startswith(PREFIX):
        return None
    try:
        return Problem(urn.removeprefix(PREFIX))
    except ValueError:
        return None

"""Central's refusals that move this terminal's state: believed only if signed for this very question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sync.failures import (
    ChainFork,
    EvidenceMissing,
    HostileAnswer,
    Hostility,
    IncarnationClosed,
    Resync,
    SequenceGap,
)
from sync.transport import Answer, hostile
from sync.wire import canon, problems, token
from sync.wire.errors import WireError, WrongAnswer
from sync.wire.keys import PublicKey
from sync.wire.problems import Problem
from sync.wire.token import Typ

_KINDS = {
    Problem.CHAIN_FORK: ChainFork,
    Problem.INCARNATION_CLOSED: IncarnationClosed,
    Problem.RESYNC: Resync,
}
SIGNED = frozenset({Problem.SEQUENCE_GAP, Problem.EVIDENCE_MISSING, *_KINDS})


def read_problem(answer: Answer, keys: Mapping[str, PublicKey], nonce: str) -> Exception:
    """What to raise for it. Raises HostileAnswer itself where the signature is not central's."""
    text = canon.decode_object(answer.body).get("token")
    if not isinstance(text, str):
        return HostileAnswer(Hostility.WRONG_SIGNATURE, "a problem that moves state is not signed")
    payload = verified(text, keys, Typ.PROBLEM)
    check_nonce(payload, nonce)
    problem = problems.parse(payload)
    if problem is Problem.SEQUENCE_GAP:
        return _gap(payload)
    if problem is Problem.EVIDENCE_MISSING:
        return _missing(payload)
    kind = _KINDS.get(problem) if problem else None
    if kind is None:
        return HostileAnswer(Hostility.MALFORMED, "a signed problem of no known kind")
    return kind(problem, answer.status, str(payload.get("detail", ""))[:500])


def verified(text: str, keys: Mapping[str, PublicKey], typ: Typ) -> dict[str, Any]:
    try:
        return token.verify(text, keys, typ)
    except WireError as error:
        raise hostile(error) from error


def check_nonce(payload: Mapping[str, Any], nonce: str | None) -> None:
    if nonce is not None and payload.get("nonce") != nonce:
        raise hostile(WrongAnswer("not the nonce we asked with"))


def _gap(payload: Mapping[str, Any]) -> Exception:
    expected = payload.get("expected")
    if not isinstance(expected, int) or expected < 1:
        return HostileAnswer(Hostility.MALFORMED, "a gap without the expected number")
    return SequenceGap(expected)


def _missing(payload: Mapping[str, Any]) -> Exception:
    seq, change = payload.get("from_seq"), payload.get("from_change")
    if not isinstance(seq, int) or not isinstance(change, int) or seq < 1 or change < 0:
        return HostileAnswer(Hostility.MALFORMED, "evidence is missing, but not from where")
    return EvidenceMissing(seq, change)

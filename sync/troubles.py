"""What a failure means for the engine, and which lock this terminal: the same by line and by courier."""

from __future__ import annotations

from sync import errors, failures
from sync.identity import IdentityState
from sync.policy import Step, Trouble
from sync.wire.problems import Problem

LOCKS = {
    Trouble.CHAIN_FORK: IdentityState.FORKED,
    Trouble.RESTORED: IdentityState.LOCKED,
    Trouble.INCARNATION_CLOSED: IdentityState.CLOSED,
}
SAID = {  # by central's signed problem
    Problem.CHAIN_FORK: Trouble.CHAIN_FORK,
    Problem.INCARNATION_CLOSED: Trouble.INCARNATION_CLOSED,
}
LOCKED_BY = {state: trouble for trouble, state in LOCKS.items()}

_HOSTILE = {
    failures.Hostility.CAPTIVE_PORTAL: Trouble.CAPTIVE_PORTAL,
    failures.Hostility.CERTIFICATE: Trouble.WRONG_CERTIFICATE,
    failures.Hostility.CERTIFICATE_DATES: Trouble.CERTIFICATE_DATES,
}


def trouble_of(step: Step, error: Exception) -> Trouble:  # noqa: PLR0911  one line a kind
    match error:
        case failures.NoLink():
            return Trouble.NO_LINK
        case failures.AnswerLost():
            return Trouble.ANSWER_LOST
        case failures.HostileAnswer(hostility=hostility):
            return _HOSTILE.get(hostility, Trouble.WRONG_ANSWER)
        case errors.Restored():
            return Trouble.RESTORED
        case failures.ChainFork() | errors.ChainFork():
            return Trouble.CHAIN_FORK
        case failures.IncarnationClosed():
            return Trouble.INCARNATION_CLOSED
        case failures.SlowDown():
            return Trouble.OUR_TURN
        case failures.CentralBusy():
            return Trouble.CENTRAL_BUSY
        case failures.Refusal() if step in (Step.STATUS, Step.PUSH, Step.CHANGES):
            return Trouble.REFUSED
        case _:
            return Trouble.LANE

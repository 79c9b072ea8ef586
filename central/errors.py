"""What can go wrong at central.

CentralError
├── Refused          the caller cannot have this: answered as a problem document
│   ├── SignedRefusal    it moves the terminal's state: the document carries a token with the nonce
│   └── NotYet           there is no room now: it may have it at its turn
├── FinalOutcome     someone tried to change what is final
├── BooksWrong       an audit found what must not be
└── SetupError       the person at the command line must mend something
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sync.wire.problems import Problem


class CentralError(Exception):
    """Anything central says no to."""


@dataclass(frozen=True)
class Refusal:
    """A no as a value, for where the transaction that found it must still commit."""

    problem: Problem
    detail: str
    extra: Mapping[str, Any] = field(default_factory=dict)


class Refused(CentralError):
    def __init__(self, problem: Problem, detail: str, **extra: Any) -> None:
        super().__init__(f"{problem.value}: {detail}")
        self.refusal = Refusal(problem, detail, extra)


class SignedRefusal(Refused):
    def __init__(self, refusal: Refusal, *, terminal: str, nonce: str) -> None:
        super().__init__(refusal.problem, refusal.detail, **refusal.extra)
        self.terminal = terminal
        self.nonce = nonce


class NotYet(Refused):
    def __init__(self, seconds: int) -> None:
        super().__init__(Problem.SLOW_DOWN, f"nothing was taken in: come again in {seconds} seconds")
        self.seconds = seconds


class FinalOutcome(CentralError):
    pass


class SetupError(CentralError):
    pass


class BooksWrong(CentralError):
    pass

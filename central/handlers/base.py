"""What `central.apply` and the handlers of the kinds agree on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, Protocol, TypeGuard

from pydantic import BaseModel
from sqlalchemy import Connection

from sync.wire.answers import Profile
from sync.wire.case import Owed, Reason
from sync.wire.grant import Grant
from sync.wire.operation import Header

MOST_CASH_FEN = 10**9
"""No drawer ever held more: a sum beyond it is a lie or a fault, and the books do not take it."""


def cash_named(payload: Mapping[str, Any]) -> int:
    """What the payload says was moved, believed or not."""
    cash = payload.get("cash")
    fen = cash.get("fen") if isinstance(cash, dict) else None
    return fen if isinstance(fen, int) and not isinstance(fen, bool) else 0


def cash_of(payload: Mapping[str, Any]) -> int:
    """The cash that is booked: what is named, or nothing when no drawer could hold it."""
    fen = cash_named(payload)
    return fen if abs(fen) <= MOST_CASH_FEN else 0


@dataclass(frozen=True)
class TerminalRow:
    """A terminal in the life (incarnation) that made the operation."""

    id: str
    incarnation: int
    point: str
    county: str
    profile: Profile


@dataclass(frozen=True)
class Incoming:
    """One operation as it arrived; `payload` is the decoded canonical JSON."""

    terminal: TerminalRow
    header: Header
    payload: dict[str, Any]
    received_at: datetime
    fork: str = ""  # of a chain that left ours: what tells this operation from ours at the same place

    @cached_property
    def cash_fen(self) -> int:
        """What this operation moved into the till (below zero: out of it)."""
        return cash_of(self.payload)

    @property
    def unbooked_fen(self) -> int:
        """A sum beyond belief: no account takes it, the case names it."""
        return cash_named(self.payload) - self.cash_fen


@dataclass(frozen=True)
class Posting:
    """One leg of a ledger entry: fen added to an account (a debit is above zero)."""

    account: str
    fen: int


@dataclass(frozen=True)
class Accepted:
    """The effect is written. `settle` takes the operation's cash out of suspense, naming who it belongs to.

    Cash taken in: `Posting("partner:grid", -amount)`; cash paid out: `Posting("campaign:rice", +value)`.
    The settling legs sum to minus the cash. `grants` are leases given; the core signs and delivers them.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    settle: tuple[Posting, ...] = ()
    grants: tuple[Grant, ...] = ()


@dataclass(frozen=True)
class Rejected:
    """No effect. Without `owes` the core owes the operation's own cash back to the customer."""

    reason: Reason
    owes: tuple[Owed, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Review:
    """No effect yet; a case is opened and someone decides."""

    reason: Reason
    owes: tuple[Owed, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


Verdict = Accepted | Rejected | Review


class Handler(Protocol):
    """Decides one kind and writes its own effect; everything general is the core's."""

    kind: ClassVar[str]
    payload_model: ClassVar[type[BaseModel]]
    alone: ClassVar[bool]
    """True: reads operations, cases or the ledger, so what is still buffered must be written first."""

    def apply(self, conn: Connection, op: Incoming, payload: Any) -> Verdict: ...


class SetWise(Handler, Protocol):
    """A handler that decides many operations of its kind in few statements."""

    def apply_together(self, conn: Connection, batch: Sequence[tuple[Incoming, Any]]) -> list[Verdict]:
        """The verdicts that `apply` would give one after the other, and the same effects."""


def is_set_wise(handler: Handler | None) -> TypeGuard[SetWise]:
    return hasattr(handler, "apply_together")  # asked of every operation: `isinstance` of a protocol is slow

"""Whether the operators an operation names might do it: by what held when it was recorded, not today."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from central import operators
from central.handlers.base import Incoming, Rejected, Review
from central.operators import Operator
from sync.wire.case import Reason
from sync.wire.kinds import Kind
from sync.wire.operation import TimeQuality
from sync.wire.roles import NEEDED, granted

APPROVED_BY = "approved_by"
Unfit = tuple[Reason, str]  # why, and which operator


@dataclass
class Permits:
    """For one batch: every operator is looked up once."""

    conn: Connection
    known: dict[tuple[str, str], Operator | None] = field(default_factory=dict)

    def refusal(self, op: Incoming) -> Rejected | Review | None:
        """What a lease allots is done already: a person looks at it. Without a name nobody is judged."""
        found = self._unfit(op, op.header.by) or self._unfit_second(op)
        if found is None:
            return None
        reason, operator = found
        facts = {"operator": operator}
        if op.header.lease is not None and op.header.kind != Kind.LEASE_RETURN:
            return Review(reason, facts=facts)
        return Rejected(reason, facts=facts)

    def _unfit(self, op: Incoming, named: str | None) -> Unfit | None:
        if named is None:
            return None
        key = (op.terminal.county, named)
        if key not in self.known:
            self.known[key] = operators.find(self.conn, *key)
        operator = self.known[key]
        if operator is None:
            return Reason.OPERATOR_UNKNOWN, named
        return None if may(operator, op) else (Reason.NOT_PERMITTED, named)

    def _unfit_second(self, op: Incoming) -> Unfit | None:
        """Whoever agreed is another person than who did it, and might have done it too."""
        second = op.payload.get(APPROVED_BY)
        if not isinstance(second, str):  # of another type it is no payload of its kind
            return None
        if op.header.by in (None, second):
            return Reason.NOT_PERMITTED, second
        return self._unfit(op, second)


def may(operator: Operator, op: Incoming) -> bool:
    """A time nobody can vouch for counts for the operator: then any of the past may have held."""
    held = operator.held_at(op.header.at)
    states = operator.states if op.header.tq == TimeQuality.UNKNOWN.value else (held,)
    needed = NEEDED.get(op.header.kind)
    return any(
        state.active
        and state.point in (None, op.terminal.point)
        and (needed is None or needed in granted(state.roles))
        for state in states
    )

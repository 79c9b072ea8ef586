"""Whether the operator an operation names might do it: by what held when it was recorded, not today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from central import operators
from central.handlers.base import Incoming, Rejected, Review
from central.operators import Operator
from sync.wire.case import Reason
from sync.wire.kinds import Kind
from sync.wire.operation import TimeQuality
from sync.wire.roles import Permission, granted

NEEDED: Mapping[str, Permission] = {
    Kind.BILL_PAY: Permission.TAKE_CASH,
    Kind.ORDER_PLACE: Permission.TAKE_CASH,
    Kind.GOODS_SELL: Permission.SELL,
    Kind.RIGHT_REDEEM: Permission.REDEEM,
    Kind.RIGHT_USE: Permission.REDEEM,
    Kind.CASE_CLOSE: Permission.PAY_BACK,
    Kind.OPERATION_REVERSE: Permission.REVERSE,
    Kind.LEASE_REQUEST: Permission.ALLOT,
    Kind.LEASE_RETURN: Permission.ALLOT,
}
"""Other kinds need an operator who works there, if they name one."""


@dataclass
class Permits:
    """For one batch: every operator is looked up once."""

    conn: Connection
    known: dict[tuple[str, str], Operator | None] = field(default_factory=dict)

    def refusal(self, op: Incoming) -> Rejected | Review | None:
        """What a lease allots is done already: a person looks at it. Without a name nobody is judged."""
        reason = self._reason(op)
        if reason is None:
            return None
        facts = {"operator": op.header.by}
        if op.header.lease is not None and op.header.kind != Kind.LEASE_RETURN:
            return Review(reason, facts=facts)
        return Rejected(reason, facts=facts)

    def _reason(self, op: Incoming) -> Reason | None:
        if op.header.by is None:
            return None
        key = (op.terminal.county, op.header.by)
        if key not in self.known:
            self.known[key] = operators.find(self.conn, *key)
        operator = self.known[key]
        if operator is None:
            return Reason.OPERATOR_UNKNOWN
        return None if may(operator, op) else Reason.NOT_PERMITTED


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

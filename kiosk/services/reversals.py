"""Reversals: an operation recorded here by mistake is taken back, with its cash, on the same day."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Connection, select

from kiosk.bilingual import Text, same
from kiosk.devices.paper import Amount, Line, Pair, SlipKind
from kiosk.services import cases, moments, recording, slips
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.permissions import Permission
from kiosk.services.recording import Intent, Mark, Spend, Written
from kiosk.services.slip_build import ORIGINAL, Subject
from sync import outbox
from sync.outbox import OperationView, State
from sync.tables import operations
from sync.wire.kinds import Kind
from sync.wire.operation import Header
from sync.wire.rights import ONCE, sort_of

REVERSIBLE = frozenset(
    {
        *(Kind.BILL_PAY, Kind.ORDER_PLACE, Kind.GOODS_SELL, Kind.RIGHT_USE),
        *(Kind.APPLICATION_SUBMIT, Kind.CALLBACK_REQUEST),
    }
)


class ReverseReason(Enum):
    WRONG_AMOUNT = "wrong-amount"
    WRONG_ACCOUNT = "wrong-account"
    CHANGED_MIND = "changed-mind"
    OTHER = "other"


REASONS = {
    ReverseReason.WRONG_AMOUNT: Text("金额录错", "Wrong amount"),
    ReverseReason.WRONG_ACCOUNT: Text("户号或商品录错", "Wrong account or good"),
    ReverseReason.CHANGED_MIND: Text("顾客不办了", "The customer changed their mind"),
    ReverseReason.OTHER: Text("其他", "Other"),
}


@dataclass(frozen=True)
class Reversible:
    op_id: str
    title: Text
    number: str
    back_fen: int  # to be handed to the customer
    refused: Refused | None


@dataclass(frozen=True)
class Reversal:
    target: str
    reason: ReverseReason


def reversible(conn: Connection, desk: Desk, target: str) -> Reversible:
    """What taking it back would mean, and why not if it cannot be."""
    view, about, slip = outbox.find(conn, target), slips.subject(conn, target), slips.first(conn, target)
    if view is None or about is None or slip is None:
        raise Refused(Why.TARGET_UNKNOWN)
    return Reversible(target, about.title, slip.number, about.cash_fen, _refusal(conn, desk, view))


def reverse(conn: Connection, desk: Desk, op_id: str, wanted: Reversal) -> Written:
    payload: dict[str, Any] = {"target": wanted.target, "reason": wanted.reason.value}
    done = recording.before(conn, op_id, Kind.OPERATION_REVERSE, payload)
    if done is not None:
        return done
    desk.require(Permission.REVERSE)
    found = reversible(conn, desk, wanted.target)
    if found.refused is not None:
        raise found.refused
    facts: list[Line] = [
        Pair(Text("冲正业务", "Reversed"), found.title),
        Pair(ORIGINAL, same(found.number)),
        Pair(Text("原因", "Reason"), REASONS[wanted.reason]),
    ]
    if found.back_fen:
        facts.append(Amount(Text("已退还现金", "Cash paid back"), found.back_fen))
    intent = Intent(
        op_id=op_id,
        kind=Kind.OPERATION_REVERSE,
        payload=payload,
        slip=SlipKind.RECORD_OF_REQUEST,
        subject=Subject(Text("冲正", "Reversal"), tuple(facts), -found.back_fen),
        spend=_given_back(conn, wanted.target),
        mark=Mark(recording.UNDONE, wanted.target),
    )
    return recording.write(conn, desk, intent)


def _refusal(conn: Connection, desk: Desk, view: OperationView) -> Refused | None:
    shown = sort_of(str(view.payload.get("right", ""))) in ONCE
    if Kind(view.kind) not in REVERSIBLE or shown:
        return Refused(Why.TARGET_KIND)
    if view.state is State.REJECTED:
        return Refused(Why.TARGET_REFUSED)
    done = _undone_already(conn, view)
    if done is not None:
        return Refused(done)
    if moments.day(moments.parse(view.at)) != moments.day(desk.now):
        return Refused(Why.TARGET_OLD)
    if any(one.state is not State.REJECTED for one in outbox.dependents(conn, view.op_id)):
        return Refused(Why.TARGET_NEEDED)
    return None


def _undone_already(conn: Connection, view: OperationView) -> Why | None:
    if recording.undone(conn, view.op_id):
        return Why.TARGET_REVERSED
    paid_back = view.case_id is not None and cases.paid_back(conn, view.case_id)
    return Why.CASE_BEING_CLOSED if paid_back else None


def _given_back(conn: Connection, target: str) -> Spend | None:
    """What the target took from its own lease lies here again."""
    header = conn.execute(select(operations.c.header).where(operations.c.op_id == target)).scalar_one()
    lease, view = Header.decode(header).lease, outbox.find(conn, target)
    if lease is None or view is None:
        return None
    return Spend(lease, -int(view.payload["amount" if view.kind == Kind.RIGHT_USE else "qty"]))

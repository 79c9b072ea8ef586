"""Records one operation with everything that belongs to it, in the caller's one transaction."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, select

from kiosk.devices.paper import Slip, SlipKind
from kiosk.services import approval, attending, moments, slip_build, slips, till
from kiosk.services.approval import Ask
from kiosk.services.attending import PERSON
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.kinds import BUSINESS, PERSONAL
from kiosk.services.permissions import Asked
from kiosk.services.profiles import rule_of
from kiosk.services.slip_build import Heading, Subject
from kiosk.store.tables import active_pack, marks
from sync import lines, outbox
from sync.errors import NotEnrolled, OperationExists, PayloadTooLarge
from sync.outbox import NewOperation, State
from sync.tables import operations
from sync.wire.errors import Malformed
from sync.wire.kinds import Kind
from sync.wire.operation import SEALED
from sync.wire.roles import NEEDED

CASH = "cash"
SLIP_NUMBER = "copy"
APPROVED_BY = "approved_by"
UNDONE = "undone"

# What is asked at every record is built once: building a statement costs more than asking it.
_PACK = select(active_pack.c.version).where(active_pack.c.id == 1)
_MARKED = (
    select(marks.c.op_id)
    .join(operations, operations.c.op_id == marks.c.op_id)
    .where(marks.c.kind == bindparam("mark_kind"), marks.c.key == bindparam("mark_key"))
    .order_by(operations.c.n)
)


@dataclass(frozen=True)
class Written:
    op_id: str
    number: str
    slip: Slip  # to be printed now; a public terminal keeps it without what is personal
    again: bool = False


@dataclass(frozen=True)
class Spend:
    """What is spent of the lease that the operation itself names."""

    lease: str
    amount: int
    token: str | None = None
    tokens: tuple[str, ...] = ()  # of several single things


@dataclass(frozen=True)
class Mark:
    """A local memory by stable id: paid here, redeemed here."""

    kind: str
    key: str


@dataclass(frozen=True)
class Intent:
    op_id: str
    kind: Kind
    payload: dict[str, Any] = field(hash=False)
    slip: SlipKind
    subject: Subject
    spend: Spend | None = None
    depends_on: str | None = None
    names_cash: bool = False  # the payload names the cash even where none moves
    mark: Mark | None = None
    asked: Asked = Asked.NOBODY  # by its service; the kind and the county may ask more

    @property
    def cash_fen(self) -> int:
        return self.subject.cash_fen


def before(
    conn: Connection, op_id: str, kind: Kind, payload: dict[str, Any], made_anew: Collection[str] = ()
) -> Written | None:
    """What this very tap has already done. Raises OperationExists if the id was used for something else."""
    if not recorded(conn, op_id, kind, payload, made_anew):
        return None
    slip = slips.first(conn, op_id)
    assert slip is not None, "an operation without its slip"
    return Written(op_id, slip.number, slip, again=True)


def recorded(
    conn: Connection, op_id: str, kind: Kind, payload: dict[str, Any], made_anew: Collection[str] = ()
) -> bool:
    """Whether this very operation is in the ledger. Raises OperationExists."""
    found = outbox.find(conn, op_id)
    if found is None:
        return False
    added = {CASH, SLIP_NUMBER, APPROVED_BY, PERSON, *made_anew}
    if SEALED in found.payload:  # what lies in it cannot be compared any more
        added |= {SEALED, *PERSONAL[kind]}
    asked = {k: v for k, v in payload.items() if k not in added}
    known = {k: v for k, v in found.payload.items() if k not in added}
    if found.kind != kind or (found.payload and asked != known):
        raise OperationExists(op_id)
    return True


def write(conn: Connection, desk: Desk, intent: Intent) -> Written:
    """Operation, lease counters, till move, mark and slip; the journal lines go with them."""
    desk.recording()
    number = slips.next_number(conn, desk.place.terminal)
    try:
        payload = _payload(conn, desk, intent, number)
        recorded = outbox.record(conn, _operation(conn, desk, intent, payload), desk.stamp)
    except PayloadTooLarge as error:
        raise Refused(Why.TOO_LONG) from error
    except Malformed as error:  # half a character, as a broken keyboard or scanner may send
        raise Refused(Why.NOT_TEXT) from error
    except NotEnrolled as error:
        raise Refused(Why.TERMINAL_LOCKED) from error
    _leave_marks(conn, desk, intent)
    heading = Heading(intent.slip, number, moments.parse(recorded.at), intent.op_id, recorded.slip_code)
    verdict = slip_build.at_recording(intent.slip, intent.cash_fen)
    subject = attending.noted(desk.person, intent.kind, intent.subject)
    slip = slip_build.compose(desk, heading, subject, verdict)
    if SEALED in payload:
        kept = slip_build.without_persons(intent.subject)
        slips.keep(conn, desk.stamp, slip_build.compose(desk, heading, kept, verdict), kept, State.RECORDED)
    else:
        slips.keep(conn, desk.stamp, slip, subject, State.RECORDED)
    return Written(intent.op_id, number, slip)


def _payload(conn: Connection, desk: Desk, intent: Intent, number: str) -> dict[str, Any]:
    """With the cash moved; on a public terminal all that is personal is sealed. Raises Malformed, Refused."""
    payload = {**intent.payload, **attending.told(desk.person, intent.kind)}
    wanted = approval.asked(conn, intent.kind, intent.asked, payload.get("reason"))
    about = intent.subject
    ask = Ask(intent.op_id, wanted, NEEDED.get(intent.kind), about.title, about.cash_fen)
    agreed = approval.settle(desk, ask)
    if agreed is not None:
        payload[APPROVED_BY] = agreed
    if intent.cash_fen or intent.names_cash:
        payload[CASH] = till.move(conn, desk, intent.op_id, intent.kind, intent.cash_fen)
    if intent.slip is SlipKind.REFUND:
        payload[SLIP_NUMBER] = number
    personal = PERSONAL[intent.kind] | {PERSON}
    if rule_of(desk.place.profile).may_cache_personal or personal.isdisjoint(payload):
        return payload
    from kiosk.services import sealing  # only a public terminal has to wait for it

    return sealing.sealed(conn, payload, personal)


def _operation(conn: Connection, desk: Desk, intent: Intent, payload: dict[str, Any]) -> NewOperation:
    spend = intent.spend
    return NewOperation(
        op_id=intent.op_id,
        kind=intent.kind.value,
        payload=payload,
        lease=spend.lease if spend else None,
        spend=spend.amount if spend else 0,
        token=spend.token if spend else None,
        tokens=spend.tokens if spend else (),
        by=desk.session.operator if desk.session else None,
        depends_on=intent.depends_on,
        pack=pack_version(conn),
    )


def pack_version(conn: Connection) -> str | None:
    return conn.execute(_PACK).scalar_one_or_none()


def marked(conn: Connection, mark: Mark) -> list[str]:
    """The operations that left this mark, oldest first."""
    return list(conn.execute(_MARKED, {"mark_kind": mark.kind, "mark_key": mark.key}).scalars())


def undone(conn: Connection, op_id: str) -> bool:
    """Whether a reversal took it back that central has not refused."""
    found = (outbox.find(conn, one) for one in marked(conn, Mark(UNDONE, op_id)))
    return any(view is not None and view.state is not State.REJECTED for view in found)


def _leave_marks(conn: Connection, desk: Desk, intent: Intent) -> None:
    theirs = attending.key(desk) if intent.kind in BUSINESS else None
    person = Mark(PERSON, theirs) if theirs is not None else None
    for mark in (intent.mark, person):
        if mark is not None:
            _mark(conn, desk, mark, intent.op_id)


def _mark(conn: Connection, desk: Desk, mark: Mark, op_id: str) -> None:
    when = {"at": desk.stamp.at, "tq": desk.stamp.quality}
    lines.put(conn, marks, {"kind": mark.kind, "key": mark.key, "op_id": op_id, **when})

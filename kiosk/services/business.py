"""My business: everything done at this terminal or of one person, each with its true state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import islice
from types import MappingProxyType

from sqlalchemy import Connection

from kiosk.bilingual import Text
from kiosk.devices.paper import Line, SlipKind
from kiosk.services import attending, counsel, moments, recording, slips, words
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.kinds import BUSINESS
from kiosk.services.slips import SlipEntry
from sync import cases, documents, identity, outbox, traces
from sync.identity import IdentityState
from sync.outbox import OperationView, QueueDepth, State
from sync.wire.kinds import Kind
from sync.wire.operation import SEALED

MOST = 200
NOT_CARRIED: Mapping[str, str] = MappingProxyType({})
DONE_HERE = Text("已当场办结，记录待发送", "Done here; the record waits to be sent")
PAID_BACK = Text("现金已退还，等待中心确认", "Cash paid back; central's confirmation is awaited")
TAKEN_BACK = Text("已冲正", "Reversed")


class Filter(Enum):
    ALL = "all"
    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


FILTERS = {
    Filter.ALL: Text("全部", "All"),
    Filter.OPEN: Text("未了", "Open"),
    Filter.DONE: Text("已办成", "Done"),
    Filter.REFUSED: Text("未办成", "Not done"),
}
STATES: dict[Filter, frozenset[State] | None] = {
    Filter.ALL: None,
    Filter.OPEN: frozenset({State.RECORDED, State.SENT, State.UNKNOWN, State.REVIEW}),
    Filter.DONE: frozenset({State.ACCEPTED}),
    Filter.REFUSED: frozenset({State.REJECTED}),
}
WAITING = frozenset({State.RECORDED, State.SENT, State.UNKNOWN})


class Tone(Enum):
    WAITING = "waiting"
    GOOD = "good"
    BAD = "bad"
    ATTENTION = "attention"


TONES = {
    State.RECORDED: Tone.WAITING,
    State.SENT: Tone.WAITING,
    State.UNKNOWN: Tone.ATTENTION,
    State.REVIEW: Tone.ATTENTION,
    State.ACCEPTED: Tone.GOOD,
    State.REJECTED: Tone.BAD,
}


@dataclass(frozen=True)
class Entry:
    op_id: str
    seq: int
    number: str | None  # of its first slip
    kind: Kind
    title: Text
    at: datetime
    fen: int  # above zero: into the till
    state: State
    words: Text
    reason: Text | None
    case_id: str | None
    case_number: str | None
    tone: Tone
    undone: bool
    carried: datetime | None = None  # when it was last given to a courier whose answer is not here


@dataclass(frozen=True)
class Detail:
    entry: Entry
    facts: tuple[Line, ...]
    slips: tuple[SlipEntry, ...]
    depends_on: Entry | None
    dependents: tuple[Entry, ...]
    operator: str | None
    final_at: datetime | None
    todo: Text
    supersedes: Entry | None = None
    superseded_by: Entry | None = None
    remarks: tuple[Text, ...] = ()  # sealed, attachments still to come


@dataclass(frozen=True)
class QueueView:
    depth: QueueDepth
    entries: tuple[Entry, ...]  # what is not final, newest first


def entries(conn: Connection, wanted: Filter = Filter.ALL, limit: int = MOST) -> tuple[Entry, ...]:
    kinds = [kind.value for kind in BUSINESS]
    found = outbox.recent(conn, kinds=kinds, states=STATES[wanted], limit=limit)
    return tuple(_entry(conn, view) for view in found)


def of_person(
    conn: Connection, desk: Desk, wanted: Filter = Filter.ALL, limit: int = MOST
) -> tuple[Entry, ...]:
    """Of the villager who is known to be there."""
    states = STATES[wanted] or frozenset(State)
    views = (outbox.find(conn, op_id) for op_id in attending.operations_of(conn, desk))
    found = (view for view in views if view is not None and view.state in states)
    return tuple(_entry(conn, view) for view in islice(found, limit))


def last(conn: Connection) -> Entry | None:
    """What the operator sees first after a restart."""
    found = entries(conn, limit=1)
    return found[0] if found else None


def detail(conn: Connection, op_id: str) -> Detail:
    view = outbox.find(conn, op_id)
    if view is None:
        raise Refused(Why.TARGET_UNKNOWN)
    about = slips.subject(conn, op_id)
    parent = outbox.find(conn, view.depends_on) if view.depends_on else None
    operator = documents.operator(conn, view.by) if view.by else None
    corrected = outbox.find(conn, view.supersedes) if view.supersedes else None
    correcting = traces.superseding(conn, op_id)
    anew = outbox.find(conn, correcting) if correcting else None
    entry = _entry(conn, view, traces.carried(conn))
    return Detail(
        entry=entry,
        facts=about.facts if about else (),
        slips=slips.of_operation(conn, op_id),
        depends_on=_entry(conn, parent) if parent else None,
        dependents=tuple(_entry(conn, one) for one in outbox.dependents(conn, op_id)),
        operator=operator.name if operator else view.by,
        final_at=moments.parse(view.final_at) if view.final_at else None,
        todo=counsel.ANEW if anew else _todo(conn, view, entry),
        supersedes=_entry(conn, corrected) if corrected else None,
        superseded_by=_entry(conn, anew) if anew else None,
        remarks=_remarks(conn, view),
    )


def _todo(conn: Connection, view: OperationView, entry: Entry) -> Text:
    if view.state in WAITING and identity.require(conn).state is not IdentityState.OPEN:
        return counsel.LOCKED
    return counsel.about(view.state, view.reason, view.case_id, entry.case_number)


def _remarks(conn: Connection, view: OperationView) -> tuple[Text, ...]:
    attached = traces.attached(conn, view.op_id)
    found = (
        (counsel.SEALED, int(SEALED in view.payload)),
        (counsel.TO_COME, attached.to_come),
        (counsel.BROKEN, attached.broken),
    )
    return tuple(text.with_params({"count": str(count)}) for text, count in found if count)


def queue(conn: Connection, limit: int = MOST) -> QueueView:
    """Everything not final, what the terminal itself asks for included."""
    open_now = outbox.recent(conn, states=STATES[Filter.OPEN], limit=limit)
    carried = traces.carried(conn)
    return QueueView(outbox.depth(conn), tuple(_entry(conn, view, carried) for view in open_now))


def _entry(conn: Connection, view: OperationView, carried: Mapping[str, str] = NOT_CARRIED) -> Entry:
    kind = Kind(view.kind)
    slip, about = slips.first(conn, view.op_id), slips.subject(conn, view.op_id)
    case = cases.by_id(conn, view.case_id) if view.case_id else None
    undone = recording.undone(conn, view.op_id)
    troubled = view.state in (State.REVIEW, State.REJECTED)
    return Entry(
        op_id=view.op_id,
        seq=view.seq,
        number=slip.number if slip else None,
        kind=kind,
        title=about.title if about else words.of(kind),
        at=moments.parse(view.at),
        fen=about.cash_fen if about else 0,
        state=view.state,
        words=TAKEN_BACK if undone else said(kind, view.state, slip.kind if slip else None),
        reason=words.reason(view.reason) if troubled else None,
        case_id=view.case_id,
        case_number=case.number if case else None,
        tone=TONES[view.state],
        undone=undone,
        carried=moments.parse(carried[view.op_id]) if view.op_id in carried else None,
    )


def said(kind: Kind, state: State, paper: SlipKind | None) -> Text:
    """As the paper in the customer's hand says it."""
    if state in WAITING and paper is SlipKind.DONE:
        return DONE_HERE
    if state in WAITING and paper is SlipKind.REFUND:
        return PAID_BACK
    return words.outcome(kind, state)

"""Cases in plain words: who owes whom what, what to do about it, and paying back with a second PIN."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from kiosk.bilingual import Text, same
from kiosk.devices.paper import Amount, Line, Pair, SlipKind
from kiosk.services import masking, moments, money, recording, slips, till, words
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.permissions import Permission
from kiosk.services.recording import Intent, Mark, Written
from kiosk.services.slip_build import ORIGINAL, Subject
from sync import cases as sync_cases
from sync import outbox
from sync.cases import CaseView
from sync.outbox import State
from sync.wire.answers import Profile
from sync.wire.case import CaseState, Owed, Party, Reason, What
from sync.wire.kinds import Kind, kind_of

MARK = "case"
LONGEST_NAME = 40


@dataclass(frozen=True)
class OpenCase:
    id: str
    number: str
    kind: Kind | None  # None: of a later version
    what: Text
    title: Text
    reason: Text
    opened: datetime
    op_id: str
    slip_number: str | None  # of the customer's slip, if it was printed at this terminal
    cash_fen: int  # above zero: to the customer
    coupons: tuple[str, ...]
    owed: tuple[Text, ...]
    steps: tuple[Text, ...]
    idle: Why | None  # why nobody at this terminal does anything about it, whoever signs in
    can_close: Refused | None  # why it cannot be closed here now


@dataclass(frozen=True)
class PayBack:
    case: str
    receiver: str


def open_cases(conn: Connection, desk: Desk) -> tuple[OpenCase, ...]:
    """Oldest first; what was closed here and awaits central is left out."""
    found = (one for one in sync_cases.open_cases(conn) if not _being_settled(conn, one))
    return tuple(_open(conn, desk, one) for one in found)


def to_do(conn: Connection, desk: Desk) -> int:
    """How many wait for somebody at this terminal, signed in or not."""
    return sum(_idle(conn, desk, one) is None for one in sync_cases.open_cases(conn))


def by_id(conn: Connection, desk: Desk, case_id: str) -> OpenCase:
    found = sync_cases.by_id(conn, case_id)
    if found is None:
        raise Refused(Why.CASE_UNKNOWN, number=case_id)
    return _open(conn, desk, found)


def by_number(conn: Connection, desk: Desk, number: str) -> OpenCase:
    """For staff: any case of the county that has come down to this terminal."""
    desk.require(Permission.FIND_CASE)
    wanted = "".join(number.split()).upper()
    found = sync_cases.by_number(conn, wanted)
    if found is None:
        raise Refused(Why.CASE_UNKNOWN, number=wanted)
    return _open(conn, desk, found)


def pay_back(conn: Connection, desk: Desk, op_id: str, wanted: PayBack) -> Written:
    """Hands back everything at once: the cash out of the till, the coupons by name."""
    case = sync_cases.by_id(conn, wanted.case)
    if case is None:
        raise Refused(Why.CASE_UNKNOWN, number=wanted.case)
    coupons = [owed.id for owed in case.owes if owed.what is What.COUPON and owed.id]
    receiver = wanted.receiver.strip()
    payload: dict[str, Any] = {
        "case": case.id,
        "resolution": "cash-back",
        "receiver": receiver,
        "returned": sorted(coupons),
    }
    done = recording.before(conn, op_id, Kind.CASE_CLOSE, payload, made_anew=("returned",))
    if done is not None:
        return done
    desk.require(Permission.PAY_BACK)
    refusal = _refusal(conn, desk, case)
    if refusal is not None:
        raise refusal
    if not receiver:
        raise Refused(Why.RECEIVER_EMPTY)
    if len(receiver) > LONGEST_NAME:
        raise Refused(Why.FIELD_LONG, label=RECEIVER, limit=str(LONGEST_NAME))
    facts = _facts(conn, case, receiver)
    intent = Intent(
        op_id=op_id,
        kind=Kind.CASE_CLOSE,
        payload=payload,
        slip=SlipKind.REFUND,
        subject=Subject(_title(conn, case), facts, -_to_customer(case)),
        names_cash=True,
        mark=Mark(MARK, case.id),
    )
    return recording.write(conn, desk, intent)


RECEIVER = Text("领款人", "Paid to")
ASK_FOR_PAPER = Text(
    "请顾客出示凭条，核对上面的编号、金额和姓名",
    "Ask for the customer's slip; check its number, the amount and the name",
)


def _open(conn: Connection, desk: Desk, case: CaseView) -> OpenCase:
    slip = slips.first(conn, case.op_id)
    return OpenCase(
        id=case.id,
        number=case.number,
        kind=kind_of(case.kind),
        what=words.kind(case.kind),
        title=_title(conn, case),
        reason=words.reason(case.reason),
        opened=moments.parse(case.opened),
        op_id=case.op_id,
        slip_number=slip.number if slip else None,
        cash_fen=_to_customer(case),
        coupons=tuple(owed.id for owed in case.owes if owed.what is What.COUPON and owed.id),
        owed=tuple(_owed(owed) for owed in case.owes),
        steps=_steps(case, slip.number if slip else None),
        idle=_idle(conn, desk, case),
        can_close=_refusal(conn, desk, case),
    )


def _refusal(conn: Connection, desk: Desk, case: CaseView) -> Refused | None:
    """Who may close it where; the till must hold what is to be paid."""
    no = _idle(conn, desk, case)
    if no is not None:
        return Refused(no)
    try:
        desk.require(Permission.PAY_BACK)
        if _to_customer(case):
            till.check(conn, desk, -_to_customer(case))
    except Refused as refused:
        return refused
    return None


def _idle(conn: Connection, desk: Desk, case: CaseView) -> Why | None:
    return _settled(conn, case) or _not_here(desk, case)


def _settled(conn: Connection, case: CaseView) -> Why | None:
    if case.state is CaseState.CLOSED:
        return Why.CASE_CLOSED
    return Why.CASE_BEING_CLOSED if _being_settled(conn, case) else None


def _not_here(desk: Desk, case: CaseView) -> Why | None:
    """A breach is signed off by staff, not by whoever made it; goods and what is undecided are central's."""
    staff = desk.place.profile is Profile.STAFF
    if not staff and (case.terminal != desk.place.terminal or case.reason == Reason.LEASE_BREACH):
        return Why.CASE_STAFF
    if any(owed.what is What.GOODS for owed in case.owes):
        return Why.CASE_GOODS
    return None if case.owes or case.reason == Reason.LEASE_BREACH else Why.CASE_WAITS


def _being_settled(conn: Connection, case: CaseView) -> bool:
    """The cash went back already: with the case, or by a reversal made before anybody knew of the case."""
    return paid_back(conn, case.id) or recording.undone(conn, case.op_id)


def paid_back(conn: Connection, case_id: str) -> bool:
    """Whether it was closed here, and central has not refused that."""
    found = (outbox.find(conn, op_id) for op_id in recording.marked(conn, Mark(MARK, case_id)))
    return any(view is not None and view.state is not State.REJECTED for view in found)


def _to_customer(case: CaseView) -> int:
    cash = [owed for owed in case.owes if owed.what is What.CASH]
    out = sum(owed.fen or 0 for owed in cash if owed.to is Party.CUSTOMER)
    return out - sum(owed.fen or 0 for owed in cash if owed.to is not Party.CUSTOMER)


def _title(conn: Connection, case: CaseView) -> Text:
    """What was asked for; of another terminal's operation central's facts tell what they can."""
    about = slips.subject(conn, case.op_id)
    if about is not None:
        return about.title
    named = case.facts.get("title") or case.facts.get("account")
    kind = words.kind(case.kind)
    return masking.both(Text(f"{kind.zh}：{named}", f"{kind.en}: {named}")) if named else kind


def _owed(owed: Owed) -> Text:
    match owed.what, owed.to:
        case What.CASH, Party.CUSTOMER:
            fen = money.show(owed.fen or 0)
            return Text(f"应退顾客现金 {fen}", f"The customer is owed {fen} in cash")
        case What.CASH, _:
            fen = money.show(owed.fen or 0)
            return Text(f"应向顾客收回现金 {fen}", f"The customer owes {fen} in cash")
        case What.COUPON, _:
            return Text(f"应退顾客券 {owed.id}", f"The customer is owed the coupon {owed.id}")
        case _:
            return Text("涉及实物，由中心处理", "Goods are owed: central settles it")


def _steps(case: CaseView, slip_number: str | None) -> tuple[Text, ...]:
    """What the operator does, in order."""
    steps = []
    if case.reason == Reason.LEASE_BREACH:
        steps.append(
            Text("核对原因，与服务点确认后结案", "Find the cause with the point, then close the case")
        )
    if slip_number is not None:
        zh = f"请顾客出示凭条 {slip_number}，核对姓名"
        steps.append(Text(zh, f"Ask for slip {slip_number} and check the name"))
    elif any(owed.to is Party.CUSTOMER for owed in case.owes):
        steps.append(ASK_FOR_PAPER)
    fen = _to_customer(case)
    if fen > 0:
        shown = money.show(fen)
        steps.append(Text(f"从抽屉取 {shown} 交给顾客", f"Take {shown} from the till and hand it over"))
    if fen < 0:
        shown = money.show(-fen)
        steps.append(Text(f"向顾客收回 {shown}", f"Take {shown} back from the customer"))
    for owed in case.owes:
        if owed.what is What.COUPON:
            zh = f"把券 {owed.id} 还给顾客，中心确认后可再用"
            steps.append(
                Text(zh, f"Give the coupon {owed.id} back: it can be used again once central confirms")
            )
    if case.owes:
        steps.append(Text("再次输入密码确认", "Confirm with your PIN"))
        steps.append(Text("打印退款凭证，请顾客签字后留存", "Print the slip, have it signed, keep it"))
    return tuple(steps)


def _facts(conn: Connection, case: CaseView, receiver: str) -> tuple[Line, ...]:
    lines: list[Line] = [
        Pair(Text("待办编号", "Case"), same(case.number)),
        Pair(Text("原因", "Reason"), words.reason(case.reason)),
        Pair(RECEIVER, same(masking.name(receiver))),
    ]
    slip = slips.first(conn, case.op_id)
    if slip is not None:
        lines.append(Pair(ORIGINAL, same(slip.number)))
    lines += [
        Pair(Text("退还券", "Coupon returned"), same(owed.id or ""))
        for owed in case.owes
        if owed.what is What.COUPON
    ]
    fen = _to_customer(case)
    label = Text("退还现金", "Cash paid back") if fen >= 0 else Text("收回现金", "Cash taken back")
    lines.append(Amount(label, abs(fen)))
    return tuple(lines)

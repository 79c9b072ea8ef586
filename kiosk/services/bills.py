"""Bills: found by account in the cached bill file, and cash taken against one or against a stated amount."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from kiosk.bilingual import Text, same
from kiosk.devices.paper import Amount, Line, Note, Pair, SlipKind
from kiosk.services import masking, moments, money, pack, recording, slips
from kiosk.services.billers import Account, Biller, Exactness, Param, biller, billers, check_account
from kiosk.services.desk import Desk
from kiosk.services.errors import Refused, Why
from kiosk.services.offer import Availability, Here, Service, for_cash
from kiosk.services.offline import Can
from kiosk.services.pack import Freshness
from kiosk.services.permissions import Permission
from kiosk.services.recording import Intent, Mark, Written
from kiosk.services.slip_build import Subject
from kiosk.store import tables
from sync import outbox
from sync.clock import Reading
from sync.outbox import State
from sync.windows import Sure, passed
from sync.wire.kinds import Kind

__all__ = [
    "Account", "Bill", "BillFile", "Biller", "Exactness", "Found", "PaidHere", "Param", "Payment",
    "availability", "biller", "billers", "check_account", "check_amount", "closed", "find", "paid_here",
    "pay",
]  # fmt: skip

MARK = "bill"
BILLER, RECEIVED = Text("收费单位", "Biller"), Text("实收现金", "Cash received")
MOST_FEN = 100_000_00


@dataclass(frozen=True)
class BillFile:
    id: str
    as_of: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Bill:
    id: str
    file: BillFile
    biller: str
    account: str
    payer: str
    place: str | None
    group: str | None
    period: str
    amount_fen: int
    due: str
    usage: str | None


@dataclass(frozen=True)
class Found:
    """No bills: the account is not in the file, which may be missing."""

    bills: tuple[Bill, ...]
    file: BillFile | None


@dataclass(frozen=True)
class PaidHere:
    bill: str
    op_id: str
    number: str
    at: datetime
    state: State


def availability(here: Here, of: Service) -> Availability:
    """Fresh as the oldest bill file in use; closed only if every biller has one and all are old."""
    cache, reading = here.cache, here.desk.reading
    named = billers(cache, of.id)
    files = [newest for one in named if (newest := _newest(cache, one)) is not None]
    live = [file for file in files if not _is_old(file, reading)]
    shown = min(live or files, key=lambda file: file.as_of, default=None)
    fresh = Freshness(shown.as_of, shown.expires_at, _is_old(shown, reading)) if shown else None
    if shown is not None and not live and len(files) == len(named):
        return Availability(Can.NOT_NOW, of.offline, fresh, _expired(shown), needs_operator=True)
    return for_cash(here, of, Can.NOW_RECORDED, fresh)


def closed(cache: Connection, reading: Reading, of: Biller) -> Refused | None:
    """Known before anybody types an account."""
    newest = _newest(cache, of)
    return _expired(newest) if newest is not None and _is_old(newest, reading) else None


def find(cache: Connection, reading: Reading, of: Biller, account: Account) -> Found:
    """Raises Refused(BILL_FILE_EXPIRED) when the newest file that could name the account is too old."""
    newest = _newest(cache, of)
    if newest is None:
        return Found((), None)
    if _is_old(newest, reading):
        raise _expired(newest)
    files = (_file(raw) for raw in pack.records(cache, tables.bill_files, biller=of.id))
    live = {file.id: file for file in files if not _is_old(file, reading)}
    found = pack.records(cache, tables.bills, account=account.key)
    return Found(
        tuple(_bill(cache, raw, live[raw["file"]], of.id) for raw in found if raw["file"] in live), newest
    )


def paid_here(conn: Connection, bills: tuple[Bill, ...]) -> tuple[PaidHere, ...]:
    """Those that this point has already taken cash for, unless that payment was finally refused."""
    found = (_paid(conn, bill.id) for bill in bills)
    return tuple(paid for paid in found if paid is not None)


def check_amount(of: Biller, amount_fen: int, bill: Bill | None = None) -> int:
    money.positive(amount_fen)
    if bill is not None and of.exactness is Exactness.EXACT and amount_fen != bill.amount_fen:
        raise Refused(Why.AMOUNT_NOT_EXACT, due=money.show(bill.amount_fen))
    if bill is not None and of.exactness is Exactness.AT_LEAST and amount_fen < bill.amount_fen:
        raise Refused(Why.AMOUNT_BELOW_BILL, due=money.show(bill.amount_fen))
    if amount_fen < of.min_fen:
        raise Refused(Why.AMOUNT_TOO_SMALL, limit=money.show(of.min_fen))
    if amount_fen > min(of.max_fen, MOST_FEN):
        raise Refused(Why.AMOUNT_TOO_LARGE, limit=money.show(min(of.max_fen, MOST_FEN)))
    if amount_fen % of.step_fen:
        raise Refused(Why.AMOUNT_STEP, step=money.show(of.step_fen))
    return amount_fen


@dataclass(frozen=True)
class Payment:
    """What the confirm page shows and the payer agrees to; without a bill the payer states the amount."""

    service: Service
    biller: Biller
    account: Account
    amount_fen: int
    bill: Bill | None = None


def pay(conn: Connection, desk: Desk, op_id: str, payment: Payment) -> Written:
    payload = _payload(payment)
    done = recording.before(conn, op_id, Kind.BILL_PAY, payload)
    if done is not None:
        return done
    desk.require(Permission.TAKE_CASH)
    _check(conn, desk, payment)
    bill = payment.bill
    intent = Intent(
        op_id=op_id,
        kind=Kind.BILL_PAY,
        payload=payload,
        asked=payment.service.approval,
        slip=SlipKind.RECORD_OF_REQUEST,
        subject=Subject(payment.service.title, _facts(payment), payment.amount_fen, _lasting(payment)),
        mark=Mark(MARK, bill.id) if bill else None,
    )
    return recording.write(conn, desk, intent)


def _check(conn: Connection, desk: Desk, payment: Payment) -> None:
    bill, of = payment.bill, payment.biller
    check_amount(of, payment.amount_fen, bill)
    if payment.account.biller != of.id:
        raise Refused(Why.BILL_NOT_OF_ACCOUNT)
    if bill is None:
        if not of.stated:
            raise Refused(Why.NOT_WITHOUT_BILL, biller=of.name)
        return
    if (bill.biller, bill.account) != (of.id, payment.account.key):
        raise Refused(Why.BILL_NOT_OF_ACCOUNT)
    if _is_old(bill.file, desk.reading):
        raise _expired(bill.file)
    paid = _paid(conn, bill.id)
    if paid is not None:
        raise Refused(Why.PAID_HERE, number=paid.number)


def _payload(payment: Payment) -> dict[str, Any]:
    bill = payment.bill
    payload: dict[str, Any] = {
        "service": payment.service.id,
        "biller": payment.biller.id,
        "account": payment.account.key,
        "params": dict(payment.account.params),
        "amount_fen": payment.amount_fen,
        "basis": "file" if bill else "stated",
    }
    if bill is not None:
        payload["bill"] = {
            "id": bill.id,
            "file": bill.file.id,
            "period": bill.period,
            "amount_fen": bill.amount_fen,
            "as_of": moments.wire(bill.file.as_of),
        }
    return payload


def _facts(payment: Payment) -> tuple[Line, ...]:
    bill = payment.bill
    lines: list[Line] = [Pair(BILLER, payment.biller.name)]
    typed = dict(payment.account.params)
    lines += [Pair(param.label, same(masking.within(typed[param.name]))) for param in payment.biller.params]
    if bill is not None:
        lines.append(Pair(Text("户名", "Account holder"), same(bill.payer)))
        lines.append(Pair(Text("账期", "Period"), same(bill.period)))
        lines.append(Pair(Text("账单数据截至", "Bill as of"), moments.show(bill.file.as_of)))
    else:
        lines.append(Note(Text("金额由缴费人自报", "Amount stated by the payer")))
    lines.append(Amount(RECEIVED, payment.amount_fen))
    return tuple(lines)


def _lasting(payment: Payment) -> tuple[Line, ...]:
    return (
        Pair(BILLER, payment.biller.name),
        Amount(RECEIVED, payment.amount_fen),
    )


def _paid(conn: Connection, bill_id: str) -> PaidHere | None:
    for op_id in reversed(recording.marked(conn, Mark(MARK, bill_id))):
        view, slip = outbox.find(conn, op_id), slips.first(conn, op_id)
        if view is None or slip is None or recording.undone(conn, op_id):
            continue
        if view.state is not State.REJECTED:
            return PaidHere(bill_id, op_id, slip.number, slip.at, view.state)
    return None


def _newest(cache: Connection, of: Biller) -> BillFile | None:
    files = (_file(raw) for raw in pack.records(cache, tables.bill_files, biller=of.id))
    return max(files, key=lambda file: file.expires_at, default=None)


def _is_old(file: BillFile, reading: Reading) -> bool:
    return passed(file.expires_at, reading) is Sure.YES


def _expired(file: BillFile) -> Refused:
    as_of, expires_at = moments.show(file.as_of), moments.show(file.expires_at)
    return Refused(Why.BILL_FILE_EXPIRED, as_of=as_of, expires_at=expires_at)


def _file(raw: pack.Record) -> BillFile:
    return BillFile(raw["id"], moments.parse(raw["as_of"]), moments.parse(raw["expires_at"]))


def _bill(cache: Connection, raw: pack.Record, file: BillFile, of: str) -> Bill:
    place = pack.record(cache, tables.places, raw["place"])
    return Bill(
        id=raw["id"],
        file=file,
        biller=of,
        account=raw["account"],
        payer=masking.unless_masked(raw["payer"]),
        place=place["name"] if place else None,
        group=raw.get("group"),
        period=raw["period"],
        amount_fen=raw["amount_fen"],
        due=raw["due"],
        usage=raw.get("usage"),
    )

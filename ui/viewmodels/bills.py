"""Paying a bill: company, account, the bill in the file or a stated amount, confirmation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement
from sqlalchemy import Connection

from kiosk.devices.scanner import Scan
from kiosk.services import bills, catalogue, money
from kiosk.services.bills import Bill, Biller, Payment
from kiosk.services.errors import Refused, Why
from sync.clock import Reading
from sync.wire.operation import new_op_id
from ui.routes import BillsRoute, SlipRoute
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.bills_shown import BillsShown, BillsState, Step, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class BillsModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"marks", "active_pack"})
    state: BillsState
    shown: BillsShown

    changed = Signal()
    step = prop(str, "step", changed)
    number = prop(int, "number", changed)
    question = prop(str, "question", changed)
    hint = prop(str, "hint", changed)
    mode = prop(str, "mode", changed)
    longest = prop(int, "longest", changed)
    entered = prop(str, "entered", changed)
    note = prop(str, "note", changed)
    fen = prop(float, "fen", changed)
    adjustable = prop(bool, "adjustable", changed)
    billers = listed("billers")
    bills = listed("bills")
    pairs = listed("pairs")
    tender = prop("QVariantMap", "tender", changed)

    def __init__(self, frame: Frame, route: BillsRoute) -> None:
        super().__init__(frame, BillsState(route.service))

    def derive(self) -> BillsShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        service, found = self.state.service, self.state.found
        about = await self.ports.data.read_cache(lambda cache: catalogue.service(cache, service))
        reading = self.frame.desk().reading
        billers, closed = await self.ports.data.read_cache(lambda cache: _offered(cache, reading, service))
        paid = await self.ports.data.read(lambda conn: bills.paid_here(conn, found))
        self.update(about=about, billers=billers, closed=closed)
        if found is self.state.found:
            self.update(paid=paid)
        if len(billers) == 1 and not closed and self.state.biller is None:
            self.chooseBiller(billers[0].id)

    # --- what the person does -------------------------------------------------------------------------
    @Slot(str)
    def chooseBiller(self, biller_id: str) -> None:
        biller = next(b for b in self.state.billers if b.id == biller_id)
        if biller_id in self.state.closed:
            self.refuse(self.state.closed[biller_id])
            return
        self.update(biller=biller, step=Step.ACCOUNT, param=0, entered=("",) * len(biller.params))

    @Slot(str)
    def enter(self, text: str) -> None:
        """The account's characters or the stated amount, whichever is asked for."""
        if self.state.step is Step.AMOUNT:
            self.update(amount=text)
        else:
            entered, at = self.state.entered, self.state.param
            self.update(entered=(*entered[:at], text, *entered[at + 1 :]))

    @Slot(str)
    def chooseBill(self, bill_id: str) -> None:
        self._confirm_bill(next(b for b in self.state.found if b.id == bill_id))

    @Slot()
    def changeAmount(self) -> None:
        self.update(step=Step.AMOUNT)

    @Slot()
    def countCash(self) -> None:
        self.update(step=Step.CASH)

    @Slot(str)
    def setCash(self, cash: str) -> None:
        self.update(cash=cash)

    def scanned(self, scan: Scan) -> None:
        """The account off an old bill."""
        if self.state.step is not Step.ACCOUNT:
            super().scanned(scan)
            return
        self.enter(scan.text)
        self._next_param()

    def forward(self) -> None:
        match self.state.step:
            case Step.ACCOUNT:
                self._next_param()
            case Step.AMOUNT:
                self._confirm_amount()
            case Step.CONFIRM:
                self.work("pay", self._pay)
            case Step.CASH:
                self.update(step=Step.CONFIRM)
            case Step.BILLER | Step.BILL:
                pass

    def step_back(self) -> bool:
        state = self.state
        match state.step:
            case Step.BILLER:
                return False
            case Step.ACCOUNT if state.param:
                self.update(param=state.param - 1)
            case Step.ACCOUNT if len(state.billers) == 1:
                return False
            case Step.ACCOUNT:
                self.update(step=Step.BILLER, biller=None)
            case Step.CASH:
                self.update(step=Step.CONFIRM, cash="")
            case Step.CONFIRM if len(state.found) > 1:
                self.update(step=Step.BILL)
            case Step.CONFIRM if not state.bill:
                self.update(step=Step.AMOUNT)
            case Step.BILL | Step.AMOUNT | Step.CONFIRM:
                self.update(step=Step.ACCOUNT)
        return True

    # --- steps ----------------------------------------------------------------------------------------
    def _next_param(self) -> None:
        state = self.state
        if state.param + 1 < len(state.entered):
            self.update(param=state.param + 1)
        else:
            self.work("find", self._find)

    async def _find(self) -> None:
        biller, texts = self.state.biller, self.state.entered
        assert biller is not None
        entered = {p.name: text for p, text in zip(biller.params, texts, strict=True)}
        account = bills.check_account(biller, entered)
        reading = self.frame.desk().reading
        found = (
            await self.ports.data.read_cache(lambda cache: bills.find(cache, reading, biller, account))
        ).bills
        paid = await self.ports.data.read(lambda conn: bills.paid_here(conn, found))
        if not found and not biller.stated:
            raise Refused(Why.NOT_WITHOUT_BILL, biller=biller.name)
        self.update(account=account, found=found, paid=paid, bill=None, amount="", cash="")
        if len(found) == 1:
            self._confirm_bill(found[0])
        else:
            self.update(step=Step.BILL if found else Step.AMOUNT)

    def _confirm_bill(self, bill: Bill) -> None:
        fen = bill.amount_fen
        self.update(bill=bill, amount=money.plain(fen), amount_fen=fen, step=Step.CONFIRM, op_id=new_op_id())

    def _confirm_amount(self) -> None:
        state = self.state
        assert state.biller is not None
        try:
            fen = money.parse(state.amount)
            bills.check_amount(state.biller, fen, state.bill)
        except Refused as refused:
            self.refuse(refused)
        else:
            self.update(amount_fen=fen, cash="", step=Step.CONFIRM, op_id=new_op_id())

    async def _pay(self) -> None:
        state, desk = self.state, self.frame.desk()
        assert state.about is not None
        assert state.biller is not None
        assert state.account is not None
        payment = Payment(state.about, state.biller, state.account, state.amount_fen, state.bill)
        written = await self.ports.data.run(lambda conn: bills.pay(conn, desk, state.op_id, payment))
        self.frame.replace(SlipRoute(op_id=written.op_id, fresh=written.slip))


def _offered(
    cache: Connection, reading: Reading, service: str
) -> tuple[tuple[Biller, ...], Mapping[str, Refused]]:
    """The service's billers, and why some take nothing now."""
    billers = bills.billers(cache, service)
    closed = {one.id: why for one in billers if (why := bills.closed(cache, reading, one)) is not None}
    return billers, MappingProxyType(closed)

"""A slip on the screen: what was recorded, what it means, print it, save it as PDF."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement
from sqlalchemy import Connection

from kiosk.devices.paper import Slip
from kiosk.devices.printer import PrinterError
from kiosk.services import slips
from sync import outbox
from ui import pdf
from ui.routes import SlipRoute
from ui.viewmodels.base import PageModel, prop
from ui.viewmodels.slip_shown import Paper, SlipShown, SlipState, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


def _find(conn: Connection, op_id: str | None, number: str | None) -> Slip | None:
    """One slip by its number, else the newest of the operation."""
    if number is not None:
        return slips.by_number(conn, number)
    return slips.latest(conn, op_id) if op_id is not None else None


@QmlElement
class SlipModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"operations", "outcomes", "slips"})
    state: SlipState
    shown: SlipShown

    changed = Signal()
    number = prop(str, "number", changed)
    fen = prop(float, "fen", changed)
    stamp = prop(str, "stamp", changed)
    stampKind = prop(str, "stamp_kind", changed)
    stampIcon = prop(str, "stamp_icon", changed)
    whatNow = prop(str, "what_now", changed)
    words = prop(str, "words", changed)
    newer = prop(str, "newer", changed)
    qr = prop(str, "qr", changed)
    qrNote = prop(str, "qr_note", changed)
    notice = prop(str, "notice", changed)
    noticeKind = prop(str, "notice_kind", changed)
    pdf = prop(str, "pdf", changed)
    pdfKind = prop(str, "pdf_kind", changed)
    lines = prop("QVariantList", "lines", changed)

    def __init__(self, frame: Frame, route: SlipRoute) -> None:
        super().__init__(
            frame, SlipState(route.op_id, route.number, fresh=route.fresh, files=frame.operated_here)
        )

    def derive(self) -> SlipShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        op_id, number = self.state.op_id, self.state.number
        slip = await self.ports.data.read(lambda conn: _find(conn, op_id, number))
        fresh = self.state.fresh  # says more than what a public terminal keeps of it
        if fresh is not None and slip is not None and fresh.number == slip.number:
            slip = fresh
        of = slip.op_id if slip else op_id
        operation = await self.ports.data.read(lambda conn: outbox.find(conn, of)) if of else None
        self.update(slip=slip, operation=operation)

    def forward(self) -> None:
        self.work("print", self._print)

    @Slot()
    def savePdf(self) -> None:
        self.work("pdf", self._pdf)

    @Slot()
    def showNewer(self) -> None:
        """Makes the slip of the operation's state as it is now."""
        self.work("newer", self._newer)

    async def _print(self) -> None:
        try:
            await self.print_slip(self.shown.number, self.state.fresh)
        except PrinterError:
            self.update(paper=Paper.NOT_PRINTED, pdf="")
            raise
        self.update(paper=Paper.PRINTED, pdf="")

    async def _pdf(self) -> None:
        number = self.shown.number
        slip = await self.ports.data.read(lambda conn: slips.to_print(conn, number))
        path = self.ports.paper_folder / f"{number}.pdf"
        await asyncio.to_thread(pdf.write, slip, path, self.lang)
        self.update(pdf=path.name)

    async def _newer(self) -> None:
        desk, operation = self.frame.desk(), self.state.operation
        assert operation is not None
        slip = await self.ports.data.run(lambda conn: slips.for_state(conn, desk, operation.op_id))
        self.update(op_id=operation.op_id, number=None, slip=slip, paper=Paper.NOT_ASKED, pdf="")
        self.refresh()

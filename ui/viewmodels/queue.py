"""The operator's queue: what waits and why, try now, and taking back one operation with a second PIN."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import approval, business, catalogue, plight, reversals, sessions, slips
from kiosk.services.offer import Board
from kiosk.services.permissions import Permission
from kiosk.services.plight import Notice, Seen, WayOut
from kiosk.services.reversals import Reversal, ReverseReason
from kiosk.services.sessions import Denied
from sync import identity, traces
from sync.outbox import State
from sync.wire.operation import new_op_id
from ui.routes import CourierRoute, QueueRoute, Route, SetupRoute, SlipRoute
from ui.viewmodels import queue_filter, upkeep_shown
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.queue_shown import LineNow, Machine, QueueShown, QueueState, Step, show
from ui.viewmodels.upkeep_shown import Way

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1

WAYS: dict[WayOut, Route] = {WayOut.SET_UP_ANEW: SetupRoute(anew=True), WayOut.COURIER: CourierRoute()}
BEFORE = {Step.ENTRY: Step.LIST, Step.REASON: Step.ENTRY, Step.PIN: Step.REASON}


@QmlElement
class QueueModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset(
        {"operations", "outcomes", "slips", "leases", "lease_spends", "active_pack", "identity"}
    )
    follows_link: ClassVar[bool] = True
    state: QueueState
    shown: QueueShown

    changed = Signal()
    step = prop(str, "step", changed)
    question = prop(str, "question", changed)
    line = prop(str, "line", changed)
    lineKind = prop(str, "line_kind", changed)
    lineIcon = prop(str, "line_icon", changed)
    nothing = prop(str, "nothing", changed)
    backText = prop(str, "back_text", changed)
    fen = prop(float, "fen", changed)
    pinError = prop(str, "pin_error", changed)
    counts = prop("QVariantList", "counts", changed)
    entry = prop("QVariantMap", "entry", changed)
    linePairs = listed("line_pairs")
    notices = listed("notices")
    passing = listed("passing")
    filters = listed("filters")
    entries = listed("entries")
    stands = listed("stands")
    machine = listed("machine")
    pairs = listed("pairs")
    reasons = listed("reasons")
    upkeep = listed("upkeep")

    def __init__(self, frame: Frame, route: QueueRoute) -> None:  # noqa: ARG002
        super().__init__(frame, QueueState())

    def derive(self) -> QueueShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        desk, line, data = self.frame.desk(), self.ports.line, self.ports.data
        session = desk.require(Permission.SEE_QUEUE)
        view = await data.read(business.queue)
        board = await data.read(lambda conn: catalogue.board(conn, desk))
        unprinted = await data.read(slips.unprinted_count)
        printer = await asyncio.to_thread(self.ports.printer.state)
        now = LineNow(line.link, line.trouble, line.last_ack_at, line.next_try_at)
        notices = await self._notices(board)
        self.update(
            view=view,
            line=now,
            machine=Machine(printer, unprinted, board),
            notices=notices,
            may=session.permissions,
        )
        if self.state.detail is not None:
            await self._look(self.state.detail.entry.op_id)

    # --- what the operator does -----------------------------------------------------------------------
    @Slot(str)
    def open(self, op_id: str) -> None:
        self.work("open", lambda: self._open(op_id))

    @Slot(str)
    def choose(self, wanted: str) -> None:
        self.update(wanted=None if wanted == queue_filter.ALL else State(wanted))

    @Slot(str)
    def chooseReason(self, reason: str) -> None:
        self.update(reason=ReverseReason(reason), step=Step.PIN, op_id=new_op_id(), pin_error=None)

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        self.work("reverse", lambda: self._reverse(pin))

    def forward(self) -> None:
        if self.state.step is Step.LIST:
            self.ports.line.wake()
        elif self.state.step is Step.ENTRY:
            self.update(step=Step.REASON)

    def step_back(self) -> bool:
        before = BEFORE.get(self.state.step)
        if before is Step.LIST:
            self.update(step=before, detail=None, reversible=None)
        elif before is not None:
            self.update(step=before)
        return before is not None

    @Slot(str)
    def goUpkeep(self, way: str) -> None:
        self.frame.go(upkeep_shown.ROUTES[Way(way)])

    @Slot(str)
    def goOut(self, way: str) -> None:
        self.frame.go(WAYS[WayOut(way)])

    # --- inside ---------------------------------------------------------------------------------------
    async def _notices(self, board: Board) -> tuple[Notice, ...]:
        here = await self.ports.data.read(identity.require)
        chain = here.terminal, here.incarnation
        earlier = await self.ports.data.read(lambda conn: traces.of_earlier_lives(conn, *chain))
        line, local, fresh = self.ports.line, self.ports.local, board.freshness
        seen = Seen(
            state=here.state,
            link=line.link,
            trouble=line.trouble,
            report=line.report(),
            quality=self.frame.desk().reading.quality,
            earlier=earlier,
            pack_expired=bool(fresh and fresh.expired),
            health=(*self.frame.wipe.notices, *local.health()),
        )
        return plight.notices(seen)

    async def _open(self, op_id: str) -> None:
        await self._look(op_id)
        self.update(step=Step.ENTRY)

    async def _look(self, op_id: str) -> None:
        desk, data = self.frame.desk(), self.ports.data
        detail = await data.read(lambda conn: business.detail(conn, op_id))
        found = None
        if detail.slips:
            found = await data.read(lambda conn: reversals.reversible(conn, desk, op_id))
        self.update(detail=detail, reversible=found)

    async def _reverse(self, pin: str) -> None:
        state, desk = self.state, self.frame.desk()
        assert state.reversible is not None
        assert state.reason is not None
        given = await self.ports.data.run(lambda conn: sessions.confirm(conn, desk, state.op_id, pin))
        if isinstance(given, Denied):
            self.update(pin_error=given.refused)
            return
        agreed = approval.agreed(desk, given)
        wanted = Reversal(state.reversible.op_id, state.reason)
        written = await self.ports.data.run(lambda conn: reversals.reverse(conn, agreed, state.op_id, wanted))
        self.frame.replace(SlipRoute(op_id=written.op_id))

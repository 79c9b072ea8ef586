"""A courier at the counter: what waits goes onto a stick, answers come off it, others' files go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.devices.media import Stick
from kiosk.services.permissions import Permission
from sync import outbox
from sync.errors import StoreError
from ui.routes import CourierRoute
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.courier_result import Carried, Errand, Filled, Read, Result, StickFailed
from ui.viewmodels.courier_shown import CourierShown, CourierState, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class CourierModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"operations", "outcomes"})
    follows_link: ClassVar[bool] = True
    state: CourierState
    shown: CourierShown

    changed = Signal()
    none = prop(str, "none", changed)
    noneHint = prop(str, "none_hint", changed)
    working = prop(str, "working", changed)
    result = prop(str, "result", changed)
    resultKind = prop(str, "result_kind", changed)
    sticks = listed("sticks")
    contents = listed("contents")
    errands = listed("errands")
    counted = listed("counted")
    files = listed("files")

    def __init__(self, frame: Frame, route: CourierRoute) -> None:  # noqa: ARG002
        super().__init__(frame, CourierState())

    def derive(self) -> CourierShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        self.frame.desk().require(Permission.CARRY)
        depth = await self.ports.data.read(outbox.depth)
        sticks = await self.ports.courier.sticks()
        kept = next((one for one in sticks if one.path == self.state.chosen_path), None)
        chosen = kept or (sticks[0] if len(sticks) == 1 else None)
        self.update(sticks=sticks, chosen=chosen, waiting=depth.waiting, link=self.ports.line.link)
        await self._look()

    # --- what the operator does -----------------------------------------------------------------------
    @Slot(str)
    def choose(self, path: str) -> None:
        chosen = next((one for one in self.state.sticks or () if str(one.path) == path), None)
        self.update(chosen=chosen, result=None)
        self.refresh()

    @Slot(str)
    def begin(self, errand: str) -> None:
        self.work(errand, lambda: self._run(Errand(errand)))

    def forward(self) -> None:
        """Looks for sticks again."""
        self.update(looked=None, result=None)
        self.refresh()

    # --- inside ---------------------------------------------------------------------------------------
    async def _run(self, errand: Errand) -> None:
        stick = self.state.chosen
        assert stick is not None
        self.update(working=errand, result=None)
        try:
            self.update(result=await self._do(errand, stick))
        except StoreError as error:
            self.update(result=StickFailed(errand, error, stick.path))
        finally:
            self.update(working=None, looked=None)
        self.refresh()

    async def _do(self, errand: Errand, stick: Stick) -> Result:
        courier = self.ports.courier
        match errand:
            case Errand.WRITE:
                return Filled(await courier.fill(stick))
            case Errand.READ:
                return Read(await courier.empty(stick))
            case Errand.CARRY:
                return Carried(await courier.carry(stick))

    async def _look(self) -> None:
        """Once at what is there: whatever else changes here, the stick says the same."""
        stick = self.state.chosen
        if stick is None or stick == self.state.looked:
            return
        self.update(looked=stick, contents=None)
        try:
            self.update(contents=await self.ports.courier.look(stick))
        except StoreError as error:
            self.update(result=StickFailed(None, error, stick.path))

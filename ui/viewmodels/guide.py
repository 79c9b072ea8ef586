"""The guide to government items: search, list, one item, print."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import catalogue, guide
from ui.routes import GuideRoute, SlipRoute
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.guide_shown import GuideShown, GuideState, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class GuideModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"active_pack"})
    state: GuideState
    shown: GuideShown

    changed = Signal()
    reading = prop(bool, "reading", changed)
    query = prop(str, "query", changed)
    found = prop(str, "found", changed)
    empty = prop(str, "empty", changed)
    more = prop(bool, "more", changed)
    before = prop(bool, "before", changed)
    itemTitle = prop(str, "item_title", changed)
    asOf = prop(str, "as_of", changed)
    ask = prop(str, "ask", changed)
    hits = listed("hits")
    departments = listed("departments")
    pairs = listed("pairs")
    materials = listed("materials")

    def __init__(self, frame: Frame, route: GuideRoute) -> None:
        super().__init__(frame, GuideState(route.service))

    def derive(self) -> GuideShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        state = self.state
        about = await self.ports.data.read_cache(lambda cache: catalogue.service(cache, state.service))
        page = await self.ports.data.read_cache(
            lambda cache: guide.search(cache, state.query, state.department, state.offset, guide.PAGE)
        )
        departments = await self.ports.data.read_cache(guide.departments)
        self.update(about=about, page=page, departments=departments)

    @Slot(str)
    def search(self, query: str) -> None:
        """Every letter searches again: 1,135 items answer within a millisecond."""
        self.update(query=query, offset=0, item=None)
        self.refresh()

    @Slot(str)
    def chooseDepartment(self, name: str) -> None:
        self.update(department=name or None, offset=0)
        self.refresh()

    @Slot()
    def nextPage(self) -> None:
        self.update(offset=self.state.offset + guide.PAGE)
        self.refresh()

    @Slot()
    def previousPage(self) -> None:
        self.update(offset=max(0, self.state.offset - guide.PAGE))
        self.refresh()

    @Slot(str)
    def open(self, item: str) -> None:
        self.work("open", lambda: self._open(item))

    def step_back(self) -> bool:
        if self.state.item is None:
            return False
        self.update(item=None)
        return True

    def forward(self) -> None:
        self.work("print", self._print)

    async def _open(self, item: str) -> None:
        self.update(item=await self.ports.data.read_cache(lambda cache: guide.item(cache, item)))

    async def _print(self) -> None:
        desk, item = self.frame.desk(), self.state.item
        assert item is not None
        slip = await self.ports.data.run(lambda conn: guide.print_guide(conn, desk, item))
        await self.print_slip(slip.number)
        self.frame.go(SlipRoute(number=slip.number))

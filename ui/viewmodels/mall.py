"""The mall: departments, goods with pictures, search by word or pinyin, one good in full, into the basket."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement
from sqlalchemy import Connection

from kiosk.services import catalogue, goods, mall
from kiosk.services.mall import GoodCard
from kiosk.services.paging import Page
from ui.routes import BasketRoute, MallRoute, SellRoute
from ui.viewmodels import goods_shown
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.mall_shown import HERE_NOW, PAGE, MallShown, MallState, Step, show

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class MallModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"basket_lines", "leases", "lease_spends", "active_pack"})
    state: MallState
    shown: MallShown

    changed = Signal()
    step = prop(str, "step", changed)
    query = prop(str, "query", changed)
    letters = prop(bool, "letters", changed)
    more = prop(str, "more", changed)
    nothing = prop(str, "nothing", changed)
    good = prop("QVariantMap", "good", changed)
    qty = prop(int, "qty", changed)
    subtotal = prop(float, "subtotal", changed)
    held = prop(str, "held", changed)
    sell = prop(str, "sell", changed)
    added = prop(str, "added", changed)
    chips = listed("chips")
    goods = listed("goods")
    facts = listed("facts")

    def __init__(self, frame: Frame, route: MallRoute) -> None:
        super().__init__(frame, MallState(route.service))

    def derive(self) -> MallShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        service, desk, data = self.state.service, self.frame.desk(), self.ports.data
        about = await data.read_cache(lambda cache: catalogue.service(cache, service))
        departments = await data.read_cache(mall.departments)
        here = await data.read(lambda conn: mall.allotted(conn, desk))
        held = await data.read(mall.basket)
        basket = await data.read_cache(lambda cache: mall.price(cache, held))
        self.update(about=about, departments=departments, here=here, basket=basket)
        await self._find()

    # --- what the person does -------------------------------------------------------------------------
    @Slot(str)
    def chooseDepartment(self, department: str) -> None:
        self.update(department=department, query="", limit=PAGE, added="")
        self.refresh()

    @Slot(str)
    def search(self, query: str) -> None:
        """As it is typed: by word, by pinyin, by initials."""
        self.update(query=query, limit=PAGE, added="")
        self.refresh()

    @Slot(str)
    def press(self, key: str) -> None:
        """A letter key on the screen."""
        self.search(self.state.query + key.lower())

    @Slot()
    def erase(self) -> None:
        self.search(self.state.query[:-1])

    @Slot()
    def toggleLetters(self) -> None:
        self.update(letters=not self.state.letters)

    @Slot()
    def showMore(self) -> None:
        self.update(limit=self.state.limit + PAGE)
        self.refresh()

    @Slot(str)
    def open(self, good: str) -> None:
        self.work("open", lambda: self._open(good))

    @Slot(int)
    def setQuantity(self, qty: int) -> None:
        self.update(qty=qty)

    @Slot()
    def sellHere(self) -> None:
        good = self.state.good
        assert good is not None
        self.frame.go(SellRoute(self.state.service, good.card.id))

    def forward(self) -> None:
        if self.state.step is Step.BROWSE:
            self.frame.go(BasketRoute(self.state.service))
        else:
            self.work("add", self._add)

    def step_back(self) -> bool:
        if self.state.step is Step.BROWSE:
            return False
        self.update(step=Step.BROWSE, good=None)
        return True

    # --- inside ---------------------------------------------------------------------------------------
    async def _find(self) -> None:
        page = await self.ports.data.read_cache(self._page())
        pictures = goods_shown.urls(self.ports.pictures, page.items)
        self.update(found=page.items, total=page.total, pictures={**self.state.pictures, **pictures})

    def _page(self) -> Callable[[Connection], Page[GoodCard]]:
        state = self.state
        query, limit, here = state.query, state.limit, tuple(state.here)
        fixed = state.about.ref if state.about else None
        department = fixed or (state.department if state.department != HERE_NOW else None) or None

        def find(cache: Connection) -> Page[GoodCard]:
            if state.department == HERE_NOW and not query:
                cards = goods.cards(cache, here)
                return Page(cards, len(cards), 0, limit)
            return mall.search(cache, query, department, 0, limit)

        return find

    async def _open(self, good_id: str) -> None:
        good = await self.ports.data.read_cache(lambda cache: mall.good(cache, good_id))
        pictures = goods_shown.urls(self.ports.pictures, (good.card,))
        self.update(step=Step.GOOD, good=good, qty=1, added="", pictures={**self.state.pictures, **pictures})

    async def _add(self) -> None:
        good, qty, now = self.state.good, self.state.qty, self.ports.local.now()
        assert good is not None
        held = sum(line.qty for line in self.state.basket.lines if line.card.id == good.card.id)
        await self.ports.data.run(lambda conn: mall.put(conn, now, good.card.id, held + qty))
        self.update(step=Step.BROWSE, good=None, added=good.card.title)

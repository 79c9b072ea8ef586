"""Every page of the product: which view-model and which QML file open which route."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from ui.frame import Frame, PageSpec
from ui.routes import (
    AttractRoute,
    BasketRoute,
    BillsRoute,
    BoardRoute,
    BusinessRoute,
    CallbackRoute,
    CasesRoute,
    CourierRoute,
    DevicesRoute,
    ExitRoute,
    FormRoute,
    GalleryRoute,
    GuideRoute,
    HomeRoute,
    IdentifyRoute,
    LeasesRoute,
    LineRoute,
    LogsRoute,
    MallRoute,
    QueueRoute,
    RightsRoute,
    Route,
    SecondRoute,
    SellRoute,
    SettingsRoute,
    SetupRoute,
    SignInRoute,
    SlipRoute,
    StaffRoute,
    StorageRoute,
    TillRoute,
    UncleanRoute,
    UnlockRoute,
)
from ui.viewmodels.base import PageModel


@dataclass(frozen=True)
class ModelIn:
    """A view-model whose module is imported when its page is first opened: no start waits for all of them."""

    module: str
    name: str

    def load(self) -> type[PageModel]:
        """Before the page's QML, which knows the class by its name."""
        model: type[PageModel] = getattr(import_module(f"ui.viewmodels.{self.module}"), self.name)
        return model

    def __call__(self, frame: Frame, route: Any) -> PageModel:
        return self.load()(frame, route)


def _page(module: str, name: str) -> PageSpec:
    return PageSpec(ModelIn(module, f"{name}Model"), f"{name}Page.qml")


PAGES: Mapping[type[Route], PageSpec] = {
    SetupRoute: _page("setup", "Setup"),
    AttractRoute: _page("attract", "Attract"),
    UncleanRoute: _page("unclean", "Unclean"),
    HomeRoute: _page("home", "Home"),
    BoardRoute: _page("board", "Board"),
    SignInRoute: _page("sign_in", "SignIn"),
    IdentifyRoute: _page("identify", "Identify"),
    UnlockRoute: _page("unlock", "Unlock"),
    SecondRoute: _page("second", "Second"),
    GuideRoute: _page("guide", "Guide"),
    FormRoute: _page("form", "Form"),
    BillsRoute: _page("bills", "Bills"),
    MallRoute: _page("mall", "Mall"),
    BasketRoute: _page("basket", "Basket"),
    SellRoute: _page("sell", "Sell"),
    RightsRoute: _page("rights", "Rights"),
    BusinessRoute: _page("business", "Business"),
    CasesRoute: _page("cases", "Cases"),
    CallbackRoute: _page("callback", "Callback"),
    QueueRoute: _page("queue", "Queue"),
    TillRoute: _page("till", "Till"),
    LeasesRoute: _page("leases", "Leases"),
    StaffRoute: _page("staff", "Staff"),
    CourierRoute: _page("courier", "Courier"),
    DevicesRoute: _page("devices", "Devices"),
    StorageRoute: _page("storage", "Storage"),
    LogsRoute: _page("logs", "Logs"),
    SettingsRoute: _page("settings", "Settings"),
    LineRoute: _page("line", "Line"),
    GalleryRoute: _page("gallery", "Gallery"),
    ExitRoute: _page("exit", "Exit"),
    SlipRoute: _page("slip", "Slip"),
}

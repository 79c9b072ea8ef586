"""Every page of the product: which view-model and which QML file open which route."""

from __future__ import annotations

from collections.abc import Mapping

from ui.frame import PageSpec
from ui.routes import AttractRoute, BillsRoute, HomeRoute, Route, SlipRoute
from ui.viewmodels.attract import AttractModel
from ui.viewmodels.bills import BillsModel
from ui.viewmodels.home import HomeModel
from ui.viewmodels.slip import SlipModel

PAGES: Mapping[type[Route], PageSpec] = {
    AttractRoute: PageSpec(AttractModel, "AttractPage.qml"),
    HomeRoute: PageSpec(HomeModel, "HomePage.qml"),
    BillsRoute: PageSpec(BillsModel, "BillsPage.qml"),
    SlipRoute: PageSpec(SlipModel, "SlipPage.qml"),
}

"""Every page of the product: which view-model and which QML file open which route."""

from __future__ import annotations

from collections.abc import Mapping

from ui.frame import PageSpec
from ui.routes import (
    AttractRoute,
    BasketRoute,
    BillsRoute,
    BusinessRoute,
    CallbackRoute,
    CasesRoute,
    FormRoute,
    GuideRoute,
    HomeRoute,
    MallRoute,
    QueueRoute,
    RightsRoute,
    Route,
    SellRoute,
    SetupRoute,
    SignInRoute,
    SlipRoute,
    StaffRoute,
    TillRoute,
)
from ui.viewmodels.attract import AttractModel
from ui.viewmodels.basket import BasketModel
from ui.viewmodels.bills import BillsModel
from ui.viewmodels.business import BusinessModel
from ui.viewmodels.callback import CallbackModel
from ui.viewmodels.cases import CasesModel
from ui.viewmodels.form import FormModel
from ui.viewmodels.guide import GuideModel
from ui.viewmodels.home import HomeModel
from ui.viewmodels.mall import MallModel
from ui.viewmodels.queue import QueueModel
from ui.viewmodels.rights import RightsModel
from ui.viewmodels.sell import SellModel
from ui.viewmodels.setup import SetupModel
from ui.viewmodels.sign_in import SignInModel
from ui.viewmodels.slip import SlipModel
from ui.viewmodels.staff import StaffModel
from ui.viewmodels.till import TillModel

PAGES: Mapping[type[Route], PageSpec] = {
    SetupRoute: PageSpec(SetupModel, "SetupPage.qml"),
    AttractRoute: PageSpec(AttractModel, "AttractPage.qml"),
    HomeRoute: PageSpec(HomeModel, "HomePage.qml"),
    SignInRoute: PageSpec(SignInModel, "SignInPage.qml"),
    GuideRoute: PageSpec(GuideModel, "GuidePage.qml"),
    FormRoute: PageSpec(FormModel, "FormPage.qml"),
    BillsRoute: PageSpec(BillsModel, "BillsPage.qml"),
    MallRoute: PageSpec(MallModel, "MallPage.qml"),
    BasketRoute: PageSpec(BasketModel, "BasketPage.qml"),
    SellRoute: PageSpec(SellModel, "SellPage.qml"),
    RightsRoute: PageSpec(RightsModel, "RightsPage.qml"),
    BusinessRoute: PageSpec(BusinessModel, "BusinessPage.qml"),
    CasesRoute: PageSpec(CasesModel, "CasesPage.qml"),
    CallbackRoute: PageSpec(CallbackModel, "CallbackPage.qml"),
    QueueRoute: PageSpec(QueueModel, "QueuePage.qml"),
    TillRoute: PageSpec(TillModel, "TillPage.qml"),
    StaffRoute: PageSpec(StaffModel, "StaffPage.qml"),
    SlipRoute: PageSpec(SlipModel, "SlipPage.qml"),
}

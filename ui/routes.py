"""Where a person can be: one frozen dataclass per page, with what the page needs to open."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.devices.paper import Slip
from kiosk.services.approval import Ask
from kiosk.services.permissions import Session


@dataclass(frozen=True)
class SetupRoute:
    """`anew`: a terminal that was set up before, on the same disk; one may go back."""

    anew: bool = False


@dataclass(frozen=True)
class AttractRoute:
    pass


@dataclass(frozen=True)
class UncleanRoute:
    """Something of whoever was here last is left: nobody comes in."""


@dataclass(frozen=True)
class HomeRoute:
    pass


@dataclass(frozen=True)
class BoardRoute:
    """What can be done right now: of one service why and what instead, or of all (in one chapter)."""

    service: str = ""
    chapter: str = ""


@dataclass(frozen=True)
class SignInRoute:
    """`then` is opened once somebody is signed in."""

    then: Route | None = None


@dataclass(frozen=True)
class IdentifyRoute:
    """`then` is opened once it is known who is there, or the person goes on without.

    `vouched`: by telephone at once, where an operator is signed in.
    """

    then: Route | None = None
    vouched: bool = False


@dataclass(frozen=True)
class SecondRoute:
    """Another operator is to agree."""

    ask: Ask


@dataclass(frozen=True)
class UnlockRoute:
    """The PIN of the operator who went away."""

    session: Session


@dataclass(frozen=True)
class GuideRoute:
    service: str


@dataclass(frozen=True)
class FormRoute:
    service: str


@dataclass(frozen=True)
class BillsRoute:
    service: str


@dataclass(frozen=True)
class MallRoute:
    service: str


@dataclass(frozen=True)
class BasketRoute:
    service: str


@dataclass(frozen=True)
class SellRoute:
    """A good that lies at this point."""

    service: str
    good: str


@dataclass(frozen=True)
class RightsRoute:
    service: str


@dataclass(frozen=True)
class CallbackRoute:
    service: str


@dataclass(frozen=True)
class SlipRoute:
    """The slip of an operation (its latest) or, with `number`, one slip; `fresh`: as it was just made."""

    op_id: str | None = None
    number: str | None = None
    fresh: Slip | None = None


@dataclass(frozen=True)
class BusinessRoute:
    """My business; with `op_id`, one of them; with `slip`, what this number or code of a slip is about."""

    op_id: str | None = None
    slip: str = ""


@dataclass(frozen=True)
class QueueRoute:
    pass


@dataclass(frozen=True)
class CasesRoute:
    case: str | None = None


@dataclass(frozen=True)
class StaffRoute:
    pass


@dataclass(frozen=True)
class TillRoute:
    pass


@dataclass(frozen=True)
class LeasesRoute:
    pass


@dataclass(frozen=True)
class CourierRoute:
    pass


@dataclass(frozen=True)
class DevicesRoute:
    pass


@dataclass(frozen=True)
class StorageRoute:
    pass


@dataclass(frozen=True)
class LogsRoute:
    pass


@dataclass(frozen=True)
class SettingsRoute:
    pass


@dataclass(frozen=True)
class LineRoute:
    pass


@dataclass(frozen=True)
class ExitRoute:
    pass


@dataclass(frozen=True)
class GalleryRoute:
    pass


Route = (
    SetupRoute
    | AttractRoute
    | UncleanRoute
    | HomeRoute
    | BoardRoute
    | SignInRoute
    | IdentifyRoute
    | UnlockRoute
    | SecondRoute
    | GuideRoute
    | FormRoute
    | BillsRoute
    | MallRoute
    | BasketRoute
    | SellRoute
    | RightsRoute
    | CallbackRoute
    | SlipRoute
    | BusinessRoute
    | QueueRoute
    | CasesRoute
    | StaffRoute
    | TillRoute
    | LeasesRoute
    | CourierRoute
    | DevicesRoute
    | StorageRoute
    | LogsRoute
    | SettingsRoute
    | LineRoute
    | ExitRoute
    | GalleryRoute
)

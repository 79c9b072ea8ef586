"""What this terminal is, what its settings file says, and how its screen begins: staff choose that here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtQml import QmlElement

import kiosk
from kiosk.services import beginning, pack
from kiosk.services.beginning import Beginning
from kiosk.services.permissions import Permission
from sync import identity
from ui.routes import SettingsRoute
from ui.viewmodels.base import PageModel, listed, prop
from ui.viewmodels.settings_shown import About, Choice, SettingsShown, SettingsState, show, with_choice

if TYPE_CHECKING:
    from ui.frame import Frame

QML_IMPORT_NAME = "App"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class SettingsModel(PageModel):
    tables: ClassVar[frozenset[str]] = frozenset({"identity", "active_pack", "cursors"})
    state: SettingsState
    shown: SettingsShown

    changed = Signal()
    asDeployed = prop(str, "as_deployed", changed)
    about = listed("about")
    deployed = listed("deployed")
    choices = listed("choices")

    def __init__(self, frame: Frame, route: SettingsRoute) -> None:  # noqa: ARG002
        super().__init__(frame, SettingsState(frame.ports.deployed))

    def derive(self) -> SettingsShown:
        return show(self.state, self.lang)

    async def read(self) -> None:
        desk = self.frame.desk()
        desk.require(Permission.SETTINGS)
        data = self.ports.data
        here, version = await data.read(identity.require), await data.read(pack.version)
        about = About(desk.place.name, here, kiosk.__version__, version, self.frame.patience())
        self.update(about=about, chosen=await data.read(beginning.chosen))

    # --- what staff do --------------------------------------------------------------------------------
    @Slot(str, str)
    def choose(self, choice: str, value: str) -> None:
        wanted = with_choice(self.state.begins, Choice(choice), value)
        self.work("choose", lambda: self._keep(wanted))

    @Slot()
    def restore(self) -> None:
        self.work("restore", lambda: self._keep(None))

    # --- inside ---------------------------------------------------------------------------------------
    async def _keep(self, wanted: Beginning | None) -> None:
        """Kept first: what is seen is what the next start finds too."""
        self.frame.desk().require(Permission.SETTINGS)
        await self.ports.data.run(lambda conn: beginning.keep(conn, wanted))
        self.update(chosen=wanted)
        self.frame.begin_as(self.state.begins)
        self.refresh()

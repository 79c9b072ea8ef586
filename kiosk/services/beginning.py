"""How the screen of this terminal begins: as its settings file has it, or as staff chose on the spot."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from kiosk.bilingual import Lang
from kiosk.typing.board import KeyboardUse
from kiosk.variant import LockUse, Variant
from sync import transfer

NAME = "screen"  # of the mark in the ledger


@dataclass(frozen=True)
class Beginning:
    """What whoever comes next finds."""

    language: Lang = Lang.ZH
    look: Variant = Variant.NORMAL
    large: bool = False
    still: bool = False


@dataclass(frozen=True)
class Deployed:
    """As the settings file has it, which is not changed from the screen."""

    begins: Beginning = Beginning()
    keyboard: KeyboardUse = KeyboardUse.AUTO
    lock: LockUse = LockUse.AUTO
    full_screen: bool = False


def chosen(conn: Connection) -> Beginning | None:
    """None: nobody chose here, or a later version of the program did in words unknown to this one."""
    kept = transfer.cursor(conn, NAME)
    if not kept:
        return None
    try:
        return _read(json.loads(kept))
    except (ValueError, KeyError, TypeError):
        return None


def keep(conn: Connection, wanted: Beginning | None) -> None:
    """None: from now on as the settings file has it."""
    transfer.set_cursor(conn, NAME, "" if wanted is None else json.dumps(_written(wanted)))


def _read(kept: Any) -> Beginning:
    return Beginning(Lang(kept["language"]), Variant(kept["look"]), bool(kept["large"]), bool(kept["still"]))


def _written(wanted: Beginning) -> dict[str, Any]:
    return {
        "language": wanted.language.value,
        "look": wanted.look.value,
        "large": wanted.large,
        "still": wanted.still,
    }

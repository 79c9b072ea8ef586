"""Loads the product's Chinese type face, and says which one it had to take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QRawFont

from kiosk import typeface

SYSTEM_FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "PingFang SC",
)


class FontSource(Enum):
    """Where the type face came from."""

    BUNDLED = "bundled"
    SYSTEM = "system"
    MISSING = "missing"


@dataclass(frozen=True)
class LoadedFont:
    """The family in use; `MISSING` means Chinese text will not be readable."""

    family: str
    source: FontSource


def load_fonts(folders: Sequence[Path] = typeface.FOLDERS) -> LoadedFont:
    """Takes the first folder with our subset, else a Chinese font of the system, as application font."""
    loaded = _bundled(folders) or _system()
    QGuiApplication.setFont(QFont(loaded.family))
    return loaded


def missing_glyphs(text: str, family: str) -> list[str]:
    """The characters that `family` itself cannot draw, each once, in order."""
    face = QRawFont.fromFont(QFont(family))
    return [c for c in dict.fromkeys(text) if not c.isspace() and not face.supportsCharacter(ord(c))]


def _bundled(folders: Sequence[Path]) -> LoadedFont | None:
    handles = [QFontDatabase.addApplicationFont(str(path)) for path in typeface.faces(folders)]
    families = [f for handle in handles if handle >= 0 for f in QFontDatabase.applicationFontFamilies(handle)]
    return LoadedFont(families[0], FontSource.BUNDLED) if families else None


def _system() -> LoadedFont:
    chinese = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
    for family in (*SYSTEM_FAMILIES, *sorted(chinese)):
        if family in chinese:
            return LoadedFont(family, FontSource.SYSTEM)
    return LoadedFont(QGuiApplication.font().family(), FontSource.MISSING)

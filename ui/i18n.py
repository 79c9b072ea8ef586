"""Puts one of the two languages on the screen, live."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator

from kiosk.bilingual import Lang

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "i18n"


class Translation:
    """The source strings are Chinese: Chinese needs no file, English comes from `yizhan_en.qm`."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._english = QTranslator()
        self.complete = self._english.load("yizhan_en", str(folder))

    def use(self, lang: Lang) -> None:
        QCoreApplication.removeTranslator(self._english)
        if lang is Lang.EN:
            QCoreApplication.installTranslator(self._english)

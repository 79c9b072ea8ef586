"""Puts one of the two languages on the screen, live."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator

from kiosk.bilingual import Lang

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "i18n"
FILES = {Lang.ZH: "yizhan_zh_CN", Lang.EN: "yizhan_en"}


class Translation:
    """Words come from a file in both languages: a page's own words are the key, and Chinese."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._of = {lang: QTranslator() for lang in FILES}
        loaded = [self._of[lang].load(name, str(folder)) for lang, name in FILES.items()]
        self.complete = all(loaded)

    def use(self, lang: Lang) -> None:
        for other in self._of.values():
            QCoreApplication.removeTranslator(other)
        QCoreApplication.installTranslator(self._of[lang])

    def drop(self) -> None:
        for each in self._of.values():
            QCoreApplication.removeTranslator(each)

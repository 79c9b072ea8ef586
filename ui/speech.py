"""The voice of the platform's speech engine, where Qt TextToSpeech is installed (the extra `speech`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QLocale

from kiosk.bilingual import Lang

LANGUAGES = {Lang.ZH: QLocale.Language.Chinese, Lang.EN: QLocale.Language.English}
RATE = -0.15
"""A little slower than people talk: between -1 and 1."""
STOPS = {Lang.ZH: "。", Lang.EN: ". "}


class EngineVoice:
    """Without the library, or without an engine on this machine, it is available in no language."""

    def __init__(self, wanted: str = "") -> None:
        """`wanted`: an engine by name; otherwise the platform's best."""
        self._engine = _engine(wanted)
        self._locales: dict[Lang, QLocale] = {}
        if self._engine is not None:
            for locale in self._engine.availableLocales():
                for lang, language in LANGUAGES.items():
                    if locale.language() is language:
                        self._locales.setdefault(lang, locale)

    def available(self, lang: Lang) -> bool:
        return lang in self._locales

    def say(self, sentences: Sequence[str], lang: Lang) -> None:
        if self._engine is not None and lang in self._locales:
            self._engine.setLocale(self._locales[lang])
            self._engine.setRate(RATE)
            self._engine.say(STOPS[lang].join(sentences))

    def stop(self) -> None:
        if self._engine is not None and self.speaking():
            self._engine.stop()

    def speaking(self) -> bool:
        return self._engine is not None and self._engine.state().name in ("Speaking", "Synthesizing")


def _engine(wanted: str) -> Any:
    try:
        from PySide6.QtTextToSpeech import QTextToSpeech
    except ImportError:
        return None
    names = [name for name in QTextToSpeech.availableEngines() if name != "mock" or wanted]
    if not names:
        return None
    return QTextToSpeech(wanted if wanted in names else names[0])

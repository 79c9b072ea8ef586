"""The voice of the speech engine: Qt's own mock where the extra is installed, none at all without it."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.bilingual import Lang
from ui.speech import EngineVoice


def test_without_the_library_there_is_no_voice_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtTextToSpeech", None)
    voice = EngineVoice()
    assert not any(voice.available(lang) for lang in Lang)
    voice.say(("您好",), Lang.ZH)
    voice.stop()
    assert not voice.speaking()


def test_it_speaks_the_languages_of_the_engine_and_stops(qapp: QGuiApplication) -> None:
    pytest.importorskip("PySide6.QtTextToSpeech", exc_type=ImportError)
    voice = EngineVoice("mock")
    assert (voice.available(Lang.EN), voice.available(Lang.ZH)) == (True, False)
    voice.say(("Pay the bill", "132.62 yuan"), Lang.EN)
    assert voice.speaking()
    voice.stop()
    assert not voice.speaking()

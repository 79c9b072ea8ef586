"""Which voice reads aloud, from the settings."""

from __future__ import annotations

from pathlib import Path

from kiosk.devices.prompts import RecordedVoice
from kiosk.devices.speech import NoVoice, Voice, Voices
from kiosk.setting_sections import VoiceKind, VoiceSettings
from ui.speech import EngineVoice


def voice(settings: VoiceSettings, data_folder: Path) -> Voice:
    folder = settings.folder or data_folder / "voice"
    match settings.kind:
        case VoiceKind.NONE:
            return NoVoice()
        case VoiceKind.RECORDED:
            return RecordedVoice(folder, settings.player)
        case VoiceKind.ENGINE:
            return EngineVoice()
        case VoiceKind.AUTO:
            return Voices((RecordedVoice(folder, settings.player), EngineVoice()))

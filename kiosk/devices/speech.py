"""What the application asks of a voice. One that is not there is no error: the button is not shown then."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.bilingual import Lang, Text

BOTH = Text("有中文和英文的声音", "voices for Chinese and English")
ONE = {
    Lang.ZH: Text("有中文的声音，没有英文的", "a voice for Chinese, none for English"),
    Lang.EN: Text("有英文的声音，没有中文的", "a voice for English, none for Chinese"),
}
NONE = Text(
    "没有声音，不显示“朗读”按钮：装语音引擎，或在 [voice] 的目录里放录音",
    "no voice, so no button “Listen”: install a speech engine or put recordings in the folder of [voice]",
)


class Voice(Protocol):
    """Called on the loop: returns at once, whatever is said."""

    def available(self, lang: Lang) -> bool: ...

    def say(self, sentences: Sequence[str], lang: Lang) -> None:
        """Instead of what it is saying; a sentence that it cannot say is left out."""

    def stop(self) -> None: ...

    def speaking(self) -> bool: ...


class NoVoice:
    def available(self, lang: Lang) -> bool:  # noqa: ARG002
        return False

    def say(self, sentences: Sequence[str], lang: Lang) -> None:
        """Nobody hears it."""

    def stop(self) -> None:
        pass

    def speaking(self) -> bool:
        return False


@dataclass(frozen=True)
class Voices:
    """Several of them: of each language speaks the first that can."""

    among: tuple[Voice, ...]

    def available(self, lang: Lang) -> bool:
        return any(voice.available(lang) for voice in self.among)

    def say(self, sentences: Sequence[str], lang: Lang) -> None:
        self.stop()
        voice = next((voice for voice in self.among if voice.available(lang)), None)
        if voice is not None:
            voice.say(sentences, lang)

    def stop(self) -> None:
        for voice in self.among:
            voice.stop()

    def speaking(self) -> bool:
        return any(voice.speaking() for voice in self.among)


def told(voice: Voice) -> Text:
    """What there is to be heard, for the settings: the one place that speaks of a missing voice."""
    there = [lang for lang in Lang if voice.available(lang)]
    return BOTH if len(there) == len(Lang) else ONE[there[0]] if there else NONE

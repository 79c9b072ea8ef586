"""A voice that remembers what it said, in both languages, and ends when the test says so."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.bilingual import Lang


class Heard:
    def __init__(self) -> None:
        self.tongues = frozenset(Lang)
        self.said: list[tuple[str, ...]] = []
        self.lang: Lang | None = None

    def available(self, lang: Lang) -> bool:
        return lang in self.tongues

    def say(self, sentences: Sequence[str], lang: Lang) -> None:
        self.said.append(tuple(sentences))
        self.lang = lang

    def stop(self) -> None:
        self.lang = None

    def speaking(self) -> bool:
        return self.lang is not None

"""Text for people in the two languages of the screen and of the paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Lang(Enum):
    ZH = "zh"
    EN = "en"


class Counted(str):
    """A number as a parameter of English words: `{left:try|tries}` is 1 try, 2 tries."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        if "|" not in spec:
            return super().__format__(spec)
        one, many = spec.split("|")
        return f"{self} {one if self == '1' else many}"


@dataclass(frozen=True)
class Text:
    zh: str
    en: str

    def of(self, lang: Lang) -> str:
        return self.zh if lang is Lang.ZH else self.en

    def with_params(self, params: Mapping[str, "str | Text"]) -> "Text":
        """Fills `{name}` places, `{left:try|tries}` with the noun that fits the number.

        A bilingual parameter gives each language its own words.
        """
        zh = {k: v.zh if isinstance(v, Text) else v for k, v in params.items()}
        en = {k: v.en if isinstance(v, Text) else Counted(v) for k, v in params.items()}
        return Text(self.zh.format_map(zh), self.en.format_map(en))


def same(text: str) -> Text:
    """A name or a number that reads alike in both languages."""
    return Text(text, text)


def from_pack(raw: Mapping[str, str]) -> Text:
    """A pack's `{zh, en}`; a missing English falls back to the Chinese."""
    return Text(raw["zh"], raw.get("en") or raw["zh"])

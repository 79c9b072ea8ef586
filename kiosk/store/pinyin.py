"""Pinyin keys of a text: how it is typed in full, and by initials."""

import json
import unicodedata
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from sys import byteorder

_LONGEST = 4
_SURNAME = "^"
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


@dataclass(frozen=True)
class SearchKeys:
    """`shenfenzheng` and `sfz`; Latin letters and digits stand in both as they are."""

    full: str
    initials: str


def keys(text: str) -> SearchKeys:
    """Keys of any text; what has no reading and is neither Latin nor digit is left out."""
    return _joined(_table().spell(_normal(text)))


def name_keys(name: str) -> SearchKeys:
    """Keys of a person's name, whose surname may be read its own way: 单 shan, 仇 qiu."""
    text, table = _normal(name), _table()
    for size in (2, 1):
        if (sound := table.surnames.get(text[:size])) is not None:
            return _joined((*sound, *table.spell(text[size:])))
    return _joined(table.spell(text))


def readings(char: str) -> tuple[str, ...]:
    """Every reading of one character without tones, the usual one first; empty if none is known."""
    return _table().readings(char)


def syllables(text: str) -> tuple[str, ...]:
    """How a word is read, character by character."""
    return tuple(_table().spell(_normal(text)))


def surname_readings() -> Mapping[str, tuple[str, ...]]:
    """The surnames that are read their own way."""
    return _table().surnames


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _joined(syllables: Iterable[str]) -> SearchKeys:
    """A Latin letter or digit is a syllable of one character, so its initial is itself."""
    found = tuple(syllables)
    return SearchKeys("".join(found), "".join(syllable[0] for syllable in found))


@dataclass(frozen=True)
class _Table:
    kinds: tuple[tuple[str, ...], ...]
    ranges: tuple[tuple[int, int, int], ...]
    """First and last code point, and where their cells begin."""
    cells: "array[int]"
    phrases: dict[str, tuple[str, ...]]
    beginnings: frozenset[str]
    """First two characters of the phrases: most text is passed with one look."""
    surnames: dict[str, tuple[str, ...]]

    def readings(self, char: str) -> tuple[str, ...]:
        code = ord(char)
        for low, high, start in self.ranges:
            if low <= code <= high:
                return self.kinds[self.cells[start + code - low]]
        return ()

    def spell(self, text: str) -> Iterator[str]:
        at = 0
        while at < len(text):
            phrase = self._phrase_at(text, at) if text[at : at + 2] in self.beginnings else None
            if phrase is not None:
                yield from self.phrases[phrase]
                at += len(phrase)
                continue
            char = text[at]
            at += 1
            if char in _LATIN:
                yield char
            elif found := self.readings(char):
                yield found[0]

    def _phrase_at(self, text: str, at: int) -> str | None:
        parts = (text[at : at + size] for size in range(_LONGEST, 1, -1))
        return next((part for part in parts if part in self.phrases), None)


@cache
def _table() -> _Table:
    folder = resources.files("resources").joinpath("pinyin")
    packed = zlib.decompress(folder.joinpath("characters.bin").read_bytes())
    size = 4 + int.from_bytes(packed[:4], "little")
    head = json.loads(packed[4:size])
    cells = array("H", packed[size:])
    if byteorder == "big":
        cells.byteswap()
    rows = [line.split("\t") for line in folder.joinpath("phrases.tsv").read_text("utf-8").splitlines()]
    words = {word: tuple(sound.split(" ")) for word, sound in rows}
    surnames = {word[1:]: sound for word, sound in words.items() if word[0] == _SURNAME}
    phrases = {word: sound for word, sound in words.items() if word[0] != _SURNAME}
    return _Table(
        kinds=tuple(tuple(kind.split(",")) if kind else () for kind in head["readings"]),
        ranges=tuple(_with_starts(head["ranges"])),
        cells=cells,
        phrases=phrases,
        beginnings=frozenset(word[:2] for word in phrases),
        surnames=surnames,
    )


def _with_starts(ranges: list[list[int]]) -> Iterator[tuple[int, int, int]]:
    start = 0
    for low, high in ranges:
        yield low, high, start
        start += high - low + 1

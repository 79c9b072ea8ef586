"""The words, characters and surnames of `resources/pinyin/input.bin`, read when the first letter is typed."""

import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from importlib import resources
from operator import itemgetter
from typing import NamedTuple

from kiosk.typing.syllables import Element

HEAVIEST = 78
"""The weight a word would have if nothing else was ever typed; weights are thirds of a bit."""
_NO_WEIGHT = 33
_LOOSE = 200
"""Characters offered for an unfinished syllable; a whole one offers all."""


class Word(NamedTuple):
    text: str
    weight: int


Words = tuple[Word, ...]


class Table:
    def __init__(self, packed: bytes) -> None:
        words, characters, surnames, given, parts = zlib.decompress(packed).decode().split("\n\n")
        self._buckets = dict(line.split("\t", 1) for line in words.split("\n"))
        self._characters = dict(line.split("\t", 1) for line in characters.split("\n"))
        self._surnames = dict(line.split("\t") for line in surnames.split("\n"))
        self._given = given
        self._parts = parts
        self._initials = tuple(self._buckets)  # in order
        self._bucket = lru_cache(maxsize=512)(self._open)
        self._likeliest = lru_cache(maxsize=512)(self._likeliest_of)
        self.characters = lru_cache(maxsize=512)(self._characters_of)
        self.beginning_with = lru_cache(maxsize=128)(self._all_beginning_with)
        self._kept = (self._bucket, self._likeliest, self.characters, self.beginning_with)

    def matching(self, path: Sequence[Element]) -> Iterator[Words]:
        """Words of as many characters as the path has elements: those of one pronunciation together."""
        return (_words(found, len(path)) for found in self._matching(path))

    def made_of(self, path: Sequence[Element]) -> Iterator[str]:
        """Rare characters by the readings of their parts."""
        cells = self._by_parts.get("".join([element.text[0] for element in path]), "").split("\t")
        for sound, chars in zip(cells[::2], cells[1::2], strict=False):
            if fit(path, sound.split("'")):
                yield from chars

    @cached_property
    def _by_parts(self) -> dict[str, str]:
        return dict(line.split("\t", 1) for line in self._parts.split("\n"))

    def likeliest(self, path: Sequence[Element]) -> Word | None:
        """The first of all that match."""
        return self._likeliest(tuple([(element.text, element.whole) for element in path]))

    def goes_on(self, initials: str) -> bool:
        """Whether any longer word begins so."""
        at = bisect_right(self._initials, initials)
        return at < len(self._initials) and self._initials[at].startswith(initials)

    def syllables(self) -> Sequence[str]:
        return tuple(self._characters)

    def surnames(self) -> Mapping[str, str]:
        """Each with its reading, syllables apart by a space; the most frequent first."""
        return self._surnames

    def given(self) -> Words:
        """The characters that people are named with, the most frequent first."""
        return _words(self._given, 1)

    def words(self) -> Iterator[tuple[str, str]]:
        """Every word of two characters and more, behind its syllables."""
        for initials in self._buckets:
            for sound, found in self._open(initials).items():
                yield from ((sound, word.text) for word in _words(found, len(initials)))

    def parts(self) -> Iterator[tuple[str, str]]:
        """Every character that can be found by its parts, behind their readings."""
        for line in self._by_parts.values():
            cells = line.split("\t")
            for sound, chars in zip(cells[::2], cells[1::2], strict=True):
                yield from ((sound, char) for char in chars)

    @property
    def remembers(self) -> bool:
        return any(kept.cache_info().currsize for kept in self._kept)

    def forget(self) -> None:
        """Which parts were opened tells what was typed."""
        for kept in self._kept:
            kept.cache_clear()

    def _likeliest_of(self, parts: tuple[tuple[str, bool], ...]) -> Word | None:
        path = [Element(text, whole, 0) for text, whole in parts]
        if len(path) > 1:
            found = [_words(words[: len(path) + 1], len(path))[0] for words in self._matching(path)]
        else:
            found = list((self.characters if path[0].whole else self.beginning_with)(path[0].text)[:1])
        return max(found, key=itemgetter(1), default=None)

    def _matching(self, path: Sequence[Element]) -> Iterator[str]:
        bucket = self._bucket("".join([element.text[0] for element in path]))
        if all(element.whole for element in path):
            if found := bucket.get("'".join([element.text for element in path])):
                yield found
            return
        for sound, found in bucket.items():
            if fit(path, sound.split("'")):
                yield found

    def _open(self, initials: str) -> dict[str, str]:
        """Pronunciations, syllables apart by a separator, and their words as they are packed."""
        parts = self._buckets.get(initials, "").split("\t")
        return dict(zip(parts[::2], parts[1::2], strict=False))

    def _characters_of(self, syllable: str) -> Words:
        """The most frequent first; the rare ones, which weigh nothing, at the end."""
        used, rare = self._characters[syllable].split("\t")
        return (*_words(used, 1), *(Word(char, 0) for char in rare))

    def _all_beginning_with(self, part: str) -> Words:
        """The most frequent characters of the syllables that begin so."""
        syllables = [one for one in self._characters if one.startswith(part)]
        found = [word for one in syllables for word in self.characters(one)[:_LOOSE]]
        return tuple(sorted(found, key=lambda word: -word.weight)[:_LOOSE])


def fit(path: Sequence[Element], syllables: Sequence[str]) -> bool:
    for element, syllable in zip(path, syllables, strict=True):
        if syllable != element.text if element.whole else not syllable.startswith(element.text):
            return False
    return True


def _words(text: str, size: int) -> Words:
    step = size + 1
    return tuple(
        [Word(text[at : at + size], ord(text[at + size]) - _NO_WEIGHT) for at in range(0, len(text), step)]
    )


@cache
def table() -> Table:
    return Table(resources.files("resources").joinpath("pinyin", "input.bin").read_bytes())

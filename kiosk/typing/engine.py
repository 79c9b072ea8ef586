"""What typed letters may mean: whole sentences, words, characters, the likeliest first."""

from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from kiosk.typing.syllables import SEPARATOR, SYLLABLES, Element, elements
from kiosk.typing.table import HEAVIEST, Table, Word, Words, fit

LONGEST_BUFFER = 40
LONGEST_WORD = 8
UNFINISHED, FURTHER_UNFINISHED = 18, 6
"""What the first element that is not typed out costs, and each other one, in thirds of a bit."""
APART = 8
PER_CHARACTER = 12
"""Who types two syllables together rather means a word than two characters."""
GIVEN = 30
"""What a character that people are named with weighs more, in a name."""
SURNAME, SURNAMES_PER_STEP = 99, 16
"""The weight of the most frequent surname, more than any word; the others follow by their place."""

PARTS, MOST_PARTS = "u", 4
"""No syllable begins with it: behind it stand the readings of a character's parts, 㳇 by `ushuifu`."""

Path = tuple[Element, ...]


class Expect(Enum):
    """What the field asks for at this place."""

    TEXT = "text"
    SURNAME = "surname"
    GIVEN = "given"


class Candidate(NamedTuple):
    text: str
    uses: int
    """How many of the letters it stands for."""


class Engine:
    """Keeps nothing of what was typed but the answers to the last few buffers, until `forget`."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._given = dict(table.given())
        self._surnames: dict[int, dict[tuple[str, ...], list[Word]]] = defaultdict(lambda: defaultdict(list))
        for place, (name, sound) in enumerate(table.surnames().items()):
            syllables = tuple(sound.split(" "))
            word = Word(name, SURNAME - place // SURNAMES_PER_STEP)
            self._surnames[len(syllables)][syllables].append(word)
        self._answers = lru_cache(maxsize=64)(self._ranked)

    def candidates(self, letters: str, expect: Expect = Expect.TEXT) -> tuple[Candidate, ...]:
        """For small letters and separators."""
        return self._answers(letters[:LONGEST_BUFFER], expect)

    @property
    def remembers(self) -> bool:
        return bool(self._answers.cache_info().currsize) or self._table.remembers

    def forget(self) -> None:
        self._answers.cache_clear()
        self._table.forget()
        elements.cache_clear()

    def _ranked(self, letters: str, expect: Expect) -> tuple[Candidate, ...]:
        if letters.startswith(PARTS):
            return self._by_parts(letters)
        found: list[tuple[int, int, str]] = []  # letters left, cost, text
        for path in self._paths(letters, 0):
            left, price = len(letters) - path[-1].end, _price(path)
            for words in self._meanings(path, expect):
                found += [(left, price - weight, text) for text, weight in words]
        found.sort(key=itemgetter(0, 1))
        alone = bool(found) and found[0][0] == 0 and expect is Expect.TEXT
        if not alone and (sentence := self._sentence(letters, expect)):
            found.insert(0, (0, 0, sentence))
        uses: dict[str, int] = {}
        for left, _, text in found:
            uses.setdefault(text, len(letters) - left)
        return tuple([Candidate(text, used) for text, used in uses.items()])

    def _by_parts(self, letters: str) -> tuple[Candidate, ...]:
        """Paths of whole syllables come first, so their characters do."""
        found: dict[str, None] = {}
        for path in self._paths(letters, len(PARTS), anything=True):
            if path[-1].end == len(letters):
                found |= dict.fromkeys(self._table.made_of(path))
        return tuple([Candidate(text, len(letters)) for text in found])

    def _meanings(self, path: Path, expect: Expect) -> Iterator[Words]:
        if expect is Expect.SURNAME:
            yield from self._surnames_like(path)
        if len(path) > 1:
            found = self._table.matching(path)
            yield from found if expect is Expect.TEXT else map(_no_name, found)
            return
        words = (self._table.characters if path[0].whole else self._table.beginning_with)(path[0].text)
        yield words if expect is Expect.TEXT else tuple([self._named(word) for word in words])

    def _likeliest(self, path: Path, expect: Expect) -> Iterator[Word]:
        if expect is not Expect.TEXT:
            yield from (max(words, key=itemgetter(1)) for words in self._meanings(path, expect))
        elif (word := self._table.likeliest(path)) is not None:
            yield word

    def _named(self, word: Word) -> Word:
        known = self._given.get(word.text)
        return word if known is None else Word(word.text, min(known, word.weight) + GIVEN)

    def _surnames_like(self, path: Path) -> Iterator[Words]:
        for syllables, names in self._surnames[len(path)].items():
            if fit(path, syllables):
                yield tuple(names)

    def _paths(self, letters: str, at: int, *, anything: bool = False) -> Iterator[Path]:
        """Every way to read a word from here on that the table could know; `anything`: or could not."""
        ways: list[Path] = [()]
        while ways:
            before = ways.pop()
            for element in elements(letters, before[-1].end if before else at):
                if before and _torn(letters, before[-1], element):
                    continue
                path = (*before, element)
                yield path
                if (
                    element.end < len(letters)
                    and len(path) < (MOST_PARTS if anything else LONGEST_WORD)
                    and (anything or self._goes_on(path))
                ):
                    ways.append(path)

    def _goes_on(self, path: Path) -> bool:
        return self._table.goes_on("".join([element.text[0] for element in path]))

    def _sentence(self, letters: str, expect: Expect) -> str:
        """The likeliest words that use all letters together; empty where there are none."""
        best: dict[int, tuple[int, str]] = {0: (0, "")}
        for at in range(len(letters)):
            if at not in best:
                continue
            before, text = best[at]
            expect = Expect.GIVEN if at and expect is Expect.SURNAME else expect
            for path in self._paths(letters, at):
                end = path[-1].end
                price = before + _price(path)
                if end in best and price - SURNAME >= best[end][0]:
                    continue
                for word in self._likeliest(path, expect):
                    if end not in best or price - word.weight < best[end][0]:
                        best[end] = (price - word.weight, text + word.text)
        return best.get(len(letters), (0, ""))[1]


def _no_name(words: Words) -> Words:
    """Nobody is called like a word just because it is a frequent one."""
    return tuple([Word(text, weight - GIVEN) for text, weight in words])


def _price(path: Path) -> int:
    unfinished = sum([not element.whole for element in path])
    price = HEAVIEST - PER_CHARACTER * (len(path) - 1)
    price += APART * sum([element.apart for element in path])
    return price + UNFINISHED + FURTHER_UNFINISHED * (unfinished - 1) if unfinished else price


def _torn(letters: str, before: Element, element: Element) -> bool:
    """An initial that only the syllable before it has lost: nobody reads `xian` as `xia n`."""
    return (
        not element.whole
        and before.whole
        and letters[before.end - 1] != SEPARATOR
        and before.text + element.text[0] in SYLLABLES
    )

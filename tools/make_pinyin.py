"""Makes the pinyin table of `resources/pinyin/` from the data of pypinyin, which is too slow to ship.

Two files: `characters.bin` gives each character its readings without tones, the usual one first;
`phrases.tsv` gives the words whose characters are read otherwise, and the surnames.
"""

import json
import re
import struct
import unicodedata
import zlib
from dataclasses import dataclass
from pathlib import Path

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

TARGET = Path(__file__).parents[1] / "resources" / "pinyin"
RANGES = ((0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
LONGEST = 4
OURS = Path(__file__).with_name("pinyin_words.tsv")
SYLLABLE = re.compile("[a-z]+")


def plain(toned: str) -> str:
    """`lǜ` becomes `lv`, as it is typed."""
    return to_normal(toned, v_to_u=False).replace("ê", "e").replace("ü", "v")


@dataclass(frozen=True)
class Ours:
    """What we know better than the data: usual readings, words and surnames."""

    usual: dict[str, str]
    words: dict[str, str]
    surnames: dict[str, str]


def ours() -> Ours:
    lines = OURS.read_text(encoding="utf-8").splitlines()
    rows = dict(line.split("\t") for line in lines if not line.startswith("#"))
    return Ours(
        usual={word: sound for word, sound in rows.items() if len(word) == 1},
        words={word: sound for word, sound in rows.items() if len(word) > 1 and word[0] != "^"},
        surnames={word: sound for word, sound in rows.items() if word[0] == "^"},
    )


def readings_of(code: int, usual: dict[str, str]) -> list[str]:
    unified = ord(unicodedata.normalize("NFKC", chr(code))[0])
    found = [plain(one) for one in PINYIN_DICT.get(unified, "").split(",") if one]
    kept = [one for one in dict.fromkeys(found) if SYLLABLE.fullmatch(one)]
    first = usual.get(chr(unified))
    return [first, *(one for one in kept if one != first)] if first else kept


def characters(usual: dict[str, str]) -> dict[str, list[str]]:
    codes = (code for low, high in RANGES for code in range(low, high + 1))
    return {chr(code): found for code in codes if (found := readings_of(code, usual))}


def phrases(usual: dict[str, str], words: dict[str, str]) -> dict[str, str]:
    """The words that reading by characters, and by shorter words, gets wrong."""
    table = {word: sound.split() for word, sound in words.items()}
    for word in sorted(PHRASES_DICT, key=lambda word: (len(word), word)):
        if len(word) > LONGEST or any(one not in usual for one in word) or word in table:
            continue
        right = [plain(one[0]) for one in PHRASES_DICT[word]]
        if len(right) == len(word) and spell(word, usual, table) != right:
            table[word] = right
    return {word: " ".join(sound) for word, sound in table.items()}


def spell(text: str, usual: dict[str, str], table: dict[str, list[str]]) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(text):
        for size in range(min(LONGEST, len(text) - at), 1, -1):
            if (sound := table.get(text[at : at + size])) is not None:
                found += sound
                at += size
                break
        else:
            found.append(usual[text[at]])
            at += 1
    return found


def packed(known: dict[str, list[str]]) -> bytes:
    """A list of the different readings, and for every code point of the ranges which of them it has."""
    kinds = sorted({",".join(found) for found in known.values()})
    numbers = {kind: n for n, kind in enumerate(kinds, start=1)}
    cells = bytearray()
    for low, high in RANGES:
        for code in range(low, high + 1):
            found = known.get(chr(code))
            cells += struct.pack("<H", numbers[",".join(found)] if found else 0)
    head = json.dumps({"ranges": RANGES, "readings": ["", *kinds]}, separators=(",", ":")).encode()
    return zlib.compress(struct.pack("<I", len(head)) + head + bytes(cells), 9)


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    better = ours()
    known = characters(better.usual)
    (TARGET / "characters.bin").write_bytes(packed(known))
    words = phrases({char: found[0] for char, found in known.items()}, better.words)
    rows = (*sorted(words.items()), *sorted(better.surnames.items()))
    text = "".join(f"{word}\t{sound}\n" for word, sound in rows)
    (TARGET / "phrases.tsv").write_text(text, encoding="utf-8")
    print(f"{len(known)} characters, {len(words)} phrases, {len(better.surnames)} surnames")


if __name__ == "__main__":
    main()

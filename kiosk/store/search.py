"""Search: one token per Chinese character for phrases, and pinyin by prefix.

The best are titles that begin with the query, then titles that contain it, shorter ones first, then records
that contain it anywhere. A word index answers in the order of its row numbers, so they carry the length of
the title: ranking then reads no record but those of the page, whatever a common character finds.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from kiosk.store import pinyin
from kiosk.store.tables import RECORDS

INDEXED = ("item", "good")
LONGEST_QUERY = 64
MOST = 500  # candidates; nobody leafs further
_SHIFT = 32
_LONGEST_TITLE = 255
_SUFFIXES = {"item": 60, "good": 1}  # a title is found by pinyin from each of its first characters on
_TOKEN = re.compile(r"[0-9a-z]+|[^\W_]")
_LETTERS = re.compile(r"[a-z]+")
_ELSEWHERE = {"item": ("keywords", "department"), "good": ("spec", "category", "brief")}


@dataclass(frozen=True)
class Hits:
    """Ids of one page, the best first; `total` counts at most MOST."""

    ids: tuple[str, ...]
    total: int


def find(
    cache: Connection, kind: str, query: str, department: str | None = None, offset: int = 0, limit: int = 20
) -> Hits:
    words = [found for part in query[:LONGEST_QUERY].split() if (found := tokens(part))]
    if not words:
        return Hits((), 0)
    wanted = _Query(kind, query.strip()[:LONGEST_QUERY], words, department)
    best = tuple(islice(_each_once(_candidates(cache, wanted)), MOST))
    return Hits(_ids(cache, kind, best[offset : offset + limit]), len(best))


def _each_once(numbers: Iterable[int]) -> Iterator[int]:
    """One after the other: what is not asked for is not looked up."""
    seen: set[int] = set()
    for number in numbers:
        if number not in seen:
            seen.add(number)
            yield number


def tokens(text: str) -> list[str]:
    """Only search keys are normalised; what is shown and signed never is."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())


@dataclass(frozen=True)
class _Query:
    kind: str
    text: str
    words: list[list[str]]
    department: str | None

    @property
    def letters(self) -> str | None:
        """A single word that may be pinyin."""
        one = len(self.words) == 1 and len(self.words[0]) == 1
        return self.words[0][0] if one and _LETTERS.fullmatch(self.words[0][0]) else None

    @property
    def match(self) -> str:
        phrases = " ".join(_phrase(word) for word in self.words)
        among = "" if self.department is None else f' AND department : "{label(self.department)}"'
        return f"words : ({phrases}){among}"


def _candidates(cache: Connection, query: _Query) -> Iterator[int]:
    table = RECORDS[query.kind].name
    among, extra = ("", ()) if query.department is None else (" AND department = ?", (query.department,))

    def rows(sql: str, *values: str) -> list[int]:
        return [row[0] for row in cache.exec_driver_sql(sql, (*values, MOST)).fetchall()]

    begins = f"SELECT n FROM {table} WHERE title >= ? AND title < ?{among} ORDER BY title LIMIT ?"  # noqa: S608
    yield from rows(begins, query.text, query.text + "\U0010ffff", *extra)
    if query.letters is not None:
        among = f" AND n IN (SELECT n FROM {table} WHERE department = ?)" if extra else ""  # noqa: S608
        sounds = (
            f"SELECT n FROM pinyin_keys WHERE kind = ? AND key >= ? AND key < ?{among} ORDER BY key LIMIT ?"  # noqa: S608
        )
        yield from rows(sounds, query.kind, query.letters, query.letters + "{", *extra)
    for part in ("titles", "words"):
        index_name = f"{query.kind}_{part}"
        found = rows(f"SELECT rowid FROM {index_name} WHERE {index_name} MATCH ? LIMIT ?", query.match)  # noqa: S608
        yield from (number & ((1 << _SHIFT) - 1) for number in found)


def _ids(cache: Connection, kind: str, numbers: Sequence[int]) -> tuple[str, ...]:
    marks = ", ".join("?" * len(numbers))
    sql = f"SELECT n, id FROM {RECORDS[kind].name} WHERE n IN ({marks})"  # noqa: S608
    found: dict[int, str] = {row[0]: row[1] for row in cache.exec_driver_sql(sql, tuple(numbers))}
    return tuple(found[n] for n in numbers)


def _phrase(word: list[str]) -> str:
    """The last token is a beginning where it is Latin or digits: people type on."""
    last = "*" if word[-1].isascii() else ""
    return f'"{" ".join(word)}"{last}'


def label(department: str) -> str:
    """The token that a word index has for a department."""
    return f"d{zlib.crc32(department.encode()):08x}"


Numbered = tuple[int, dict[str, Any]]
"""A record and the number of its row."""


def index(conn: Connection, kind: str, records: Sequence[Numbered]) -> None:
    titles: list[tuple[int, str, str]] = []
    words: list[tuple[int, str, str]] = []
    for n, record in records:
        title, number = tokens(record["title"]), _number(n, record)
        among = label(record["department"])
        titles.append((number, " ".join(title), among))
        words.append((number, " ".join(title + tokens(_elsewhere(kind, record))), among))
    for part, rows in (("titles", titles), ("words", words)):
        insert = f"INSERT INTO {kind}_{part} (rowid, words, department) VALUES (?, ?, ?)"  # noqa: S608
        conn.exec_driver_sql(insert, rows)
    keys = _keys(kind, records)
    if keys:
        conn.exec_driver_sql("INSERT OR IGNORE INTO pinyin_keys (kind, key, n) VALUES (?, ?, ?)", keys)


def forget(conn: Connection, kind: str, records: Sequence[Numbered]) -> None:
    """Takes out what `index` put in for the same numbers and records."""
    numbers = [(_number(n, record),) for n, record in records]
    for part in ("titles", "words"):
        conn.exec_driver_sql(f"DELETE FROM {kind}_{part} WHERE rowid = ?", numbers)  # noqa: S608
    keys = _keys(kind, records)
    if keys:
        conn.exec_driver_sql("DELETE FROM pinyin_keys WHERE kind = ? AND key = ? AND n = ?", keys)


def _number(n: int, record: dict[str, Any]) -> int:
    return min(len(tokens(record["title"])), _LONGEST_TITLE) << _SHIFT | n


def _keys(kind: str, records: Sequence[Numbered]) -> list[tuple[str, str, int]]:
    return [(kind, key, n) for n, record in records for key in _sounds(record["title"], _SUFFIXES[kind])]


def _sounds(title: str, suffixes: int) -> set[str]:
    found: set[str] = set()
    for start in range(min(suffixes, len(title))):
        keys = pinyin.keys(title[start:])
        found |= {keys.full, keys.initials}
    return found - {""}


def _elsewhere(kind: str, record: dict[str, Any]) -> str:
    parts: list[str] = []
    for name in _ELSEWHERE[kind]:
        value = record.get(name)
        if isinstance(value, str):
            parts.append(value)
        elif isinstance(value, list):
            parts += [part for part in value if isinstance(part, str)]
    return " ".join(parts)

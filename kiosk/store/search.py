"""Search: one token per Chinese character for phrases, and pinyin by prefix.

The best are titles that begin with the query, then titles that contain it, shorter ones first, then records
that contain it anywhere. Each source gives a bounded number of candidates, so a common character costs no
more than a rare one.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from kiosk.store import pinyin
from kiosk.store.tables import RECORDS

INDEXED = ("item", "good")
LONGEST_QUERY = 64
MOST = 1000  # candidates; nobody leafs further
_SUFFIXES = {"item": 60, "good": 1}  # from how many characters on a title is found by pinyin
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
    best = dict.fromkeys(_candidates(cache, kind, query.strip(), words, department))
    ids = tuple(best)[:MOST]
    return Hits(ids[offset : offset + limit], len(ids))


def tokens(text: str) -> list[str]:
    """Only search keys are normalised; what is shown and signed never is."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())


def _candidates(
    cache: Connection, kind: str, query: str, words: list[list[str]], department: str | None
) -> Iterator[str]:
    table = RECORDS[kind].name
    where, extra = ("AND department = ?", (department,)) if department is not None else ("", ())

    def ids(sql: str, *values: str) -> Iterator[str]:
        found = cache.exec_driver_sql(sql.format(t=table, k=kind, where=where), (*values, *extra, MOST))
        return iter(found.scalars())

    yield from ids(_BEGINS, query, query + "\U0010ffff")
    if len(words) == 1 and len(words[0]) == 1 and _LETTERS.fullmatch(words[0][0]):
        yield from ids(_SOUNDS, kind, words[0][0], words[0][0] + "{")
    match = " ".join(_phrase(word) for word in words)
    yield from ids(_IN_TITLE, match)
    yield from ids(_ANYWHERE, match)


_BEGINS = "SELECT id FROM {t} WHERE title >= ? AND title < ? {where} ORDER BY title LIMIT ?"
_SOUNDS = (
    "SELECT id FROM pinyin_keys p JOIN {t} r ON r.n = p.n"
    " WHERE p.kind = ? AND p.key >= ? AND p.key < ? {where} ORDER BY p.key LIMIT ?"
)
_IN_TITLE = (
    "SELECT id FROM (SELECT r.id, r.title, r.n FROM {k}_titles w JOIN {t} r ON r.n = w.rowid"
    " WHERE {k}_titles MATCH ? {where} LIMIT ?) ORDER BY length(title), n"
)
_ANYWHERE = "SELECT id FROM {k}_words w JOIN {t} r ON r.n = w.rowid WHERE {k}_words MATCH ? {where} LIMIT ?"


def _phrase(word: list[str]) -> str:
    """The last token is a beginning where it is Latin or digits: people type on."""
    last = "*" if word[-1].isascii() else ""
    return f'"{" ".join(word)}"{last}'


def index(conn: Connection, kind: str, first_n: int, records: Sequence[dict[str, Any]]) -> None:
    """Adds records whose rows were numbered from `first_n` on."""
    titles: list[tuple[int, str]] = []
    words: list[tuple[int, str]] = []
    keys: list[tuple[str, str, int]] = []
    for n, record in enumerate(records, first_n):
        title = " ".join(tokens(record["title"]))
        titles.append((n, title))
        words.append((n, " ".join((title, *tokens(_elsewhere(kind, record))))))
        keys += [(kind, key, n) for key in _sounds(record["title"], _SUFFIXES[kind])]
    conn.exec_driver_sql(f"INSERT INTO {kind}_titles (rowid, words) VALUES (?, ?)", titles)  # noqa: S608
    conn.exec_driver_sql(f"INSERT INTO {kind}_words (rowid, words) VALUES (?, ?)", words)  # noqa: S608
    if keys:
        conn.exec_driver_sql("INSERT OR IGNORE INTO pinyin_keys (kind, key, n) VALUES (?, ?, ?)", keys)


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

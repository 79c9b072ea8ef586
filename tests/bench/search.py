"""Search over 100,000 goods from the real import, through the reader thread, ranked, the first twenty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection

from central.demo.county import DemoVariant
from kiosk.services import mall
from kiosk.store.engine import Mode, Source, open_engine
from kiosk.store.threads import ConnectionThread
from tests.bench.figures import ROUNDS, Figure, below, percentile, reported, seconds
from tests.support.pack import demo_cache

AS_OF = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PAGE = 20
CEILING_MS = 5.0
AGAIN = 6  # times each query is asked in a round
QUERIES = (
    *("柚", "米", "油", "茶", "肉", "酱", "农", "家", "新", "香"),
    *("柚子", "农家", "手工", "高山", "豆腐", "辣椒", "腊肉", "白糖", "鸡蛋", "500克"),
    *("协兴农家", "有机大米", "手工豆腐", "农家 礼盒", "散养 鸡", "龙安柚"),
    *("xiexing", "longanyou", "guangan", "nong", "xx", "lay", "hq", "x"),
    *("㳇", "没有这样的东西", "zzzz"),
)


def measure() -> list[Figure]:
    built = demo_cache(AS_OF, DemoVariant.LARGE)
    reader = ConnectionThread("bench-reader", open_engine(Source(built.path, built.key, Mode.READ)))
    try:
        ask = _asker(reader)
        ours: list[float] = []
        bare: list[float] = []
        for turn in range(ROUNDS + 1):
            for query in QUERIES * AGAIN:
                times = ask(_search, query), ask(_bare, query)
                if turn:  # the first round warms the page cache up
                    ours.append(times[0])
                    bare.append(times[1])
    finally:
        reader.close()
    beside = percentile(bare, 0.99) * 1000
    return [
        below("search: 100,000 goods, p99", percentile(ours, 0.99) * 1000, "ms", CEILING_MS),
        reported("search: p99 beside bare full text unranked", percentile(ours, 0.99) * 1000, "ms", beside),
        reported("search: p50", percentile(ours, 0.5) * 1000, "ms", percentile(bare, 0.5) * 1000),
    ]


def _asker(reader: ConnectionThread) -> Callable[[Callable[[Connection, str], object], str], float]:
    def ask(work: Callable[[Connection, str], object], query: str) -> float:
        def snapshot(conn: Connection) -> object:
            with conn.begin():
                return work(conn, query)

        return seconds(lambda: reader.submit(snapshot).result())

    return ask


def _search(cache: Connection, query: str) -> object:
    return mall.search(cache, query, limit=PAGE)


_BARE = (
    "SELECT body FROM goods WHERE n IN"
    " (SELECT rowid & 4294967295 FROM good_words WHERE good_words MATCH ? LIMIT 20)"
)


def _bare(cache: Connection, query: str) -> object:
    """One statement on the driver: any twenty goods that hold these characters."""
    phrase = " ".join(query.replace(" ", ""))
    return cache.exec_driver_sql(_BARE, (f'words : "{phrase}"',)).fetchall()

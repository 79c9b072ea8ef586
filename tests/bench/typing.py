"""The pinyin keyboard: reading its table, answering each letter of what people type, and of nonsense.

In time of the processor: nothing here waits for a disk or a line.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import resources
from itertools import islice

from kiosk.typing.engine import Engine, Expect
from kiosk.typing.table import Table, table
from tests.bench.figures import ROUNDS, Figure, below, percentile

LOAD_MS = 50
ANSWER_MS = 5
SIZE_MB = 3
LETTERS = 24
SENTENCES = (
    "sichuanshengguanganshi",
    "guanganquxiexingzhenxing",
    "woxiangwenyixiashebaokas",
    "ludengbuliang",
)
NAMES = ("chenxiuying", "ouyangjianguo", "shanxiaofu")
NONSENSE = ("sh" * 12, "z" * 24, "xian" * 6, "zh" * 12, "aoeiuv" * 4)


def measure() -> list[Figure]:
    packed = resources.files("resources").joinpath("pinyin", "input.bin").read_bytes()
    loads = [_milliseconds(lambda: Table(packed)) for _ in range(ROUNDS)]
    engine, known = Engine(table()), table()
    words = ["".join(sound.split("'")) for sound, _word in islice(known.words(), 0, None, 499)]
    answers = _typed(engine, [*words, *SENTENCES, *NONSENSE], Expect.TEXT)
    answers += _typed(engine, list(NAMES), Expect.SURNAME)
    return [
        below("typing: pinyin table read", percentile(loads, 0.5), "ms", LOAD_MS),
        below("typing: an answer to one more letter, p99", percentile(answers, 0.99), "ms", ANSWER_MS),
        below("typing: size of the table", len(packed) / 1e6, "MB", SIZE_MB),
    ]


def _typed(engine: Engine, texts: list[str], expect: Expect) -> list[float]:
    """Milliseconds for each letter as it comes; every text begins with nothing remembered."""
    times = []
    for text in texts:
        engine.forget()
        for size in range(1, min(len(text), LETTERS) + 1):
            part = text[:size]
            times.append(_milliseconds(lambda part=part: engine.candidates(part, expect)))
    return times


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.thread_time()
    work()
    return (time.thread_time() - begun) * 1000

"""Reads the demo county's data files, which lie beside this package."""

import json
import lzma
from collections.abc import Iterator
from importlib import resources
from typing import Any

Record = dict[str, Any]


def read_bytes(*path: str) -> bytes:
    return resources.files("central.demo").joinpath(*path).read_bytes()


def lines(name: str) -> Iterator[str]:
    """Lines of a text file in `data/`, unpacked if the name says so."""
    data = read_bytes("data", name)
    text = (lzma.decompress(data) if name.endswith(".xz") else data).decode("utf-8")
    return (line for line in text.split("\n") if line)


def table(name: str) -> list[Record]:
    """The objects of one JSON list in `data/`."""
    rows: list[Record] = json.loads(read_bytes("data", name))
    return rows


def both(pair: list[str]) -> dict[str, str]:
    """`[Chinese, English]` as the wire writes text for people."""
    chinese, english = pair
    return {"zh": chinese, "en": english}

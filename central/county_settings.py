"""The settings central keeps for a county: which there are, and how a person writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from central import case_number
from central.errors import SetupError
from sync.wire.kinds import Kind
from sync.wire.roles import NEEDED

MOST_MEGABYTES = 10_000_000
SECOND = sorted(kind for kind in NEEDED if not kind.startswith("lease."))
_POINT, _CHAPTER = re.compile(r"[\w.-]{1,64}").fullmatch, re.compile(r"[a-z-]{1,40}").fullmatch
_REVERSAL = re.compile(rf"{re.escape(Kind.OPERATION_REVERSE.value)}/[a-z-]{{1,40}}").fullmatch


@dataclass(frozen=True)
class Setting:
    """`read` raises ValueError; `values` says which are right."""

    read: Callable[[str], Any]
    values: str


def _megabytes(text: str) -> int:
    value = int(text) if text.isascii() and text.isdigit() else -1
    if not 0 <= value <= MOST_MEGABYTES:
        raise ValueError(text)
    return value


def _prefix(text: str) -> str:
    if not case_number.is_prefix(text):
        raise ValueError(text)
    return text


def _second_person(text: str) -> list[str]:
    """Of the kinds that people do; a reversal also by its reason."""
    said = sorted({one.strip() for one in text.split(",")})
    for one in said:
        if one not in SECOND and not _REVERSAL(one):
            raise ValueError(one)
    return said


def _chapters(text: str) -> dict[str, list[str]]:
    """`POINT:CHAPTER+CHAPTER`, by commas."""
    offered: dict[str, list[str]] = {}
    for one in text.split(","):
        point, colon, names = one.strip().partition(":")
        named = sorted(set(names.split("+")))
        if not (colon and _POINT(point) and all(map(_CHAPTER, named))) or point in offered:
            raise ValueError(one)
        offered[point] = named
    return offered


SETTINGS: Mapping[str, Setting] = {
    "case_prefix": Setting(_prefix, "2 到 6 个大写字母或数字 · 2 to 6 capitals or digits"),
    "chapters": Setting(
        _chapters,
        "只办其中几类的点 · points that offer some chapters only: POINT:government+community,POINT:mall",
    ),
    "data_budget_mb": Setting(
        _megabytes,
        f"0（不限）到 {MOST_MEGABYTES} 的整数 · a whole number from 0 (no limit) to {MOST_MEGABYTES}",
    ),
    "second_person": Setting(
        _second_person,
        "要第二人同意的业务，用逗号隔开 · what asks a second person, by commas: "
        f"{', '.join(SECOND)}, {Kind.OPERATION_REVERSE.value}/REASON",
    ),
}


def changed(held: Mapping[str, Any], words: Sequence[str]) -> dict[str, Any]:
    """What is held after `KEY=VALUE …`; `KEY=` takes a setting back. Raises SetupError."""
    said: dict[str, str] = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals:
            raise SetupError(f"应写成 键=值：{word} · this is not KEY=VALUE")
        if key not in SETTINGS:
            raise SetupError(f"没有这项设置：{key} · no such setting; there are {', '.join(SETTINGS)}")
        if key in said:
            raise SetupError(f"写了两次：{key} · named twice")
        said[key] = value
    kept = {key: value for key, value in held.items() if said.get(key) != ""}
    return kept | {key: _read(key, value) for key, value in said.items() if value}


def _read(key: str, value: str) -> Any:
    setting = SETTINGS[key]
    try:
        return setting.read(value)
    except ValueError as error:
        raise SetupError(f"{key}={value}：应为{setting.values}") from error

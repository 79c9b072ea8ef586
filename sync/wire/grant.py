"""A lease grant: what central reserved for one terminal (PROTOCOL.md §4, DESIGN's lease)."""

from dataclasses import dataclass
from typing import Any

from sync.wire.shape import Fields


@dataclass(frozen=True)
class Grant:
    lease: str
    right: str
    unit: str
    amount: int  # from the lease's beginning, not what is left
    rev: int
    terminal: str
    incarnation: int
    start_seq: int
    soft: int  # spent below it: offline freely
    hard: int  # spent at it: stop
    max_age_days: int
    detail: dict[str, Any]
    issued: str

    def payload(self) -> dict[str, Any]:
        return dict(vars(self))

    @classmethod
    def parse(cls, raw: Any) -> "Grant":
        read = Fields(raw, "grant")
        return cls(
            lease=read.text("lease"),
            right=read.text("right"),
            unit=read.text("unit"),
            amount=read.integer("amount"),
            rev=read.integer("rev"),
            terminal=read.text("terminal"),
            incarnation=read.integer("incarnation"),
            start_seq=read.integer("start_seq"),
            soft=read.integer("soft"),
            hard=read.integer("hard"),
            max_age_days=read.integer("max_age_days"),
            detail=read.mapping("detail"),
            issued=read.text("issued"),
        )

"""A pack's signed manifest (PROTOCOL.md §6)."""

from dataclasses import dataclass
from typing import Any

from sync.wire.shape import Fields


@dataclass(frozen=True)
class Manifest:
    county: str
    version: str
    sha256: str
    size: int
    records: int
    counts: dict[str, Any]  # records by `t`
    as_of: str
    expires_at: str
    base: str | None = None  # the version a delta starts from; `from` on the wire

    def payload(self) -> dict[str, Any]:
        raw = {key: value for key, value in vars(self).items() if key != "base"}
        return raw if self.base is None else raw | {"from": self.base}

    @classmethod
    def parse(cls, raw: Any) -> "Manifest":
        read = Fields(raw, "manifest")
        return cls(
            county=read.text("county"),
            version=read.text("version"),
            sha256=read.text("sha256"),
            size=read.integer("size"),
            records=read.integer("records"),
            counts=read.mapping("counts"),
            as_of=read.text("as_of"),
            expires_at=read.text("expires_at"),
            base=read.optional_text("from"),
        )

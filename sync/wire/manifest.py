"""A pack's signed manifest, and the hash of the records it stands for (PROTOCOL.md §6)."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sync.wire.encoding import parse_instant, unhex
from sync.wire.errors import Malformed
from sync.wire.shape import Fields

HASH_BYTES = 32
LONGEST_LINE = 1024 * 1024  # of a record
_NAME = re.compile(r"[\w.-]{1,64}", re.ASCII)


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
    number: int | None = None  # counts the county's packs; a later one is higher
    records_sha256: str | None = None  # of the whole pack's records, in a delta's manifest too

    def payload(self) -> dict[str, Any]:
        raw = {key: value for key, value in vars(self).items() if value is not None and key != "base"}
        return raw if self.base is None else raw | {"from": self.base}

    @classmethod
    def parse(cls, raw: Any) -> "Manifest":
        """Raises Malformed. Its names stand in paths, its hashes in names of files."""
        read = Fields(raw, "manifest")
        made = cls(
            county=read.text("county"),
            version=read.text("version"),
            sha256=read.text("sha256"),
            size=read.integer("size"),
            records=read.integer("records"),
            counts=read.mapping("counts"),
            as_of=read.text("as_of"),
            expires_at=read.text("expires_at"),
            base=read.optional_text("from"),
            number=read.optional_integer("number"),
            records_sha256=read.optional_text("records_sha256"),
        )
        if not all(_NAME.fullmatch(name) for name in (made.county, made.version, made.base or "0")):
            raise Malformed("a manifest with the name of a county or version that is none")
        if made.size < 0 or made.records < 0:
            raise Malformed("a manifest of less than nothing")
        for text in (made.as_of, made.expires_at):
            parse_instant(text)
        for digest in (made.sha256, made.records_sha256 or made.sha256):
            unhex(digest, HASH_BYTES)
        return made


def records_sha256(line_hashes: Iterable[bytes]) -> str:
    """Of each record's line without its end, as SHA-256, in the order of (`t`, `id`) by code point."""
    whole = hashlib.sha256()
    for one in line_hashes:
        whole.update(one)
    return whole.hexdigest()

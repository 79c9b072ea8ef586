"""Who stands behind a service, and the number to ring."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from kiosk.bilingual import Text, from_pack
from kiosk.services import pack
from kiosk.store import tables


@dataclass(frozen=True)
class Partner:
    id: str
    name: Text
    phone: str | None


def every(cache: Connection) -> Mapping[str, Partner]:
    """By id."""
    found = (_partner(raw) for raw in pack.records(cache, tables.partners))
    return {one.id: one for one in found}


def _partner(raw: pack.Record) -> Partner:
    return Partner(raw["id"], from_pack(raw["name"]), pack.text(raw.get("phone")))

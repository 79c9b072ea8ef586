"""What goods cost and when: a person pays the price of the pack they saw, while that pack was still good."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from central.business_tables import good_prices, goods
from central.handlers.base import Incoming
from central.tables import packs
from central.upsert import insert_unless_there


@dataclass(frozen=True)
class Price:
    since: str
    fen: int


@dataclass(frozen=True)
class Good:
    id: str
    supplier: str
    prices: tuple[Price, ...]  # oldest first

    def at(self, moment: str) -> int | None:
        known = [price.fen for price in self.prices if price.since <= moment]
        return known[-1] if known else None


@dataclass(frozen=True)
class Seen:
    """The pack the terminal showed: made as of, good until."""

    as_of: str
    expires_at: str


def publish(conn: Connection, good: str, supplier: str, fen: int, since: str) -> None:
    insert_unless_there(conn, goods, {"id": good, "supplier": supplier})
    conn.execute(delete(good_prices).where(good_prices.c.good == good, good_prices.c.since == since))
    conn.execute(insert(good_prices).values(good=good, since=since, price_fen=fen))


def goods_of(conn: Connection, ids: Iterable[str]) -> dict[str, Good]:
    query = (
        select(goods.c.id, goods.c.supplier, good_prices.c.since, good_prices.c.price_fen)
        .join(good_prices, good_prices.c.good == goods.c.id)
        .where(goods.c.id.in_(sorted(set(ids))))
        .order_by(good_prices.c.since)
    )
    found: dict[str, Good] = {}
    for row in conn.execute(query):
        had = found.get(row.id)
        prices = (*(had.prices if had else ()), Price(row.since, row.price_fen))
        found[row.id] = Good(row.id, row.supplier, prices)
    return found


def pack_seen(conn: Connection, op: Incoming) -> Seen | None:
    if op.header.pack is None:
        return None
    here = (packs.c.county == op.terminal.county) & (packs.c.version == op.header.pack)
    manifest = conn.execute(select(packs.c.manifest).where(here)).scalar_one_or_none()
    return None if manifest is None else Seen(manifest["as_of"], manifest["expires_at"])


def honoured(good: Good, fen: int, seen: Seen | None, at: str) -> bool:
    """Today's price always; the price of the pack when the operation was made before that pack expired."""
    if fen == good.prices[-1].fen:
        return True
    return seen is not None and at <= seen.expires_at and fen == good.at(seen.as_of)

"""Counties, their points, and the terminals that stand there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, Update, bindparam, insert, select, update

from central import changes
from central.errors import SetupError
from central.handlers.base import TerminalRow
from central.recovery_tables import displaced_lives
from central.tables import counties, incarnations, points, terminals
from sync.wire.answers import OfferedPoint, Profile
from sync.wire.encoding import instant
from sync.wire.keys import PublicKey
from sync.wire.operation import chain_start
from sync.wire.papers import Known

ALL_PROFILES = tuple(Profile)


@dataclass(frozen=True)
class Life:
    """One incarnation of a terminal: its key and how far its chain has come."""

    terminal: TerminalRow
    key: PublicKey
    high_water: int
    chain: bytes
    acked: int
    closed: bool
    quarantined: bool
    vouched: int  # the epoch up to which it showed what it knows
    told: int  # the highest place of which it showed a result
    aged: int  # up to here every backup has it
    ages_at: str | None
    last_change: int  # of the terminal's stream
    displaced: bool = False  # its number went to another machine: nothing of it stands in a chain of ours


class KnownKeys(Mapping[str, PublicKey]):
    """Terminals' keys by kid, looked up when asked for; `life` is the one asked for last."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self.life: Life | None = None

    def __getitem__(self, kid: str) -> PublicKey:
        if self.life is None or self.life.key.kid != kid:
            self.life = by_key(self._conn, kid)
        if self.life is None:
            raise KeyError(kid)
        return self.life.key

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def add_county(conn: Connection, county: str, name: str, settings: Mapping[str, Any]) -> None:
    conn.execute(insert(counties).values(id=county, name=name, settings=dict(settings)))


def change_settings(conn: Connection, county: str, settings: Mapping[str, Any], at: datetime) -> None:
    conn.execute(update(counties).where(counties.c.id == county).values(settings=dict(settings)))
    changes.publish_to_county(conn, county, [settings_item(settings)], at)


def settings_item(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"t": "settings", "values": dict(settings)}


def add_points(
    conn: Connection,
    county: str,
    records: Iterable[Mapping[str, Any]],
    profiles: Iterable[Profile] = ALL_PROFILES,
) -> None:
    """`records` are the pack's `point` records; terminals of these profiles may stand there."""
    allowed = [profile.value for profile in profiles]
    rows = [
        {
            "id": record["id"],
            "county": county,
            "place": record["place"],
            "name": dict(record["name"]),
            "address": record["address"],
            "profiles": allowed,
        }
        for record in records
    ]
    if rows:
        conn.execute(insert(points), rows)


def offered_points(conn: Connection, county: str, profile: Profile) -> tuple[OfferedPoint, ...]:
    query = select(points).where(points.c.county == county).order_by(points.c.id)
    return tuple(
        OfferedPoint(row.id, row.name, row.address)
        for row in conn.execute(query)
        if profile.value in row.profiles
    )


def point_record(conn: Connection, point: str) -> dict[str, Any]:
    row = conn.execute(select(points).where(points.c.id == point)).one()
    return {"t": "point", "id": row.id, "place": row.place, "name": row.name, "address": row.address}


def county_of(conn: Connection, county: str) -> Row[Any] | None:
    return conn.execute(select(counties).where(counties.c.id == county)).one_or_none()


def named_county(conn: Connection, county: str, *, hold: bool = False) -> Row[Any]:
    """Raises SetupError. With `hold` nobody else changes it until the transaction ends."""
    query = select(counties).where(counties.c.id == county)
    row = conn.execute(query.with_for_update() if hold else query).one_or_none()
    if row is None:
        raise SetupError(f"没有这个县区：{county} · no such county")
    return row


def lock(conn: Connection, terminal: str, incarnation: int, kid: str | None = None) -> Life | None:
    """Holds the terminal until the transaction ends: its batches apply one after the other. `kid` tells two
    machines of one number apart."""
    life = _life(conn, _LIFE_HELD, of=terminal, incarnation=incarnation)
    return life if life is None or kid in (None, life.key.kid) else _displaced(conn, str(kid))


def of(conn: Connection, terminal: str, incarnation: int) -> Life:
    life = _life(conn, _LIFE, of=terminal, incarnation=incarnation)
    assert life is not None, f"no incarnation {incarnation} of {terminal}"
    return life


def by_key(conn: Connection, kid: str) -> Life | None:
    return _life(conn, _LIFE_OF_KEY, key=kid) or _displaced(conn, kid)


def note(conn: Connection, life: Life, **values: Any) -> None:
    """What is kept of this life from now on."""
    if life.displaced:
        mine = displaced_lives.c.kid == life.key.kid
        conn.execute(update(displaced_lives).where(mine).values(**values))
        return
    here = {"of": life.terminal.id, "life": life.terminal.incarnation}
    conn.execute(_noted(tuple(values)), here | values)


@lru_cache  # every push notes the same
def _noted(names: tuple[str, ...]) -> Update:
    here = incarnations.c.terminal == bindparam("of"), incarnations.c.incarnation == bindparam("life")
    return update(incarnations).where(*here).values({name: bindparam(name) for name in names})


def known(conn: Connection, terminal: str) -> dict[int, Known]:
    """What is held of each of its lives, by incarnation."""
    query = (
        select(incarnations).where(incarnations.c.terminal == terminal).order_by(incarnations.c.incarnation)
    )
    return {row.incarnation: Known(row.kid, row.high_water, bytes(row.chain)) for row in conn.execute(query)}


def beat(conn: Connection, terminal: str, report: Mapping[str, Any], at: datetime) -> None:
    here = update(terminals).where(terminals.c.id == terminal)
    conn.execute(here.values(heartbeat=dict(report), heartbeat_at=instant(at)))


# Built once: every request asks for one of them.
_LIVES = select(
    incarnations, terminals.c.point, terminals.c.county, terminals.c.profile, terminals.c.last_change
).join(terminals, terminals.c.id == incarnations.c.terminal)
_LIFE = _LIVES.where(
    incarnations.c.terminal == bindparam("of"), incarnations.c.incarnation == bindparam("incarnation")
)
_LIFE_HELD = _LIFE.with_for_update(of=[terminals, incarnations])
_LIFE_OF_KEY = _LIVES.where(incarnations.c.kid == bindparam("key"))


def _life(conn: Connection, query: Select[Any], **where: str | int) -> Life | None:
    row = conn.execute(query, where).one_or_none()
    if row is None:
        return None
    return Life(
        terminal=TerminalRow(row.terminal, row.incarnation, row.point, row.county, Profile(row.profile)),
        key=PublicKey.from_jwk(row.jwk),
        high_water=row.high_water,
        chain=bytes(row.chain),
        acked=row.acked,
        closed=row.closed_at is not None,
        quarantined=row.quarantined_at is not None,
        vouched=row.vouched,
        told=row.told,
        aged=row.aged,
        ages_at=row.ages_at,
        last_change=row.last_change,
    )


_DISPLACED = (
    select(displaced_lives, terminals.c.county, terminals.c.profile, terminals.c.last_change)
    .join(terminals, terminals.c.id == displaced_lives.c.terminal)
    .where(displaced_lives.c.kid == bindparam("key"))
)


def _displaced(conn: Connection, kid: str) -> Life | None:
    """Ended, and its chain left ours at the first place."""
    row = conn.execute(_DISPLACED, {"key": kid}).one_or_none()
    if row is None:
        return None
    return Life(
        terminal=TerminalRow(row.terminal, row.incarnation, row.point, row.county, Profile(row.profile)),
        key=PublicKey.from_jwk(row.jwk),
        high_water=0,
        chain=chain_start(row.terminal, row.incarnation),
        acked=0,
        closed=True,
        quarantined=True,
        vouched=row.vouched,
        told=row.told,
        aged=0,
        ages_at=None,
        last_change=row.last_change,
        displaced=True,
    )

"""Who this terminal is: one row per enrolment, the newest counts."""

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Connection, RowMapping, select, text

from sync import lines
from sync.errors import NotEnrolled
from sync.tables import enrolments as enrolments_table
from sync.tables import identity
from sync.wire.answers import Profile

MOST_SHOWN = 8


class IdentityState(Enum):
    OPEN = "open"
    LOCKED = "locked"  # central knows more of this chain than we do: a restored disk
    FORKED = "forked"  # central knows another chain: a clone, or a disk restored and worked on
    CLOSED = "closed"  # a later incarnation has taken over


@dataclass(frozen=True)
class Identity:
    terminal: str
    incarnation: int
    state: IdentityState
    kid: str
    epoch: int
    county: str
    profile: Profile
    point: dict[str, Any]  # the pack's `point` record
    central_url: str
    central_ca: str  # PEM
    central_keys: tuple[dict[str, Any], ...]  # JWKs
    high_water: int  # the last seq central is known to hold
    enrolled_at: str

    @property
    def secret_name(self) -> str:
        return signing_secret(self.kid)


def signing_secret(kid: str) -> str:
    """The name in the key store of the seed whose public key has this id."""
    return f"signing-{kid}"


def current(conn: Connection) -> Identity | None:
    row = conn.exec_driver_sql(_NEWEST_FIRST).mappings().first()
    return None if row is None else _read(row)


def earlier(conn: Connection) -> list[Identity]:
    """The lives before the current one, newest first."""
    return _lives(conn)[1:]


_NEWEST_FIRST = "SELECT * FROM identity ORDER BY rowid DESC"


def _lives(conn: Connection) -> list[Identity]:
    return [_read(row) for row in conn.exec_driver_sql(_NEWEST_FIRST).mappings()]


def _read(row: RowMapping) -> Identity:
    return Identity(
        terminal=row["terminal"],
        incarnation=row["incarnation"],
        state=IdentityState(row["state"]),
        kid=row["kid"],
        epoch=row["epoch"],
        county=row["county"],
        profile=Profile(row["profile"]),
        point=json.loads(row["point"]),
        central_url=row["central_url"],
        central_ca=row["central_ca"],
        central_keys=tuple(json.loads(row["central_keys"])),
        high_water=row["high_water"],
        enrolled_at=row["enrolled_at"],
    )


def require(conn: Connection) -> Identity:
    found = current(conn)
    if found is None:
        raise NotEnrolled("no enrolment")
    return found


def kids(conn: Connection) -> frozenset[str]:
    """The keys of all lives."""
    return frozenset(conn.execute(select(identity.c.kid)).scalars())


def enrolment(conn: Connection, terminal: str, incarnation: int) -> str | None:
    """Central's signed answer to the enrolment of this life; kept since ledgers of version 2."""
    here = enrolments_table.c.terminal == terminal, enrolments_table.c.incarnation == incarnation
    return conn.execute(select(enrolments_table.c.token).where(*here)).scalar_one_or_none()


def enrolments(conn: Connection) -> tuple[str, ...]:
    """Of the newest lives, newest first."""
    newest = select(enrolments_table.c.token).order_by(text("rowid DESC")).limit(MOST_SHOWN)
    return tuple(conn.execute(newest).scalars())


def enrol(conn: Connection, new: Identity, token: str | None = None) -> None:
    """Writes a new life with central's signed answer, and closes those before it; the same one again changes
    nothing."""
    here = identity.c.terminal == new.terminal, identity.c.incarnation == new.incarnation
    if conn.execute(select(identity).where(*here)).first() is not None:
        return
    for row in conn.execute(select(identity)).mappings().all():
        lines.put(conn, identity, dict(row) | {"state": IdentityState.CLOSED.value})
    row_of_new = {
        "terminal": new.terminal,
        "incarnation": new.incarnation,
        "state": new.state.value,
        "kid": new.kid,
        "epoch": new.epoch,
        "county": new.county,
        "profile": new.profile.value,
        "point": _json(new.point),
        "central_url": new.central_url,
        "central_ca": new.central_ca,
        "central_keys": _json(list(new.central_keys)),
        "high_water": new.high_water,
        "enrolled_at": new.enrolled_at,
    }
    lines.put(conn, identity, row_of_new)
    if token is not None:
        who = {"terminal": new.terminal, "incarnation": new.incarnation}
        lines.put(conn, enrolments_table, who | {"token": token})


def set_state(conn: Connection, state: IdentityState) -> None:
    _change(conn, {"state": state.value})


def lock(conn: Connection, terminal: str, incarnation: int, state: IdentityState) -> None:
    """Of the life of today while it is open: the first verdict stands, and an ended life stays as it is."""
    here = require(conn)
    if (here.terminal, here.incarnation, here.state) == (terminal, incarnation, IdentityState.OPEN):
        set_state(conn, state)


def set_epoch(conn: Connection, terminal: str, incarnation: int, epoch: int) -> None:
    """Of one life: central has heard all it was told."""
    here = identity.c.terminal == terminal, identity.c.incarnation == incarnation
    row = conn.execute(select(identity).where(*here)).mappings().one()
    if row["epoch"] != epoch:
        lines.put(conn, identity, dict(row) | {"epoch": epoch})


def epoch_of(conn: Connection, terminal: str, incarnation: int) -> int:
    return int(conn.exec_driver_sql(_EPOCH, (terminal, incarnation)).scalar_one())


_EPOCH = "SELECT epoch FROM identity WHERE terminal = ? AND incarnation = ?"


def set_central(conn: Connection, url: str, keys: tuple[dict[str, Any], ...]) -> None:
    _change(conn, {"central_url": url, "central_keys": _json(list(keys))})


def set_central_keys(conn: Connection, keys: list[dict[str, Any]]) -> None:
    """For all lives: those before the current one may still have something to send."""
    for row in conn.execute(select(identity).order_by(text("rowid"))).mappings().all():
        lines.put(conn, identity, dict(row) | {"central_keys": _json(keys)})


def _change(conn: Connection, values: dict[str, Any]) -> None:
    row = conn.exec_driver_sql(_NEWEST_FIRST).mappings().first()
    if row is None:
        raise NotEnrolled("no enrolment")
    lines.put(conn, identity, dict(row) | values)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)

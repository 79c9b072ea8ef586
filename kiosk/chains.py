"""`yizhan export`: one chain of this terminal as a file for `yizhan-verify`, beside a terminal at work."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from kiosk.store.checkup import reading
from kiosk.store.opening import Folders
from sync import identity
from sync.errors import KeyUnavailable, NotEnrolled
from sync.export import export
from sync.identity import Identity
from sync.keystore import KeyStore
from sync.wire.keys import PublicKey, SigningKey


@dataclass(frozen=True)
class Exported:
    terminal: str
    incarnation: int
    operations: int
    kid: str


def write(folders: Folders, keys: KeyStore, file: Path, incarnation: int | None = None) -> Exported:
    """The newest life unless another is named. Raises StoreError, NotEnrolled, or OSError for `file`."""
    if not folders.ledger.exists():
        raise NotEnrolled("no ledger")
    with reading(folders, keys) as conn:
        life = _life(conn, incarnation)
        key = _public(keys, life)
        lines = 0
        with file.open("xb") as out:
            for line in export(conn, life.terminal, life.incarnation, key):
                out.write(line + b"\n")
                lines += 1
    return Exported(life.terminal, life.incarnation, lines - 1, key.kid)


def _life(conn: Connection, incarnation: int | None) -> Identity:
    newest = identity.require(conn)
    if incarnation in (None, newest.incarnation):
        return newest
    for life in identity.earlier(conn):
        if (life.terminal, life.incarnation) == (newest.terminal, incarnation):
            return life
    raise NotEnrolled(f"no incarnation {incarnation}")


def _public(keys: KeyStore, life: Identity) -> PublicKey:
    seed = keys.get(life.secret_name)
    if seed is None:
        raise KeyUnavailable(life.secret_name, "the signing key is missing")
    return SigningKey(seed).public

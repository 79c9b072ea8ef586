"""`yizhan export` and `yizhan audit-key`: what an auditor is handed, beside a terminal at work."""

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from kiosk.store.checkup import reading
from kiosk.store.opening import Folders
from sync import identity
from sync.errors import KeyUnavailable, NotEnrolled
from sync.export import export
from sync.identity import Identity
from sync.keystore import JOURNAL, KeyStore
from sync.wire.keys import PublicKey, SigningKey
from sync.wire.papers import KeyPaper


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


def write_key(folders: Folders, keys: KeyStore, file: Path) -> KeyPaper:
    """What opens the journal, for `yizhan-verify`. Raises StoreError, NotEnrolled, or OSError for `file`."""
    if not folders.ledger.exists():
        raise NotEnrolled("no ledger")
    secret = keys.get(JOURNAL)
    if secret is None:
        raise KeyUnavailable(str(folders.journal), "the key journal is missing")
    with reading(folders, keys) as conn:
        newest = identity.require(conn)
        lives = [newest, *identity.earlier(conn)]
        known = [(life, key) for life in lives if (key := _held(keys, life)) is not None]
    paper = KeyPaper(
        newest.terminal,
        secret,
        tuple(
            {"terminal": life.terminal, "incarnation": life.incarnation, "key": key.jwk()}
            for life, key in known
        ),
        newest.central_keys,
    )
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(paper.encode())
    return paper


def _life(conn: Connection, incarnation: int | None) -> Identity:
    newest = identity.require(conn)
    if incarnation in (None, newest.incarnation):
        return newest
    for life in identity.earlier(conn):
        if (life.terminal, life.incarnation) == (newest.terminal, incarnation):
            return life
    raise NotEnrolled(f"no incarnation {incarnation}")


def _public(keys: KeyStore, life: Identity) -> PublicKey:
    key = _held(keys, life)
    if key is None:
        raise KeyUnavailable(life.secret_name, "the signing key is missing")
    return key


def _held(keys: KeyStore, life: Identity) -> PublicKey | None:
    seed = keys.get(life.secret_name)
    return None if seed is None else SigningKey(seed).public

"""Backups of a central's database as its people make them: a SQLite file's copy, or PostgreSQL's own dump."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from sqlalchemy import Engine, make_url, text

from central.database import Database


def back_up(engine: Engine, folder: Path) -> Path:
    """As the database is now, whatever is being written."""
    path = folder / f"backup-{len(list(folder.glob('backup-*')))}.db"
    if engine.dialect.name == "postgresql":
        schema = f"--schema={_schema(engine)}"
        _run("pg_dump", "--format=custom", schema, f"--file={path}", f"--dbname={_url(engine)}")
        return path
    with engine.connect() as conn:
        conn.connection.execute(f"VACUUM INTO '{path}'")
    return path


def put_back(engine: Engine, backup: Path) -> None:
    """In the place of all that is there; nobody else has it open."""
    if engine.dialect.name == "postgresql":
        drop(engine)
        _run("pg_restore", "--exit-on-error", "--single-transaction", f"--dbname={_url(engine)}", str(backup))
        return
    file = Path(engine.url.database or "")
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    shutil.copy(backup, file)


def drop(engine: Engine) -> None:
    """On PostgreSQL the schema of this engine, with all that is in it."""
    admin = Database(_url(engine))
    with admin.writing() as conn:
        conn.execute(text(f"DROP SCHEMA IF EXISTS {_schema(engine)} CASCADE"))
    admin.close()


def _schema(engine: Engine) -> str:
    return str(engine.url.query["options"]).removeprefix("-csearch_path=")


def _url(engine: Engine) -> str:
    """Of the whole database, as libpq reads it."""
    bare = make_url(engine.url).set(drivername="postgresql", query={})
    return bare.render_as_string(hide_password=False)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

"""The commands about what a county's points show to whoever comes by."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from central import notices, service, terminals
from central.assets import AssetStore
from central.config import Parts
from central.errors import SetupError
from sync.wire.announcement import Announcement

Answer = Callable[[argparse.Namespace], str]
Said = Callable[[Answer], Callable[[argparse.Namespace], None]]
WithData = Callable[[argparse.ArgumentParser], argparse.ArgumentParser]
LARGEST = 1024 * 1024
NEXT = "随下一份资料下发：yizhan-central pack · goes out with the next pack"


def add(desk: argparse.ArgumentParser, with_data: WithData, said: Said) -> None:
    deeds = desk.add_subparsers(required=True)

    def deed(name: str, work: Answer, what: str) -> argparse.ArgumentParser:
        added = with_data(deeds.add_parser(name, help=what, description=what))
        added.set_defaults(work=said(work))
        added.add_argument("county", help="县区代码 / its code")
        return added

    deed("list", listed, "现有的通知和活动 / what the next pack will say")
    put = deed("put", _put, "放上或改写，全对才收 / new or changed; all of a file or nothing")
    put.add_argument("file", type=Path, help="JSON 列表 / a JSON list of notice and campaign records")
    remove = deed("remove", _remove, "撤下 / take down")
    remove.add_argument("ids", nargs="+", metavar="ID", help="哪几条 / which")
    picture = deed("picture", _picture, "收下一张图，答它的标识 / keep a picture, answer its id")
    picture.add_argument("file", type=Path, help="PNG，1 MiB 以内 / PNG, at most 1 MiB")


def listed(options: argparse.Namespace) -> str:
    def ask(_assets: AssetStore, conn: Connection) -> list[Announcement]:
        return notices.held(conn, str(terminals.named_county(conn, options.county).id))

    return "\n".join(map(_line, _asked(options, ask))) or "没有 · none"


def _put(options: argparse.Namespace) -> str:
    wanted = _json(options.file)

    def change(assets: AssetStore, conn: Connection) -> int:
        county = terminals.named_county(conn, options.county, hold=True)
        return notices.put(conn, assets, county.id, wanted)

    return f"{_asked(options, change)} · {NEXT}"


def _remove(options: argparse.Namespace) -> str:
    def change(_assets: AssetStore, conn: Connection) -> int:
        county = terminals.named_county(conn, options.county, hold=True)
        return notices.remove(conn, county.id, options.ids)

    return f"{_asked(options, change)} · {NEXT}"


def _picture(options: argparse.Namespace) -> str:
    data = _bytes(options.file)
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        raise SetupError(f"不是 PNG 图 · not a PNG: {options.file}")
    return str(_asked(options, lambda assets, _conn: assets.put(data)))


def _line(one: Announcement) -> str:
    span = "–".join(f"{moment:%Y-%m-%d}" if moment else "" for moment in (one.begins, one.ends))
    return "  ".join((one.sort.value, one.id, span, one.service or "", *one.title))


def _json(path: Path) -> Any:
    try:
        return json.loads(_bytes(path))
    except (ValueError, RecursionError) as error:
        raise SetupError(f"读不懂这个文件 · not JSON: {path}") from error


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise SetupError(f"读不到 · cannot be read: {path}: {error.strerror}") from error
    if len(data) > LARGEST:
        raise SetupError(f"太大 · more than {LARGEST} bytes: {path}")
    return data


def _asked(options: argparse.Namespace, work: Callable[[AssetStore, Connection], Any]) -> Any:
    parts: Parts = service.open_(options.data)
    try:
        return parts.database.write(lambda conn: work(parts.assets, conn))
    finally:
        parts.database.close()

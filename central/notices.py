"""Notices and campaigns for a county's next pack: all of a file or nothing, and none that leads nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from central import packs, records
from central.assets import AssetStore
from central.errors import SetupError
from sync.wire.announcement import MEMBERS, Announcement, Sort
from sync.wire.errors import Malformed


def held(conn: Connection, county: str) -> list[Announcement]:
    """As the next pack will say them."""
    return [Announcement.parse(raw) for sort in Sort for raw in records.every(conn, county, sort.value)]


def put(conn: Connection, assets: AssetStore, county: str, wanted: Any) -> int:
    """Returns how many are new or changed. Raises SetupError, which names the first that is wrong."""
    if not isinstance(wanted, list) or not wanted:
        raise SetupError("要一个不空的 JSON 列表 · a JSON list with something in it")
    read = [_read(raw, n) for n, raw in enumerate(wanted, start=1)]
    twice = [key for key, count in Counter((one.sort, one.id) for one in read).items() if count > 1]
    if twice:
        raise _wrong(twice[0][1], "id 重复 · the same id twice")
    for one in read:
        _check(conn, assets, county, one)
    return packs.put_records(conn, county, wanted)


def remove(conn: Connection, county: str, ids: Sequence[str]) -> int:
    """Raises SetupError where there is no such."""
    known = {one.id: one.sort for one in held(conn, county)}
    for one in ids:
        if one not in known:
            raise _wrong(one, "没有这一条 · there is no such")
    packs.drop_records(conn, county, [(known[one].value, one) for one in ids])
    return len(ids)


def _read(raw: Mapping[str, Any], n: int) -> Announcement:
    try:
        read = Announcement.parse(raw)
        return _known(read, raw)
    except Malformed as error:
        raise SetupError(f"第 {n} 条不对 · no. {n} is wrong: {error}") from error


def _known(read: Announcement, raw: Mapping[str, Any]) -> Announcement:
    """A mistyped name would say nothing to anybody."""
    unknown = set(raw) - MEMBERS | {
        name for part in ("title", "text") for name in set(raw[part]) - {"zh", "en"}
    }
    if unknown:
        raise Malformed(f"unknown: {', '.join(sorted(unknown))}")
    return read


def _check(conn: Connection, assets: AssetStore, county: str, one: Announcement) -> None:
    for point in one.points:
        if records.find(conn, county, "point", point) is None:
            raise _wrong(one.id, f"没有这个服务点 · no such point: {point}")
    if one.service is not None and records.find(conn, county, "service", one.service) is None:
        raise _wrong(one.id, f"没有这项服务 · no such service: {one.service}")
    if one.picture is not None and not assets.has(one.picture):
        raise _wrong(one.id, f"没有这张图 · no such picture: {one.picture}")


def _wrong(which: str, what: str) -> SetupError:
    return SetupError(f"{which}: {what}")

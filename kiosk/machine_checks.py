"""The doctor's looks at the machine: libraries, type faces, folder, disk."""

import importlib.metadata
import shutil
import tempfile
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from sqlcipher3 import dbapi2

from kiosk import typeface
from kiosk.bilingual import Text, same

SQLITE_NEEDED = (3, 51, 3)  # before it a write-ahead log could lose a reset
QT_NEEDED = (6, 9, 3)
ROOM_NEEDED = 50 * 2**20
ROOM_WANTED = 500 * 2**20


class Verdict(Enum):
    GOOD = "good"
    ABSENT = "absent"  # not there, and not needed
    NOTE = "note"  # right for now, worth knowing
    BAD = "bad"  # the terminal cannot serve people like this


@dataclass(frozen=True)
class Finding:
    what: Text
    verdict: Verdict
    words: Text
    remedy: Text | None = None


def sqlite_version() -> Finding:
    what = Text("加密数据库", "encrypted database")
    found = tuple(int(part) for part in dbapi2.sqlite_version.split("."))
    conn = dbapi2.connect(":memory:")
    cipher = conn.execute("PRAGMA cipher_version").fetchone()
    conn.close()
    version = same(f"SQLite {dbapi2.sqlite_version}, SQLCipher {cipher[0] if cipher else '–'}")
    if cipher and found >= SQLITE_NEEDED:
        return Finding(what, Verdict.GOOD, version)
    return Finding(what, Verdict.BAD, version, Text("更新 sqlcipher3", "update sqlcipher3"))


def qt_version() -> Finding:
    what = Text("Qt 界面库", "Qt")
    try:
        version = importlib.metadata.version("PySide6-Essentials")
    except importlib.metadata.PackageNotFoundError:
        return Finding(what, Verdict.NOTE, Text("随程序打包，版本未注明", "bundled, version not stated"))
    found = tuple(int(part) for part in version.split(".")[:3])
    if QT_NEEDED <= found < (6, 12):
        return Finding(what, Verdict.GOOD, same(version))
    return Finding(what, Verdict.BAD, same(version), Text("装 6.9.3 到 6.11", "install 6.9.3 to 6.11"))


def fonts() -> Finding:
    what = Text("中文字体", "Chinese type face")
    face = typeface.regular()
    if face is not None:
        return Finding(what, Verdict.GOOD, same(face.name))
    words = Text("随程序的字体不在，改用系统字体", "ours is not there, the system's is used")
    return Finding(
        what,
        Verdict.NOTE,
        words,
        Text("生僻字可能缺字；运行 make setup", "rare characters may be missing; run make setup"),
    )


def folder(path: Path) -> Finding:
    what = Text("数据目录", "data folder")
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path) as file:
            file.write(b"doctor")
    except OSError as error:
        words = Text(f"{path} 不能写入：{error.strerror}", f"{path} cannot be written: {error.strerror}")
        return Finding(
            what, Verdict.BAD, words, Text("改正目录权限或挂载方式", "mend its permissions or mount")
        )
    return Finding(what, Verdict.GOOD, same(str(path)))


def room(path: Path) -> Finding:
    what = Text("磁盘空间", "disk space")
    here = next((place for place in (path, *path.parents) if place.exists()), None)
    free = shutil.disk_usage(here).free if here is not None else 0
    words = Text(f"剩 {free // 2**20} MiB", f"{free // 2**20} MiB left")
    remedy = Text("删去不要的文件", "delete what is not needed")
    if free < ROOM_NEEDED:
        return Finding(what, Verdict.BAD, words, remedy)
    return (
        Finding(what, Verdict.GOOD, words)
        if free >= ROOM_WANTED
        else Finding(what, Verdict.NOTE, words, remedy)
    )

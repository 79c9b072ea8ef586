"""Runs a program under strace and reads what it did to the files under one folder."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.proof.cuts.events import (
    ROOT,
    Copied,
    Event,
    Made,
    Removed,
    Renamed,
    Resized,
    Said,
    Synced,
    Written,
)

TRACED = (
    "openat,open,creat,close,write,pwrite64,lseek,ftruncate,truncate,fsync,fdatasync,rename,renameat,renameat2,"
    "unlink,unlinkat,mkdir,mkdirat,rmdir,mmap,sendfile"
)
UNKNOWN = (
    "writev,pwritev,pwritev2,copy_file_range,splice,fallocate,link,linkat,symlink,symlinkat,dup,dup2,dup3,"
    "sync_file_range,msync,sync,syncfs"
)
"""Ways to change a file that the product does not use; a log with one of them on our files is refused."""
_LINE = re.compile(r"(\d+) +(.*)")
_CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+|0x[0-9a-f]+|\?)(.*)", re.DOTALL)
_UNFINISHED = " <unfinished ...>"
_RESUMED = re.compile(r"<\.\.\. \w+ resumed>(.*)", re.DOTALL)
_ARGUMENT = re.compile(r"(?:\[[^]]*\]|[^,])+")  # -xx leaves no comma or bracket inside a text


class NotRecordable(Exception):
    """The program changed a file in a way that this log cannot hold."""


@cache
def why_not() -> str | None:
    """Why strace cannot be used here, None where it can."""
    if not sys.platform.startswith("linux"):
        return "strace is of Linux"
    if shutil.which("strace") is None:
        return "strace is not installed"
    done = subprocess.run(["strace", "-e", "trace=none", "true"], capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else f"strace cannot attach: {done.stderr.strip()}"


def run(
    command: Sequence[str], log: Path, folder: Path, *injections: str
) -> subprocess.CompletedProcess[str]:
    """`injections` as of strace's --inject."""
    traced = ("--seccomp-bpf", "-f", "-qq", "-xx", "-s", "8388608", "-e", f"trace={TRACED},{UNKNOWN}")
    asked = [word for one in injections for word in ("-e", f"inject={one}")]
    whole = ["strace", *traced, "-e", "signal=none", *asked, "-o", str(log), *command]
    return subprocess.run(whole, cwd=folder, capture_output=True, text=True, check=False)


@dataclass
class _Handle:
    inode: int
    offset: int | None  # None: not known until the program seeks
    appends: bool = False


class Reader:
    """Follows descriptors and names; `events` gives what happened below `root`, and what was said."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._voice = _quoted(voice_of(root))
        self._speaks: int | None = None
        self._names: dict[tuple[int, str], int] = {}
        self._folders = {ROOT}
        self._sizes: dict[int, int] = {}
        self._handles: dict[int, _Handle] = {}

    def found(self) -> Iterator[Event]:
        """What lies below the root before the program begins, as durable as can be."""
        root = Path(self._root)
        yield Synced(ROOT)
        for path in sorted(root.rglob("*")):
            place = self._walk(ROOT, str(path.relative_to(root)))
            inode = self._new(place, is_folder=path.is_dir())
            yield Made(*place, inode, is_folder=path.is_dir())
            if path.is_file():
                self._sizes[inode] = path.stat().st_size
                yield Written(inode, 0, path.read_bytes())
            yield Synced(inode)
            yield Synced(place[0])

    def events(self, log: Path) -> Iterator[Event]:
        with log.open(encoding="ascii") as file:
            for name, arguments, result, rest in _calls(file):
                if result == "?" or (result.startswith("-") and name not in ("fsync", "fdatasync")):
                    continue
                yield from self._call(name, arguments, int(result, 0), "INJECTED" in rest)

    def _call(self, name: str, words: list[str], result: int, injected: bool) -> Iterator[Event]:
        match name:
            case "openat" | "open" | "creat":
                yield from self._open(words if name == "openat" else ["AT_FDCWD", *words], result)
            case "close":
                self._handles.pop(int(words[0]), None)
            case "write" if int(words[0]) == self._speaks:
                yield Said(_data(words[1])[:result].decode())
            case "lseek" if handle := self._handle(words):
                handle.offset = result
            case "write" if handle := self._handle(words):
                yield self._write(handle, None, _data(words[1])[:result])
            case "pwrite64" if handle := self._handle(words):
                yield self._write(handle, int(words[3]), _data(words[1])[:result])
            case "sendfile" if handle := self._handle(words):
                yield self._copy(handle, words, result)
            case "ftruncate" if handle := self._handle(words):
                self._sizes[handle.inode] = int(words[1])
                yield Resized(handle.inode, int(words[1]))
            case "fsync" | "fdatasync" if handle := self._handle(words):
                yield Synced(handle.inode, held=result == 0)
            case "mmap" if len(words) > 4 and (handle := self._handle(words[4:])):
                self._check_map(handle, words)
            case "rename" | "renameat" | "renameat2" | "unlink" | "unlinkat" | "mkdir" | "mkdirat" | "rmdir":
                yield from self._name(name, words)
            case _ if self._concerns_us(name, words):
                raise NotRecordable(f"{name}({', '.join(words)[:200]})")
        assert not injected or result < 0, "only failures are injected into a recording"

    def _handle(self, words: Sequence[str]) -> _Handle | None:
        return self._handles.get(int(words[0]))

    def _open(self, words: list[str], descriptor: int) -> Iterator[Event]:
        if words[1] == self._voice:
            self._speaks = descriptor
        place = self._place(words[0], words[1])
        if place is None:
            return
        flags = words[2].split("|")
        inode = ROOT if place == (ROOT, "") else self._names.get(place)
        if inode is None:
            assert "O_CREAT" in flags, f"opened, yet never made: {place}"
            inode = self._new(place)
            yield Made(*place, inode, is_folder=False)
        elif "O_TRUNC" in flags and self._sizes[inode]:
            self._sizes[inode] = 0
            yield Resized(inode, 0)
        offset = 0 if "O_WRONLY" in flags else None
        self._handles[descriptor] = _Handle(inode, offset, "O_APPEND" in flags)

    def _write(self, handle: _Handle, at: int | None, data: bytes) -> Written:
        size = self._sizes[handle.inode]
        offset = size if handle.appends else handle.offset if at is None else at
        if offset is None:
            raise NotRecordable("a write without a seek before it")
        if at is None:
            handle.offset = offset + len(data)
        self._sizes[handle.inode] = max(size, offset + len(data))
        return Written(handle.inode, offset, data)

    def _copy(self, handle: _Handle, words: list[str], length: int) -> Copied:
        source = self._handles[int(words[1])]
        written = self._write(handle, None, bytes(length))
        if words[2] == "NULL":
            raise NotRecordable("sendfile from wherever the source stands")
        start = int(re.sub(r"[\[\]]", "", words[2].split("=>", maxsplit=1)[0]))
        return Copied(source.inode, start, written.inode, written.offset, length)

    def _check_map(self, handle: _Handle, words: list[str]) -> None:
        """SQLite's index of the WAL is made anew after a cut; no data may go this way."""
        if "MAP_SHARED" in words[3] and "PROT_WRITE" in words[2]:
            [name] = {name for (_, name), inode in self._names.items() if inode == handle.inode}
            if not name.endswith("-shm"):
                raise NotRecordable(f"{name} is written through memory")

    def _name(self, name: str, words: list[str]) -> Iterator[Event]:
        at = name.endswith(("at", "at2"))
        first = self._place(*(words[:2] if at else ("AT_FDCWD", words[0])))
        if first is None:
            return
        if name.startswith("mkdir"):
            inode = self._new(first, is_folder=True)
            yield Made(*first, inode, is_folder=True)
        elif name.startswith("rename"):
            second = self._place(*(words[2:4] if at else ("AT_FDCWD", words[1])))
            if second is None:
                raise NotRecordable("renamed out of the folder")
            self._names[second] = self._names.pop(first)
            yield Renamed(*first, *second, self._names[second])
        else:
            del self._names[first]
            yield Removed(*first)

    def _new(self, place: tuple[int, str], *, is_folder: bool = False) -> int:
        inode = len(self._sizes) + 1
        self._sizes[inode] = 0
        self._names[place] = inode
        if is_folder:
            self._folders.add(inode)
        return inode

    def _place(self, folder: str, quoted: str) -> tuple[int, str] | None:
        """The folder's inode and the name in it; None outside the root."""
        path = _data(quoted).decode()
        if folder != "AT_FDCWD" and not path.startswith("/"):
            handle = self._handles.get(int(folder))
            return None if handle is None else self._walk(handle.inode, path)
        if path != self._root and not path.startswith(f"{self._root}/"):
            return None
        return self._walk(ROOT, path[len(self._root) + 1 :])

    def _walk(self, inode: int, path: str) -> tuple[int, str]:
        *folders, name = path.rstrip("/").split("/")
        for folder in folders:
            inode = self._names[inode, folder]
        return inode, name

    def _concerns_us(self, name: str, words: list[str]) -> bool:
        if name in ("sync", "syncfs", "msync", "mmap", "lseek", "write", "pwrite64", "sendfile"):
            return False
        by_handle = words[0].isdigit() and int(words[0]) in self._handles
        root = self._root.encode()
        return by_handle or any(word.startswith('"') and _data(word).startswith(root) for word in words)


def _calls(lines: Iterator[str]) -> Iterator[tuple[str, list[str], str, str]]:
    """Whole calls, each at the place of its return."""
    waiting: dict[str, str] = {}
    for line in lines:
        found = _LINE.match(line.rstrip("\n"))
        assert found is not None, line[:200]
        pid, text = found.groups()
        if text.endswith(_UNFINISHED):
            waiting[pid] = text.removesuffix(_UNFINISHED)
            continue
        if resumed := _RESUMED.match(text):
            text = waiting.pop(pid) + resumed[1]
        if call := _CALL.match(text):
            name, arguments, result, rest = call.groups()
            yield name, [found[0].strip() for found in _ARGUMENT.finditer(arguments)], result, rest


def voice_of(root: Path) -> Path:
    """The file into which a recorded program says what it has promised."""
    return root.with_name(f"{root.name}.said")


def _quoted(path: Path) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in str(path).encode()) + '"'


def _data(quoted: str) -> bytes:
    assert quoted.startswith('"'), quoted[:80]
    assert not quoted.endswith("..."), "strace shortened a text"
    return bytes.fromhex(quoted.strip('"').replace("\\x", ""))

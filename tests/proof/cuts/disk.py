"""A disk on which the power fails: what may be there afterwards, given what was written and what was synced.

The model. A successful fsync or fdatasync of a file makes its bytes and its size durable, never its name. A
name (made, renamed, removed, a folder's own too) is durable once the folder it stands in was synced; a rename
is atomic, as on ext4, xfs, btrfs and NTFS. That is less than ext4 gives (there fsync of a new file saves its
name), and what POSIX promises. All else since is at the mercy of the cut: of each file's unsynced writes
none, all, the first few with the last one torn, any of them, or any of their sectors (512 or 4096 bytes,
aligned) are on the disk; where only the later part of an extension is there, or only the new size, the rest
reads as zeros or as garbage (a file system that journals sizes before data). Unsynced names are kept as a
prefix (a journalling file system) or any of them (one that is not).

A failed sync: the system marks the pages clean, a later sync succeeds without them. So what was pending then
may be lost for ever, unless it was written again and synced.

Not modelled: bytes changing that no one wrote; a disk that lies about sync; FAT's renames in two steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from random import Random

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

Image = dict[str, bytes | None]
"""Path under the root → bytes, None for a folder; parents come before what is in them."""
SECTORS = (512, 4096)


class Fate(Enum):
    """What became of the unsynced writes of one file."""

    NONE = "none"
    ALL = "all"
    TORN = "torn"
    SOME = "some"
    SECTORS = "sectors"


class Fill(Enum):
    """What stands where a file grew and the data did not come."""

    NOTHING = "nothing"  # the file did not grow
    ZEROS = "zeros"
    GARBAGE = "garbage"


@dataclass(slots=True)
class _File:
    durable: bytearray = field(default_factory=bytearray)
    since: list[tuple[Written | Resized, bool]] = field(
        default_factory=list
    )  # True: sure, whatever failed before
    failed: int = 0  # how many of `since` a failed sync may have dropped
    now: bytearray = field(default_factory=bytearray)


@dataclass(frozen=True, slots=True)
class _Tree:
    names: dict[tuple[int, str], int]

    def after(self, event: Made | Renamed | Removed) -> None:
        match event:
            case Made(folder, name, inode):
                self.names[folder, name] = inode
            case Renamed(folder, name, to_folder, to_name, inode):
                if self.names.get((folder, name)) == inode:
                    del self.names[folder, name]
                self.names[to_folder, to_name] = inode
            case Removed(folder, name):
                self.names.pop((folder, name), None)


class Disk:
    """Takes one event after the other; `cut` may be asked at any moment and changes nothing."""

    def __init__(self) -> None:
        self._files: dict[int, _File] = {}
        self._folders = {ROOT}
        self._durable = _Tree({})
        self._names: dict[tuple[int, str], int] = {}
        self._since: list[Made | Renamed | Removed] = []

    def after(self, event: Event) -> None:
        match event:
            case Made(inode=inode, is_folder=is_folder):
                self._rename(event)
                if is_folder:
                    self._folders.add(inode)
                else:
                    self._files[inode] = _File()
            case Renamed() | Removed():
                self._rename(event)
            case Written(inode) | Resized(inode):
                self._change(self._files[inode], event)
            case Copied(source, start, inode, offset, length):
                data = bytes(self._files[source].now[start : start + length])
                self._change(self._files[inode], Written(inode, offset, data))
            case Synced(inode, held):
                self._sync(inode, held)
            case Said():
                pass

    def is_settled(self) -> bool:
        """Whether a cut now could change nothing."""
        return not self._since and not any(file.since for file in self._files.values())

    def unsynced(self) -> list[str]:
        """The files, by their last names, of which a cut now could take something away."""
        names = {inode: name for (_, name), inode in self._names.items()}
        return sorted(names[inode] for inode, file in self._files.items() if file.since and inode in names)

    def cut(self, chance: Random) -> Image:
        tree = _Tree(dict(self._durable.names))
        for event in _kept_names(self._since, chance):
            tree.after(event)
        image: Image = {}
        self._gather(tree, ROOT, "", chance, image)
        return image

    def _rename(self, event: Made | Renamed | Removed) -> None:
        self._since.append(event)
        _Tree(self._names).after(event)

    def _change(self, file: _File, event: Written | Resized) -> None:
        file.since.append((event, False))
        _apply(file.now, event)

    def _sync(self, inode: int, held: bool) -> None:
        if inode in self._folders:
            if held:
                mine = [event for event in self._since if inode in _folders_of(event)]
                for event in mine:
                    self._durable.after(event)
                self._since = [event for event in self._since if inode not in _folders_of(event)]
            return
        file = self._files[inode]
        if not held:
            file.failed = len(file.since)
        elif file.failed:
            doubtful, rest = file.since[: file.failed], file.since[file.failed :]
            file.since = doubtful + [(event, True) for event, _ in rest]
        else:
            file.durable, file.since = bytearray(file.now), []

    def _gather(self, tree: _Tree, folder: int, path: str, chance: Random, image: Image) -> None:
        for (parent, name), inode in sorted(tree.names.items()):
            if parent != folder:
                continue
            if inode in self._folders:
                image[path + name] = None
                self._gather(tree, inode, f"{path}{name}/", chance, image)
            else:
                image[path + name] = bytes(_after_cut(self._files[inode], chance))


def _folders_of(event: Made | Renamed | Removed) -> tuple[int, ...]:
    return (event.folder, event.to_folder) if isinstance(event, Renamed) else (event.folder,)


def _kept_names(
    since: Sequence[Made | Renamed | Removed], chance: Random
) -> Sequence[Made | Renamed | Removed]:
    match chance.randrange(4):
        case 0:
            return ()
        case 1:
            return since
        case 2:
            return since[: chance.randint(0, len(since))]
    return [event for event in since if chance.random() < 0.5]


def _after_cut(file: _File, chance: Random) -> bytearray:
    data = bytearray(file.durable)
    if not file.since:
        return data
    fate, fill = chance.choice(tuple(Fate)), chance.choice(tuple(Fill))
    sector = chance.choice(SECTORS)
    torn_at = chance.randrange(len(file.since))
    for place, (event, sure) in enumerate(file.since):
        if sure or fate is Fate.ALL or (fate is Fate.TORN and place < torn_at):
            _apply(data, event)
        elif fate is Fate.SECTORS and isinstance(event, Written):
            for piece in _sectors(event, sector):
                _perhaps(data, piece, fill, chance)
        elif fate is Fate.TORN and place == torn_at and isinstance(event, Written):
            pieces = _sectors(event, sector)
            for piece in pieces[: chance.randint(0, len(pieces))]:
                _apply(data, piece)
        elif fate in (Fate.SOME, Fate.SECTORS):
            _perhaps(data, event, fill, chance)
    return data


def _perhaps(data: bytearray, event: Written | Resized, fill: Fill, chance: Random) -> None:
    if chance.random() < 0.5:
        _apply(data, event)
    elif fill is not Fill.NOTHING and isinstance(event, Written):
        growth = event.offset + len(event.data) - len(data)
        if growth > 0:
            data += bytes(growth) if fill is Fill.ZEROS else chance.randbytes(growth)


def _sectors(event: Written, size: int) -> list[Written]:
    pieces, start, end = [], event.offset, event.offset + len(event.data)
    while start < end:
        stop = min(end, (start // size + 1) * size)
        pieces.append(Written(event.inode, start, event.data[start - event.offset : stop - event.offset]))
        start = stop
    return pieces


def _apply(data: bytearray, event: Written | Resized) -> None:
    if isinstance(event, Resized):
        if event.size < len(data):
            del data[event.size :]
        else:
            data += bytes(event.size - len(data))
        return
    if event.offset > len(data):
        data += bytes(event.offset - len(data))
    data[event.offset : event.offset + len(event.data)] = event.data

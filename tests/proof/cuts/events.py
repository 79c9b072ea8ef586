"""What a process did to the files under one folder, in order: the log that cuts are made of."""

from __future__ import annotations

from dataclasses import dataclass

ROOT = 0
"""The inode of the folder under which everything lies; it was there before and stays."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new file or folder under a new name."""

    folder: int
    name: str
    inode: int
    is_folder: bool


@dataclass(frozen=True, slots=True)
class Written:
    inode: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Copied:
    """Bytes moved from file to file inside the kernel (sendfile)."""

    source: int
    source_offset: int
    inode: int
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Resized:
    inode: int
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """fsync or fdatasync of a file or a folder; `held` is false where the system reported a failure."""

    inode: int
    held: bool = True


@dataclass(frozen=True, slots=True)
class Renamed:
    folder: int
    name: str
    to_folder: int
    to_name: str
    inode: int


@dataclass(frozen=True, slots=True)
class Removed:
    folder: int
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the process told the world at this moment."""

    text: str


Event = Made | Written | Copied | Resized | Synced | Renamed | Removed | Said

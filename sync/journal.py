"""The journal: append-only encrypted segments of chained records, written and synced after each commit.

How a segment is made up and read is `sync.wire.segment`; this module has the files.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

from sync import lines
from sync.disk import THIS_DISK, Disk, make_folder
from sync.errors import Damaged
from sync.wire import segment
from sync.wire.errors import Malformed
from sync.wire.segment import START, Ending, Head, Place, Segment

SEGMENT_BYTES = 4 * 1024 * 1024


class Journal:
    """One open journal; used from the ledger's writer thread only."""

    def __init__(
        self, folder: Path, key: bytes, segment_bytes: int = SEGMENT_BYTES, disk: Disk = THIS_DISK
    ) -> None:
        """Opens or creates; raises Damaged or OSError."""
        self._folder = folder
        self._disk = disk
        self._cipher = AESGCM(key)
        self._segment_bytes = segment_bytes
        make_folder(folder, disk.sync_folder)
        found = segments(folder)
        if found:
            read = read_segment(found[-1], self._cipher)
            self._place, self.torn = read.end, read.rest
            self.last_line = read.records[-1].line if read.records else None  # until more is written
            self._file = disk.open(found[-1], "r+")
        else:
            self.torn, self.last_line = 0, None
            self._start_segment(START)

    @property
    def last_n(self) -> int:
        return self._place.last_n

    def catch_up(self, conn: Connection) -> None:
        """Copies the lines the ledger has beyond this journal and syncs them; after an OSError call again."""
        waiting = lines.tail(conn, self._place.last_n)
        if not waiting:
            return
        if waiting[0][0] != self._place.last_n + 1:
            raise Damaged(str(self._folder), f"line {self._place.last_n + 1} is gone from the ledger")
        if self._place.offset > self._segment_bytes:
            self._file.close()
            self._start_segment(self._place)
        blob = bytearray()
        place = self._place
        for _, line in waiting:
            record, place = segment.seal(self._cipher, line, place)
            blob += record
        self._write(bytes(blob))
        self._place, self.last_line = place, None

    def begin_after(self, n: int) -> None:
        """An empty journal of a ledger that already counted up to `n`."""
        assert self._place.last_n == 0, "only an empty journal can begin anywhere"
        self._file.close()
        segment_path(self._folder, self._place.segment).unlink()
        self._start_segment(replace(START, last_n=n))

    def cut_torn(self) -> None:
        if self.torn:
            self._file.truncate(self._place.offset)
            self._disk.sync(self._file)
            self.torn = 0

    def close(self) -> None:
        self._file.close()

    def _write(self, blob: bytes) -> None:
        assert not self.torn, "the torn tail was not cut"
        self._file.seek(self._place.offset)  # over what an earlier, shorter try may have left
        written = 0
        while written < len(blob):
            written += self._file.write(blob[written:])
        self._disk.sync(self._file)

    def _start_segment(self, after: Place) -> None:
        head = Head.after(after)
        path = segment_path(self._folder, head.number)
        fresh = path.with_suffix(".new")
        with self._disk.open(fresh, "w") as file:
            file.write(head.encode())
            self._disk.sync(file)
        self._disk.rename(fresh, path)
        self._disk.sync_folder(self._folder)
        self._file = self._disk.open(path, "r+")
        self._place = head.start


def segment_path(folder: Path, number: int) -> Path:
    return folder / f"{number:06d}.yzj"


def segments(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yzj"))


def records(folder: Path, key: bytes) -> Iterator[tuple[int, bytes]]:
    """All lines from the first on, the chain checked across segments; ends at a torn tail. Raises Damaged."""
    cipher = AESGCM(key)
    before: Place | None = None
    found = segments(folder)
    for path in found:
        read = read_segment(path, cipher)
        if before is not None and not read.head.follows(before):
            raise Damaged(str(path), "does not follow the segment before it")
        if read.rest and path != found[-1]:
            raise Damaged(str(path), "ends within a record")
        yield from ((record.n, record.line) for record in read.records)
        before = read.end


class Remains:
    """What can be read of a journal, broken or not; `whole` and `told` are known when all was read."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._cipher = AESGCM(key)
        self.last_n = 0
        self.told = 0
        """Line up to which the segments say there were lines, opened or not."""
        self.whole = True
        """Nothing is missing but perhaps a torn end, which nobody was shown."""

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """Raises OSError."""
        before: Place | None = None
        found = segments(self._folder)
        for path in found:
            try:
                read = segment.read(path.read_bytes(), self._cipher)
            except Malformed:
                break
            self.told = max(self.told, read.end.last_n)
            if path != segment_path(self._folder, read.head.number) or not _goes_on(read.head, before):
                break
            yield from ((record.n, record.line) for record in read.records)
            self.last_n, before = read.end.last_n, read.end
            if read.ending is not Ending.WHOLE:
                self.whole = read.ending is Ending.SHORT and path == found[-1]
                break
        else:
            return
        self._count(found)

    def _count(self, found: list[Path]) -> None:
        """After a break: what the heads of all segments and the lengths in the last one tell."""
        for path in found:
            data = path.read_bytes()
            try:
                head = Head.decode(data)
            except Malformed:
                self.whole = False
                continue
            self.told = max(self.told, head.first_n - 1 + segment.count(data))
        self.whole = self.whole and self.told <= self.last_n


def _goes_on(head: Head, before: Place | None) -> bool:
    return (head.number == 1 and head.chain_before == START.chain) if before is None else head.follows(before)


def read_segment(path: Path, cipher: AESGCM) -> Segment:
    """Raises Damaged when more than the end is unreadable."""
    try:
        read = segment.read(path.read_bytes(), cipher)
    except Malformed as error:
        raise Damaged(str(path), str(error)) from error
    if path != segment_path(path.parent, read.head.number):
        raise Damaged(str(path), "not the segment of this name")
    if not (read.ending is Ending.WHOLE or read.ending.torn):
        raise Damaged(str(path), f"record {read.end.last_n + 1} does not open")
    return read

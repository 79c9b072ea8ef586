"""The default printer: each slip becomes a .bin of ESC/POS bytes and a .txt beside it in a spool folder."""

import os
import re
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from kiosk.devices.escpos import Paper, render
from kiosk.devices.paper import Slip
from kiosk.devices.printer import PaperOut, PrinterState, SpoolFailed
from kiosk.devices.slip_text import lines

EMPTY_ROLL = "paper-out"  # a file of this name in the folder stands for the paper sensor
UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class FilePrinter:
    folder: Path
    paper: Paper = field(default_factory=Paper)

    def print(self, slip: Slip) -> None:
        if self.state() is PrinterState.PAPER_OUT:
            raise PaperOut(str(self.folder))
        text = "\n".join(lines(slip, self.paper.columns, self.paper.langs)) + "\n"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            stem = self._free_stem(slip)
            _write(_side(stem, ".txt"), text.encode("utf-8"))
            _write(_side(stem, ".bin"), render(slip, self.paper))
        except OSError as error:
            raise SpoolFailed(f"{self.folder}: {error.strerror}") from error

    def state(self) -> PrinterState:
        empty = (self.folder / EMPTY_ROLL).exists()
        return PrinterState.PAPER_OUT if empty else PrinterState.READY

    def _free_stem(self, slip: Slip) -> Path:
        name = UNSAFE.sub("_", slip.number) + (".copy" if slip.copy else "")
        stems = (self.folder / (f"{name}.{n}" if n else name) for n in count())
        return next(stem for stem in stems if not _side(stem, ".bin").exists())


def _side(stem: Path, suffix: str) -> Path:
    return stem.with_name(stem.name + suffix)


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)

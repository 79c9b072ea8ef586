"""The file-backed printer: each print is a pair of files, nothing overwritten, failures named."""

from pathlib import Path

import pytest

from kiosk.devices.escpos import Paper, render
from kiosk.devices.file_printer import EMPTY_ROLL, FilePrinter
from kiosk.devices.printer import PaperOut, PrinterState, SpoolFailed
from tests.devices.samples import RARE, slip


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_slip_becomes_text_and_bytes(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path / "spool")
    printer.print(slip())
    assert names(tmp_path / "spool") == ["T-0001-00007.bin", "T-0001-00007.txt"]
    assert RARE in (tmp_path / "spool" / "T-0001-00007.txt").read_text("utf-8")
    assert (tmp_path / "spool" / "T-0001-00007.bin").read_bytes() == render(slip(), Paper())


def test_every_print_is_kept(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path)
    for _ in range(2):
        printer.print(slip())
        printer.print(slip().as_copy())
    assert [name for name in names(tmp_path) if name.endswith(".txt")] == [
        "T-0001-00007.1.txt",
        "T-0001-00007.copy.1.txt",
        "T-0001-00007.copy.txt",
        "T-0001-00007.txt",
    ]


def test_an_odd_number_stays_in_the_folder(tmp_path: Path) -> None:
    FilePrinter(tmp_path / "spool").print(slip(number="../../etc/passwd"))
    assert names(tmp_path) == ["spool"]
    assert len(names(tmp_path / "spool")) == 2


def test_an_empty_roll_is_told_and_nothing_is_printed(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path)
    (tmp_path / EMPTY_ROLL).touch()
    assert printer.state() is PrinterState.PAPER_OUT
    with pytest.raises(PaperOut):
        printer.print(slip())
    (tmp_path / EMPTY_ROLL).unlink()
    assert printer.state() is PrinterState.READY
    printer.print(slip())


def test_a_spool_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "spool").write_text("a file where the folder should be")
    with pytest.raises(SpoolFailed) as caught:
        FilePrinter(tmp_path / "spool").print(slip())
    assert "spool" in caught.value.detail

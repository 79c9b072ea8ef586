"""Turns settings into the plan of a terminal and the opening of its window."""

from __future__ import annotations

from pathlib import Path

from kiosk import typeface
from kiosk.devices import chips
from kiosk.devices.escpos import Paper
from kiosk.devices.escpos_printer import DeviceFile, EscposPrinter, Network, UsbIds
from kiosk.devices.file_cards import FileCardReader
from kiosk.devices.file_printer import FilePrinter
from kiosk.devices.fitted import Fitted
from kiosk.devices.glyphs import Glyphs
from kiosk.devices.idcard import CardReader, NoReader
from kiosk.devices.printer import Printer
from kiosk.devices.sam import SamReader
from kiosk.devices.serial_line import open_serial
from kiosk.devices.wedge import Ending, WedgeRule
from kiosk.setting_sections import (
    LineSettings,
    PrinterKind,
    ReaderKind,
    ScannerKind,
    ScannerSettings,
    Secrets,
    Settings,
)
from kiosk.store.keystore import obfuscated, under_passphrase
from kiosk.store.opening import Folders
from kiosk.terminal import Plan
from sync.keystore import KeyStore
from sync.pace import Pace
from sync.purse import MEGABYTE

KEY_FILE = "keys.json"


def plan(settings: Settings, passphrase: str | None = None) -> Plan:
    return Plan(
        folders=Folders.of(settings.data.folder, settings.data.journal),
        keys=keystore(settings, passphrase),
        printer=printer(settings),
        fitted=Fitted(cards(settings), chips.fitted(settings.reader.chip_aid), scanner(settings.scanner)),
        media=settings.courier.folders,
        printed=spool(settings) if settings.printer.kind is PrinterKind.FILE else None,
        pace=pace(settings.line),
    )


def keystore(settings: Settings, passphrase: str | None) -> KeyStore:
    path = settings.data.folder / KEY_FILE
    if settings.data.secrets is Secrets.FILE:
        return obfuscated(path)
    assert passphrase is not None, "asked for before anything is opened"
    return under_passphrase(path, passphrase)


def printer(settings: Settings) -> Printer:
    chosen = settings.printer
    paper = Paper(columns=chosen.columns, glyphs=Glyphs(typeface.regular()))
    match chosen.kind:
        case PrinterKind.FILE:
            return FilePrinter(spool(settings), paper)
        case PrinterKind.NETWORK:
            return EscposPrinter(Network(chosen.host, chosen.port), paper)
        case PrinterKind.DEVICE:
            return EscposPrinter(DeviceFile(chosen.path), paper)
        case PrinterKind.USB:
            return EscposPrinter(UsbIds(chosen.vendor, chosen.product), paper)


def spool(settings: Settings) -> Path:
    """The folder of a printer that writes files."""
    return settings.printer.folder or settings.data.folder / "printed"


def cards(settings: Settings) -> CardReader:
    chosen = settings.reader
    match chosen.kind:
        case ReaderKind.NONE:
            return NoReader()
        case ReaderKind.FILE:
            return FileCardReader(chosen.folder or settings.data.folder / "cards")
        case ReaderKind.SERIAL:
            return SamReader(lambda: open_serial(chosen.path, chosen.baud))


def scanner(chosen: ScannerSettings) -> WedgeRule | None:
    if chosen.kind is ScannerKind.NONE:
        return None
    return WedgeRule(gap=chosen.gap_ms / 1000, ending=Ending(chosen.ending.value))


def pace(line: LineSettings) -> Pace:
    return Pace(
        probe=line.probe,
        changes=line.changes,
        quiet=line.quiet,
        heartbeat=line.heartbeat,
        pack=line.pack,
        data_budget=line.data_budget_mb * MEGABYTE or None,
    )

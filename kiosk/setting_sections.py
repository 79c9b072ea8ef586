"""What can be set, section by section, with its defaults; `resources/settings.toml` says it to people."""

import os
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from platformdirs import user_data_path

from kiosk.bilingual import Lang
from kiosk.typing.board import KeyboardUse
from kiosk.variant import LockUse, Variant


class Secrets(Enum):
    FILE = "file"  # obfuscation, no protection
    PASSPHRASE = "passphrase"  # noqa: S105 - asked for at start


class ReaderKind(Enum):
    NONE = "none"
    FILE = "file"  # cards are files in a folder
    SERIAL = "serial"


class ScannerKind(Enum):
    NONE = "none"
    WEDGE = "wedge"  # types like a keyboard


class ScanEnding(Enum):
    KEY = "key"  # Enter or Tab
    PAUSE = "pause"


class VoiceKind(Enum):
    AUTO = "auto"  # recordings, then the speech engine
    RECORDED = "recorded"
    ENGINE = "engine"
    NONE = "none"


class PrinterKind(Enum):
    FILE = "file"  # slips become files in a folder
    NETWORK = "network"
    DEVICE = "device"
    USB = "usb"


@dataclass(frozen=True)
class DataSettings:
    folder: Path = field(default_factory=lambda: user_data_path("yizhan", appauthor=False))
    journal: Path | None = None  # on a second disk if there is one
    secrets: Secrets = Secrets.FILE


@dataclass(frozen=True)
class CentralSettings:
    """Filled in on the set-up page beforehand."""

    url: str = ""
    code: str = ""


@dataclass(frozen=True)
class CourierSettings:
    media: str = "/media:/run/media"

    @property
    def folders(self) -> tuple[Path, ...]:
        return tuple(Path(part) for part in self.media.split(os.pathsep) if part)


@dataclass(frozen=True)
class PrinterSettings:
    kind: PrinterKind = PrinterKind.FILE
    folder: Path | None = None  # file; the data folder's `printed` if not said
    host: str = ""  # network
    port: int = 9100
    path: str = "/dev/usb/lp0"  # device
    vendor: int = 0  # usb
    product: int = 0
    columns: int = 48


@dataclass(frozen=True)
class ReaderSettings:
    """Of ID cards; and of chip cards by PC/SC where `chip_aid` says what to read."""

    kind: ReaderKind = ReaderKind.FILE
    folder: Path | None = None  # file; the data folder's `cards` if not said
    path: str = "/dev/ttyUSB0"  # serial
    baud: int = 115200
    chip_aid: str = ""  # hexadecimal


@dataclass(frozen=True)
class ScannerSettings:
    kind: ScannerKind = ScannerKind.WEDGE
    gap_ms: int = 35
    ending: ScanEnding = ScanEnding.KEY


@dataclass(frozen=True)
class VoiceSettings:
    kind: VoiceKind = VoiceKind.AUTO
    folder: Path | None = None  # recordings; the data folder's `voice` if not said
    player: str = "aplay -q"  # plays the files it is given, in turn


@dataclass(frozen=True)
class ScreenSettings:
    width: int = 1366
    height: int = 768
    full_screen: bool = True
    language: Lang = Lang.ZH
    look: Variant = Variant.NORMAL
    large: bool = False
    still: bool = False
    keyboard: KeyboardUse = KeyboardUse.AUTO
    lock: LockUse = LockUse.AUTO
    warn_after: int = 0  # seconds without a touch; both 0: as the terminal's profile has it
    wipe_after: int = 0


@dataclass(frozen=True)
class LineSettings:
    """Seconds between two questions to central, and megabytes a month, to fit the price of the link."""

    probe: int = 600
    changes: int = 60
    quiet: int = 300
    heartbeat: int = 600
    pack: int = 1800
    data_budget_mb: int = 0  # a month; 0: none


@dataclass(frozen=True)
class Settings:
    data: DataSettings = field(default_factory=DataSettings)
    central: CentralSettings = field(default_factory=CentralSettings)
    printer: PrinterSettings = field(default_factory=PrinterSettings)
    reader: ReaderSettings = field(default_factory=ReaderSettings)
    scanner: ScannerSettings = field(default_factory=ScannerSettings)
    voice: VoiceSettings = field(default_factory=VoiceSettings)
    screen: ScreenSettings = field(default_factory=ScreenSettings)
    line: LineSettings = field(default_factory=LineSettings)
    courier: CourierSettings = field(default_factory=CourierSettings)


BOUNDS: dict[str, tuple[int, int]] = {
    "printer.port": (1, 65535),
    "printer.vendor": (0, 0xFFFF),
    "printer.product": (0, 0xFFFF),
    "printer.columns": (24, 96),
    "reader.baud": (1200, 921_600),
    "scanner.gap_ms": (5, 200),
    "screen.width": (320, 16384),
    "screen.height": (320, 16384),
    "screen.warn_after": (0, 86400),
    "screen.wipe_after": (0, 86400),
    "line.probe": (1, 3600),
    "line.changes": (1, 86400),
    "line.quiet": (1, 86400),
    "line.heartbeat": (10, 86400),
    "line.pack": (10, 604800),
    "line.data_budget_mb": (0, 10_000_000),
}
"""Of every number: least and most."""

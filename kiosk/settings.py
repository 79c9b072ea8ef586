"""Frozen settings from one TOML file and the environment; what is wrong is said with the name of its key.

`YIZHAN_DATA_FOLDER` in the environment stands above `folder` of `[data]` in the file, and so for every key.
"""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from pathlib import Path
from typing import Any, get_type_hints

from kiosk.bilingual import Text
from kiosk.setting_sections import BOUNDS, PrinterKind, Settings
from sync.errors import YizhanError

PREFIX = "YIZHAN_"
FILE_NAME = "yizhan.toml"
SOONEST_WARNING = 5  # seconds
_AID = re.compile("([0-9A-Fa-f]{2}){5,16}")


class SettingError(YizhanError):
    """`key` is as written in the file: `printer.port`."""

    def __init__(self, key: str, text: Text) -> None:
        super().__init__(f"{key}: {text.zh} / {text.en}")
        self.key = key
        self.text = text


def load(
    file: Path | None, environ: Mapping[str, str], overrides: Mapping[str, str] | None = None
) -> Settings:
    """`overrides` are `section.key` from the command line and stand above all. Raises SettingError."""
    values: dict[str, object] = _flat(_read(file)) if file is not None else {}
    known = {f"{section.name}.{item.name}" for section in fields(Settings) for item in _parts(section.name)}
    for key in (*values, *(overrides or {})):
        if key not in known:
            raise _unknown(key, known)
    for key in known:
        name = PREFIX + key.replace(".", "_").upper()
        if name in environ:
            values[key] = environ[name]
    values |= overrides or {}
    sections = {section.name: _section(section.name, values) for section in fields(Settings)}
    found = Settings(**sections)
    _check_together(found)
    return found


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError as error:
        raise _wrong(str(file), "设置文件不存在", "the settings file does not exist") from error
    except OSError as error:
        said = error.strerror
        raise _wrong(str(file), f"设置文件读不出来：{said}", f"cannot be read: {said}") from error
    except (ValueError, RecursionError) as error:  # TOML, UTF-8, or a number of thousands of digits
        raise _wrong(str(file), f"不是正确的 TOML：{error}", f"not valid TOML: {error}") from error


def _flat(document: dict[str, Any]) -> dict[str, object]:
    values: dict[str, object] = {}
    for section, content in document.items():
        if isinstance(content, dict):
            values |= {f"{section}.{name}": value for name, value in content.items()}
        else:
            values[section] = content
    return values


def _parts(section: str) -> tuple[Any, ...]:
    return fields(get_type_hints(Settings)[section])


def _section(name: str, values: Mapping[str, object]) -> Any:
    kind = get_type_hints(Settings)[name]
    hints = get_type_hints(kind)
    chosen = {
        part.name: _value(f"{name}.{part.name}", values[f"{name}.{part.name}"], hints[part.name])
        for part in _parts(name)
        if f"{name}.{part.name}" in values
    }
    return kind(**chosen)


def _value(key: str, value: object, kind: Any) -> object:
    if kind is bool:
        return _switch(key, value)
    if kind is int:
        return _number(key, value)
    if not isinstance(value, str):
        raise _wrong(key, f"应是文字，写成了 {_shown(value)}", f"must be text, not {_shown(value)}")
    if isinstance(kind, type) and issubclass(kind, Enum):
        choices = [member.value for member in kind]
        if value not in choices:
            listed = ", ".join(choices)
            raise _wrong(key, f"“{value}”不在可选值之内：{listed}", f"{_shown(value)} is none of {listed}")
        return kind(value)
    return value if kind is str else _path(key, value)


def _switch(key: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    switches = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if isinstance(value, str) and value.lower() in switches:
        return switches[value.lower()]
    raise _wrong(
        key, f"应是 true 或 false，写成了 {_shown(value)}", f"must be true or false, not {_shown(value)}"
    )


def _number(key: str, value: object) -> int:
    try:
        number = int(value, 0) if isinstance(value, str) else value
    except ValueError:
        number = None
    if not isinstance(number, int) or isinstance(number, bool):
        raise _wrong(key, f"应是整数，写成了 {_shown(value)}", f"must be a whole number, not {_shown(value)}")
    low, high = BOUNDS[key]
    if not low <= number <= high:
        raise _wrong(
            key,
            f"应在 {low} 到 {high} 之间，写成了 {_shown(number)}",
            f"must be {low} to {high}, not {_shown(number)}",
        )
    return number


def _shown(value: object) -> str:
    try:
        text = repr(value)
    except ValueError:  # a number of thousands of digits
        return "…"
    return text if len(text) <= 80 else f"{text[:80]}…"


def _path(key: str, value: str) -> Path:
    if not value:
        raise _wrong(key, "路径是空的", "the path is empty")
    if "\0" in value:
        raise _wrong(key, "这不是路径", "this is no path")
    return Path(value).expanduser()


def _check_together(settings: Settings) -> None:
    printer, screen = settings.printer, settings.screen
    if printer.kind is PrinterKind.NETWORK and not printer.host:
        raise _wrong("printer.host", "网络打印机要写地址", "a network printer needs its address")
    if printer.kind is PrinterKind.USB and not (printer.vendor and printer.product):
        raise _wrong(
            "printer.vendor", "USB 打印机要写厂商号和产品号", "a USB printer needs vendor and product"
        )
    own_idle = screen.warn_after > 0 or screen.wipe_after > 0
    if own_idle and screen.warn_after < SOONEST_WARNING:
        zh, en = f"要么两项都是 0，要么至少 {SOONEST_WARNING}", f"both 0, or at least {SOONEST_WARNING}"
        raise _wrong("screen.warn_after", zh, en)
    if own_idle and screen.wipe_after <= screen.warn_after:
        raise _wrong("screen.wipe_after", "要大于 screen.warn_after", "must be more than screen.warn_after")
    aid = settings.reader.chip_aid
    if aid and not _AID.fullmatch(aid):
        raise _wrong("reader.chip_aid", "应是 10 到 32 位十六进制数", "must be 10 to 32 hexadecimal digits")
    url = settings.central.url
    if url and not url.startswith("https://"):
        raise _wrong("central.url", "要以 https:// 开头", "must begin with https://")


def _unknown(key: str, known: set[str]) -> SettingError:
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
    if near:
        return _wrong(key, f"没有这一项，是不是 {near[0]}？", f"no such key; did you mean {near[0]}?")
    return _wrong(key, "没有这一项", "no such key")


def _wrong(key: str, zh: str, en: str) -> SettingError:
    return SettingError(key, Text(zh, en))

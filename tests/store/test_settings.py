"""Settings come from file, environment and command line; what is wrong is named by its key."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

import resources
from kiosk.bilingual import Lang
from kiosk.setting_sections import PrinterKind, Secrets, Settings
from kiosk.settings import SettingError, load


def write(folder: Path, text: str) -> Path:
    path = folder / "yizhan.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_said_means_the_defaults():
    assert load(None, {}) == Settings()


def test_the_file_to_copy_names_every_key_with_its_default():
    file = Path(resources.__file__).with_name("settings.toml")
    assert load(file, {}) == Settings()
    names = re.findall(r"^(?:# )?([a-z_]+) = ", file.read_text("utf-8"), re.MULTILINE)
    sections = [getattr(Settings(), section.name) for section in fields(Settings)]
    assert names == [item.name for section in sections for item in fields(section)]


def test_file_then_environment_then_command_line(tmp_path):
    file = write(
        tmp_path,
        """
        [data]
        folder = "/srv/驿站"
        secrets = "passphrase"
        [printer]
        kind = "network"
        host = "10.0.0.9"
        [screen]
        full_screen = false
        language = "en"
        """,
    )
    environ = {"YIZHAN_PRINTER_PORT": "9101", "YIZHAN_SCREEN_LANGUAGE": "zh", "YIZHAN_PG_URL": "x"}
    found = load(file, environ, {"data.folder": "/tmp/here"})
    assert found.data.folder == Path("/tmp/here")
    assert found.data.secrets is Secrets.PASSPHRASE
    assert (found.printer.kind, found.printer.port) == (PrinterKind.NETWORK, 9101)
    assert (found.screen.full_screen, found.screen.language) == (False, Lang.ZH)


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        ("[printer]\nprot = 9100", "printer.prot", "printer.port"),
        ("colour = 1", "colour", "no such key"),
        ("[printer]\nport = '九千'", "printer.port", "整数"),
        ("[printer]\nport = 9.5", "printer.port", "whole number"),
        ("[printer]\nport = true", "printer.port", "whole number"),
        ("[printer]\nport = 70000", "printer.port", "1 到 65535"),
        ("[printer]\nkind = 'laser'", "printer.kind", "network"),
        ("[printer]\nkind = 'network'", "printer.host", "网络打印机"),
        ("[printer]\nkind = 'usb'", "printer.vendor", "USB"),
        ("[screen]\nfull_screen = 'maybe'", "screen.full_screen", "true 或 false"),
        ("[screen]\nwarn_after = 90\nwipe_after = 90", "screen.wipe_after", "screen.warn_after"),
        ("[screen]\nwarn_after = 90", "screen.wipe_after", "screen.warn_after"),
        ("[screen]\nwipe_after = 90", "screen.warn_after", "都是 0"),
        ("[data]\nfolder = 7", "data.folder", "应是文字"),
        ("[data]\nfolder = ''", "data.folder", "路径是空的"),
        ("[central]\nurl = 'http://central'", "central.url", "https://"),
    ],
)
def test_what_is_wrong_is_named_in_both_languages(tmp_path, text, key, says):
    with pytest.raises(SettingError) as caught:
        load(write(tmp_path, text), {})
    assert caught.value.key == key
    assert says in str(caught.value)
    assert caught.value.text.zh != caught.value.text.en


@pytest.mark.parametrize("content", [b"[data", b"\xff\xfe", None])
def test_an_unreadable_file_is_named(tmp_path, content):
    path = tmp_path / "yizhan.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingError, match=r"yizhan\.toml"):
        load(path, {})


def test_the_environment_is_checked_alike():
    with pytest.raises(SettingError) as caught:
        load(None, {"YIZHAN_LINE_PROBE": "0"})
    assert caught.value.key == "line.probe"

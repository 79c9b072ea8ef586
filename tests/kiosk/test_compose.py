"""What settings make of a terminal."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk import compose, typeface
from kiosk.bilingual import same
from kiosk.devices.chips import NoChips
from kiosk.devices.escpos import BIT_IMAGE
from kiosk.devices.file_cards import FileCardReader
from kiosk.devices.idcard import NoReader, ReaderState
from kiosk.devices.paper import Pair
from kiosk.devices.wedge import Ending, WedgeRule
from kiosk.settings import load
from tests.devices.samples import slip


@pytest.mark.skipif(typeface.regular() is None, reason="needs the type face that `make setup` cuts")
@pytest.mark.parametrize("name", ["单小㳇", "小㮾", "文𬱖"])
def test_the_printer_of_the_settings_draws_rare_names(tmp_path: Path, name: str) -> None:
    settings = load(None, {}, {"data.folder": str(tmp_path)})
    made = replace(slip(), lines=(Pair(same("户名"), same(name)),))
    compose.printer(settings).print(made)
    (spooled,) = (tmp_path / "printed").glob("*.bin")
    data = spooled.read_bytes()
    assert BIT_IMAGE in data
    assert b"[U+" not in data


@pytest.mark.skipif(typeface.regular() is None, reason="needs the type face that `make setup` cuts")
def test_a_name_that_no_face_has_is_spelt_by_its_code_point(tmp_path: Path) -> None:
    settings = load(None, {}, {"data.folder": str(tmp_path)})
    made = replace(slip(), lines=(Pair(same("户名"), same("建𡓐")),))
    compose.printer(settings).print(made)
    (spooled,) = (tmp_path / "printed").glob("*.bin")
    assert "建[U+214D0]".encode("gb18030") in spooled.read_bytes()


def test_by_itself_a_terminal_hears_a_scanner_and_reads_cards_from_its_folder(tmp_path: Path) -> None:
    fitted = compose.plan(load(None, {}, {"data.folder": str(tmp_path)})).fitted
    assert fitted.cards == FileCardReader(tmp_path / "cards")
    assert fitted.scanner == WedgeRule()
    assert isinstance(fitted.chips, NoChips)


def test_what_is_connected_follows_the_settings(tmp_path: Path) -> None:
    changes = {
        "data.folder": str(tmp_path),
        "reader.kind": "serial",
        "reader.path": str(tmp_path / "no-port"),
        "scanner.gap_ms": "60",
        "scanner.ending": "pause",
    }
    fitted = compose.plan(load(None, {}, changes)).fitted
    assert fitted.scanner == WedgeRule(gap=0.06, ending=Ending.PAUSE)
    assert fitted.cards.state() is ReaderState.UNPLUGGED
    bare = compose.plan(load(None, {}, changes | {"reader.kind": "none", "scanner.kind": "none"})).fitted
    assert (isinstance(bare.cards, NoReader), bare.scanner) == (True, None)

"""What settings make of a terminal."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk import compose, typeface
from kiosk.bilingual import same
from kiosk.devices.escpos import BIT_IMAGE
from kiosk.devices.paper import Pair
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

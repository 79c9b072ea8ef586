"""The mark a scanner puts before the text is taken off and understood."""

import pytest

from kiosk.devices.scanner import Scan, Symbology, of_text


@pytest.mark.parametrize(
    ("sent", "scan"),
    [
        ("]Q1yz1.abc", Scan("yz1.abc", Symbology.QR)),
        ("]E06901234567892", Scan("6901234567892", Symbology.EAN)),
        ("]C0SC-000123", Scan("SC-000123", Symbology.CODE_128)),
        ("6901234567892", Scan("6901234567892")),
        ("]?1abc", Scan("]?1abc")),
        ("]Q1", Scan("]Q1")),
    ],
)
def test_marks(sent: str, scan: Scan) -> None:
    assert of_text(sent) == scan


def test_what_was_scanned_is_in_no_log() -> None:
    assert "secret" not in repr(Scan("secret", Symbology.QR))

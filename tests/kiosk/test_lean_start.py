"""What a start up to Home does not load, for it would have to wait for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

LATER = (
    "PySide6.QtWidgets",  # qasync's; a screen of QML has no use for it
    "httpx",  # the line
    "joserfc",
    "cryptography.x509",
    "sync.client",
    "sync.engine",
    "sync.enrol",
    "zstandard",  # packs
    "segno",  # slips
    "sqlalchemy.orm",  # nowhere
    "ui.viewmodels.till",  # pages but Home, each when it is opened
    "ui.viewmodels.slip",
)


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    start = "from kiosk import __main__, compose, app; import ui.viewmodels.home"
    words = f"import sys; {start}; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", words], check=True, stdout=subprocess.PIPE, text=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", LATER)
def test_a_start_does_not_wait_for(module: str, loaded: set[str]) -> None:
    assert "kiosk.app" in loaded
    assert module not in loaded

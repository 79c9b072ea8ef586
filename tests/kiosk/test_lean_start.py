"""What a start does not load, for it would have to wait for it: time and memory of every terminal."""

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
    "ui.viewmodels.home",  # pages, each when it is opened
    "ui.viewmodels.till",
)


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    words = "import sys; from kiosk import __main__, compose, app; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", words], check=True, stdout=subprocess.PIPE, text=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", LATER)
def test_a_start_does_not_wait_for(module: str, loaded: set[str]) -> None:
    assert "kiosk.app" in loaded
    assert module not in loaded

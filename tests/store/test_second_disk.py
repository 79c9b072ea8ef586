"""A journal on a disk of its own: when that is missing nothing begins anew in silence."""

import shutil
from pathlib import Path

import pytest

from kiosk import doctor
from kiosk.__main__ import main
from kiosk.devices.file_printer import FilePrinter
from kiosk.doctor import Patient
from kiosk.store import keystore
from kiosk.store.opening import Folders, Mended, open_store
from sync import identity, leases, outbox
from sync.errors import JournalMissing
from sync.journal import segments
from sync.wire.keys import SigningKey
from tests.store.test_opening import pay
from tests.support.ledger import START, Ledger, new_grant, new_identity


@pytest.fixture
def apart(tmp_path: Path) -> Ledger:
    """A terminal with three payments and its journal on a second disk, closed."""
    (tmp_path / "disk").mkdir()
    folders = Folders.of(tmp_path / "data", tmp_path / "disk" / "yizhan")
    keys, signer = keystore.obfuscated(tmp_path / "data" / "keys.json"), SigningKey.generate()
    who = new_identity(signer)
    keys.put(who.secret_name, signer.seed)
    made = Ledger(folders, keys, signer, open_store(folders, keys))
    made.db.run_sync(lambda conn: identity.enrol(conn, who))
    made.db.run_sync(lambda conn: leases.apply_grant(conn, new_grant("float:P1", 10_000, "fen"), "token"))
    for _ in range(3):
        pay(made)
    made.db.close()
    return made


def opened(apart: Ledger) -> tuple[tuple[Mended, ...], int]:
    apart.opened = open_store(apart.folders, apart.keys)
    count = len(apart.db.read_sync(outbox.recent))
    apart.db.close()
    return apart.opened.mended, count


@pytest.mark.parametrize("unmounted", ["folder gone", "folder empty", "disk gone"])
@pytest.mark.parametrize("ledger", ["there", "gone"])
def test_a_missing_second_disk_is_a_clear_trouble(apart: Ledger, unmounted: str, ledger: str) -> None:
    kept = apart.folders.data / "kept"
    shutil.move(apart.folders.journal, kept)
    if unmounted == "folder empty":
        apart.folders.journal.mkdir()
    if unmounted == "disk gone":
        apart.folders.journal.parent.rmdir()
    if ledger == "gone":
        shutil.move(apart.folders.ledger, apart.folders.data / "ledger.kept")
    with pytest.raises(JournalMissing, match="yizhan"):
        open_store(apart.folders, apart.keys)
    assert not segments(apart.folders.journal)
    if unmounted == "folder empty":
        apart.folders.journal.rmdir()
    apart.folders.journal.parent.mkdir(exist_ok=True)
    shutil.move(kept, apart.folders.journal)
    assert opened(apart) == ((Mended.LEDGER_REBUILT,) if ledger == "gone" else (), 3)


def words_of(apart: Ledger) -> list[str]:
    return ["--data", str(apart.folders.data), "--set", f"data.journal={apart.folders.journal}"]


def test_after_the_disk_was_replaced_a_new_journal_saves_the_ledger(
    apart: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.rmtree(apart.folders.journal)
    assert main(["new-journal", *words_of(apart)]) == 0
    assert "begun anew" in capsys.readouterr().out
    assert opened(apart) == ((), 3)
    apart.folders.ledger.unlink()
    assert opened(apart) == ((Mended.LEDGER_REBUILT,), 3)


def test_a_journal_broken_in_its_middle_is_found_by_the_doctor_and_begun_anew(
    apart: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    [path] = segments(apart.folders.journal)
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    patient = Patient(apart.folders, apart.keys, FilePrinter(tmp_path / "printed"), START)
    [found] = [one for one in doctor.examine(patient) if one.what.en == "ledger and journal"]
    assert found.remedy is not None
    assert "new-journal" in found.remedy.en
    assert main(["new-journal", *words_of(apart)]) == 0
    [aside] = apart.folders.journal.parent.glob("yizhan.aside-*")
    assert segments(aside)[0].read_bytes() == bytes(data)
    [found] = [one for one in doctor.examine(patient) if one.what.en == "ledger and journal"]
    assert found.remedy is None
    assert opened(apart) == ((), 3)

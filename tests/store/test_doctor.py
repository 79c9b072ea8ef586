"""The doctor names every trouble in two languages with a remedy, and changes nothing."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk import doctor
from kiosk.bilingual import Lang
from kiosk.devices.file_cards import NO_CABLE, FileCardReader
from kiosk.devices.file_printer import EMPTY_ROLL, FilePrinter
from kiosk.devices.fitted import Fitted
from kiosk.doctor import Patient
from kiosk.machine_checks import Verdict, folder
from kiosk.store import keystore
from kiosk.store.opening import Folders
from sync import outbox
from sync.journal import segments
from sync.outbox import NewOperation
from sync.wire.operation import new_op_id
from tests.support.ledger import START, Ledger


@dataclass
class Room:
    folder: Path
    ledger: Ledger | None = None

    def examine(self, now=START, ask_central=False, fitted=Fitted()):  # noqa: B008  frozen
        data = self.folder / "data"
        keys = self.ledger.keys if self.ledger else keystore.obfuscated(data / "keys.json")
        printer = FilePrinter(self.folder / "printed")
        return doctor.examine(Patient(Folders.of(data), keys, printer, now, fitted, ask_central))


def verdicts(findings) -> dict[str, Verdict]:
    return {finding.what.en: finding.verdict for finding in findings}


def bad(findings) -> set[str]:
    return {name for name, verdict in verdicts(findings).items() if verdict is Verdict.BAD}


@pytest.fixture
def served(tmp_path, ledger) -> Room:
    """The ledger's own folder, with one operation in it."""
    new, stamp = NewOperation(new_op_id(), "bill.pay", {"n": 1}), ledger.stamp()
    ledger.db.run_sync(lambda conn: outbox.record(conn, new, stamp))
    return Room(tmp_path, ledger)


def test_a_clean_folder_is_fit_for_service(tmp_path):
    findings = Room(tmp_path).examine()
    assert doctor.exit_code(findings) == 0
    assert not list((tmp_path / "data").iterdir())
    assert "可以营业" in doctor.report(findings, Lang.ZH)
    assert "fit for service" in doctor.report(findings, Lang.EN)


def test_a_terminal_at_work_is_looked_at_without_disturbing_it(served):
    findings = served.examine()
    assert bad(findings) == set()
    words = {finding.what.en: finding.words.en for finding in findings}
    assert words["ledger and journal"] == "sound, operations: 1, 1 to send"
    assert served.ledger.opened.mended == ()


def test_every_trouble_has_words_in_two_languages_and_a_remedy(served):
    (served.folder / "printed").mkdir()
    (served.folder / "printed" / EMPTY_ROLL).touch()
    served.ledger.db.close()
    with served.ledger.folders.ledger.open("r+b") as file:
        file.seek(4096 * 5)
        file.write(b"\x5a" * 4096)
    findings = served.examine(START - timedelta(days=365))
    assert bad(findings) == {"ledger and journal", "receipt printer"}
    assert verdicts(findings)["clock"] is Verdict.NOTE
    assert all(f.remedy is not None and f.remedy.zh for f in findings if f.verdict is Verdict.BAD)
    assert doctor.exit_code(findings) == 1


def test_a_damaged_journal_is_found(served):
    path = segments(served.ledger.folders.journal)[0]
    data = bytearray(path.read_bytes())
    data[70] ^= 1
    path.write_bytes(data)
    assert bad(served.examine()) == {"ledger and journal"}


def test_what_is_kept_is_named_with_what_to_do(served, tmp_path):
    assert {one.what.en: one.words.en for one in served.examine()}["files kept"] == "none"
    (tmp_path / "data" / "ledger.db.v1").write_bytes(b"")
    [copy] = [one for one in served.examine() if one.what.en == "files kept"]
    assert "ledger.db.v1" in copy.words.zh
    assert "旧版本" in copy.remedy.zh
    (tmp_path / "data" / "journal.aside-20260302T010000-1").mkdir()
    [both] = [one for one in served.examine() if one.what.en == "files kept"]
    assert "journal.aside" in both.words.zh
    assert "evidence" in both.remedy.en


def test_a_lost_key_is_named_and_the_data_is_not_to_be_deleted(served):
    (served.ledger.folders.data / "keys.json").write_text("gone")
    findings = served.examine()
    assert bad(findings) == {"keys to the data", "ledger and journal"}
    assert "切勿删除数据" in doctor.report(findings, Lang.ZH)


def test_central_is_asked_only_on_request(served):
    without = {finding.what.en: finding.words.en for finding in served.examine()}
    asked = {finding.what.en: finding.words.en for finding in served.examine(ask_central=True)}
    assert "not tried" in without["central"]
    assert "cannot be reached" in asked["central"]


READ_ONLY = """
import os, sys
from pathlib import Path
from kiosk.machine_checks import folder
if os.getuid() == 0:
    os.setuid(65534)
print(folder(Path(sys.argv[1])).verdict.value)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_read_only_folder_is_bad(tmp_path):
    for path in (tmp_path, *tmp_path.parents[:2]):
        os.chmod(path, 0o755)
    assert folder(tmp_path).verdict is Verdict.GOOD
    os.chmod(tmp_path, 0o555)
    command = [sys.executable, "-c", READ_ONLY, str(tmp_path)]
    repo = Path(__file__).parents[2]
    done = subprocess.run(command, capture_output=True, text=True, cwd=repo, timeout=60, check=False)
    assert done.stdout.strip() == "bad", done.stderr


def test_a_reader_that_is_pulled_out_is_noted_and_business_goes_on(tmp_path):
    folder = tmp_path / "cards"
    reader = Fitted(cards=FileCardReader(folder))
    assert verdicts(Room(tmp_path).examine(fitted=reader))["reader of ID cards"] is Verdict.ABSENT
    folder.mkdir()
    (folder / NO_CABLE).touch()
    findings = Room(tmp_path).examine(fitted=reader)
    assert verdicts(findings)["reader of ID cards"] is Verdict.NOTE
    assert doctor.exit_code(findings) == 0

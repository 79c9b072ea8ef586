"""The `yizhan` command says what is wrong by its name, refuses politely and ends cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.__main__ import main
from sync import identity, outbox
from sync.outbox import NewOperation
from sync.verify import __main__ as verify
from sync.wire.keys import SigningKey
from sync.wire.operation import new_op_id
from tests.support.ledger import Ledger, ledger, new_identity

__all__ = ["ledger"]

ROOT = Path(__file__).resolve().parents[2]
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _away_from_any_settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)


def kiosk(*words: str | Path) -> subprocess.Popen[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("YIZHAN_")}
    environ |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kiosk", *map(str, words)]
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, words = process.communicate(timeout=60)
    return process.returncode, words


@pytest.mark.parametrize(
    ("words", "key", "says"),
    [
        (["--set", "printer.prot=9100"], "printer.prot", "printer.port"),
        (["--set", "printer.port=much"], "printer.port", "整数"),
        (["--set", "printer.kind=network"], "printer.host", "address"),
        (["--set", "colour"], "colour", "no such key"),
        (["--settings", "nowhere.toml"], "nowhere.toml", "does not exist"),
    ],
)
@pytest.mark.parametrize("command", ["run", "doctor"])
def test_a_wrong_setting_is_named_before_anything_is_opened(
    command: str, words: list[str], key: str, says: str, tmp_path: Path, capsys: Captured
) -> None:
    data = tmp_path / "data"
    assert main([command, "--data", str(data), *words]) == 2
    said = capsys.readouterr().err
    assert key in said
    assert says in said
    assert not data.exists()


def test_the_settings_file_of_this_folder_is_read(tmp_path: Path, capsys: Captured) -> None:
    Path("yizhan.toml").write_text('[screen]\nlanguage = "en"\n', "utf-8")
    assert main(["doctor", "--data", str(tmp_path / "data")]) == 0
    assert "fit for service" in capsys.readouterr().out
    Path("yizhan.toml").write_text('[screen]\nlanguage = "fr"\n', "utf-8")
    assert main(["doctor", "--data", str(tmp_path / "data")]) == 2
    assert "screen.language" in capsys.readouterr().err


def test_an_option_stands_above_the_environment(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIZHAN_DATA_FOLDER", str(tmp_path / "environment"))
    assert main(["doctor", "--data", str(tmp_path / "option")]) == 0
    assert str(tmp_path / "option") in capsys.readouterr().out
    assert not (tmp_path / "environment").exists()


@pytest.mark.parametrize("change", ["printer.kind=device", "data.folder={file}/below"])
def test_the_doctor_ends_with_one_where_nobody_can_be_served(
    change: str, tmp_path: Path, capsys: Captured
) -> None:
    file = tmp_path / "file"
    file.touch()
    words = ["--set", change.format(file=file), "--set", "printer.path=/nowhere/lp0"]
    assert main(["doctor", "--set", f"data.folder={tmp_path / 'data'}", *words]) == 1
    assert "处必须处理" in capsys.readouterr().out


def test_a_second_kiosk_on_the_same_data_is_refused(ledger: Ledger) -> None:
    code, words = ended(kiosk("run", "--data", ledger.folders.data))
    assert code == 2
    assert "已经在这台机器上运行" in words
    assert "already running" in words
    assert "Traceback" not in words


def test_a_terminal_without_its_key_opens_nothing_and_says_what_to_do(ledger: Ledger) -> None:
    ledger.db.close()
    (ledger.folders.data / "keys.json").unlink()
    process = kiosk("run", "--data", ledger.folders.data)
    assert process.stderr is not None
    said = [process.stderr.readline() for _ in range(2)]
    process.send_signal(signal.SIGTERM)  # until then a window says it and offers to try again
    assert ended(process)[0] == 2
    assert "切勿删除数据" in said[0]
    assert "restore the key file" in said[1]
    assert ledger.folders.ledger.exists()


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_an_open_terminal_closes_when_asked(asked: signal.Signals, tmp_path: Path, qtbot: QtBot) -> None:
    data = tmp_path / "data"
    process = kiosk("run", "--data", data)
    qtbot.waitUntil((data / "ledger.db").exists, timeout=60_000)
    process.send_signal(asked)
    assert ended(process) == (0, "")
    assert main(["doctor", "--data", str(data)]) == 0


# --- a chain for the auditor -------------------------------------------------------------------------------
@pytest.fixture
def served(ledger: Ledger) -> Iterator[Ledger]:
    for n in range(3):
        new = NewOperation(new_op_id(), "bill.pay", {"name": "㳇㮾𡓐", "n": n})
        ledger.db.run_sync(lambda conn, new=new: outbox.record(conn, new, ledger.stamp()))
    return ledger


def test_a_terminal_at_work_gives_its_chain_to_the_auditor(
    served: Ledger, tmp_path: Path, capsys: Captured
) -> None:
    file = tmp_path / "chain.jsonl"
    assert main(["export", "--data", str(served.folders.data), str(file)]) == 0
    said = capsys.readouterr().out
    assert "T-0001/1: 3" in said
    assert served.signer.kid in said
    assert verify.main([str(file), f"--key={served.signer.kid}"]) == 0


def test_an_earlier_life_is_exported_by_its_number(served: Ledger, tmp_path: Path, capsys: Captured) -> None:
    signer = SigningKey.generate()
    second = replace(new_identity(signer), incarnation=2)
    served.keys.put(second.secret_name, signer.seed)
    served.db.run_sync(lambda conn: identity.enrol(conn, second))
    data = str(served.folders.data)
    assert main(["export", "--data", data, str(tmp_path / "now")]) == 0
    assert main(["export", "--data", data, "--incarnation", "1", str(tmp_path / "before")]) == 0
    said = capsys.readouterr().out
    assert "T-0001/2: 0" in said
    assert "T-0001/1: 3" in said
    assert verify.main([str(tmp_path / "before"), f"--key={served.signer.kid}"]) == 0
    assert verify.main([str(tmp_path / "now"), f"--key={signer.kid}"]) == 0


def test_no_file_is_written_over_and_none_is_made_in_vain(
    served: Ledger, tmp_path: Path, capsys: Captured
) -> None:
    kept = tmp_path / "kept"
    kept.write_text("precious")
    data = str(served.folders.data)
    assert main(["export", "--data", data, str(kept)]) == 2
    assert kept.read_text() == "precious"
    assert main(["export", "--data", data, str(tmp_path / "nowhere" / "chain")]) == 2
    assert str(tmp_path / "nowhere") in capsys.readouterr().err
    fresh = tmp_path / "fresh"
    assert main(["export", "--data", data, "--incarnation", "7", str(fresh)]) == 2
    assert main(["export", "--data", str(tmp_path / "empty"), str(fresh)]) == 2
    assert "not enrolled" in capsys.readouterr().err
    assert not fresh.exists()


def test_the_journals_key_is_handed_to_the_auditor_alone(
    served: Ledger, tmp_path: Path, capsys: Captured
) -> None:
    file, data = tmp_path / "opens", str(served.folders.data)
    assert main(["audit-key", "--data", data, str(file)]) == 0
    said = capsys.readouterr().out
    assert "包括个人信息" in said
    assert "signs nothing" in said
    assert file.stat().st_mode & 0o077 == 0
    journal = str(served.folders.journal)
    assert verify.main([journal, "--opens", str(file), f"--key={served.signer.kid}"]) == 0
    assert "3 operations" in capsys.readouterr().out
    assert main(["audit-key", "--data", data, str(file)]) == 2
    assert main(["audit-key", "--data", str(tmp_path / "empty"), str(tmp_path / "other")]) == 2
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        ([], "用优盘收发", "by stick"),
        (["courier"], "替别的终端送交", "bring others' bundles"),
        (["courier", "export"], "优盘所在的目录", "write what central does not have yet"),
        (["run"], "登记码", "for the set-up page"),
    ],
)
def test_help_speaks_both_languages(words: list[str], zh: str, en: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0
    assert zh in said
    assert en in said

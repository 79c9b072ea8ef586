"""The log says what failed and where, and nothing of anybody."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import logs
from kiosk.__main__ import main
from kiosk.logs import HIDDEN, discreet
from sync.errors import DiskFull, WorldError

MARKS = (
    "511602195003071234",
    "51160219500307123X",
    "511602 19500307 123X",
    "13908269901",
    "139-0826-9901",
    "0826-2345678",
    "仇㳇",
    "𡓐小满",
    "张三",
    "老槐树东第七家",
)
OP = "0198b2c4-77aa-7c11-9d42-0123456789ab"
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    kept = logging.getLogger().handlers[:]
    log = logs.Log(tmp_path / logs.FOLDER)
    yield tmp_path / logs.FOLDER
    log.close()
    logging.getLogger().handlers[:] = kept


def written(folder: Path) -> str:
    return (folder / logs.FILE).read_text("utf-8")


@pytest.mark.parametrize("mark", MARKS)
def test_nothing_of_a_person_is_said(mark: str) -> None:
    for words in (mark, f"wrong: {mark}", f"{mark}, {mark}", repr({"a": mark}), ascii(mark), f"x{mark}x"):
        said = discreet(words)
        assert mark not in said
        assert HIDDEN in said
        assert not any(char.isdigit() for char in said.replace(HIDDEN, "")) or mark not in words


def test_a_latin_name_that_an_error_quotes_is_not_said() -> None:
    assert "Zhang" not in discreet("KeyError: 'Zhang San'")
    assert "Zhang" not in discreet('no operator "Zhang San" here')


def test_what_leads_to_the_fault_stays() -> None:
    words = f"operation {OP} of T-0001: attachment {HASH}, try 3 of 12, port 8443, 504"
    assert discreet(words) == words


def test_a_failure_is_logged_by_type_and_place_alone(folder: Path) -> None:
    try:
        _fail(MARKS[0], MARKS[6])
    except ValueError:
        logging.getLogger("ui.spawn").exception("task %s failed", "FormModel.send")
    said = written(folder)
    assert "task FormModel.send failed" in said
    assert "builtins.ValueError" in said
    assert "builtins.KeyError" in said
    assert "test_logs.py" in said
    assert "_fail" in said
    assert not any(mark in said for mark in MARKS)
    assert "/tmp" not in said


def _fail(number: str, name: str) -> None:
    try:
        {}[number]
    except KeyError as error:
        raise ValueError(f"{name} has no {number}") from error


def test_our_own_and_the_systems_words_are_said(folder: Path) -> None:
    log = logging.getLogger("sync")
    for error in (DiskFull("ledger.db", "no space left"), FileNotFoundError(2, "No such file", MARKS[6])):
        log.error("cannot write", exc_info=error)
    said = written(folder)
    assert "DiskFull: ledger.db: no space left" in said
    assert "FileNotFoundError: No such file" in said
    assert not any(mark in said for mark in MARKS)


def test_arguments_warnings_and_the_last_words_go_the_same_way(folder: Path) -> None:
    logging.getLogger("x").info("called %s at %s", MARKS[6], MARKS[3])
    sys.excepthook(WorldError, WorldError(MARKS[0]), None)
    logging.getLogger("py.warnings").warning("%s", f"file.py:3: UserWarning: {MARKS[8]}")
    said = written(folder)
    assert said.count("\n") >= 3
    assert not any(mark in said for mark in MARKS)


def test_an_export_is_made_discreet_once_more(folder: Path, tmp_path: Path) -> None:
    logging.getLogger("x").info("first")
    (folder / f"{logs.FILE}.1").write_text(f"2026-03-02T01:00:00 INFO old: {MARKS[0]} {MARKS[6]}\n", "utf-8")
    made = logs.export(folder, tmp_path / "out.txt")
    said = made.file.read_text("utf-8")
    assert made.lines == 2
    assert said.index("2026-03-02T01:00:00 INFO old:") < said.index("first")
    assert said.startswith("yizhan ")
    assert not any(mark in said for mark in MARKS)


def test_the_command_writes_a_new_file_and_replaces_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = tmp_path / "data"
    (data / logs.FOLDER).mkdir(parents=True)
    (data / logs.FOLDER / logs.FILE).write_text(f"2026-03-02T01:00:00 INFO x: {MARKS[3]}\n", "utf-8")
    words = ["logs", "export", "--data", str(data), str(tmp_path / "out.txt")]
    assert main(words) == 0
    assert "1" in capsys.readouterr().out
    assert MARKS[3] not in (tmp_path / "out.txt").read_text("utf-8")
    assert main(words) == 2
    assert capsys.readouterr().err


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kept = logging.getLogger().handlers[:]
    log = logs.Log(tmp_path / "file" / "logs")
    logging.getLogger("x").warning("still said")
    log.close()
    logging.getLogger().handlers[:] = kept

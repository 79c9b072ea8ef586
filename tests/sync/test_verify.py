"""The auditor's program finds every change to a chain and every slip that is not of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from sync import outbox
from sync.export import export
from sync.outbox import NewOperation
from sync.verify.__main__ import main
from sync.verify.chain import audit
from sync.wire import canon
from sync.wire.encoding import b64
from sync.wire.errors import BadSignature, ChainBroken, WireError
from sync.wire.operation import new_op_id
from tests.support.ledger import Ledger


def recorded(ledger: Ledger, count: int = 5) -> tuple[list[bytes], list[str]]:
    slips = []
    for n in range(count):
        new = NewOperation(new_op_id(), "bill.pay", {"name": "㳇㮾𡓐", "n": n})
        slips.append(
            ledger.db.run_sync(lambda conn, new=new: outbox.record(conn, new, ledger.stamp())).slip_code
        )
    return exported(ledger), slips


def exported(ledger: Ledger) -> list[bytes]:
    chain = ledger.chain
    return ledger.db.read_sync(
        lambda conn: list(export(conn, chain.terminal, chain.incarnation, ledger.signer.public))
    )


def test_a_true_chain_and_its_slips_hold(ledger: Ledger) -> None:
    lines, slips = recorded(ledger)
    found = audit(lines)
    assert found.count == 5
    assert [found.check_slip(slip) for slip in slips] == [1, 2, 3, 4, 5]


def test_pruned_payloads_leave_a_chain_that_holds(ledger: Ledger) -> None:
    _, slips = recorded(ledger)
    ledger.db.run_sync(
        lambda conn: conn.exec_driver_sql("UPDATE operations SET payload = NULL WHERE seq < 3")
    )
    lines = exported(ledger)
    assert b"payload_sha256" in lines[1]
    assert audit(lines).check_slip(slips[0]) == 1


def test_every_kind_of_change_is_found(ledger: Ledger) -> None:
    lines, _ = recorded(ledger)
    other = canon.decode(lines[3]) | {"payload": b64(b'{"n":99}')}
    for changed in (
        [*lines[:3], *lines[4:]],
        [*lines[:3], lines[4], lines[3], *lines[5:]],
        [*lines[:3], canon.encode(other), *lines[4:]],
        [canon.encode(canon.decode(lines[0]) | {"terminal": "T-0002"}), *lines[1:]],
        [*lines[:3], b"{}", *lines[4:]],
        [b"", *lines],
    ):
        with pytest.raises(WireError):
            audit(changed)
    with pytest.raises((ChainBroken, BadSignature), match="operation 3"):
        audit([*lines[:3], canon.encode(other), *lines[4:]])


def test_a_cut_end_shows_against_a_slip(ledger: Ledger) -> None:
    lines, slips = recorded(ledger)
    cut = audit(lines[:-1])
    assert cut.count == 4
    with pytest.raises(ChainBroken, match="ends at 4"):
        cut.check_slip(slips[4])


def test_a_slip_of_another_chain_is_refused(ledger: Ledger) -> None:
    lines, slips = recorded(ledger)
    found = audit(lines)
    parts = slips[2].split(".")
    for changed in (
        [*parts[:1], "T-0002", *parts[2:]],
        [*parts[:3], "2", *parts[4:]],
        [*parts[:4], "0" * 64, parts[5]],
        parts[:4],
    ):
        with pytest.raises(WireError):
            found.check_slip(".".join(changed))


def test_the_program_says_what_it_found(
    ledger: Ledger, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines, slips = recorded(ledger)
    file = tmp_path / "chain.jsonl"
    file.write_bytes(b"\n".join(lines) + b"\n")
    assert main([str(file), "--slip", slips[1], f"--key={ledger.signer.kid}"]) == 0
    assert ledger.signer.kid in capsys.readouterr().out
    assert main([str(file), "--key=another"]) == 1
    assert main([str(file), "--slip", "YZS1.nonsense"]) == 1
    assert main([str(tmp_path / "none")]) == 2
    assert "does not hold" in capsys.readouterr().err
    file.write_text("a letter\n")
    assert main([str(file)]) == 2
    assert "not a file of yizhan export" in capsys.readouterr().err


def test_the_program_needs_the_wire_only() -> None:
    heavy = {"sqlalchemy", "httpx", "PySide6", "kiosk"}
    wanted = f"import sys, sync.verify.__main__; print({{m.split('.')[0] for m in sys.modules}} & {heavy})"
    done = subprocess.run([sys.executable, "-c", wanted], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"

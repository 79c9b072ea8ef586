"""The auditor's program names the first altered line of a journal, and tells one change from another."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from sync import lines, outbox, transfer
from sync.journal import Journal, segments
from sync.outbox import NewOperation
from sync.verify import journal as verify
from sync.verify.__main__ import main
from sync.verify.claims import Claim
from sync.verify.journal import Asked, Examined
from sync.verify.segments import What
from sync.wire import token
from sync.wire.answers import Ack, Outcome, Result
from sync.wire.keys import SigningKey
from sync.wire.operation import new_op_id
from sync.wire.papers import KeyPaper, Known, Witness
from sync.wire.segment import HEAD, LENGTH, NONCE_BYTES, START, Head, body_at, seal
from sync.wire.token import Typ
from tests.support.ledger import TERMINAL, Ledger

COUNT = 12
KEY = secrets.token_bytes(32)
CENTRAL = SigningKey.generate()
Files = dict[str, bytes]


class Kept:
    """A journal of twelve operations, an ack of the first four, in several small segments."""

    def __init__(self, ledger: Ledger, folder: Path) -> None:
        self.ledger = ledger
        self.folder = folder
        journal = Journal(folder, KEY, segment_bytes=1500)
        self.made = []
        for n in range(COUNT):
            self.made.append(self._record(n))
            if n == 4:
                self._ack(4)
            ledger.db.run_sync(journal.catch_up)
        journal.close()

    def _record(self, n: int) -> outbox.Recorded:
        new, stamp = NewOperation(new_op_id(), "bill.pay", {"name": "㳇㮾𡓐", "n": n}), self.ledger.stamp()
        return self.ledger.db.run_sync(lambda conn: outbox.record(conn, new, stamp))

    def _ack(self, high_water: int) -> None:
        link, at = self.made[high_water - 1].link, "2026-03-02T02:00:00Z"
        results = tuple(Result(one.seq, one.op_id, Outcome.ACCEPTED, 1) for one in self.made[:high_water])
        ack = Ack(TERMINAL, 1, 1, "n", high_water, link, results, 0, (), at)
        signed = token.sign(CENTRAL, Typ.ACK, ack.payload())
        self.ledger.db.run_sync(lambda conn: transfer.apply_ack(conn, ack, signed, at))

    @property
    def files(self) -> Files:
        return {path.name: path.read_bytes() for path in segments(self.folder)}

    @property
    def paper(self) -> KeyPaper:
        life = {"terminal": TERMINAL, "incarnation": 1, "key": self.ledger.signer.public.jwk()}
        return KeyPaper(TERMINAL, KEY, (life,), (CENTRAL.public.jwk(),))

    @property
    def witness(self) -> Witness:
        known = Known(self.ledger.signer.kid, 4, self.made[3].link)
        return Witness(TERMINAL, {1: known}, (CENTRAL.kid,))

    def examine(self, files: Files, asked: Asked | None = None) -> Examined:
        return verify.examine(files, self.paper, asked or Asked(witness=self.witness))


@pytest.fixture
def kept(ledger: Ledger, tmp_path: Path) -> Kept:
    return Kept(ledger, tmp_path / "copy")


def starts(data: bytes) -> list[int]:
    """Where each record begins, and the end."""
    found, offset = [], HEAD.size
    while (body := body_at(data, offset)) is not None:
        found.append(offset)
        offset += LENGTH.size + len(body)
    return [*found, offset]


def flipped(data: bytes, at: int, bit: int = 1) -> bytes:
    return data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]


def test_a_true_journal_holds_and_says_how_far_central_signed(kept: Kept) -> None:
    found = kept.examine(kept.files, Asked(witness=kept.witness, slips=(kept.made[5].slip_code,)))
    assert found.holds
    assert len(kept.files) > 2
    assert found.books.chains[TERMINAL, 1].count == COUNT
    assert found.books.held == {(TERMINAL, 1): 4}
    assert found.slips == ((kept.made[5].slip_code, 6),)


PARTS = ("length", "nonce", "text", "tag")


@pytest.mark.parametrize("part", PARTS)
def test_a_changed_byte_is_named_with_its_line_and_place(kept: Kept, part: str) -> None:
    """Every record of every segment but the newest record of all."""
    n = 0
    names = list(kept.files)
    for name in names:
        data = kept.files[name]
        begins = starts(data)
        for index, (begin, end) in enumerate(pairwise(begins)):
            n += 1
            newest = name == names[-1] and index == len(begins) - 2
            at = {"length": 3, "nonce": 4, "text": 4 + NONCE_BYTES, "tag": end - begin - 1}[part]
            found = kept.examine(kept.files | {name: flipped(data, begin + at)}).fault
            assert found is not None
            assert (found.file, found.n, found.offset) == (name, n, begin)
            if part == "length":
                assert found.what is What.LENGTH
            elif newest:
                assert found.what is What.LAST_SHUT
            else:
                assert found.what is (What.ALTERED_OR_GONE if name == names[-1] else What.ALTERED)


@pytest.mark.parametrize("bit", [1, 128])
@pytest.mark.parametrize("byte", [0, 1, 2])
def test_a_length_made_huge_is_no_torn_end(kept: Kept, byte: int, bit: int) -> None:
    name, data = list(kept.files.items())[-1]
    for begin in starts(data)[:-1]:
        found = kept.examine(kept.files | {name: flipped(data, begin + byte, bit)}).fault
        assert found is not None
        assert found.what is What.LENGTH


def test_a_changed_head_is_named(kept: Kept) -> None:
    first_line = 1
    for name, data in kept.files.items():
        for at in range(HEAD.size):
            found = kept.examine(kept.files | {name: flipped(data, at)}).fault
            assert found is not None
            assert (found.file, found.n) == (name, first_line), at
            assert found.what is (What.RENAMED if 4 <= at < 8 else What.HEAD), at
        first_line += len(starts(data)) - 1


def test_order_copies_and_gaps_within_a_segment(kept: Kept) -> None:
    for last in (False, True):
        name = list(kept.files)[-1 if last else 1]
        data = kept.files[name]
        cuts = starts(data)
        assert len(cuts) > 3
        first, second, rest = data[: cuts[0]], data[cuts[0] : cuts[1]], data[cuts[1] :]
        third, after = data[cuts[1] : cuts[2]], data[cuts[2] :]
        base = Head.decode(data).first_n
        for changed, what, n in (
            (first + third + second + after, What.MOVED, base),
            (first + second + second + rest, What.REPEATED, base + 1),
            (first + rest, What.ALTERED_OR_GONE if last else What.LINES_GONE, base),
            (first + second + after, None if last and not after else ..., base + 1),
        ):
            found = kept.examine(kept.files | {name: changed}).fault
            assert found is not None
            assert found.n == n
            if isinstance(what, What):
                assert found.what is what


def test_a_line_too_many_from_elsewhere_is_found(kept: Kept) -> None:
    name, data = list(kept.files.items())[1]
    other, _ = seal(verify.segments.AESGCM(KEY), b'{"t":"gone"}', START)
    cut = starts(data)[1]
    found = kept.examine(kept.files | {name: data[:cut] + other + data[cut:]}).fault
    assert found is not None
    assert (found.what, found.offset) == (What.MOVED, cut)


def test_missing_renamed_and_swapped_segments(kept: Kept) -> None:
    one, two, three = list(kept.files)[:3]
    files = kept.files

    def what(changed: Files) -> tuple[What, str]:
        found = kept.examine(changed).fault
        assert found is not None
        return found.what, found.detail

    assert what({name: data for name, data in files.items() if name != two}) == (What.SEGMENT_GONE, two[:6])
    assert what({name: data for name, data in files.items() if name != one}) == (What.SEGMENT_GONE, one[:6])
    assert what(files | {two: files[three], three: files[two]})[0] is What.RENAMED
    renumbered = replace(Head.decode(files[three]), number=2).encode() + files[three][HEAD.size :]
    assert what({one: files[one], two: renumbered})[0] is What.LINES_GONE
    assert what(files | {one: files[one][: starts(files[one])[-2]]})[0] is What.LINES_GONE


def test_a_cut_within_the_newest_record_is_a_torn_end(kept: Kept) -> None:
    name, data = list(kept.files.items())[-1]
    *_, begin, end = starts(data)
    for cut in range(begin + 1, end):
        found = kept.examine(kept.files | {name: data[:cut]})
        assert found.fault is not None
        assert (found.fault.what, found.fault.offset) == (What.TORN, begin), cut
        assert found.holds


def cut_to_operation(kept: Kept, seq: int) -> Files:
    """All lines whole, up to that operation's."""
    files = kept.files
    n = next(
        one.n
        for one in verify.segments.read(files, KEY).lines
        if any(it["t"] == "op" and f'"seq":{seq},' in it["header"] for it in lines.read(one.data))
    )
    left: Files = {}
    for name, data in files.items():
        head, cuts = Head.decode(data), starts(data)
        if head.first_n <= n:
            left[name] = data[: cuts[min(n - head.first_n + 1, len(cuts) - 1)]]
    return left


def test_a_tail_cut_off_whole_shows_only_against_slip_or_central(kept: Kept) -> None:
    slip = kept.made[-1].slip_code
    shorter = cut_to_operation(kept, COUNT - 1)
    assert kept.examine(shorter).holds  # nobody can see it: nothing but the operation itself knew of it
    assert not kept.examine(shorter, Asked(slips=(slip,))).holds
    kept_three = cut_to_operation(kept, 3)
    assert kept.examine(kept_three, Asked()).holds
    [gone] = kept.examine(kept_three).gone
    assert (gone.central_holds, gone.journal_shows) == (4, 3)


def rewritten(kept: Kept, change: Callable[[int, bytes], bytes | None]) -> Files:
    """By someone who has the journal's key: all lines again, some changed or left out."""
    place, blob = Head.after(START).start, bytearray(Head.after(START).encode())
    for one in verify.segments.read(kept.files, KEY).lines:
        line = change(one.n, one.data)
        if line is not None:
            record, place = seal(verify.segments.AESGCM(KEY), line, place)
            blob += record
    return {"000001.yzj": bytes(blob)}


def untrue(kept: Kept, change: Callable[[int, bytes], bytes | None]) -> Claim:
    found = kept.examine(rewritten(kept, change))
    assert found.fault is None
    assert not found.holds
    assert found.untrue is not None
    return found.untrue.claim


def test_who_has_the_journals_key_still_cannot_change_operations_or_acks(kept: Kept) -> None:
    assert kept.examine(rewritten(kept, lambda _n, line: line)).holds
    is_ack = b'"table":"acks"'
    assert untrue(kept, lambda _n, line: line.replace(b'\\"n\\":3', b'\\"n\\":9')) is Claim.OPERATION
    assert untrue(kept, lambda _n, line: None if b'\\"seq\\":2,' in line else line) is Claim.OPERATION
    assert untrue(kept, lambda _n, line: line.replace(b'"high_water":4', b'"high_water":3')) is Claim.ACK
    early = [one.data for one in verify.segments.read(kept.files, KEY).lines if is_ack in one.data]

    def acked_first(n: int, line: bytes) -> bytes | None:
        return early[0] if b'\\"seq\\":4,' in line else line

    assert untrue(kept, acked_first) is Claim.ACKED_GONE
    assert (
        untrue(
            kept,
            lambda _n, line: (
                line.replace(b'"t":"gone"', b'"t":"odd"')
                if is_ack not in line
                else line.replace(b'"t":"rows"', b'"t":"odd"')
            ),
        )
        is Claim.LINE
    )


def test_keys_that_central_does_not_know_are_named(kept: Kept) -> None:
    own, central = kept.ledger.signer.kid, CENTRAL.kid
    assert kept.examine(kept.files, Asked((own,), (central,))).holds
    assert kept.examine(kept.files, Asked(("another",), (central,))).other_keys == (own,)
    assert kept.examine(kept.files, Asked((own,), ("another",))).other_keys == (central,)
    stranger = Witness(TERMINAL, {1: replace(kept.witness.lives[1], kid="another")}, (central,))
    assert kept.examine(kept.files, Asked(witness=stranger)).other_keys == (own,)


def test_the_program_reports_in_both_languages_with_exit_codes(
    kept: Kept, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "opens").write_bytes(kept.paper.encode())
    (tmp_path / "witness").write_bytes(kept.witness.encode())
    words = [str(kept.folder), "--opens", str(tmp_path / "opens"), "--witness", str(tmp_path / "witness")]
    assert main([*words, "--slip", kept.made[0].slip_code]) == 0
    said = capsys.readouterr().out
    assert "流水完好" in said
    assert "cannot see" in said
    assert "stolen signing key" in said
    newest = segments(kept.folder)[-1]
    whole = newest.read_bytes()
    newest.write_bytes(whole[:-3])
    assert main(words) == 3
    assert "断电" in capsys.readouterr().out
    newest.write_bytes(flipped(whole, HEAD.size + 30))
    assert main(words) == 1
    assert f"{newest.name} 第 {Head.decode(whole).first_n} 行，偏移 {HEAD.size}" in capsys.readouterr().out
    assert main([str(kept.folder)]) == 2
    assert main([str(tmp_path), "--opens", str(tmp_path / "opens")]) == 2
    (tmp_path / "opens").write_bytes(b"{}")
    assert main(words) == 2

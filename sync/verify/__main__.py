"""`yizhan-verify`: checks a terminal's journal, an exported chain, and the codes on slips.

Exit codes: 0 it holds, 1 it does not, 2 cannot be read, 3 it holds and its end is torn.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sync.verify import chain, journal, words
from sync.verify.chain import NoExport
from sync.verify.journal import Asked
from sync.wire.errors import Malformed, WireError
from sync.wire.papers import KeyPaper, Witness

HOLDS, ALTERED, UNREADABLE, TORN = range(4)


def main(said: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(said)
    try:
        return _journal(options) if options.what.is_dir() else _export(options)
    except OSError as error:
        sys.stderr.write(f"读不到文件 · cannot read: {error.filename}: {error.strerror}\n")
        return UNREADABLE
    except NoExport as error:
        sys.stderr.write(f"这不是 yizhan export 导出的文件 · not a file of yizhan export: {error}\n")
        return UNREADABLE
    except WireError as error:
        sys.stderr.write(f"不符 · does not hold: {error}\n")
        return ALTERED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="yizhan-verify", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", type=Path, help="the journal's folder, or an exported chain (JSON lines)")
    parser.add_argument("--opens", type=Path, metavar="FILE", help="what `yizhan audit-key` wrote")
    parser.add_argument("--witness", type=Path, metavar="FILE", help="what `yizhan-central witness` wrote")
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="KID",
        help="a key central knows this terminal by; as --key=KID, since it may begin with a dash",
    )
    parser.add_argument("--central", action="append", default=[], metavar="KID", help="central's own key")
    parser.add_argument("--slip", action="append", default=[], metavar="CODE", help="what a slip's QR says")
    return parser


def _journal(options: argparse.Namespace) -> int:
    if options.opens is None:
        sys.stderr.write(
            "流水是加密的：请用 --opens 指明 yizhan audit-key 写出的密钥文件"
            " · a journal is encrypted: name the key paper with --opens\n"
        )
        return UNREADABLE
    try:
        paper = KeyPaper.decode(options.opens.read_bytes())
        witness = None if options.witness is None else Witness.decode(options.witness.read_bytes())
    except Malformed as error:
        sys.stderr.write(f"文件看不懂 · cannot be understood: {error}\n")
        return UNREADABLE
    files = {path.name: path.read_bytes() for path in options.what.glob("*.yzj")}
    if not files:
        sys.stderr.write("这里没有流水 · no journal here\n")
        return UNREADABLE
    asked = Asked(tuple(options.key), tuple(options.central), witness, tuple(options.slip))
    found = journal.examine(files, paper, asked)
    sys.stdout.write(words.report(found, asked) + "\n")
    if not found.holds:
        return ALTERED
    return HOLDS if found.fault is None else TORN


def _export(options: argparse.Namespace) -> int:
    say = sys.stdout.write
    found = chain.audit(options.what.read_bytes().splitlines())
    say(f"{found.terminal}/{found.incarnation}: {found.count} 笔，链完好 · operations, the chain holds\n")
    say(f"{found.count}  {found.links[-1].hex()}  {found.key.kid}\n")
    for kid in options.key:
        chain.check_kid(found.key, kid)
    for text in options.slip:
        say(f"凭条属实 · the slip is true: {found.check_slip(text)}\n")
    return HOLDS


if __name__ == "__main__":
    sys.exit(main())

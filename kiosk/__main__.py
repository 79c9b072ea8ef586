"""The `yizhan` command: run the terminal, examine its machine, serve auditors and couriers."""

from __future__ import annotations

import argparse
import gc
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk.settings import FILE_NAME, Secrets, SettingError, Settings, load


def main(words: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(words)
    try:
        settings = load(_file(options.settings), os.environ, _overrides(options))
    except SettingError as error:
        print(f"设置有误 / wrong setting  {error}", file=sys.stderr)
        return 2
    work: dict[str, Callable[[], int]] = {
        "run": lambda: _run(settings),
        "doctor": lambda: _doctor(settings, options.ask_central),
        "export": lambda: _export(settings, options.file, options.incarnation),
        "audit-key": lambda: _audit_key(settings, options.file),
        "new-journal": lambda: _new_journal(settings),
        "courier": lambda: _courier(settings, options),
    }
    return work[options.command]()


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--settings", type=Path, help=f"TOML; default is {FILE_NAME} in this folder, if any")
    common.add_argument("--data", help="data.folder")
    common.add_argument("--set", action="append", default=[], metavar="SECTION.KEY=VALUE", dest="changes")
    parser = argparse.ArgumentParser(prog="yizhan", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", parents=[common], help="open the terminal")
    run.add_argument("--central", help="central.url, for the set-up page")
    run.add_argument("--code", help="central.code, for the set-up page")
    doctor = commands.add_parser("doctor", parents=[common], help="check files, keys, disk, clock, printer")
    doctor.add_argument("--ask-central", action="store_true", help="and whether central can be reached")
    export = commands.add_parser("export", parents=[common], help="write the chain for yizhan-verify")
    export.add_argument("file", type=Path, help="a new file")
    export.add_argument("--incarnation", type=int, help="an earlier life of this terminal")
    audit = commands.add_parser("audit-key", parents=[common], help="write what opens the journal")
    audit.add_argument("file", type=Path, help="a new file, for the auditor alone")
    commands.add_parser("new-journal", parents=[common], help="put the journal aside, begin one anew")
    courier = commands.add_parser("courier", help="bundles for a courier, and what a courier brought")
    errands = courier.add_subparsers(dest="errand", required=True)
    out = errands.add_parser("export", parents=[common], help="write what central does not have yet")
    out.add_argument("folder", type=Path, help="a folder, such as a stick's")
    back = errands.add_parser("import", parents=[common], help="take in central's answers and packs")
    back.add_argument("places", type=Path, nargs="+", metavar="FILE|FOLDER")
    carry = errands.add_parser("carry", parents=[common], help="bring others' bundles to central and back")
    carry.add_argument("folder", type=Path)
    carry.add_argument("--offline", action="store_true", help="take along only, hand in another time")
    carry.add_argument(
        "--onward", action="store_true", help="also write what was not handed in, for the next"
    )
    return parser


def _file(named: Path | None) -> Path | None:
    here = Path(FILE_NAME)
    return named or (here if here.is_file() else None)


def _overrides(options: argparse.Namespace) -> dict[str, str]:
    found = {}
    for change in options.changes:
        key, _, value = change.partition("=")
        found[key] = value
    named = {"data.folder": "data", "central.url": "central", "central.code": "code"}
    for key, option in named.items():
        if value := getattr(options, option, None):
            found[key] = value
    return found


def _doctor(settings: Settings, ask_central: bool) -> int:
    from datetime import UTC, datetime

    from kiosk import compose, doctor

    plan = compose.plan(settings, _passphrase(settings))
    patient = doctor.Patient(plan.folders, plan.keys, plan.printer, datetime.now(UTC), ask_central)
    findings = doctor.examine(patient)
    print(doctor.report(findings, settings.screen.language))
    return doctor.exit_code(findings)


def _export(settings: Settings, file: Path, incarnation: int | None) -> int:
    from kiosk import chains, compose

    plan = compose.plan(settings, _passphrase(settings))

    def write() -> str:
        made = chains.write(plan.folders, plan.keys, file, incarnation)
        return f"{made.terminal}/{made.incarnation}: {made.operations} 笔 / operations, key {made.kid}"

    return _written(write)


def _audit_key(settings: Settings, file: Path) -> int:
    from kiosk import chains, compose
    from sync.wire.papers import OPENS

    plan = compose.plan(settings, _passphrase(settings))

    def write() -> str:
        made = chains.write_key(plan.folders, plan.keys, file)
        return f"{made.terminal}: {plan.folders.journal}\n{OPENS['zh']}\n{OPENS['en']}"

    return _written(write)


def _new_journal(settings: Settings) -> int:
    """For a second disk that was replaced, or a journal that the doctor finds broken."""
    from kiosk import compose
    from kiosk.store.opening import begin_journal_anew

    plan = compose.plan(settings, _passphrase(settings))

    def write() -> str:
        begin_journal_anew(plan.folders, plan.keys)
        return f"{plan.folders.journal}: 流水已从账本重新开始，旧的另存在旁 / begun anew, the old one is kept"

    return _written(write)


def _written(write: Callable[[], str]) -> int:
    from sync.errors import NotEnrolled, StoreError
    from ui.troubles import trouble_text

    try:
        words = write()
    except OSError as error:
        print(f"写不了文件 / cannot write: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    except (StoreError, NotEnrolled) as error:
        text = trouble_text(error)
        print(f"{text.zh}\n{text.en}", file=sys.stderr)
        return 2
    print(words)
    return 0


def _courier(settings: Settings, options: argparse.Namespace) -> int:
    from kiosk import compose, courier_command

    said = courier_command.run(options, compose.plan(settings, _passphrase(settings)))
    for line in said.out:
        print(line)
    for line in said.err:
        print(line, file=sys.stderr)
    return said.code


def _run(settings: Settings) -> int:
    gc.disable()  # until the first page stands nothing becomes garbage
    from kiosk import compose  # before Qt: its import hook reads the source of all that comes after it
    from kiosk import app  # isort: skip

    return app.run(compose.plan(settings, _passphrase(settings)), app.start_of(settings))


def _passphrase(settings: Settings) -> str | None:
    asked = settings.data.secrets is Secrets.PASSPHRASE
    return getpass.getpass("口令 / passphrase: ") if asked else None


if __name__ == "__main__":
    sys.exit(main())

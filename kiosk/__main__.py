"""The `yizhan` command: run the terminal, examine its machine, serve auditors and couriers."""

from __future__ import annotations

import argparse
import gc
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk.setting_sections import Secrets, Settings
from kiosk.settings import FILE_NAME, SettingError, load

COURIER = "用优盘收发 / send and receive by stick"
LOGS = "写出运行日志，不含任何个人资料 / write the program's log; it names nobody"
STICK = "优盘所在的目录，要先有 / a folder that is there, such as a stick's"


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
        "logs": lambda: _logs(settings, options.file),
    }
    return work[options.command]()


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--settings",
        type=Path,
        metavar="FILE",
        help=f"设置文件，默认用当前目录的 {FILE_NAME} / the settings; else {FILE_NAME} here, if any",
    )
    common.add_argument("--data", metavar="FOLDER", help="数据目录 / this terminal's data (data.folder)")
    common.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="SECTION.KEY=VALUE",
        dest="changes",
        help="改一项设置 / change one setting, such as screen.language=en",
    )
    return common


def _parser() -> argparse.ArgumentParser:
    common = _common()
    parser = argparse.ArgumentParser(
        prog="yizhan",
        description="驿站终端：营业、检查机器、供审计和优盘收发 / "
        "the terminal: run it, examine its machine, serve auditors and couriers",
    )
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, said: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[common], help=said, description=said)

    run = command("run", "打开终端 / open the terminal")
    run.add_argument("--central", metavar="URL", help="中心地址 / central.url, for the set-up page")
    run.add_argument("--code", help="登记码 / central.code, for the set-up page")
    doctor = command("doctor", "检查文件、密钥、磁盘、时钟、打印机 / check files, keys, disk, clock, printer")
    doctor.add_argument("--ask-central", action="store_true", help="也看能不能连上中心 / and reach central")
    export = command("export", "导出全部业务记录，供 yizhan-verify 核验 / write the chain for yizhan-verify")
    export.add_argument("file", type=Path, metavar="FILE", help="新文件 / a new file")
    export.add_argument(
        "--incarnation",
        type=int,
        metavar="N",
        help="以前第 N 次登记的 / of an earlier enrolment of this terminal",
    )
    audit = command("audit-key", "写出打开流水的密钥 / write what opens the journal")
    audit.add_argument(
        "file", type=Path, metavar="FILE", help="新文件，只交给审计 / a new file, for the auditor alone"
    )
    command("new-journal", "旧流水另存，重新开始记 / put the journal aside, begin one anew")
    log = commands.add_parser("logs", help=LOGS, description=LOGS)
    errands = log.add_subparsers(dest="errand", required=True)
    logs = errands.add_parser("export", parents=[common], help=LOGS, description=LOGS)
    logs.add_argument("file", type=Path, metavar="FILE", help="新文件 / a new file")
    _courier_parser(commands.add_parser("courier", help=COURIER, description=COURIER), common)
    return parser


def _courier_parser(courier: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    errands = courier.add_subparsers(dest="errand", required=True)

    def errand(name: str, said: str) -> argparse.ArgumentParser:
        return errands.add_parser(name, parents=[common], help=said, description=said)

    out = errand("export", "写出中心还没有的业务 / write what central does not have yet")
    out.add_argument("folder", type=Path, metavar="FOLDER", help=STICK)
    back = errand("import", "读入中心的答复和服务资料 / take in central's answers and service data")
    back.add_argument("places", type=Path, nargs="+", metavar="FILE|FOLDER", help=STICK)
    carry = errand("carry", "替别的终端送交，带回答复 / bring others' bundles to central and back")
    carry.add_argument("folder", type=Path, metavar="FOLDER", help=STICK)
    carry.add_argument(
        "--offline", action="store_true", help="现在没有网络，只带上 / take along only, hand in another time"
    )
    carry.add_argument(
        "--onward",
        action="store_true",
        help="没交的也写回去，给下一位带 / also write what was not handed in, for the next",
    )


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
    patient = doctor.Patient(
        plan.folders, plan.keys, plan.printer, datetime.now(UTC), plan.fitted, ask_central
    )
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


def _logs(settings: Settings, file: Path) -> int:
    from kiosk import logs

    def write() -> str:
        made = logs.export(settings.data.folder / logs.FOLDER, file)
        return f"{made.file}: {made.lines} 行 / lines"

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

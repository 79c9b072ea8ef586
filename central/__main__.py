"""The `yizhan-central` command: what central's people make, run, decide and check."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError

from central import (
    ca,
    county_commands,
    courier_folder,
    enrolment,
    lease_commands,
    member_commands,
    notice_commands,
    operator_commands,
    packs,
    recovery_commands,
    reviews,
    service,
    terminals,
    unsealing,
)
from central.app import openapi
from central.config import Folder, Parts
from central.errors import CentralError, SetupError
from central.happenings import HAPPENINGS, Happening, Scene
from central.posted import PostedFiles
from central.service import Address
from central.tables import counties
from central.tables import terminals as terminals_table
from sync.wire import bundlefile
from sync.wire.answers import Profile
from sync.wire.papers import Witness

T = TypeVar("T")
Work = Callable[[argparse.Namespace], None]
Command = Callable[[str, Work, str], argparse.ArgumentParser]
WHAT = "驿站中心：建立、运行、决定、检查 / what central's people make, run, decide and check"
DOCUMENT = Path(__file__).with_name("openapi.json")


def main(words: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(words)
    work: Callable[[argparse.Namespace], None] = options.work
    try:
        work(options)
    except CentralError as error:
        print(error, file=sys.stderr)
        return 1
    except OperationalError as error:
        print(f"数据库连不上 · the database cannot be reached: {error.orig}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yizhan-central", description=WHAT)
    commands = parser.add_subparsers(required=True)

    def command(name: str, work: Work, what: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=what, description=what)
        added.set_defaults(work=work)
        return added

    _add_running(command)
    _add_enrolling(command)
    _add_deciding(command)
    county_commands.add(lambda name, work, what: _with_data(command(name, _said(work), what)))
    document = command("openapi", _openapi, "写出接口说明 / write the calls as OpenAPI 3.1")
    document.add_argument("--out", type=Path, default=DOCUMENT, help="写到这里 / where to")
    return parser


def _add_running(command: Command) -> None:
    init = _with_data(command("init", _init, "建立中心 / make a central: keys, certificates, tables"))
    init.add_argument("--database", metavar="URL", help="默认用目录里的 SQLite / postgresql://…; else SQLite")
    init.add_argument("--host", action="append", default=[], help="证书也认的名字 / also in its certificate")
    init.add_argument("--demo", action="store_true", help="连同演示县区 / with the demo county")

    serve = _with_data(command("serve", _serve, "运行中心，答复终端 / answer terminals over TLS"))
    serve.add_argument("--host", default="127.0.0.1", help="监听的地址 / the address to listen at")
    serve.add_argument("--port", type=int, default=8443, help="端口，0 为任意 / 0: any free port")
    serve.add_argument("--port-file", type=Path, help="把端口写到这里 / where to write the port")


def _add_enrolling(command: Command) -> None:
    code = _with_data(command("code", _code, "打印一次性登记码 / print a one-time enrolment code"))
    code.add_argument(
        "--profile", type=Profile, default=Profile.ASSISTED, help="类型 / public, assisted, field, staff"
    )
    code.add_argument("--county", help="不止一个县区时要写 / where there is more than one")
    code.add_argument("--terminal", help="让这台终端重新登记 / begin its new incarnation")

    pack = _with_data(command("pack", _pack, "制作县区的新资料 / build the county's next pack"))
    pack.add_argument("--county", help="不止一个县区时要写 / where there is more than one")


def _add_deciding(command: Command) -> None:
    what = "中心没能决定的：再判一次，或不予办理 / what central could not decide: judge it again or refuse it"
    review = _with_data(command("review", _review, what))
    review.add_argument("decision", choices=("retry", "give-up"), help="再判，或放弃 / which of the two")
    review.add_argument("case", help="未结待办的标识 / the id of an open case")

    what = "答复优盘上的文件，有没收的以 1 结束 / answer the bundles on a stick; 1 if any was not taken"
    carried = _with_data(command("courier", _courier, what))
    carried.add_argument("source", type=Path, metavar="IN", help="文件所在的目录 / folder with bundles")
    what = "放答复的目录，可以是同一个 / folder for the answers; may be the same"
    carried.add_argument("target", type=Path, metavar="OUT", help=what)

    what = "谁领着多少份额；停用，或代为结清 / who holds what of the scarce; stop a lease, or close it"
    lease_commands.add(command("lease", _said(lease_commands.listed), what), _with_data, _said)
    what = "会员卡：发卡、换卡、挂失 / cards that say who a person is: issue, renew, revoke"
    member_commands.add(command("member", _said(member_commands.listed), what), _with_data, _said)
    what = "欢迎页上的通知和活动：放上、撤下 / notices and campaigns that points show: put up, take down"
    notice_commands.add(command("notices", _said(notice_commands.listed), what), _with_data, _said)
    what = "值守员：登记、重置密码、改角色、停用 / operators: add, reset a PIN, roles, close"
    operator_commands.add(command("operator", _said(operator_commands.listed), what), _with_data, _said)
    what = "写出中心所知的一台终端，供审计 / write what central holds of a terminal, for an auditor"
    witness = _with_data(command("witness", _witness, what))
    witness.add_argument("terminal", help="终端编号 / its id")
    witness.add_argument("file", type=Path, help="新文件 / a new file")

    what = "给换上的新机器打印登记码 / print a code for a new machine of a terminal"
    replacing = _with_data(command("replace", _replace, what))
    replacing.add_argument("terminal", help="登记码用掉，旧机器即停 / its old machine stops then")
    for name, work, what in recovery_commands.COMMANDS:
        _with_data(command(name, _said(work), what))
    _add_happenings(command("partner", _partner, "合作方那边发生的事 / what happens at partners' own desks"))


def _said(work: Callable[[argparse.Namespace], str]) -> Callable[[argparse.Namespace], None]:
    return lambda options: print(work(options))


def _with_data(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument(
        "--data", type=lambda text: Folder(Path(text)), required=True, help="中心的目录 / central's folder"
    )
    return command


def _add_happenings(desk: argparse.ArgumentParser) -> None:
    happenings = desk.add_subparsers(required=True)
    for happening in HAPPENINGS:
        what = happening.what
        one = _with_data(happenings.add_parser(happening.name, help=what, description=what))
        one.set_defaults(happening=happening)
        one.add_argument("id", help="哪一个 / which one")
        if happening.number is not None:
            one.add_argument("number", type=int, metavar=happening.number, help="多少 / how many")


def _init(options: argparse.Namespace) -> None:
    parts = service.make(options.data, options.database, tuple(options.host))
    if options.demo:
        service.plant_demo(parts)
    parts.database.close()
    print(f"中心已建好：{options.data.root} · central is ready")


def _serve(options: argparse.Namespace) -> None:
    service.serve(service.open_(options.data), Address(options.host, options.port, options.port_file))


def _code(options: argparse.Namespace) -> None:
    parts = service.open_(options.data)
    authority = ca.der(options.data)

    def issue(conn: Connection) -> str:
        if options.terminal is not None:
            profile, county = _terminal(conn, options.terminal)
        else:
            profile, county = options.profile, _county(conn, options.county)
        at = parts.clock()
        return str(enrolment.issue_code(conn, authority, profile, county, at, terminal=options.terminal))

    print(_write(parts, issue))


def _replace(options: argparse.Namespace) -> None:
    options.county = options.profile = None
    _code(options)


def _pack(options: argparse.Namespace) -> None:
    parts = service.open_(options.data)
    folder = options.data.packs
    manifest = _write(
        parts, lambda conn: packs.build(conn, folder, _county(conn, options.county), parts.clock())
    )
    print(f"{manifest.version}: {manifest.records} records, {manifest.size} bytes")


def _review(options: argparse.Namespace) -> None:
    parts = service.open_(options.data)

    def decide(conn: Connection) -> None:
        if options.decision == "retry":
            unsealing.reopen(conn, parts.keys.openers, options.case)
            reviews.retry(conn, parts.handlers, options.case, parts.clock())
        else:
            reviews.give_up(conn, options.case, parts.clock())

    _write(parts, decide)


def _courier(options: argparse.Namespace) -> None:
    for folder in (options.source, options.target):
        if not folder.is_dir():  # a mistyped stick is not made: the answers would stay on this disk
            raise SetupError(f"没有这个目录 · no such folder: {folder}")
    parts = service.open_(options.data)
    try:
        worked = courier_folder.work_through(
            parts, bundlefile.inside(options.source), bundlefile.inside(options.target)
        )
    except OSError as error:
        raise SetupError(f"{error.filename}: {error.strerror}") from error
    finally:
        parts.database.close()
    for name in (*worked.answered, *worked.packs):
        print(name)
    for name, why in worked.unusable:
        print(f"{name}: 没有收 · not taken ({why})", file=sys.stderr)
    if lost := len(worked.unusable):
        raise SetupError(f"{lost} 个文件没有收，其余都已答复 · not taken: {lost}; all others were answered")
    if not worked.answered:
        print("没有要答复的文件 · nothing to answer", file=sys.stderr)


def _witness(options: argparse.Namespace) -> None:
    parts = service.open_(options.data)
    central = (parts.keys.answers.kid,)

    def hold(conn: Connection) -> Witness:
        _terminal(conn, options.terminal)
        return Witness(options.terminal, terminals.known(conn, options.terminal), central)

    made = _write(parts, hold)
    with options.file.open("xb") as file:
        file.write(made.encode())
    for incarnation, life in made.lives.items():
        print(f"{made.terminal}/{incarnation}: {life.high_water} 笔 · operations, {life.kid}")


def _partner(options: argparse.Namespace) -> None:
    parts = service.open_(options.data)

    happening: Happening = options.happening
    number = getattr(options, "number", 0)
    scene = Scene(parts.clock(), PostedFiles(options.data.partner))
    _write(parts, lambda conn: happening.work(conn, options.id, number, scene))


def _openapi(options: argparse.Namespace) -> None:
    text = json.dumps(openapi(), ensure_ascii=False, indent=1, sort_keys=True)
    options.out.write_text(text + "\n", "utf-8")


def _write(parts: Parts, work: Callable[[Connection], T]) -> T:
    try:
        return parts.database.write(work)
    finally:
        parts.database.close()


def _county(conn: Connection, named: str | None) -> str:
    known = list(conn.execute(select(counties.c.id)).scalars())
    if named is not None:
        return str(terminals.named_county(conn, named).id)
    if len(known) != 1:
        raise SetupError(f"请用 --county 指明县区：{', '.join(known)} · name the county")
    return str(known[0])


def _terminal(conn: Connection, terminal: str) -> tuple[Profile, str]:
    query = select(terminals_table.c.profile, terminals_table.c.county).where(
        terminals_table.c.id == terminal
    )
    row = conn.execute(query).one_or_none()
    if row is None:
        raise SetupError(f"没有这台终端：{terminal} · no such terminal")
    return Profile(row.profile), row.county


if __name__ == "__main__":
    sys.exit(main())

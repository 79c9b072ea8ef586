"""The program's log: what failed, when and where in the code, never who was here or what they said."""

from __future__ import annotations

import faulthandler
import logging
import os
import platform
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path

import kiosk
from sync.disk import store_error
from sync.errors import YizhanError

FOLDER, FILE, CRASHES = "logs", "yizhan.log", "crash.log"
MOST_BYTES, MOST_FILES = 1 << 20, 5
HIDDEN = "…"

_QUOTED = re.compile(r"""(?<![A-Za-z])'[^'\n]*'|"[^"\n]*"|`[^`\n]*`""")
_KEPT = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b(?=\w*[a-f])[0-9a-f]{16,}\b"
)
_OTHERS = re.compile(r"[^\x00-\x7f]+")
_NUMBER = re.compile(r"\d(?:[ .\-]?\d){4,}[Xx]?")
_ESCAPED = re.compile(r"(?:\\+(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}))+")


def discreet(words: str) -> str:
    """Without whatever may be somebody's: all but ASCII, what is quoted, numbers of five digits and more.

    Ids of operations and hashes stay: they lead to nobody without the ledger and central's key.
    """
    parts, at = [], 0
    for kept in _KEPT.finditer(words):
        parts += [_hidden(words[at : kept.start()]), kept.group()]
        at = kept.end()
    return "".join((*parts, _hidden(words[at:])))


def _hidden(words: str) -> str:
    for pattern in (_QUOTED, _ESCAPED, _OTHERS, _NUMBER):
        words = pattern.sub(HIDDEN, words)
    return words


class Discreet(logging.Formatter):
    """One line a record, and below it where in the code; of a failure its type, its words only if they are
    ours or the system's."""

    def format(self, record: logging.LogRecord) -> str:
        at = self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        words = discreet(record.getMessage()).replace("\n", " ")
        lines = [f"{at} {record.levelname} {record.name}: {words}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines += told(record.exc_info[1])
        return "\n".join(lines)


def told(error: BaseException) -> Iterator[str]:
    """Type by type along the chain, innermost last, each with its places in the code."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield f"  {type(one).__module__}.{type(one).__qualname__}{_said(one)}"
        for place, line in traceback.walk_tb(one.__traceback__):
            code = place.f_code
            yield f"    {_module(code.co_filename)}:{line} {code.co_name}"
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _said(error: BaseException) -> str:
    if isinstance(error, YizhanError):
        return f": {discreet(str(error))}"
    if isinstance(error, OSError) and error.strerror:
        return f": {discreet(error.strerror)}"
    return ""


def _module(path: str) -> str:
    """The file without the folders of this machine."""
    parts = Path(path).parts
    return "/".join(parts[-2:])


class Log:
    """From here to `close` all that the program and its libraries log goes to a file in `folder` and to
    stderr, and a crash leaves places in the code, never the memory. Where the disk refuses, stderr is all."""

    def __init__(self, folder: Path) -> None:
        self._open = ExitStack()
        handlers: list[logging.Handler] = [logging.StreamHandler()]
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            handlers.append(self._file(folder / FILE))
            faulthandler.enable(self._open.enter_context((folder / CRASHES).open("a")))
            self._open.callback(faulthandler.disable)
        for handler in handlers:
            handler.setFormatter(Discreet())
            self._open.callback(logging.getLogger().removeHandler, handler)
        logging.basicConfig(level=logging.INFO, handlers=handlers, force=True)
        logging.getLogger("httpx").setLevel(logging.WARNING)  # else every exchange is a line
        logging.captureWarnings(True)
        sys.excepthook = _crashed
        _no_core()

    def close(self) -> None:
        logging.captureWarnings(False)
        sys.excepthook = sys.__excepthook__
        self._open.close()

    def _file(self, path: Path) -> logging.Handler:
        file = RotatingFileHandler(path, maxBytes=MOST_BYTES, backupCount=MOST_FILES, encoding="utf-8")
        self._open.callback(file.close)
        return file


def _crashed(kind: type[BaseException], error: BaseException, trace: object) -> None:  # noqa: ARG001
    logging.getLogger(__name__).critical("the program ends", exc_info=error)


def _no_core() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@dataclass(frozen=True)
class Exported:
    lines: int
    file: Path


def export(folder: Path, file: Path) -> Exported:
    """All there is, oldest first, into a new file that may leave the house: it is made discreet once more.
    Raises StoreError."""
    try:
        found = [line for one in _files(folder) for line in _lines(one)]
        with file.open("x", encoding="utf-8") as out:
            out.writelines(f"{line}\n" for line in (*_about(), *found))
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise store_error(error, str(file)) from error
    return Exported(len(found), file)


def _files(folder: Path) -> list[Path]:
    turned = [folder / f"{FILE}.{n}" for n in range(MOST_FILES, 0, -1)]
    return [one for one in (*turned, folder / FILE, folder / CRASHES) if one.is_file()]


_HEAD = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d ")


def _lines(file: Path) -> Iterator[str]:
    for line in file.read_text("utf-8", errors="replace").splitlines():
        head = _HEAD.match(line)
        at = head.group() if head else ""
        yield at + discreet(line[len(at) :])


def _about() -> tuple[str, ...]:
    return (
        f"yizhan {kiosk.__version__}",
        f"python {platform.python_version()}, {platform.system()} {platform.release()}, {platform.machine()}",
    )

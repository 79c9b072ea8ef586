"""A voice from recordings: sentences are put together from the longest pieces that somebody recorded.

`<folder>/zh/prompts.tsv` (and `en`) has a line per recording: its file, a tab, the words.
一, 二, 十, 元 and their like are enough for every amount and date.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.bilingual import Lang

INDEX = "prompts.tsv"
PAUSES = re.compile(r"[\s，。；：、！？,.;:!?\"'“”‘’()（）《》…-]+")


def key(text: str) -> str:
    """Words as they are compared: no signs, no case."""
    return PAUSES.sub("", text).casefold()


@dataclass(frozen=True)
class Recordings:
    """By `key`, in one language."""

    files: Mapping[str, Path]

    def cover(self, sentence: str) -> tuple[Path, ...]:
        """The recordings that say it, longest first at each place; none if a piece is missing."""
        rest, found = key(sentence), []
        while rest:
            piece = next(
                (rest[:n] for n in range(min(len(rest), self._longest), 0, -1) if rest[:n] in self.files), ""
            )
            if not piece:
                return ()
            found.append(self.files[piece])
            rest = rest[len(piece) :]
        return tuple(found)

    @property
    def _longest(self) -> int:
        return max(map(len, self.files), default=0)


def read(folder: Path) -> Recordings:
    """What lies in the folder of one language; a line whose file is missing does not count."""
    try:
        lines = (folder / INDEX).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return Recordings({})
    pairs = (line.split("\t", 1) for line in lines if "\t" in line and not line.startswith("#"))
    named = {key(words): folder / name for name, words in pairs}
    return Recordings({words: path for words, path in named.items() if words and path.is_file()})


class RecordedVoice:
    """`player`: a command that plays the files it is given, one after the other."""

    def __init__(self, folder: Path, player: str) -> None:
        self._of = {lang: read(folder / lang.value) for lang in Lang}
        program, *options = player.split() or [""]
        found = shutil.which(program) if program else None
        self._player = (found, *options) if found else None
        self._playing: subprocess.Popen[bytes] | None = None

    def available(self, lang: Lang) -> bool:
        return self._player is not None and bool(self._of[lang].files)

    def say(self, sentences: Sequence[str], lang: Lang) -> None:
        self.stop()
        files = [str(file) for sentence in sentences for file in self._of[lang].cover(sentence)]
        if self._player is None or not files:
            return
        try:
            self._playing = subprocess.Popen(  # noqa: S603  the deployer's own command
                [*self._player, *files],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_own_libraries(),
            )
        except OSError:
            self._playing = None  # nothing is heard; that is all

    def stop(self) -> None:
        if self._playing is not None:
            self._playing.terminate()
            self._playing.wait()
            self._playing = None

    def speaking(self) -> bool:
        return self._playing is not None and self._playing.poll() is None


def _own_libraries() -> dict[str, str]:
    """The packaged application's libraries are not the player's."""
    found = dict(os.environ)
    found.pop("LD_LIBRARY_PATH", None)
    if before := found.get("LD_LIBRARY_PATH_ORIG"):
        found["LD_LIBRARY_PATH"] = before
    return found

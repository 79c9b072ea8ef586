"""A voice from recordings: which files are played for a sentence, and by which command."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from kiosk.bilingual import Lang
from kiosk.devices.prompts import RecordedVoice, read
from kiosk.devices.speech import NoVoice, Voices, told

PLAYER = f"{sys.executable} -c import,sys"  # a command that exists; what it does is of no matter
WORDS = {
    "due.wav": "应收现金",
    "yi.wav": "一",
    "bai.wav": "百",
    "er.wav": "二",
    "san.wav": "三",
    "shi.wav": "十",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    there = tmp_path / "zh"
    there.mkdir()
    for name in WORDS | {"yuan.wav": "元"}:
        (there / name).write_bytes(b"RIFF")
    lines = [f"{name}\t{words}" for name, words in WORDS.items()]
    (there / "prompts.tsv").write_text("\n".join([*lines, "gone.wav\t没有文件", "yuan.wav\t元"]), "utf-8")
    return tmp_path


def said(folder: Path, sentence: str) -> list[str]:
    return [path.name for path in read(folder / "zh").cover(sentence)]


def test_a_sentence_is_put_together_from_the_longest_pieces(folder: Path) -> None:
    whole = "due.wav yi.wav bai.wav san.wav shi.wav er.wav yuan.wav"
    assert said(folder, "应收现金：一百三十二元。") == whole.split()


def test_a_sentence_with_a_word_nobody_recorded_is_left_out(folder: Path) -> None:
    assert said(folder, "应收现金四元") == []
    assert said(folder, "没有文件") == []


def test_the_player_gets_the_files_in_turn_and_can_be_stopped(folder: Path, tmp_path: Path) -> None:
    script = tmp_path / "player.py"
    script.write_text(
        "import sys, time, pathlib\n"
        "at = pathlib.Path(sys.argv[0]).with_suffix('.played')\n"
        "at.with_suffix('.part').write_text(' '.join(pathlib.Path(f).name for f in sys.argv[1:]))\n"
        "at.with_suffix('.part').rename(at)\n"
        "time.sleep(60)\n",
        "utf-8",
    )
    voice = RecordedVoice(folder, f"{sys.executable} {script}")
    assert (voice.available(Lang.ZH), voice.available(Lang.EN)) == (True, False)
    voice.say(("应收现金", "不认识的话", "一百元"), Lang.ZH)
    played, end = script.with_suffix(".played"), time.monotonic() + 10
    while not played.exists():
        assert voice.speaking()
        assert time.monotonic() < end
        time.sleep(0.01)
    assert played.read_text() == "due.wav yi.wav bai.wav yuan.wav"
    voice.stop()
    assert not voice.speaking()


@pytest.mark.parametrize("player", ["", "no-such-player-here -q"])
def test_without_a_player_there_is_no_voice_and_no_error(folder: Path, player: str) -> None:
    voice = RecordedVoice(folder, player)
    assert not voice.available(Lang.ZH)
    voice.say(("应收现金",), Lang.ZH)
    assert not voice.speaking()


def test_a_missing_voice_is_told_in_one_place(folder: Path) -> None:
    assert "没有声音" in told(NoVoice()).zh
    assert "没有英文" in told(Voices((NoVoice(), RecordedVoice(folder, PLAYER)))).zh

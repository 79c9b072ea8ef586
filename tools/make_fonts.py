"""Cuts the product's Chinese type face out of Noto Sans CJK SC into `build/fonts/`, once."""

from __future__ import annotations

import argparse
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

ROOT = Path(__file__).resolve().parent.parent
LICENCE = ROOT / "resources" / "fonts" / "OFL.txt"
FOLDERS = (
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/noto-cjk"),
    Path("/usr/share/fonts/google-noto-cjk"),
)
FAMILY = "Yizhan Sans SC"
SOURCE_FAMILY = "Noto Sans CJK SC"

RANGES = (
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x024F),  # Latin with marks, pinyin tones
    (0x02B0, 0x03FF),  # tone marks, Greek
    (0x2000, 0x206F),  # punctuation
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x22FF),  # letter-like, numerals, arrows, mathematics
    (0x2460, 0x27BF),  # enclosed, box drawing, shapes, marks
    (0x2E80, 0x2FDF),  # radicals
    (0x3000, 0x312F),  # Chinese punctuation, kana, bopomofo
    (0x3200, 0x33FF),  # enclosed, units
    (0x3400, 0x4DBF),  # extension A
    (0x4E00, 0x9FFF),  # unified ideographs
    (0xF900, 0xFAFF),  # compatibility ideographs: people's names
    (0xFE10, 0xFE4F),  # vertical and compatibility forms
    (0xFF00, 0xFFEF),  # full width
    (0x20000, 0x323AF),  # extension B and later, as far as the face has them
)


@dataclass(frozen=True)
class Cut:
    """One weight to cut."""

    style: str
    source: Path
    target: Path


def cuts(out: Path) -> list[Cut]:
    """The weights whose source is on this machine."""
    found = []
    for style in ("Regular", "Bold"):
        for folder in FOLDERS:
            source = folder / f"NotoSansCJK-{style}.ttc"
            if source.is_file():
                found.append(Cut(style, source, out / f"YizhanSansSC-{style}.otf"))
                break
    return found


def simplified_face(source: Path) -> TTFont:
    """The simplified Chinese face of the collection."""
    for face in TTCollection(str(source), lazy=True).fonts:
        if face["name"].getDebugName(1) in (SOURCE_FAMILY, f"{SOURCE_FAMILY} Bold"):
            return face
    raise SystemExit(f"{source}: no face named {SOURCE_FAMILY}")


def rename(face: TTFont, style: str) -> None:
    """Gives the subset its own name, so that it is never mistaken for the whole face."""
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    names = {1: FAMILY, 2: style, 3: postscript, 4: f"{FAMILY} {style}", 6: postscript}
    table = face["name"]
    table.names = [record for record in table.names if record.nameID in (0, 5, 7, 13, 14)]
    for identifier, text in names.items():
        table.setName(text, identifier, 3, 1, 0x409)
    outlines = face["CFF "].cff
    outlines.fontNames = [postscript]
    outlines[0].FamilyName = FAMILY
    outlines[0].FullName = names[4]


def fresh(job: Cut) -> bool:
    """Whether the weight is there already and newer than its source."""
    return job.target.is_file() and job.target.stat().st_mtime >= job.source.stat().st_mtime


def cut(job: Cut) -> str:
    """Writes one weight and says how large it became."""
    face = simplified_face(job.source)
    options = Options()
    options.hinting = False
    options.layout_features = ["ccmp", "kern"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(face)
    rename(face, job.style)
    part = job.target.with_suffix(".part")
    face.save(str(part))
    part.replace(job.target)
    return f"{job.target.name}: {job.target.stat().st_size / 1e6:.1f} MB"


def main() -> int:
    """The command; a weight that is fresh is left alone."""
    parser = argparse.ArgumentParser(prog="python -m tools.make_fonts", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "fonts")
    parser.add_argument("--require", action="store_true", help="fail when the source face is missing")
    arguments = parser.parse_args()
    jobs = cuts(arguments.out)
    if not jobs:
        print("Noto Sans CJK is not installed (Debian: fonts-noto-cjk); a system font will be used")
        return int(arguments.require)
    arguments.out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(LICENCE, arguments.out / LICENCE.name)
    with ProcessPoolExecutor(max_workers=2) as workers:
        for line in workers.map(cut, [job for job in jobs if not fresh(job)]):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())

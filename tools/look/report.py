"""What the gallery found, as `build/gallery.json`: one row for each picture, the faultless ones too."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from tools.look.sheets import Picture


def row(picture: Picture) -> dict[str, object]:
    found = picture.findings
    return {
        "page": picture.page,
        "variant": picture.variant,
        "size": picture.size,
        "file": picture.file,
        "contrast": list(found.contrast),
        "targets": list(found.targets),
        "cut": list(found.cut),
    }


def write(path: Path, pictures: Sequence[Picture]) -> None:
    rows = [row(picture) for picture in pictures]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


def words(pictures: Sequence[Picture]) -> str:
    """The findings, those of one page together, and how many pictures have one."""
    faulty = [picture for picture in pictures if picture.findings.all]
    lines = [f"{len(faulty)} of {len(pictures)} pictures with findings"]
    told: dict[tuple[str, str], int] = {}
    for picture in faulty:
        for fault in picture.findings.all:
            told[picture.page, fault] = told.get((picture.page, fault), 0) + 1
    return "\n".join([*lines, *(f"  {page}: {fault} ({n})" for (page, fault), n in told.items())])

"""Where the product's own Chinese type face lies: in the resources of a bundle, beside them in a checkout."""

from collections.abc import Sequence
from pathlib import Path

import resources

FOLDERS = (
    Path(resources.__file__).parent / "fonts",
    Path(resources.__file__).parents[1] / "build" / "fonts",
)


def faces(folders: Sequence[Path] = FOLDERS) -> list[Path]:
    """All weights, of the first folder that has any; empty where the type face was not made."""
    return next((found for folder in folders if (found := sorted(folder.glob("*.otf")))), [])


def regular(folders: Sequence[Path] = FOLDERS) -> Path | None:
    return next((path for path in faces(folders) if "Regular" in path.stem), None)

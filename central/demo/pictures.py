"""Which picture shows which good, and the pictures themselves."""

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from central.demo.files import lines, read_bytes


@cache
def _rules() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = (line.split("\t") for line in lines("picture_words.tsv"))
    return tuple((name, tuple(words.split())) for name, words in rows)


def picture_of(title: str, category: Sequence[str]) -> str:
    """The name of the picture that fits: the first rule with a word in the title, then in the category.

    A word `a+b` asks for both.
    """
    for text in (title, "/".join(category)):
        for name, words in _rules():
            if any(all(part in text for part in word.split("+")) for word in words):
                return name
    return "parcel"


@cache
def sha256_of(name: str) -> str:
    return hashlib.sha256(read_bytes("pictures", f"{name}.png")).hexdigest()


def pictures() -> dict[str, bytes]:
    """Every picture by its SHA-256, as terminals ask for them."""
    folder = resources.files("central.demo").joinpath("pictures")
    images = (file.read_bytes() for file in folder.iterdir() if file.name.endswith(".png"))
    return {hashlib.sha256(image).hexdigest(): image for image in images}

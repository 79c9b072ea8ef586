"""How far a colour stands out from another one, by WCAG 2.2, and what a translucent one looks like."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor


@dataclass(frozen=True)
class Colour:
    """Red, green and blue from 0 to 1, not linear."""

    r: float
    g: float
    b: float

    @classmethod
    def of(cls, colour: QColor) -> Colour:
        return cls(colour.redF(), colour.greenF(), colour.blueF())

    @property
    def name(self) -> str:
        return "#" + "".join(f"{round(part * 255):02X}" for part in (self.r, self.g, self.b))

    @property
    def luminance(self) -> float:
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (self.r, self.g, self.b)
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    low, high = sorted((one.luminance, other.luminance))
    return (high + 0.05) / (low + 0.05)


def over(ground: Colour, paint: Colour, alpha: float) -> Colour:
    """`paint` laid on `ground`."""
    return Colour(
        ground.r + (paint.r - ground.r) * alpha,
        ground.g + (paint.g - ground.g) * alpha,
        ground.b + (paint.b - ground.b) * alpha,
    )

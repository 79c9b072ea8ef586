"""A small drawing board for flat pictures: shapes in a 100 × 100 field, drawn large and scaled down."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from math import cos, pi, radians, sin

from PIL import Image, ImageDraw

SIZE, OVER = 320, 4
UNIT = SIZE * OVER / 100
Point = tuple[float, float]
Move = Callable[[float, float], Point]

CREAM, MINT, SKY, ROSE, LILAC, SAND = "#FBF2E1", "#E3F2E8", "#E2EEF8", "#FBE6E4", "#ECE7F6", "#F3ECE2"
DRAWINGS: dict[str, tuple[str, Callable[["Canvas"], None]]] = {}


def picture(name: str, ground: str) -> Callable[[Callable[["Canvas"], None]], Callable[["Canvas"], None]]:
    """Registers a drawing under the name of its picture."""

    def register(draw: Callable[["Canvas"], None]) -> Callable[["Canvas"], None]:
        DRAWINGS[name] = (ground, draw)
        return draw

    return register


def render(name: str) -> Image.Image:
    ground, draw = DRAWINGS[name]
    canvas = Canvas(ground)
    draw(canvas)
    return canvas.image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


class Canvas:
    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (SIZE * OVER, SIZE * OVER), ground)
        self._draw = ImageDraw.Draw(self.image, "RGBA")
        self._moves: list[Move] = []

    def poly(self, points: Sequence[Point], fill: str) -> None:
        self._draw.polygon([self._place(x, y) for x, y in points], fill=fill)

    def oval(self, x: float, y: float, rx: float, ry: float | None = None, fill: str = "#000") -> None:
        self.poly(arc(x, y, rx, rx if ry is None else ry, 0, 360), fill)

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: str, r: float = 0) -> None:
        r = min(r, (x1 - x0) / 2, (y1 - y0) / 2)
        corners = ((x1 - r, y0 + r, 270), (x1 - r, y1 - r, 0), (x0 + r, y1 - r, 90), (x0 + r, y0 + r, 180))
        self.poly([p for x, y, a in corners for p in arc(x, y, r, r, a, a + 90, 12)], fill)

    def blob(self, points: Sequence[Point], fill: str) -> None:
        """A smooth closed shape through the points."""
        self.poly(smooth([*points, *points[:3]], closed=True), fill)

    def line(self, points: Sequence[Point], fill: str, w: float = 1) -> None:
        """A line with round ends."""
        for (ax, ay), (bx, by) in pairwise(points):
            length = max(((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5, 1e-6)
            nx, ny = (ay - by) / length * w / 2, (bx - ax) / length * w / 2
            self.poly([(ax + nx, ay + ny), (bx + nx, by + ny), (bx - nx, by - ny), (ax - nx, ay - ny)], fill)
        for x, y in points:
            self.oval(x, y, w / 2, fill=fill)

    def curve(self, points: Sequence[Point], fill: str, w: float = 1) -> None:
        self.line(smooth([points[0], *points, points[-1]]), fill, w)

    def ring(
        self, x: float, y: float, r: float, fill: str, w: float = 1, start: float = 0, end: float = 360
    ) -> None:
        self.line(arc(x, y, r, r, start, end), fill, w)

    def shadow(self, x: float = 50, y: float = 85, rx: float = 32) -> None:
        self.oval(x, y, rx, rx * 0.13, "#00000018")

    @contextmanager
    def turned(self, degrees: float, x: float = 50, y: float = 50, zoom: float = 1) -> Iterator[None]:
        c, s = cos(radians(degrees)) * zoom, sin(radians(degrees)) * zoom
        with self._moved(lambda a, b: (x + (a - x) * c - (b - y) * s, y + (a - x) * s + (b - y) * c)):
            yield

    @contextmanager
    def shifted(self, dx: float, dy: float, zoom: float = 1) -> Iterator[None]:
        """Moves, and shrinks around the middle."""
        with self._moved(lambda a, b: (50 + (a - 50) * zoom + dx, 50 + (b - 50) * zoom + dy)):
            yield

    @contextmanager
    def _moved(self, move: Move) -> Iterator[None]:
        self._moves.append(move)
        yield
        self._moves.pop()

    def _place(self, x: float, y: float) -> Point:
        for move in reversed(self._moves):
            x, y = move(x, y)
        return x * UNIT, y * UNIT


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float, steps: int = 64) -> list[Point]:
    angles = [(start + (end - start) * n / steps) * pi / 180 for n in range(steps + 1)]
    return [(x + rx * cos(a), y + ry * sin(a)) for a in angles]


def smooth(points: Sequence[Point], closed: bool = False, steps: int = 14) -> list[Point]:
    """A Catmull-Rom curve through the points; the first and last only give the direction."""
    found: list[Point] = []
    for a, b, c, d in zip(points, points[1:], points[2:], points[3:], strict=False):
        for n in range(steps):
            t = n / steps
            found.append((_mid(a[0], b[0], c[0], d[0], t), _mid(a[1], b[1], c[1], d[1], t)))
    return found if closed else [*found, points[-2]]


def _mid(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)

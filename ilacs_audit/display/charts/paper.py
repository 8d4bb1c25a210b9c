"""A drawing of a page once more, by matplotlib, for paper, Word and slides.

It is drawn from the page's own drawing and from nothing else: every line, mark and word of it is read, in percent
across and pixels down, and set again. So the two cannot part, and what the gate hid is in neither.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

from ilacs_audit.disk.writing import write_whole
from ilacs_audit.display.fragments import Fragment, Fragments
from ilacs_audit.display.palette import LIGHT
from ilacs_audit.domain.errors import UsageError

PLOT_WIDTH, MARK_WIDTH, MARGIN = 700, 170, 110  # pixels; right of a plot stand the names of its lines
PAD, DPI, SHARPER = 9, 96, 2
_PARTS = re.compile(r"([MLHVZ])|(-?\d*\.?\d+)")
_SIZE, _SMALL = 15, 14


@dataclass(frozen=True)
class Part:
    """One line, shape or word of a drawing: its kind, its own attributes, and from where it is measured."""

    kind: str
    said: Mapping[str, str]
    x: float = 0.0
    y: float = 0.0
    text: str = ""


def parts(drawing: Tag, *, width: float) -> list[Part]:
    """Everything that a drawing of a page draws, in order, its percents turned into pixels of this width."""
    return [*_parts(drawing, width, 0.0, 0.0, percent=True)]


def _parts(node: Tag, width: float, x: float, y: float, *, percent: bool) -> Iterator[Part]:
    for each in node.find_all(recursive=False):
        said = {name: str(value) for name, value in each.attrs.items()}
        if each.name == "svg":
            whole = "viewbox" in said or "viewBox" in said
            at = _across(said.get("x", "0"), width)
            inside = Part("", {}, x + at, y + float(said.get("y", 0)))
            yield from _parts(each, width, inside.x, inside.y, percent=whole)
        else:
            yield Part(each.name, said | ({"percent": "1"} if percent else {}), x, y, each.get_text().strip())


def _across(said: str, width: float) -> float:
    return float(said.removesuffix("%")) / 100 * width if said.endswith("%") else float(said)


def chart_png(drawing: Tag, *, width: int = 0) -> bytes:
    """The PNG of one drawing of a page, on white, with the page's light colours."""
    plot = "ia-plot" in (drawing.get("class") or ())
    across = width or (PLOT_WIDTH if plot else MARK_WIDTH)
    figure = _figure(across + 2 * PAD + (MARGIN if plot else 0), float(str(drawing["height"])))
    draw(figure.axes[0], drawing, width=across, x=PAD, size=_SIZE if plot else _SMALL)
    return _png(figure)


def draw(axes: Any, drawing: Tag, *, width: float, x: float = 0.0, y: float = 0.0, size: int = _SMALL) -> None:
    """Set every part of a drawing again on axes whose unit is the pixel, from this corner."""
    for order, part in enumerate(parts(drawing, width=width)):
        _DRAWN[part.kind](axes, part, width, x + part.x, y + part.y, {"zorder": order, "size": size})


def save_chart(piece: Fragment | Fragments, path: str | Path) -> Path:
    """Save the drawing of a piece as a PNG for slides: its plot, or the rows of its table with their marks.

    The PNG is drawn by matplotlib from what the piece itself shows, on white and twice as sharp as the screen.
    Raises UsageError where the piece draws nothing.
    Example: `ia.save_chart(ia.measures_table(page), "chart.png")`.
    """
    if not isinstance(piece, Fragment | Fragments):
        raise UsageError("What was given is no piece of a page.", fix="Give one, such as ia.measures_table(page).")
    page = BeautifulSoup(piece.__html__(), "html.parser")
    plot, rows = page.select_one("svg.ia-plot"), [row for row in page.select("tbody tr") if row.select("svg.ia-mark")]
    if plot is None and not rows:
        raise UsageError("This piece draws nothing.", fix="Save one with a chart, such as ia.spc_chart(page).")
    made = chart_png(plot) if plot is not None else _rows_png(rows)
    write_whole(Path(path), made)
    return Path(path)


def _rows_png(rows: list[Tag]) -> bytes:
    """The rows of a table: what each is, its mark, and its count."""
    named, wide, high = 420, 240, 38
    figure = _figure(named + wide + 170, high * len(rows))
    axes = figure.axes[0]
    for place, row in enumerate(rows):
        top = place * high
        mark = row.select_one("svg.ia-mark")
        name, count = (_short(row.select_one(each)) for each in ("th", "td.num"))
        axes.text(0, top + 20, name, size=_SMALL * 0.72, va="center", color=LIGHT["ink"])
        axes.text(named + wide + 25, top + 20, count, size=_SMALL * 0.72, va="center", color=LIGHT["ink"])
        if mark is not None:
            draw(axes, mark, width=wide, x=named, y=top + 4)
    return _png(figure)


def _short(cell: Tag | None, most: int = 52) -> str:
    if cell is None:
        return ""
    said = " ".join(
        str(each) for each in cell.find_all(string=True) if each.parent is None or each.parent.name != "small"
    )
    said = " ".join(said.split())
    return said if len(said) <= most else f"{said[:most].rsplit(' ', 1)[0]}…"


def _figure(width: float, height: float) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    made = Figure(figsize=(width / DPI, height / DPI), dpi=DPI * SHARPER, facecolor=LIGHT["bg"])
    FigureCanvasAgg(made)
    axes = made.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.axis("off")
    return made


def _png(figure: Any) -> bytes:
    held = io.BytesIO()
    figure.savefig(held, format="png", metadata={"Software": None})
    return held.getvalue()


def _colour(said: str | None) -> str:
    """The light value of a token, or none.

    >>> _colour("var(--ink,#16202b)"), _colour("none")
    ('#16202b', 'none')
    """
    found = re.search(r"#[0-9a-f]{6}", said or "")
    return found[0] if found else "none"


def _points(pixels: str | float) -> float:
    return float(pixels) * 72 / DPI


def _line(axes: Any, part: Part, width: float, x: float, y: float, how: Mapping[str, Any]) -> None:
    said = part.said
    ends = [x + _across(said[name], width) for name in ("x1", "x2")], [y + float(said[name]) for name in ("y1", "y2")]
    axes.plot(*ends, **_stroke(said), zorder=how["zorder"], clip_on=False)


def _polyline(axes: Any, part: Part, width: float, x: float, y: float, how: Mapping[str, Any]) -> None:
    places = [tuple(map(float, each.split(","))) for each in part.said["points"].split()]
    along = [x + place[0] / 100 * width for place in places]
    dash = (
        {"linestyle": (0, tuple(map(float, part.said["stroke-dasharray"].split())))}
        if "stroke-dasharray" in part.said
        else {}
    )
    axes.plot(along, [y + place[1] for place in places], **_stroke(part.said), **dash, zorder=how["zorder"])


def _rect(axes: Any, part: Part, width: float, x: float, y: float, how: Mapping[str, Any]) -> None:
    from matplotlib.patches import Rectangle

    said = part.said
    corner = x + _across(said.get("x", "0"), width), y + float(said["y"])
    axes.add_patch(
        Rectangle(
            corner,
            _across(said["width"], width),
            float(said["height"]),
            color=_colour(said["fill"]),
            zorder=how["zorder"],
        )
    )


def _circle(axes: Any, part: Part, width: float, x: float, y: float, how: Mapping[str, Any]) -> None:
    from matplotlib.patches import Circle

    said = part.said
    middle = x + _across(said.get("cx", "0"), width), y + float(said.get("cy", 0))
    axes.add_patch(Circle(middle, float(said["r"]), **_filled(said), zorder=how["zorder"], clip_on=False))


def _path(axes: Any, part: Part, width: float, x: float, y: float, how: Mapping[str, Any]) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline

    corners, kinds = outline(part.said["d"])
    moved = [(x + across, y + along) for across, along in corners]
    codes = [{"M": Outline.MOVETO, "Z": Outline.CLOSEPOLY}.get(kind, Outline.LINETO) for kind in kinds]
    cap = {"capstyle": "round"} if part.said.get("stroke-linecap") == "round" else {}
    axes.add_patch(PathPatch(Outline(moved, codes), **_filled(part.said), **cap, zorder=how["zorder"], clip_on=False))


def outline(said: str) -> tuple[list[tuple[float, float]], str]:
    """The corners of a path of straight lines, and what leads to each.

    >>> outline("M0-8L8 6H-8Z")
    ([(0.0, -8.0), (8.0, 6.0), (-8.0, 6.0), (0.0, -8.0)], 'MLHZ')
    """
    corners: list[tuple[float, float]] = []
    kinds, steps = "", list[list[Any]]()
    for letter, number in _PARTS.findall(said):
        steps.append([letter]) if letter else steps[-1].append(float(number))
    for kind, *to in steps:
        across, along = corners[-1] if corners else (0.0, 0.0)
        if kind == "Z":
            corner = corners[kinds.rindex("M")]
        else:
            corner = (to[0], along) if kind == "H" else (across, to[0]) if kind == "V" else (to[0], to[1])
        corners.append(corner)
        kinds += kind
    return corners, kinds


def _text(axes: Any, part: Part, width: float, x: float, y: float, how: Mapping[str, Any]) -> None:
    said, sides = part.said, {"middle": "center", "end": "right"}
    names = said.get("class", "")
    axes.text(
        x + _across(said.get("x", "0"), width) + float(said.get("dx", 0)),
        y + float(said.get("y", 0)),
        part.text,
        ha=sides.get(said.get("text-anchor", ""), "left"),
        va="baseline",
        color=_colour(said.get("fill")) if said.get("fill") else LIGHT["ink"],
        size=_points(how["size"]) * 0.9,
        weight="bold" if "strong" in names else "normal",
        zorder=how["zorder"] + 1000,
    )


def _stroke(said: Mapping[str, str]) -> dict[str, Any]:
    ends = {"solid_capstyle": "round" if said.get("stroke-linecap") == "round" else "butt"}
    return {"color": _colour(said.get("stroke")), "linewidth": _points(said.get("stroke-width", 1)), **ends}


def _filled(said: Mapping[str, str]) -> dict[str, Any]:
    wide = _points(said.get("stroke-width", 1)) if said.get("stroke") else 0
    return {"facecolor": _colour(said.get("fill")), "edgecolor": _colour(said.get("stroke")), "linewidth": wide}


_DRAWN: Mapping[str, Callable[[Any, Part, float, float, float, Mapping[str, Any]], None]] = {
    "line": _line,
    "polyline": _polyline,
    "rect": _rect,
    "circle": _circle,
    "path": _path,
    "text": _text,
}

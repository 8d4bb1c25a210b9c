"""A page as a tagged PDF by typst (extra `[pdf]`), which checks it against PDF/UA-1 and refuses what falls short."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count, zip_longest
from pathlib import Path
from typing import Any

from ilacs_audit.display.charts.paper import chart_png
from ilacs_audit.display.palette import LIGHT
from ilacs_audit.publishing.twins.blocks import Block, Cell, Heading, Items, Paper, Picture, Table, Words

ENDING, EXTRA, MODULE = "pdf", "pdf", "typst"
_PAPER, _OVER = 17.3, 60  # centimetres; letters of a line that stands over a drawing
_MADE = 946684800  # one moment for all, 1 January 2000, so that the same page is the same bytes
_HEAD = f"""
#let quiet = rgb("{LIGHT["soft"]}")
#set page(paper: "a4", margin: (x: 18mm, y: 17mm), numbering: "1")
#set page(header: text(8pt, fill: quiet)[@head@], footer: text(7.5pt, fill: quiet)[@foot@])
#set text(font: ("Arial", "Liberation Sans", "DejaVu Sans", "Libertinus Serif"), size: 9.5pt)
#set text(lang: "en", region: "GB", fill: rgb("{LIGHT["ink"]}"))
#set par(leading: 0.55em)
#show heading.where(level: 1): set text(18pt)
#show heading.where(level: 2): set text(12pt)
#set table(stroke: (x: none, y: 0.5pt + rgb("{LIGHT["line"]}")), inset: (x: 4pt, y: 3.5pt), align: left + horizon)
#show table.cell: set text(8.5pt)
#let soft(it) = text(8pt, fill: quiet, it)
"""


def made(page: Paper) -> bytes:
    """The bytes of the PDF of a page. Raises what typst raises where it would not be PDF/UA-1."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        drawn = _Drawn(Path(folder))
        body = "\n\n".join(
            _together(_WRITTEN[type(each)](each, drawn), each, after)
            for each, after in zip_longest(page.blocks, page.blocks[1:])
        )
        head = _HEAD.replace("@head@", _text("    ".join(page.frame))).replace("@foot@", _text(" ".join(page.foot)))
        source = Path(folder) / "page.typ"
        source.write_text(
            f"#set document(title: {_quoted(page.title)}, author: (), date: none)\n{head}\n{body}\n", "utf-8"
        )
        return bytes(typst.compile(source, root=Path(folder), format="pdf", pdf_standards="ua-1", timestamp=_MADE))


def _together(said: str, each: Block, after: Block | None) -> str:
    """Words over a drawing or a table stay with it."""
    over = isinstance(each, Words) and isinstance(after, Picture | Table | Words) and len(each.text) < _OVER
    return f"#block(sticky: true)[{said}]" if over else said


class _Drawn:
    """The drawings of a page as files that typst can read, each under the next number."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._numbers = folder, count(1)

    def image(self, picture: Picture, width: str) -> str:
        """How typst is asked to show it."""
        name = f"{next(self._numbers)}.png"
        (self.folder / name).write_bytes(chart_png(picture.drawing))
        return f"#image({_quoted(name)}, width: {width}, alt: {_quoted(picture.alt)})"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _text(text: str) -> str:
    """Words that typst reads as words, whatever signs are in them."""
    return f"#text({_quoted(text)})" if text else ""


def _heading(each: Heading, _: _Drawn) -> str:
    return f"#heading(level: {each.level})[{_text(each.text)}]"


def _words(each: Words, _: _Drawn) -> str:
    said = _text(each.text)
    return f"#soft[{said}]" if each.kind == "small" else f"#text(11.5pt)[{said}]" if each.kind == "lead" else said


def _items(each: Items, _: _Drawn) -> str:
    lines = (
        " #linebreak() ".join((_text(text[0]), *(f"#soft[{_text(more)}]" for more in text[1:])))
        for text in map(str.splitlines, each.each)
    )
    return f"#{'enum' if each.numbered else 'list'}({', '.join(f'[{line}]' for line in lines)})"


def _picture(each: Picture, drawn: _Drawn) -> str:
    return drawn.image(each, "88%")


def _table(each: Table, drawn: _Drawn) -> str:
    widths = each.widths(_PAPER)
    heads = "".join(f"[{_strong(head)}], " for head in each.heads)
    header = f"table.header({heads}), " if heads else ""
    rows = ", ".join(cell for row in each.rows for cell in _row(row, len(widths), drawn))
    caption = f"#soft[{_text(each.caption)}]\n" if each.caption else ""
    columns = ", ".join(f"{width:.2f}cm" for width in widths)
    return f"{caption}#table(columns: ({columns},), {header}{rows})"


def _row(row: Sequence[Cell], wide: int, drawn: _Drawn) -> Iterator[str]:
    for place in range(wide):
        cell = row[place] if place < len(row) else Cell("")
        said = _strong(cell.text) if place == 0 else _text(cell.text)
        parts = [
            said,
            *(drawn.image(each, "100%") for each in cell.pictures),
            *(f"#soft[{_text(each)}]" for each in cell.small),
        ]
        yield f"[{' #linebreak() '.join(filter(None, parts))}]"


def _strong(text: str) -> str:
    return f"#strong[{_text(text)}]" if text else ""


_WRITTEN: Mapping[type, Callable[[Any, _Drawn], str]] = {
    Heading: _heading,
    Words: _words,
    Items: _items,
    Picture: _picture,
    Table: _table,
}

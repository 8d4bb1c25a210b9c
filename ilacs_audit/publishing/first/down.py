"""Questions that stand down a sheet, so that a layout with a child a column or a sheet can be read at all.

The reader of layouts knows questions by their wording. Of a form that nobody has described the wordings are
what stands at the left of answers, or of ticks under the words of a scale.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ilacs_audit.domain.standards import SCALES, Standard, read_theme
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.files.workbook import Sheet
from ilacs_audit.intake.tables.columns import ColumnMap, Recogniser
from ilacs_audit.intake.tables.shapes.words import could_be_a_name, mark
from ilacs_audit.publishing.first.own_scales import level, scale_of, wording

DRAFT = "not-described"
_FEWEST, _SHORTEST = 3, 6


def questions_down(sheets: Sequence[Sheet], columns: ColumnMap) -> list[Standard]:
    """The questions at the left of the answers of these sheets, as standards that nobody has named yet."""
    usual = Recogniser(columns, [])
    found: dict[str, tuple[str, list[str]]] = {}
    for sheet in sheets:
        for label, scale in _asked(sheet, columns):
            if usual.target(label) is None and not could_be_a_name(label):
                found.setdefault(fold(label), (label, []))[1].append(scale)
    if len(found) < _FEWEST:
        return []
    entries = [
        {"id": f"NEW-{number}", "text": label, "scale": Counter(scales).most_common(1)[0][0]}
        for number, (label, scales) in enumerate(found.values(), start=1)
    ]
    return list(read_theme({"theme": DRAFT, "standards": entries}, file=DRAFT).standards)


def _asked(sheet: Sheet, columns: ColumnMap) -> Iterator[tuple[str, str]]:
    """Each label with the scale of the answers beside it, or of the ticks under the words of a scale."""
    ticked: tuple[str, list[int]] = ("", [])
    for row in sheet.cells.tolist():
        if found := _words_of_a_scale(row):
            ticked = found
            continue
        cells = [cell for cell in row if written(cell)]
        start = next((place for place, cell in enumerate(cells) if _wording(cell)), len(cells))
        label, right = written(cells[start]) if start < len(cells) else "", cells[start + 1 :]
        # A comment may stand beside the first of them.
        scale = label and (scale_of(label, right, columns) or scale_of(label, right[:1], columns))
        one_tick = sum(mark(row[place]) in ("tick", "cross") for place in ticked[1]) == 1
        if label and (scale or one_tick):
            yield label, scale or ticked[0]


def _wording(cell: Any) -> bool:
    text = wording(cell.strip()) if isinstance(cell, str) else ""
    return len(text) >= _SHORTEST and not text[:1].isdigit()


def _words_of_a_scale(row: Iterable[Any]) -> tuple[str, list[int]] | None:
    """The places of a row that hold several levels of one scale, as over columns of ticks."""
    texts = [fold(written(cell)) for cell in row]
    for scale in SCALES.values():
        places = [place for place, text in enumerate(texts) if level(text, scale)]
        told = [texts[place] for place in places]
        if len({level(text, scale) for text in told}) > 1 and len(set(told)) == len(told):
            return scale.id, places
    return None

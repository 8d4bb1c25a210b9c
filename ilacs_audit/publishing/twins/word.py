"""A page as a Word file by python-docx (extra `[word]`): real headings, tables whose header is repeated, pictures told.

It has the page's title and language and nobody's name. The same page gives the same bytes.
"""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from ilacs_audit.display.charts.paper import chart_png
from ilacs_audit.display.palette import LIGHT
from ilacs_audit.publishing.twins.blocks import Cell, Heading, Items, Paper, Picture, Table, Words

ENDING, EXTRA, MODULE = "docx", "word", "docx"
FONT, LANGUAGE = "Arial", "en-GB"
_MADE = datetime(2000, 1, 1, tzinfo=UTC)  # one date for all, so that the same page is the same bytes
_SIZES = {
    "Normal": 10,
    "Heading 1": 20,
    "Heading 2": 13,
    "Heading 3": 11,
    "Caption": 9,
    "List Bullet": 10,
    "List Number": 10,
}
_WIDE, _PLOT, _MARK = 17.0, 15.5, 2.7  # centimetres: the paper between its margins, a plot, a mark in a cell


def made(page: Paper) -> bytes:
    """The bytes of the Word file of a page."""
    from docx import Document
    from docx.shared import Cm

    document = Document()
    _styled(document)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
        section.header.paragraphs[0].text = "    ".join(page.frame)
        section.footer.paragraphs[0].text = " ".join(page.foot)
    for each in page.blocks:
        _WRITTEN[type(each)](document, each)
    facts = document.core_properties
    facts.title, facts.language, facts.author, facts.last_modified_by, facts.comments = page.title, LANGUAGE, "", "", ""
    facts.created = facts.modified = _MADE
    held = io.BytesIO()
    document.save(held)
    return _dated_alike(held)


def _styled(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.bold = name.startswith("Heading")
        style.font.color.rgb = RGBColor.from_string(LIGHT["soft" if name == "Caption" else "ink"][1:].upper())
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _heading(document: Any, each: Heading) -> None:
    document.add_heading(each.text, level=each.level)


def _words(document: Any, each: Words) -> None:
    from docx.shared import Pt

    if not each.text:
        return
    written = document.add_paragraph(style="Caption" if each.kind == "small" else "Normal")
    run = written.add_run(each.text)
    if each.kind == "lead":
        run.font.size = Pt(12)
    written.paragraph_format.space_after = Pt(4)


def _items(document: Any, each: Items) -> None:
    for text in each.each:
        first, *more = text.split("\n")
        written = document.add_paragraph(style="List Number" if each.numbered else "List Bullet")
        written.add_run(first)
        for line in more:
            run = written.add_run()
            run.add_break()
            _soft(written.add_run(line))


def _soft(run: Any, size: float = 8.5) -> None:
    from docx.shared import Pt, RGBColor

    run.font.size, run.font.bold = Pt(size), False
    run.font.color.rgb = RGBColor.from_string(LIGHT["soft"][1:].upper())


def _picture(document: Any, each: Picture) -> None:
    from docx.shared import Cm

    written = document.add_paragraph()
    _shown(written.add_run(), each, Cm(_PLOT))


def _shown(run: Any, picture: Picture, width: Any) -> None:
    """The drawing in a run, with its words for those who hear it."""
    shape = run.add_picture(io.BytesIO(chart_png(picture.drawing)), width=width)
    told = shape._inline.docPr  # python-docx has no other way to the words of a picture
    told.set("descr", picture.alt)
    told.set("name", f"Picture {told.get('id')}")


def _table(document: Any, each: Table) -> None:
    from docx.shared import Cm

    if each.caption:
        document.add_paragraph(each.caption, style="Caption").paragraph_format.keep_with_next = True
    widths = each.widths(_WIDE)
    table = document.add_table(rows=0, cols=len(widths))
    table.autofit = False
    if each.heads:
        _row(table, [Cell(head) for head in each.heads], heads=True)
    for row in each.rows:
        _row(table, row)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width, cell.vertical_alignment = Cm(width), 1
    _told(table, each)
    document.add_paragraph().paragraph_format.space_after = 0


def _row(table: Any, cells: Any, *, heads: bool = False) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    row = table.add_row()
    asked = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(("w:tblHeader",) if heads else ())):
        flag = OxmlElement(name)
        flag.set(qn("w:val"), "true")
        asked.append(flag)
    for place, (cell, at) in enumerate(zip(cells, row.cells, strict=False)):
        written = at.paragraphs[0]
        run = written.add_run(cell.text)
        run.font.size, run.font.bold = Pt(9), heads or place == 0
        for picture in cell.pictures:
            _shown(written.add_run(), picture, Cm(_MARK if "ia-mark" in str(picture.drawing.get("class")) else _PLOT))
        for line in cell.small:
            _soft(at.add_paragraph().add_run(line))
        for every in at.paragraphs:
            every.paragraph_format.space_after = Pt(1)


def _told(table: Any, each: Table) -> None:
    """That the first row and column are headings, and what the table shows, for those who hear it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    about = table._tbl.tblPr
    edges = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        edge = OxmlElement(f"w:{side}")
        for name, value in {"val": "single", "sz": "4", "space": "0", "color": LIGHT["rule"][1:]}.items():
            edge.set(qn(f"w:{name}"), value)
        edges.append(edge)
    about.append(edges)
    looks = about.find(qn("w:tblLook"))
    if looks is None:
        looks = OxmlElement("w:tblLook")
        about.append(looks)
    for name, flag in {
        "firstRow": bool(each.heads),
        "firstColumn": True,
        "lastRow": False,
        "lastColumn": False,
    }.items():
        looks.set(qn(f"w:{name}"), str(int(flag)))
    looks.set(qn("w:val"), "00A0")
    for name, words in (("w:tblCaption", each.caption or each.heads[0]), ("w:tblDescription", "; ".join(each.heads))):
        told = OxmlElement(name)
        told.set(qn("w:val"), words)
        about.append(told)


def _dated_alike(made: io.BytesIO) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


_WRITTEN: Mapping[type, Callable[[Any, Any], None]] = {
    Heading: _heading,
    Words: _words,
    Items: _items,
    Picture: _picture,
    Table: _table,
}

"""The points under "What needs to improve" of an inspection, out of a table or out of pasted text.

Every line becomes a point or is told of: what is left out in silence would be missing from the plan for years.
"""

import csv
import re
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from ilacs_audit.domain import given
from ilacs_audit.domain.errors import UsageError, bare
from ilacs_audit.intake.yaml_files import read_text

_BULLET = re.compile(r"^\s*(?:[-*•–—▪■◼●◦·]|o(?=\s{2}|\t)|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
_HEADING = re.compile(r"^\W*(?:what needs to improve|areas? for improvement)\b[^.;]{0,60}$", re.I)
_TAG = re.compile(r"\s*[(\[]([^()\[\]]*\b(?:national framework|enabler|outcome) ?\d?[^()\[\]]*)[)\]]\s*\.?\s*$", re.I)
_FURNITURE = re.compile(
    r"\W*(?:page \d+(?: of \d+)?|\d+|https?:\S+|www\.\S+|\d{1,2} \w+ \d{4}|inspection of .*local authority[^.]*)?\W*$",
    re.I,
)  # of a page's edge
_COLUMN = re.compile(
    r"^(?:no|nr|number|text|area|point|tag|ref|reference|recommendation|framework|national framework)\W*$", re.I
)
_ENDED = re.compile(r"[.!?)\]][\W]*$")
_NO_AREA = "Line {number} was taken for a heading or the edge of a page and became no area."
_REPORT, _TEXT, _TAG_COLUMN = "report", "text", "tag"


class Point(NamedTuple):
    """One point as it is quoted, and the tag of the National Framework that stands with it."""

    text: str
    tag: str = ""


class Points(NamedTuple):
    """The points of one inspection in order, whose they are, and a remark on each line that became none."""

    points: tuple[Point, ...]
    report: str = ""
    remarks: tuple[str, ...] = ()


def read_points(path: Path, *, council: str = "") -> Points:
    """Read the points of one inspection: a CSV with a column `text`, or text with a line or a bullet a point.

    Columns `report` and `tag` are read where they are there; a table of several inspections needs the name of the
    `council`, as `report` has it. A line without a bullet goes on with the one before it where it begins small, or
    where that one had bullets and had not ended; a bullet further in stands in the point that it is under; a table
    pasted as text is a point a row. A tag of the National Framework in brackets at the end of a point is its tag.
    Raises UsageError where there is no point, or no inspection of that name.
    """
    given.path(path, "read_points")
    text = read_text(path)
    found = _of_table(text, path, council) if path.suffix.casefold() == ".csv" else _of_text(text)
    if not found.points:
        fix = "Give a CSV with a column text, or a text with a line or a bullet a point."
        raise UsageError("No point was found in the file.", where=path.name, fix=fix)
    return found


def _of_table(text: str, path: Path, council: str) -> Points:
    first = text.partition("\n")[0]
    rows = list(csv.DictReader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count)))
    told = [{bare(str(name)): " ".join(str(each or "").split()) for name, each in row.items()} for row in rows]
    if told and _TEXT not in told[0]:
        raise UsageError("The table has no column text.", where=path.name, fix="Call the column of the points text.")
    names = list(dict.fromkeys(row.get(_REPORT, "") for row in told))
    ours = [name for name in names if not council or bare(name) == bare(council)]
    if len(ours) != 1 and told:
        what = f"No inspection is of {council}." if council and not ours else f"It holds {len(names)} inspections."
        raise UsageError(what, where=path.name, fix=f"Give --council with one of: {'; '.join(names)}.")
    kept = [(number, row) for number, row in enumerate(told, start=2) if row.get(_REPORT, "") in ours]
    points = tuple(Point(row[_TEXT], row.get(_TAG_COLUMN, "")) for _, row in kept if row[_TEXT])
    remarks = (f"Row {number} has no text and became no area." for number, row in kept if not row[_TEXT])
    return Points(points, ours[0] if ours else "", (*remarks, *_twice(points)))


def _of_text(text: str) -> Points:
    lines = [(number, line.rstrip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if sum(len(_cells(line)) > 1 for _, line in lines) > 1:
        return _of_rows(lines)
    bulleted = sum(bool(_BULLET.match(line)) for _, line in lines) > 1
    margin = min((_indent(line) for _, line in lines if _BULLET.match(line)), default=0)
    found: list[str] = []
    remarks: list[str] = []
    for number, line in lines:
        said, marked = " ".join(_BULLET.sub("", line).split()), bool(_BULLET.match(line))
        if _HEADING.match(said) or _FURNITURE.match(said):
            remarks.append(_NO_AREA.format(number=number))
        elif found and marked and _indent(line) > margin + 1:
            found[-1] = f"{found[-1].rstrip('.;')}{' ' if found[-1].endswith(':') else '; '}{said}"
            remarks.append(f"Line {number} is a bullet under A{len(found)} and stands in it.")
        elif found and not marked and _goes_on(found[-1], said, bulleted):
            found[-1] = f"{found[-1]} {said}"
        elif bulleted and not found and not marked:
            remarks.append(f"Line {number} stands before the first bullet and became no area.")
        else:
            found.append(said)
            if bulleted and not marked:
                remarks.append(f"Line {number} has no bullet and became A{len(found)}; take it out if it is no point.")
    points = tuple(_tagged(each) for each in found)
    return Points(points, "", (*remarks, *_twice(points)))


def _indent(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _goes_on(before: str, said: str, bulleted: bool) -> bool:
    """Whether a line without a bullet goes on with the one before it: it begins small, or that one had not ended."""
    return said[:1].islower() or (bulleted and (not _ENDED.search(before) or bool(_TAG.fullmatch(f" {said}"))))


def _cells(line: str) -> list[str]:
    """The cells of a row that was pasted out of a table: between tabs or upright strokes."""
    return [each.strip() for each in re.split(r"\t|\|", _BULLET.sub("", line.strip().strip("|")))]


def _of_rows(lines: list[tuple[int, str]]) -> Points:
    """The points of a table that was pasted as text: of each row the cell in the widest column, and its tag."""
    rows = [(number, _cells(line)) for number, line in lines]
    widths: dict[int, int] = {}
    for place, cell in (each for _, cells in rows for each in enumerate(cells) if not _is_tag(each[1])):
        widths[place] = widths.get(place, 0) + len(cell)
    wide = max(widths, key=lambda place: widths[place])
    ruled = any(not any(map(str.isalnum, line)) for _, line in lines[1:2])
    found: list[Point] = []
    remarks: list[str] = []
    for at, (number, cells) in enumerate(rows):
        said = cells[wide] if wide < len(cells) else " ".join(cells)
        headed = all(_COLUMN.match(each) or _HEADING.match(each) for each in cells) or (at == 0 and ruled)
        if headed or _FURNITURE.match(said):
            remarks.append(_NO_AREA.format(number=number))
            continue
        tag = next((each for each in cells if _is_tag(each)), "")
        found.append(Point(said, tag) if tag else _tagged(said))
        left = [each for each in cells if each not in (said, tag) and any(map(str.isalpha, each))]
        remarks += [f"Line {number}: left out beside A{len(found)}: {'; '.join(left)}"] if left else []
    return Points(tuple(found), "", (*remarks, *_twice(tuple(found))))


def _is_tag(cell: str) -> bool:
    return bool(_TAG.fullmatch(f" ({cell})"))


def _tagged(said: str) -> Point:
    """A point without the tag at its end.

    >>> _tagged("The quality of plans. (Outcome 1, national framework)")
    Point(text='The quality of plans.', tag='Outcome 1, national framework')
    """
    found = _TAG.search(said)
    return Point(said[: found.start()].strip(), found[1].strip()) if found and found.start() else Point(said)


def _twice(points: tuple[Point, ...]) -> list[str]:
    """A remark on each point that stands there a second time; it is an area all the same."""
    known = [bare(each.text) for each in points]
    again = [place for place, said in enumerate(known) if said in known[:place]]
    return [f"A{place + 1} says the same as A{known.index(known[place]) + 1}; each is an area." for place in again]

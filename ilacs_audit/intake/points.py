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

_BULLET = re.compile(r"^\s*(?:[-*•–—▪■◼●◦·]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
_HEADING = re.compile(r"^\W*(?:what needs to improve|areas? for improvement)\b[^.;]{0,60}$", re.I)
_TAG = re.compile(r"\s*[(\[]([^()\[\]]*\b(?:national framework|enabler|outcome) ?\d?[^()\[\]]*)[)\]]\s*\.?\s*$", re.I)
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
    `council`, as `report` has it. In a text that has bullets a line without one goes on with the line before it, and
    in any text one that begins small; a tag of the National Framework in brackets at the end of a point is its tag.
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
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    bulleted = sum(bool(_BULLET.match(line)) for _, line in lines) > 1
    found: list[str] = []
    remarks: list[str] = []
    for number, line in lines:
        said = " ".join(_BULLET.sub("", line).split())
        if _HEADING.match(said) or not any(map(str.isalnum, said)):
            remarks.append(f"Line {number} was taken for a heading and became no area.")
        elif found and not _BULLET.match(line) and (bulleted or said[:1].islower()):
            found[-1] = f"{found[-1]} {said}"
        elif bulleted and not _BULLET.match(line):
            remarks.append(f"Line {number} stands before the first bullet and became no area.")
        else:
            found.append(said)
    points = tuple(_tagged(each) for each in found)
    return Points(points, "", (*remarks, *_twice(points)))


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

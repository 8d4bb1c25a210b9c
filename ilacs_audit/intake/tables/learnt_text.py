"""Add learnt spellings to the text of columns.yml, so that what people wrote beside them stays.

The file is kept by hand as well as by the machine. Writing it anew would lose its comments, so a
spelling is put in as a line of its own; the result is used only if it says exactly what was learnt.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import yaml

from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.intake.tables.columns import IGNORE, ColumnMap, read_columns
from ilacs_audit.intake.tables.proposals import Proposal

_SECTIONS = {"field": "fields", "standard": "standards", "answer": "answers", IGNORE: IGNORE}
_INDENT = "  "


def with_learnt(text: str, accepted: Iterable[Proposal], *, expected: ColumnMap) -> str | None:
    """The file's text with the accepted spellings put in; None where that cannot be done line by line.

    `expected` is the map that the new text has to mean.
    """
    lines = text.splitlines()
    for each in accepted:
        lines = _added(lines, each)
    made = "\n".join(lines) + "\n"
    try:
        meant = read_columns(yaml.safe_load(made) or {}, file="columns.yml")
    except (yaml.YAMLError, CatalogueError, AttributeError, TypeError):
        return None
    return made if meant == expected else None


def _added(lines: list[str], learnt: Proposal) -> list[str]:
    section = _SECTIONS[learnt.kind]
    start = _place(lines, rf"{section}:\s*(#.*)?", 0, len(lines))
    if start is None:
        return [*lines, f"{section}:", *_entry(learnt)]
    end = _end(lines, start, r"[^\s#]")
    if learnt.kind == IGNORE:
        return _put(lines, _entry(learnt), after=_last_item(lines, start, end))
    own = _place(lines, rf"\s+[\"']?{re.escape(learnt.name)}[\"']?:\s*(#.*)?", start + 1, end)
    if own is None:
        return _put(lines, _entry(learnt), after=_last_item(lines, start, end))
    depth = len(lines[own]) - len(lines[own].lstrip())
    last = _last_item(lines, own, _end(lines, own, rf"\s{{0,{depth}}}[^\s#-]", before=end))
    indent = re.match(r"\s*", lines[last]).group() if last > own else _INDENT * 2  # type: ignore[union-attr]
    return _put(lines, [f"{indent}- {_quoted(learnt)}"], after=last)


def _entry(learnt: Proposal) -> list[str]:
    if learnt.kind == IGNORE:
        return [f"{_INDENT}- {_quoted(learnt)}"]
    name = json.dumps(learnt.name) if learnt.options else learnt.name
    return [f"{_INDENT}{name}:", f"{_INDENT * 2}- {_quoted(learnt)}"]


def _quoted(learnt: Proposal) -> str:
    """The spelling in quotation marks: a header may hold a colon, a hash or a yes."""
    return json.dumps(learnt.spelling, ensure_ascii=False)


def _put(lines: list[str], new: list[str], *, after: int) -> list[str]:
    return [*lines[: after + 1], *new, *lines[after + 1 :]]


def _place(lines: list[str], pattern: str, start: int, end: int) -> int | None:
    return next((place for place in range(start, end) if re.fullmatch(pattern, lines[place])), None)


def _end(lines: list[str], start: int, pattern: str, *, before: int | None = None) -> int:
    """Where the block that opens at `start` is over."""
    end = len(lines) if before is None else before
    return next((place for place in range(start + 1, end) if re.match(pattern, lines[place])), end)


def _last_item(lines: list[str], start: int, end: int) -> int:
    """The last line of a block that says something; comments and blanks after it belong to what follows."""
    said = (place for place in range(end - 1, start, -1) if lines[place].strip() and lines[place].strip()[0] != "#")
    return next(said, start)

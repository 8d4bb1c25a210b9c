"""Returns read as anybody would read them in a spreadsheet: the rows of an audit, and what was answered in each."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

MET = {"yes", "met", "outstanding", "good"}
SHORT = {"partly", "no", "partly met", "not met", "requires improvement", "inadequate"}
NOT_APPLICABLE = "not applicable"
GRADES = ("outstanding", "good", "requires improvement", "inadequate")
USUAL = {
    "ref": ("case id", "child id", "ref", "child ref", "child reference"),
    "worker": ("worker", "social worker"),
    "auditor": ("auditor", "name", "audited by"),
    "team": ("team",),
    "agency": ("agency",),
    "moderator": ("moderator", "moderated by"),
    "grade": ("overall grade",),
    "second": ("moderated grade",),
    "standard": ("standard", "question"),
    "answer": ("answer",),
    "together": ("discussed with the practitioner", "have you talked the findings through with the practitioner"),
    "returned": ("return received", "returned"),
    "comment": ("comment", "comments", "auditor comments", "notes", "evidence", "please say more", "say more"),
}
OURS = {"child_ref": "ref"}


@dataclass
class Row:
    """One reading of one file: by whom, for which team, on whose behalf, and its answers (None where left blank)."""

    ref: str
    team: str
    auditor: str
    agency: str
    answers: dict[str, str | None] = field(default_factory=dict)
    grade: str = ""
    second: str = ""
    moderator: str = ""
    unread: int = 0
    together: str = ""
    worker: str = ""
    marks: dict[str, str] = field(default_factory=dict)  # the answers as they stand: a mark of 8 is no mark of 9
    comment: str = ""


def plain(text: Any) -> str:
    """Words without case, spaces doubled or punctuation.

    >>> plain("Plan current\\nand on file ")
    'plan current and on file'
    """
    return " ".join(re.findall(r"[a-z0-9]+", str(text).lower().replace("’", "").replace("'", "")))


def _spaced(value: Any) -> str:
    return " ".join(str(value).lower().split())


class Words:
    """What headers and answers mean: the catalogue and columns.yml, which are data."""

    def __init__(self, data: Path) -> None:
        told = yaml.safe_load((data / "columns.yml").read_text(encoding="utf-8"))
        self.heads = {plain(each): name for name, heads in USUAL.items() for each in heads}
        for name, heads in told["fields"].items():
            self.heads |= {plain(each): OURS.get(name, name) for each in heads}
        for code, heads in told["standards"].items():
            self.heads |= {plain(each): code for each in (code, *heads)}
        self.codes = set(told["standards"])
        self.levels = {_spaced(each): level for level in told["answers"] for each in (level, *told["answers"][level])}
        self.levels |= {each: each for each in (*MET, *SHORT)}
        self.teams = {plain(each): team for team, others in told["teams"].items() for each in (team, *others)}
        self.agencies = {plain(each): name for name, others in told["agencies"].items() for each in (name, *others)}

    def level(self, value: Any) -> str | None:
        """What an answer says; marks of 7 and more are met."""
        said = _spaced(value)
        if said.isdigit():
            return "met" if int(said) >= 7 else "not met"
        return self.levels.get(said)


def sheets(path: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    """Every sheet of a file as rows of cells, an empty cell being an empty text."""
    if path.suffix == ".parquet":
        table = pd.read_parquet(path)
        yield "", [list(table.columns), *table.to_numpy().tolist()]
    elif path.suffix == ".csv":
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252")
        mark = max(",;\t", key=text.splitlines()[0].count)
        yield "", list(csv.reader(text.splitlines(), delimiter=mark))
    else:
        for name, table in pd.read_excel(
            path, sheet_name=None, header=None, keep_default_na=False, engine="openpyxl"
        ).items():
            yield name, table.fillna("").to_numpy().tolist()


def rows_of(path: Path, words: Words, *, without: set[int] = frozenset()) -> Iterator[Row]:
    """The readings of a file; `without` are the rows that a person took out."""
    for name, lines in sheets(path):
        head = next((place for place, line in enumerate(lines) if _is_head(line, words)), None)
        if head is not None:
            over = lines[head - 1] if head else lines[head]  # a heading of two rows may stand in the first
            heads = [plain(each) or plain(more) for each, more in zip(lines[head], over, strict=False)]
            columns = {place: words.heads[each] for place, each in enumerate(heads) if each in words.heads}
            above = " ".join(str(each) for line in lines[:head] for each in line)
            yield from _under(lines[head + 1 :], columns, words, name, above, head + 2, without)


def _is_head(line: list[Any], words: Words) -> bool:
    found = {words.heads[plain(each)] for each in line if plain(each) in words.heads}
    return len(found) >= 3 and bool(found & (words.codes | {"standard"})) and bool(found & {"ref", "worker"})


def _under(lines, columns, words, sheet, above, first, without) -> Iterator[Row]:
    team = words.teams.get(plain(sheet), "")
    by = (re.search(r"Audited by: *([^.]*?)  *$", f"{above} ") or ["", ""])[1].strip()
    for number, line in enumerate(lines, first):
        cells = {}
        for place, name in columns.items():
            if name == "comment" and str(line[place]).strip():
                cells[name] = f"{cells.get(name, '')} | {line[place]}"
            elif str(line[place]).strip() or name not in cells:
                cells[name] = line[place]
        filled = [str(each).strip() for each in line if str(each).strip()]
        if len(filled) == 1:
            team = next((words.teams[key] for key in words.teams if plain(filled[0]).startswith(key)), team)
        ref = _reference(cells)
        if ref and number not in without and plain(cells.get("returned", "yes")) != "no":
            yield _row(ref, cells, words, team, by)


def _reference(cells: dict[str, Any]) -> str:
    if "ref" in cells:
        found = re.search(r"\d{6,}", str(cells["ref"]))
        return found[0] if found else ""
    return (
        str(cells["worker"]).strip()
        if any(str(cells.get(each, "")).strip() for each in cells if each != "worker")
        else ""
    )


def _mark(cell: Any, level: str) -> str:
    return _spaced(cell) if _spaced(cell).isdigit() else level


def _row(ref: str, cells: dict[str, Any], words: Words, team: str, by: str) -> Row:
    team = words.teams.get(plain(cells.get("team", "")), str(cells.get("team", "")).strip() or team)
    who = str(cells.get("auditor", "")).strip() or by
    agency = words.agencies.get(plain(cells.get("agency", "")), "")
    answers = {code: words.level(each) for code, each in cells.items() if code in words.codes}
    if "standard" in cells:
        cells = {**cells, words.heads.get(plain(cells["standard"]), ""): cells["answer"]}
        answers = {words.heads.get(plain(cells["standard"]), ""): words.level(cells["answer"])}
    marks = {
        code: said if (said := _spaced(cells[code])).isdigit() else level for code, level in answers.items() if level
    }
    said = [words.level(cells.get(name, "")) for name in ("grade", "second")]
    grades = [each if each in GRADES else "" for each in said]
    unread = sum(
        bool(_spaced(cells.get(name, ""))) and not each for name, each in zip(("grade", "second"), grades, strict=True)
    )
    unread += sum(answers[code] is None and bool(_spaced(cells.get(code, ""))) for code in answers)
    return Row(
        ref,
        team,
        who,
        agency,
        answers,
        *grades,
        str(cells.get("moderator", "")).strip(),
        unread,
        _spaced(cells.get("together", "")),
        str(cells.get("worker", "")).strip(),
        marks,
        str(cells.get("comment", "")).strip(),
    )

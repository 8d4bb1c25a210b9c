"""Read the lists of a draw: the cases, the auditors, what was audited lately, and what was drawn.

These keep their real references, because auditors must find the files. What a draw makes of
them is personal data and goes to the private zone only.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.domain.errors import ReturnsError, UsageError, bare
from ilacs_audit.domain.standards import SCALES
from ilacs_audit.intake.cells.footers import footers
from ilacs_audit.intake.cells.grid import Cells
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.cells.values import read_answer, spellings
from ilacs_audit.intake.files.workbook import read_sheets
from ilacs_audit.intake.identity.references import PADDED, read_references
from ilacs_audit.intake.rules import RULES
from ilacs_audit.intake.tables.headers import header_row

_CASES = {
    "child_ref": ("child ref", "case id", "child unique id", "case reference", "person id"),
    "team": ("team", "allocated team"),
    "worker_ref": ("worker", "worker ref", "allocated worker", "social worker"),
}
_AUDITORS = {"auditor": ("auditor", "name"), "team": ("team",), "capacity": ("capacity", "files")}
_ALLOCATION = {"auditor": _AUDITORS["auditor"], "child_ref": _CASES["child_ref"], "team": _CASES["team"]}
_LEFT_OUT = "rows left out"
_FAMILY = ("family", "family ref", "family id", "household", "sibling group")
_YES = ("yes", "y", "true", "1", "x")
_NO = ("", "no", "n", "false", "0")
Wanted = Mapping[str, Sequence[str]]
_RESERVES = {"order": ("order",), "child_ref": _CASES["child_ref"]}


def load_case_list(path: str | Path, *, stratify: str | None = None, known: Collection[str] = ()) -> pd.DataFrame:
    """Read a case list: `child_ref`, `team`, `worker_ref`, `family_ref`, if `padded`, and the column to stratify by.

    References stay text, so that leading zeros are kept; lost ones come back as the other references or those
    `known` show. Raises ReturnsError naming a missing column, or a row whose reference is lost.
    """
    found, cells = _read(Path(path), _CASES, known)
    family = [column for column in cells.columns if fold(str(column)) in {fold(each) for each in _FAMILY}]
    found["family_ref"] = [written(cell) for cell in cells[family[0]]] if len(family) == 1 else ""
    if stratify and stratify not in found:
        found[stratify] = _column(cells, (stratify,), name=stratify, file=Path(path).name).map(written).to_numpy()
    kept = found[found["child_ref"] != ""].reset_index(drop=True)
    if stratify:
        _check_strata(kept, stratify, file=Path(path).name)
    return kept


def graded_apart(cases: pd.DataFrame, column: str, *, file: str) -> pd.DataFrame:
    """Add `graded`, whether the grade in a column is good or better, for a second reading of some of both.

    Raises ReturnsError where a grade is blank or none of Ofsted's four.
    """
    scale = SCALES["ofsted"]
    known = spellings(scale, {})
    grades = [read_answer(each, scale, known).answer for each in cases[column]]
    if strange := sum(grade not in scale.levels for grade in grades):
        told = f"{strange} of {len(grades)} files have no grade in '{column}' that can be read."
        raise ReturnsError(told, where=file, fix=f"Write one of: {', '.join(scale.levels)}; or take those files out.")
    return cases.assign(graded=["good or better" if grade in scale.meets else "below good" for grade in grades])


def flagged_apart(cases: pd.DataFrame, column: str, *, file: str) -> pd.DataFrame:
    """Add `part`, whether a file is flagged in a column, for a draw that reads all of those.

    Raises ReturnsError where a cell says neither yes nor no; an empty one says no.
    """
    said = cases[column].astype(str).map(fold)
    if strange := int((~said.isin({*map(fold, (*_YES, *_NO))})).sum()):
        told = f"{strange} of {len(cases)} files are neither flagged nor not in '{column}'."
        raise ReturnsError(told, where=file, fix="Write yes, or no, or leave the cell empty.")
    yes = said.isin({*map(fold, _YES)})
    return cases.assign(part=["flagged" if each else "the rest" for each in yes])


def _check_strata(cases: pd.DataFrame, stratify: str, *, file: str) -> None:
    """The protocol prints the strata, so a stratum may not be a child or a worker."""
    strata = cases[stratify].nunique()
    if stratify in ("child_ref", "worker_ref") or strata > max(1, len(cases) // 2):
        told = f"'{stratify}' names nearly every file apart, so it makes no strata."
        raise UsageError(told, where=file, fix="Stratify by a column with few different words, such as team.")


def load_auditors(path: str | Path) -> pd.DataFrame:
    """Read who audits: `auditor`, `team` and `capacity`, a whole number of files."""
    found, _ = _read(Path(path), _AUDITORS)
    if not found["capacity"].str.fullmatch(r"\d+").all():
        fix = "Write how many files each auditor can read."
        raise ReturnsError("A capacity is not a whole number.", where=Path(path).name, fix=fix)
    return found.assign(capacity=found["capacity"].astype(int))


def load_references(path: str | Path, *, known: Collection[str] = ()) -> Sequence[str]:
    """Read the references audited lately, from the same column as a case list."""
    found, _ = _read(Path(path), {"child_ref": _CASES["child_ref"]}, known)
    return found["child_ref"].tolist()


def load_allocation(path: str | Path, *, known: Collection[str] = ()) -> pd.DataFrame:
    """Read which file was drawn for whom: `auditor`, `child_ref`, `team`, as `ilacs-audit draw` writes it.

    `order` is the place of each in the order of the draw, `stratum` the part of the list it is of and `together` the
    worker or family it was drawn with, `check` the letters by which a changed row is found, all as text; empty where
    the file has no such column. `row` is that of the file.
    """
    found, cells = _read(Path(path), _ALLOCATION, known)
    beside = {name: _beside(cells, name) for name in ("order", "stratum", "together", "check")}
    return found.assign(**beside, row=cells.index.to_numpy())


def _beside(cells: pd.DataFrame, name: str) -> list[str]:
    """A column that a list may have, as text."""
    here = [column for column in cells.columns if fold(str(column)) == fold(name)]
    return [written(cell) for cell in cells[here[0]]] if len(here) == 1 else [""] * len(cells)


def load_reserves(path: str | Path, *, known: Collection[str] = ()) -> pd.DataFrame:
    """What a draw keeps in reserve: `child_ref`, `order`, `stratum`, `check`; nothing where it has no such sheet."""
    beside = ("stratum", "check")
    found = [
        each.assign(**{name: _beside(cells, name) for name in beside})
        for each, cells in _lists(Path(path), _RESERVES, known)
    ]
    return pd.concat(found) if found else pd.DataFrame(columns=["child_ref", "order", *beside])


def load_teams(path: str | Path) -> Sequence[str]:
    """The teams that a list names, each once, in order. Raises ReturnsError where it has no such column."""
    found, _ = _read(Path(path), {"team": _CASES["team"]})
    teams = found["team"][found["team"] != ""]
    return sorted({fold(team): team for team in reversed([*teams])}.values())


def load_order(path: str | Path) -> pd.DataFrame:
    """Read an order of training: `team`, `order`, and as text the day on which each was `trained`, or nothing."""
    found, cells = _read(Path(path), {"team": _CASES["team"], "order": ("order",)})
    trained = _beside(cells, "trained on")
    teams, wanted = found["team"].map(bare), [str(place) for place in range(1, len(found) + 1)]
    told = ""
    if sorted(found["order"]) != sorted(wanted) or len(found) < 2:
        told = "The order of training is not 1, 2, 3 and so on, as it was drawn."
    elif teams.duplicated().any() or teams.eq("").any():
        told = "A team of the order stands there twice, or has no name."
    elif not any(trained):
        told = "No team of the order has a day on which it was trained."
    if told:
        fix = "Give the file that ilacs-audit draw --teams wrote, whole, with the days filled in under Trained on."
        raise ReturnsError(told, where=Path(path).name, fix=fix)
    return found.assign(order=found["order"].astype(int), trained=trained).sort_values("order", ignore_index=True)


def load_seed(path: str | Path) -> int | None:
    """The seed with which an order of training was drawn, where the file still has its sheet."""
    cells = [[*map(written, sheet.cells.flatten())] for sheet in read_sheets(Path(path))]
    said = [each[1] for each in cells if len(each) == 2 and fold(each[0]) == "seed"]
    return int(said[0]) if len(said) == 1 and said[0].lstrip("-").isdigit() else None


def _read(path: Path, wanted: Wanted, known: Collection[str] = ()) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The one list of a file that has the wanted columns, and all cells of its sheet."""
    found = list(_lists(path, wanted, known))
    if not found:
        words = "; ".join(f"{name.replace('_', ' ')} ({words[0]})" for name, words in wanted.items())
        raise ReturnsError("No sheet has the columns wanted.", where=path.name, fix=f"Give one table with {words}.")
    if len(found) > 1:
        fix = "Save the one that is meant as a file of its own."
        raise ReturnsError(f"{len(found)} sheets could be the list.", where=path.name, fix=fix)
    return found[0]


def _lists(path: Path, wanted: Wanted, known: Collection[str]) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Each visible sheet's wanted columns as text, and all its cells, below the row that heads every one of them."""
    words = {fold(word): name for name, others in wanted.items() for word in (*others, name)}
    for sheet in read_sheets(path):
        header, named = header_row((map(written, row) for row in sheet.cells), lambda text: words.get(fold(text)))
        if sheet.visible and named == len(wanted):
            cells = _under(sheet.cells, header, words)
            columns = {name: _column(cells, others, name=name, file=path.name) for name, others in wanted.items()}
            found = pd.DataFrame({name: each.map(written) for name, each in columns.items()}).reset_index(drop=True)
            found.attrs.update(cells.attrs)
            read = _in_full(columns["child_ref"], path.name, known) if "child_ref" in columns else {}
            yield found.assign(**read), cells


def _under(cells: Cells, header: int, words: Mapping[str, str]) -> pd.DataFrame:
    """The rows below a header, as they are numbered in the file, without totals and notes."""
    heads = [*map(written, cells[header])]
    means = [words.get(fold(text)) for text in heads]
    references, names = ([n for n, name in enumerate(means) if name == each] for each in ("child_ref", "auditor"))
    out = footers(cells[header + 1 :], references=references, names=[] if references else names)
    left = [header + 2 + row for row in out]
    table = pd.DataFrame(cells[header + 1 :], range(header + 2, len(cells) + 1), heads).drop(index=left)
    table.attrs[_LEFT_OUT] = left
    return table


def rows_left_out(table: pd.DataFrame) -> list[int]:
    """The rows of its file, as Excel numbers them, that a list was read without: totals and notes."""
    return list(table.attrs.get(_LEFT_OUT, ()))


def _in_full(cells: pd.Series, file: str, known: Collection[str]) -> dict[str, list[Any]]:
    """The references as auditors look for them, and which were padded. Raises ReturnsError where one is lost."""
    read = read_references(cells, known=known)
    for row, cell in cells.items():
        if read[cell].case and not read[cell].text:
            lost = RULES[read[cell].case]
            raise ReturnsError(lost.message, where=f"{file}, row {row}, column {cells.name}", fix=lost.fix)
    return {
        "child_ref": [read[cell].text if read[cell].text.isdigit() else written(cell) for cell in cells],
        "padded": [read[cell].case == PADDED for cell in cells],
    }


def _column(table: pd.DataFrame, words: Sequence[str], *, name: str, file: str) -> pd.Series:
    known = {fold(word) for word in (*words, name)}
    found = [column for column in table.columns if fold(str(column)) in known]
    if len(found) != 1:
        told = f"There is {'more than one' if found else 'no'} column for {name.replace('_', ' ')}."
        raise ReturnsError(told, where=file, fix=f"Name one column: {', '.join(words)}.")
    return table.loc[:, found[0]]

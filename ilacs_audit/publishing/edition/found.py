"""For the owner alone: whom the search found on which page, in which sentence, and from which row they came in.

The error that a terminal or a scheduler's log shows names pages and kinds only; this goes into the private folder.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from ilacs_audit.disclosure.search.finder import IdentifierFinder
from ilacs_audit.disclosure.search.scan import Hit, hits_in
from ilacs_audit.disk.writing import write_whole
from ilacs_audit.domain.identifying import days_in
from ilacs_audit.intake.files.sources import evidence_files
from ilacs_audit.intake.files.workbook import letter
from ilacs_audit.intake.tables.open_files import sheets_or_none

NAME = "found.txt"
_MOST_PLACES = 3
_HEAD = (
    "Nothing was published, because somebody can be found. Keep this file to yourself; it goes with the next run that"
    " is published.\n"
)
_DO = """What to do
  In a commentary, a decision, the title of an intervention or a standard: say it without the person, and run again.
  In the name of a team ("Taylor Team"): give the team a name of its own under 'teams' in data/columns.yml, and the
  old one as its other name ("Duty 3: [Taylor Team]"); pages then say "Duty 3".
  A name that means somebody else, a place or a word: write it otherwise ("the director", "olive trees").
  A number that is none of a person: write it with a comma or in words.
  A column that is no column of people: say what it is with ilacs-audit check --accept "HEADER=meaning".
"""


def write_found(private: Path, pages: Iterable[Path], names: frozenset[str], evidence: Path) -> None:
    """Write down who was found, one after the other, in a file that only its owner can open."""
    found = [(page.name, hit) for page in pages for hit in hits_in(page, names)]
    came = _came_in(evidence, {hit.what for _, hit in found})
    told = (_told(page, hit, came.get(hit.what, [])) for page, hit in dict.fromkeys(found))
    write_whole(private / NAME, "\n".join((_HEAD, *told, _DO)).encode(), mode=0o600)


def _told(page: str, hit: Hit, places: list[str]) -> str:
    more = f" and {len(places) - _MOST_PLACES} more" if len(places) > _MOST_PLACES else ""
    came = "; ".join(places[:_MOST_PLACES]) + more or "in no cell: told by its form, or beside the cells of a file"
    said = f'"{hit.sentence}"' if hit.sentence else f"in the code of the page, not in its text ({hit.disguise})"
    kind = _kind(hit.what) if hit.kind == "identifier" else hit.kind
    return f"{page}\n  Found: {hit.what} ({kind})\n  Sentence: {said}\n  Came in: {came}\n"


def _kind(what: str) -> str:
    if "@" in what:
        return "e-mail"
    if any(days_in(what)):
        return "date of birth"
    return "reference, number or address" if any(map(str.isdigit, what)) else "name"


def _came_in(evidence: Path, wanted: set[str]) -> dict[str, list[str]]:
    """The places of the evidence in which each stands: file, sheet, row and column."""
    finder, found = IdentifierFinder(wanted), dict[str, list[str]]()
    for place, text in _cells(evidence):
        for what in finder.find(text):
            found.setdefault(what, []).append(place)
    return found


def _cells(evidence: Path) -> Iterator[tuple[str, str]]:
    for path in evidence_files(evidence):
        name = path.relative_to(evidence).as_posix()
        yield f"the name of {name}", path.stem
        for sheet in sheets_or_none(path):
            where = f"{name}, sheet '{sheet.name}'" if sheet.name else name
            yield from ((f"{where}, note on {cell}", text) for cell, text in sheet.facts.comments)
            for number, row in enumerate(sheet.cells.tolist(), start=1):
                filled = ((column, str(cell)) for column, cell in enumerate(row, start=1) if cell != "")
                yield from ((f"{where}, row {number}, column {letter(column)}", text) for column, text in filled)

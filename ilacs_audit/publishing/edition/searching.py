"""The last boundary: every finished file is searched for everybody the evidence names.

Names are read when they are needed and kept in memory only; what is written down is one keyed mark of the whole list.
A file that was searched, byte for byte, for the same people is not searched again; where somebody came in, all are.
Who was found where is for the owner alone: the error that a scheduler's log shows names pages and kinds only.
"""

import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ilacs_audit.disclosure.search.finder import IdentifierFinder
from ilacs_audit.disclosure.search.scan import Hit, hits_in, scan
from ilacs_audit.disk.code import package_fingerprint
from ilacs_audit.disk.fingerprints import fingerprint, folder_hashes
from ilacs_audit.disk.writing import read_json, write_json, write_whole
from ilacs_audit.domain.errors import DisclosureError
from ilacs_audit.domain.identifying import days_in
from ilacs_audit.intake.files.sources import evidence_files
from ilacs_audit.intake.files.workbook import letter
from ilacs_audit.intake.registers.reading import evidence_key
from ilacs_audit.intake.tables.open_files import sheets_or_none
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.publishing.edition.edition import Edition

FOUND = "found.txt"
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


@dataclass(frozen=True)
class People:
    """Whom the evidence of a run names; `inputs` is one mark for all that it read."""

    workspace: Workspace
    inputs: str

    @cached_property
    def names(self) -> frozenset[str]:
        """Every identifier that came in. Reading them is the price of never writing them down."""
        return self.workspace.identifiers()

    @cached_property
    def marks(self) -> dict[str, str]:
        """What tells these people, and this way of looking for them, from any others."""
        said = "\n".join(sorted(self.names)).encode()
        key = evidence_key(self.workspace.evidence, None)
        return {"inputs": self._inputs, "people": hmac.digest(key, said, "sha256").hex(), "code": package_fingerprint()}

    def same(self, known: Mapping[str, Any]) -> bool:
        """Whether it is these people who were looked for; nobody is read again where no input has moved."""
        if known.get("inputs") == self._inputs:
            return True
        return all(known.get(name) == self.marks[name] for name in ("people", "code"))

    @property
    def _inputs(self) -> str:
        return fingerprint(self.inputs, package_fingerprint())


def search(edition: Edition, people: People) -> None:
    """Search what was staged. Raises DisclosureError if a file holds an identifier."""
    note, private = edition.private / "searched.json", edition.private
    known, there = read_json(note), folder_hashes(edition.staged)
    same = people.same(known)
    done = known["files"] if same else {}
    new = [edition.staged / name for name, mark in there.items() if done.get(name) != mark]
    if new:
        (private / FOUND).unlink(missing_ok=True)
    if new and len(findings := scan(new, people.names)):
        pages = sorted({Path(file) for file in findings["file"]})
        _write_found(private / FOUND, pages, people)
        raise DisclosureError(
            f"{len(findings)} identifiers were found in the finished pages; nothing was published.",
            where=", ".join(page.name for page in pages),
            fix=f"Open {FOUND} in outputs/private/{private.parent.name}/{private.name}: it says who, in which "
            "sentence, from which row they came, and how to put it right. Only its owner can read it.",
        )
    if new or not same:
        write_json(note, {**people.marks, "files": there})


def _write_found(path: Path, pages: Iterable[Path], people: People) -> None:
    """Write down who was found, one after the other, in a file that only its owner can open."""
    found = [(page.name, hit) for page in pages for hit in hits_in(page, people.names)]
    finder, came = IdentifierFinder({hit.what for _, hit in found}), dict[str, list[str]]()
    for place, text in _cells(people.workspace.evidence):
        for what in finder.find(text):
            came.setdefault(what, []).append(place)
    told = (_told(page, hit, came.get(hit.what, [])) for page, hit in dict.fromkeys(found))
    write_whole(path, "\n".join((_HEAD, *told, _DO)).encode(), mode=0o600)


def _told(page: str, hit: Hit, places: list[str]) -> str:
    more = f" and {len(places) - _MOST_PLACES} more" if len(places) > _MOST_PLACES else ""
    came = "; ".join(places[:_MOST_PLACES]) + more or "in no cell: told by its form, or beside the cells of a file"
    said = f'"{hit.sentence}"' if hit.sentence else f"in the code of the page, not in its text ({hit.disguise})"
    kind = "reference, number or address" if any(map(str.isdigit, hit.what)) else "name"
    kind = "e-mail" if "@" in hit.what else "date of birth" if any(days_in(hit.what)) else kind
    kind = kind if hit.kind == "identifier" else hit.kind
    return f"{page}\n  Found: {hit.what} ({kind})\n  Sentence: {said}\n  Came in: {came}\n"


def _cells(evidence: Path) -> Iterator[tuple[str, str]]:
    """Every cell, note and name of the evidence, after its place: file, sheet, row and column."""
    for path in evidence_files(evidence):
        name = path.relative_to(evidence).as_posix()
        yield f"the name of {name}", path.stem
        for sheet in sheets_or_none(path):
            where = f"{name}, sheet '{sheet.name}'" if sheet.name else name
            yield from ((f"{where}, note on {cell}", text) for cell, text in sheet.facts.comments)
            for number, row in enumerate(sheet.cells.tolist(), start=1):
                filled = ((column, str(cell)) for column, cell in enumerate(row, start=1) if cell != "")
                yield from ((f"{where}, row {number}, column {letter(column)}", text) for column, text in filled)

"""The last boundary: every finished file is searched for everybody the evidence names.

A file that was searched, byte for byte, for the same people is not searched again; where somebody came in, all are.
"""

from pathlib import Path

import pandas as pd

from ilacs_audit.disclosure.search.scan import scan
from ilacs_audit.disk.fingerprints import folder_hashes
from ilacs_audit.disk.writing import read_json, write_json
from ilacs_audit.domain.errors import DisclosureError
from ilacs_audit.publishing.edition.edition import Edition
from ilacs_audit.publishing.edition.found import NAME, write_found
from ilacs_audit.publishing.edition.people import People


def search(edition: Edition, people: People) -> None:
    """Search what was staged. Raises DisclosureError if a file holds an identifier."""
    note = edition.private / "searched.json"
    known, there = read_json(note), folder_hashes(edition.staged)
    same = people.same(known)
    done = known["files"] if same else {}
    new = [edition.staged / name for name, mark in there.items() if done.get(name) != mark]
    if new:
        _refuse_named(scan(new, people.names), edition.private, people)
    if new or not same:
        write_json(note, {**people.marks, "files": there})


def _refuse_named(findings: pd.DataFrame, private: Path, people: People) -> None:
    (private / NAME).unlink(missing_ok=True)
    if len(findings):
        write_found(private, sorted({*map(Path, findings["file"])}), people.names, people.workspace.evidence)
        raise DisclosureError(
            f"{len(findings)} identifiers were found in the finished pages; nothing was published.",
            where=", ".join(sorted({Path(file).name for file in findings["file"]})),
            fix=f"Open {NAME} in outputs/private/{private.parent.name}/{private.name}: it says who, in which sentence, "
            "from which row they came, and how to put it right. Only its owner can read it.",
        )

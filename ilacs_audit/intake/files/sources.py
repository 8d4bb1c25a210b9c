"""Which files there are, and which audit each of them belongs to.

The programme's patterns decide, on file names. A file that two audits claim, or an audit
that two files claim, is refused with both names: choosing would be a guess.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.intake.files.workbook import READABLE, kind_of
from ilacs_audit.intake.problems import Problem, problem

_SYSTEM = ("~$", ".", "Thumbs.db")


@dataclass(frozen=True)
class Source:
    """One file and the audit it belongs to; without a programme, its own name is the audit."""

    path: Path
    name: str
    audit_id: str
    audit: Audit | None = None


def return_files(source: Path) -> dict[str, Path]:
    """The files of a source by the name they are reported under. Raises ReturnsError where there is none."""
    if source.is_file():
        return {source.name: source}
    folder = source / "returns" if (source / "returns").is_dir() else source
    if not folder.is_dir():
        raise ReturnsError("There is no such file or folder.", where=source.name, fix="Check the path.")
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(_SYSTEM))
    return {path.relative_to(folder).as_posix(): path for path in paths if path.suffix.casefold() != ".md"}


def evidence_files(source: Path) -> list[Path]:
    """Every readable file of an evidence folder, returns and registers alike."""
    paths = [source] if source.is_file() else sorted(source.rglob("*"))
    kept = [path for path in paths if path.is_file() and kind_of(path) in READABLE]
    return [path for path in kept if not path.name.startswith(_SYSTEM)]


def sources(files: Mapping[str, Path], programme: Programme | None) -> tuple[list[Source], list[Problem]]:
    """The files that belong to one audit each, and a problem for every other."""
    kinds = ", ".join(READABLE)
    odd = [name for name, path in files.items() if kind_of(path) not in READABLE]
    problems = [problem("unreadable-file: kind", kinds=kinds, file=name) for name in odd]
    known = {name: path for name, path in files.items() if kind_of(path) in READABLE}
    if programme is None:
        return [Source(path, name, path.stem) for name, path in known.items()], problems
    claims = {name: [audit for audit in programme if _claims(audit, name)] for name in known}
    twice = {name: other for audit in programme for name, other in _rivals(audit, list(known))}
    problems += [each for name in known for each in _unclaimed(name, claims[name], twice.get(name, ""))]
    single = [name for name in known if len(claims[name]) == 1 and name not in twice]
    return [Source(known[name], name, claims[name][0].id, claims[name][0]) for name in single], problems


def _claims(audit: Audit, name: str) -> bool:
    return any(_matches(name, pattern) for pattern in audit.returns)


def _matches(name: str, pattern: str) -> bool:
    """Whether a pattern names a file: by its name, or by its path where the pattern has a folder.

    Only * and ? stand for other marks: brackets are part of a name ("Audit [Nov 24].xlsx").

    >>> _matches("Café  audit [Nov 24].XLSX", "cafe\u0301 audit [Nov 24]*.xlsx")
    True
    """
    text = name if "/" in pattern else Path(name).name
    return fnmatchcase(_compared(text), _compared(pattern).replace("[", "[[]"))


def _compared(name: str) -> str:
    """A name as a person compares it: accents composed or not, without case, spaces once."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _rivals(audit: Audit, names: list[str]) -> Iterator[tuple[str, str]]:
    """Files that one pattern claims together. A pattern with a folder may name many files."""
    for pattern in (pattern for pattern in audit.returns if "/" not in pattern):
        same = [name for name in names if _matches(name, pattern)]
        for name in same if len(same) > 1 else []:
            yield name, next(other for other in same if other != name)


def _unclaimed(name: str, claims: list[Audit], rival: str) -> list[Problem]:
    if not claims:
        return [problem("no-audit", file=name)]
    if len(claims) > 1:
        return [problem("two-files: audits", one=claims[0].id, other=claims[1].id, file=name)]
    if rival:
        return [problem("two-files", rival=rival, audit_id=claims[0].id, file=name)]
    return []

"""Which files there are, and which audit each of them belongs to.

The programme's patterns decide, on file names. A file that two audits claim is refused with both names: choosing
would be a guess. Files that claim one audit together are its workbooks, one an auditor, or versions of one: that is
told by what is in them.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from filecmp import cmp
from fnmatch import fnmatchcase
from pathlib import Path

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.intake.files.workbook import READABLE, kind_of
from ilacs_audit.intake.problems import Problem, problem

_SYSTEM = ("~$", ".", "Thumbs.db")


@dataclass(frozen=True)
class Source:
    """One file and the audit it belongs to; without a programme, its own name is the audit.

    `rival` is another file that the same pattern claims, `both` the way to have all of them read.
    """

    path: Path
    name: str
    audit_id: str
    audit: Audit | None = None
    rival: str = ""
    both: str = ""


def return_files(source: Path) -> dict[str, Path]:
    """The files of a source by the name they are reported under. Raises ReturnsError where there is none."""
    if source.is_file():
        return {source.name: source}
    folder = source / "returns" if (source / "returns").is_dir() else source
    if folder == source and (source / "registers").is_dir():
        return {}  # registers stand alone: what lies beside them is no return
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
    found: list[Source] = []
    for name, path in known.items():
        claims = [audit for audit in programme if any(_matches(name, pattern) for pattern in audit.returns)]
        same = [each for each in found if each.audit in claims and cmp(each.path, path, shallow=False)]
        if not claims:
            problems.append(problem("no-audit", file=name))
        elif len(claims) > 1:
            one, other = claims[0].id, claims[1].id
            problems += [
                problem("two-files: audits", one=one, other=other, audit_id=each, file=name) for each in (one, other)
            ]
        elif same:
            problems.append(problem("two-files: same", rival=same[0].name, audit_id=claims[0].id, file=name))
        else:
            found.append(Source(path, name, claims[0].id, claims[0]))
    return [replace(each, rival=other, both=how) for each in found for other, how in [_rival(each, found)]], problems


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


def _rival(source: Source, found: list[Source]) -> tuple[str, str]:
    """Another file that one pattern claims together with this, and how to have both read.

    A pattern with a folder may name many files.
    """
    for pattern in (pattern for pattern in source.audit.returns if "/" not in pattern) if source.audit else ():
        own = [each for each in found if each.audit_id == source.audit_id and _matches(each.name, pattern)]
        others = [each.name for each in own if each != source]
        if source in own and others:
            parents = {Path(each.name).parent.as_posix() for each in own}
            folder = parents.pop() if len(parents) == 1 else "."
            move = f"put them into the folder '{source.audit_id}' and " if folder == "." else ""
            where = source.audit_id if folder == "." else folder
            return others[0], f"{move}write '{where}/{pattern}' in 'returns' of the audit"
    return "", ""

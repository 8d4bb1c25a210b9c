"""What people write beside the figures: their words, and what they ask a board to decide.

The figures write their own sentences. A person adds what only a person knows, and states the
decisions sought; that nothing is sought must be written too. What readers ask of a figure is
written down with its answer. Whether the words may be published
is for `claims.licensed` to say, when the figures are known.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ilacs_audit.domain import given
from ilacs_audit.domain.about import Commentary
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.catalogue.faults import read_each
from ilacs_audit.domain.errors import AuditError, CatalogueError, quoted
from ilacs_audit.domain.references.challenges import CHALLENGES, Challenge
from ilacs_audit.domain.references.decided import DECISIONS, Decided
from ilacs_audit.intake.identity.people import looks_like_a_name
from ilacs_audit.intake.yaml_files import edited, prose, read_yaml


def load_commentary(evidence: str | Path, *, period: str | Period, about: str) -> Commentary:
    """Read a person's words about one audit, chain or report; empty where nobody wrote any.

    `commentary/<period>.yml` holds one entry for each `about`, with `words`, `by` (a role, never a
    name) and `decisions`. Raises CatalogueError on an entry of another form.
    Example: `ia.load_commentary(folder, period="2024-11", about="consent-2024-11")`.
    """
    given.folder(evidence, "load_commentary")
    path = _folder(evidence) / f"{Period.parse(period)}.yml"
    return _entries(path).get(about, Commentary()) if path.is_file() else Commentary()


def all_commentary(evidence: str | Path) -> Iterator[tuple[str, str, Commentary]]:
    """Everything that people wrote: the period, what it is about, and the words.

    Raises CatalogueError on a file that is not named after a period, and on an entry of another form.
    """
    for path in sorted(_folder(evidence).glob("*.yml")):
        try:
            period = str(Period.parse(path.stem))
        except AuditError:
            told, where = "The file is not named after a month, so no report would read it.", f"commentary/{path.name}"
            raise CatalogueError(told, where=where, fix="Name it like 2024-11.yml.") from None
        for about, entry in _entries(path).items():
            yield period, about, entry


def load_challenges(evidence: str | Path) -> list[Challenge]:
    """Read what readers asked of figures, from `challenges.yml`; none where there is no such file.

    Raises CatalogueError on a file that is no list, and on an entry of another form.
    """
    given.folder(evidence, "load_challenges")
    told = _list_of(Challenge, Path(evidence) / CHALLENGES)
    for each in told:
        _no_name(CHALLENGES, each.code, each.by, each.answered_by)
    return told


def load_decided(evidence: str | Path) -> list[Decided]:
    """Read what became of decisions that editions asked for, from `decisions.yml`; none where there is no such file.

    Raises CatalogueError on a file that is no list, on an entry of another form, and on two outcomes of one decision.
    """
    given.folder(evidence, "load_decided")
    told = _list_of(Decided, Path(evidence) / DECISIONS)
    for place, each in enumerate(told):
        _no_name(DECISIONS, each.code, each.by)
        if each.code in {other.code for other in told[:place]}:
            fix = "Keep the last one: what was decided before it stands in the edition that told it."
            raise CatalogueError("A decision has two outcomes.", where=f"{DECISIONS}, {each.code}", fix=fix)
    return told


def _list_of(kind: type[Any], path: Path) -> list[Any]:
    content = read_yaml(path) if path.is_file() else None
    if not isinstance(content, list | None):
        raise CatalogueError("The file is not a list.", where=path.name, fix="Start each entry with a dash.")
    return list(read_each(kind, content, file=path.name).values())


def _no_name(file: str, code: str, *roles: str) -> None:
    if named := [role for role in roles if looks_like_a_name(role)]:
        fix = "Write the role, such as Independent chair, and no name."
        raise CatalogueError(f"{quoted(named[0])} looks like a name.", where=f"{file}, {code}", fix=fix)


def _folder(evidence: str | Path) -> Path:
    return Path(evidence) / "commentary"


def _entries(path: Path) -> dict[str, Commentary]:
    content, file = read_yaml(path), f"commentary/{path.name}"
    if not isinstance(content, dict | None):
        fix = "Start each entry with an audit's id and a colon, and put words, by and decisions under it."
        raise CatalogueError("The commentary is not a list of entries by audit.", where=file, fix=fix)
    return read_each(Commentary, content, file=file)


def write_commentary(path: Path, about: str, *, words: str, by: str) -> None:
    """Write a person's words about one audit into the file of a month; decisions and other entries stay.

    Raises CatalogueError where the file, or the entry, is of another form.
    """
    with edited(path) as content:
        entry = content.get(about) or {}
        if not isinstance(entry, dict):
            fix = "Put words, by and decisions under the audit's id."
            raise CatalogueError("The entry is of another form.", where=f"commentary/{path.name}, {about}", fix=fix)
        content[about] = entry
        entry.update({"words": prose(words), "by": by})

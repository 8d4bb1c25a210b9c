"""The record of a desk: what was written from it, by which role, on which day, and what was taken back again.

It lies in the evidence folder and only grows: that an entry was undone is an entry too. A tag of a finding is an entry
and nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic.dataclasses import dataclass

from ilacs_audit.disk.lock import locked
from ilacs_audit.disk.pieces import Piece, content, piece, taken_back
from ilacs_audit.disk.together import write_together
from ilacs_audit.domain.calendar import parse_day
from ilacs_audit.domain.catalogue.faults import read_as
from ilacs_audit.domain.catalogue.fields import Entry as Written
from ilacs_audit.domain.catalogue.fields import Role
from ilacs_audit.domain.errors import CatalogueError, UsageError, quoted
from ilacs_audit.intake.identity.freetext import IdentifierFinder
from ilacs_audit.intake.identity.people import looks_like_a_name
from ilacs_audit.intake.yaml_files import read_yaml

RECORD, LOCK = "desk.yml", "desk.lock"
HEAD = "# What was written from a desk, oldest first. Nothing is taken out: what was undone has an entry of its own.\n"
TAG, UNDO = "tag", "undo"
_WHO = 'Say which role writes: by="Quality assurance lead"; or once for all: ia.desk(..., role=...).'
_WHEN = "Say on which day: on=, a date such as 2024-11-21; or once for all: ia.desk(..., today=...)."


class Writer(NamedTuple):
    """Who writes, as a role, and on which day."""

    by: str
    on: date


class Entry(NamedTuple):
    """One line of the record: `done` says in words what was done, `undoes` is the number of the entry taken back."""

    number: int
    what: str
    audit: str
    done: str
    by: str
    on: str
    about: str = ""
    changed: tuple[Piece, ...] = ()
    undoes: int | None = None


@dataclass(frozen=True)
class _Role(Written):
    role: Role


def writer(*, by: str, on: date | str) -> Writer:
    """Who writes and when; both have to be said. Raises UsageError."""
    if not str(by).strip():
        raise UsageError("It is not said who writes this.", fix=_WHO)
    if not str(on).strip():
        raise UsageError("It is not said on which day this is written.", fix=_WHEN)
    if looks_like_a_name(str(by)):
        raise UsageError(f"by= was given {quoted(by)}, which looks like a name.", fix=_WHO)
    return Writer(read_as(_Role, {"role": by}, file="by=").role, day(on, "on"))


def day(said: date | str, option: str) -> date:
    """A day as it was given. Raises UsageError with the option that it was given to.

    >>> day("20/12/2024", "due")
    Traceback (most recent call last):
    ilacs_audit.domain.errors.UsageError: due= was given '20/12/2024', which is not a day. ...
    """
    try:
        return parse_day(said)
    except UsageError as no:
        raise UsageError(f"{option}= was given {quoted(said)}, which is not a day.", fix=no.fix) from None


def refuse_names(finder: IdentifierFinder, *texts: str) -> None:
    """Refuse words that could name a child or a worker: many may read them. Raises UsageError.

    >>> refuse_names(IdentifierFinder(["julie kelly"]), "Julie read it twice")
    Traceback (most recent call last):
    ilacs_audit.domain.errors.UsageError: The words hold what could be somebody's name. ...
    """
    kinds = dict.fromkeys(hit.kind for text in texts for hit in finder.hits(text))
    if kinds:
        fix = "Nothing was written. Say it without, such as 'the team manager' or 'the file in row 12'."
        raise UsageError(f"The words hold what could be somebody's {' or '.join(kinds)}.", fix=fix)


def entries(evidence: Path) -> list[Entry]:
    """Every entry, the oldest first; none where nothing was written from a desk. Raises CatalogueError."""
    path = evidence / RECORD
    told = (read_yaml(path) if path.is_file() else None) or []
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        fix = "Put it back as it was, from a copy; the files that were written stay as they are."
        raise CatalogueError("The record of the desk is not as a desk writes it.", where=RECORD, fix=fix)
    return [_read(place, each) for place, each in enumerate(told, 1)]


def _read(number: int, said: Mapping[str, Any]) -> Entry:
    words = {name: str(said.get(name) or "") for name in ("what", "audit", "done", "by", "on", "about")}
    undoes = int(said["undoes"]) if said.get("undoes") else None
    return Entry(number, changed=tuple(map(dict, said.get("changed") or ())), undoes=undoes, **words)


def standing(evidence: Path, audit: str) -> list[Entry]:
    """The entries on an audit that hold: those that were undone, and those that undo, are left out."""
    every = entries(evidence)
    gone = {each.undoes for each in every}
    return [each for each in every if each.audit == audit and each.what != UNDO and each.number not in gone]


def told(evidence: Path, audits: Sequence[str]) -> list[dict[str, Any]]:
    """What a manifest says of these audits: every entry, and of one that was undone by whom and when."""
    every = entries(evidence)
    gone = {each.undoes: {"by": each.by, "on": each.on} for each in every if each.what == UNDO}
    ours = (each for each in every if each.what != UNDO and each.audit in audits)
    words = ("what", "audit", "about", "done", "by", "on")
    return [
        {
            **{name: said for name in words if (said := getattr(each, name))},
            **({"undone": gone[each.number]} if each.number in gone else {}),
        }
        for each in ours
    ]


@contextmanager
def recorded(
    evidence: Path, *paths: Path, who: Writer, what: str, audit: str, done: str, about: str = ""
) -> Iterator[None]:
    """Let a block write these files, and put down what it changed; where anything fails all stay as they were.

    Raises LockedError while another desk writes in the same evidence folder.
    """
    with locked(evidence, name=LOCK):
        before = {path: content(path) for path in paths}
        try:
            yield
            pieces = [piece(path, old, content(path), folder=evidence) for path, old in before.items()]
            said = {"what": what, "audit": audit, "about": about, "done": done, "by": who.by, "on": str(who.on)}
            _append(evidence, {**said, "changed": [dict(each) for each in pieces if each]})
        except BaseException as problem:
            write_together({path: old for path, old in before.items() if content(path) != old})
            if isinstance(problem, OSError):
                raise _unwritten(problem) from None
            raise


def undone(evidence: Path, *, who: Writer, audit: str, number: int | None = None) -> Entry:
    """Take back one entry on an audit, the last that holds unless another is named. Returns it.

    Raises UsageError where there is none, and where its file was changed since in the same place.
    """
    with locked(evidence, name=LOCK):
        held = standing(evidence, audit)
        found = next((each for each in reversed(held) if number in (None, each.number)), None)
        if found is None:
            numbers = ", ".join(str(each.number) for each in held)
            fix = f"Of this audit these can be: {numbers}." if held else "desk.record() shows what was written."
            raise UsageError("There is nothing of that kind to undo.", fix=fix)
        said = {"what": UNDO, "audit": audit, "done": f"Undone: {found.done}", "by": who.by, "on": str(who.on)}
        _append(evidence, {**said, "undoes": found.number}, beside=taken_back(found.changed, folder=evidence))
    return found


def _append(evidence: Path, entry: Mapping[str, Any], *, beside: Mapping[Path, bytes | None] | None = None) -> None:
    """Put an entry at the end, and other files in place with it, together or not at all."""
    before = (content(evidence / RECORD) or HEAD.encode()).rstrip() + b"\n"
    kept = {name: each for name, each in entry.items() if each not in ("", [])}
    text = yaml.safe_dump([kept], sort_keys=False, allow_unicode=True, width=10_000)
    write_together({**(beside or {}), evidence / RECORD: before + text.encode()})


def _unwritten(problem: OSError) -> UsageError:
    told = problem.strerror or type(problem).__name__
    fix = "Close the file where another program has it open, and see that the folder may be written."
    return UsageError(f"A file could not be written: {told}. All is as it was.", fix=fix)

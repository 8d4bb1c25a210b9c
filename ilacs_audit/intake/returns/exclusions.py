"""Rows that a person has taken out, with a reason and a name. The raw file is not touched."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from textwrap import indent
from typing import Any

import pandas as pd
import yaml
from pydantic import model_validator
from pydantic.dataclasses import dataclass

from ilacs_audit.disk.writing import write_whole
from ilacs_audit.domain.catalogue.faults import Items, read_each
from ilacs_audit.domain.catalogue.fields import Day, Entry, Text, Whole, fault
from ilacs_audit.domain.errors import CatalogueError, UsageError
from ilacs_audit.domain.programme import Audit
from ilacs_audit.intake.checks.audit_logic import Findings
from ilacs_audit.intake.identity.freetext import IdentifierFinder
from ilacs_audit.intake.identity.pseudonyms import pseudonym
from ilacs_audit.intake.identity.references import read_references
from ilacs_audit.intake.problems import Problem, problem
from ilacs_audit.intake.yaml_files import parse_yaml, read_text, read_yaml

EXCLUSIONS = "exclusions.yml"
FAR_OFF = "(The day of this exclusion is before the audit began or more than a year after it.)"
_TOLD = "# Rows taken out by a person, with the reason. The return itself is not touched.\n"


@dataclass(frozen=True)
class Exclusion(Entry):
    """One row, or one child in one audit, that is not to be counted."""

    reason: Text
    by: Text
    file: Text = ""
    sheet: Text = ""
    row: Whole | None = None
    audit: Text = ""
    child: Text = ""
    on: Day | None = None

    @model_validator(mode="after")
    def _named(self) -> Exclusion:
        if not ((self.file and self.row is not None) or (self.audit and self.child)):
            raise fault("The exclusion does not say what.", "Give file and row, or audit and child.")
        return self


def load_exclusions(path: Path) -> list[Exclusion]:
    """Read exclusions.yml; an absent file excludes nothing. Raises CatalogueError."""
    entries = read_yaml(path) if path.exists() else None
    if not isinstance(entries, list | None):
        raise CatalogueError("The file is not a list.", where=path.name, fix="Start each exclusion with a dash.")
    return list(read_each(Exclusion, entries, file=path.name).values())


def take_out(path: Path, entry: Mapping[str, Any]) -> None:
    """Write an exclusion at the end of exclusions.yml; all else in it stays. Raises UsageError where it is there."""
    text, entries = _written(path)
    if _places(entries, entry["file"], entry["row"]):
        raise UsageError(
            f"Row {entry['row']} is taken out already.", fix="Take it back before you write another reason."
        )
    line = text.splitlines()[entries.lines[0] - 1] if entries else ""
    told = yaml.safe_dump([dict(entry)], sort_keys=False, allow_unicode=True, width=10_000).replace("'on':", "on:")
    _rewrite(path, text.rstrip("\n") + "\n" * bool(text.strip()) + indent(told, line[: len(line) - len(line.lstrip())]))


def take_back(path: Path, *, file: str, row: int) -> None:
    """Take the exclusion of a row out of exclusions.yml again. Raises UsageError where there is none."""
    text, entries = _written(path)
    places = _places(entries, file, row)
    if not places:
        rows = ", ".join(str(each["row"]) for each in entries if each.get("file") == file)
        raise UsageError(f"Row {row} is not taken out.", fix=f"Rows that are: {rows or 'none'}.")
    lines = text.splitlines(keepends=True)
    for place in reversed(places):
        start, end = (entries.lines[each] - 1 if each < len(entries) else len(lines) for each in (place, place + 1))
        while end < len(lines) and lines[end - 1].lstrip().startswith(("#", "\n")):
            end -= 1  # what stands above the next entry is about that one
        del lines[start:end]
    _rewrite(path, "".join(lines))


def _written(path: Path) -> tuple[str, Items]:
    """The text of exclusions.yml, or how one begins, and its entries; an empty list in brackets is left out."""
    text, found = (read_text(path), load_exclusions(path)) if path.exists() else (_TOLD, [])
    if not found:
        return re.sub(r"^\s*\[\s*\]\s*$", "", text, flags=re.MULTILINE), Items()
    return text, read_yaml(path)


def _places(entries: Items, file: str, row: int) -> list[int]:
    return [at for at, each in enumerate(entries) if each.get("file") == file and str(each.get("row")) == str(row)]


def _rewrite(path: Path, text: str) -> None:
    """Put the file in place, where it can be read; a list that a person wrote in brackets cannot be added to."""
    try:
        parse_yaml(text, file=path.name)
    except CatalogueError:
        fix = f"Write each entry of {path.name} on lines of its own, beginning with a dash."
        raise UsageError("The list of exclusions is written in a way that cannot be added to.", fix=fix) from None
    write_whole(path, text.encode())


def excluded(
    entries: pd.DataFrame,
    exclusions: list[Exclusion],
    key: bytes,
    finder: IdentifierFinder,
    audits: Mapping[str, Audit] | None = None,
) -> Findings:
    """The entries that were taken out, each with its reason, and with what is wrong with the day it gives."""
    found: Findings = []
    for each in exclusions:
        rows = entries[_meant(entries, each, key)]
        for entry, row in rows.iterrows():
            where = {name: row[name] for name in ("audit_id", "file", "sheet")}
            doubt = FAR_OFF if _far_off(each, (audits or {}).get(row["audit_id"])) else ""
            why = " ".join(filter(None, (finder.masked(each.reason), doubt)))
            told = problem("excluded", why=why, **where, value=str(row["unit_cell"]))
            found.append((int(str(entry)), told._replace(row=int(row["row"]))))
    return found


def unmatched(entries: pd.DataFrame, exclusions: list[Exclusion], key: bytes) -> list[Problem]:
    """A problem for each exclusion that meets no row: a slip that would leave a row counted."""
    return [_nothing(each) for each in exclusions if not _meant(entries, each, key).any()]


def misdated(
    entries: pd.DataFrame, exclusions: list[Exclusion], key: bytes, audits: Mapping[str, Audit]
) -> Iterator[Problem]:
    """A problem for each exclusion of a day on which nobody worked on the audit; the row stays out."""
    for each in (each for each in exclusions if each.on):
        meant = entries.loc[_meant(entries, each, key), "audit_id"].unique()
        for audit in (audits[name] for name in meant if name in audits):
            if _far_off(each, audit):
                told = problem("misdated-exclusion", audit_id=audit.id, file=each.file or EXCLUSIONS, row=each.row)
                yield told._replace(column="on", value=str(each.on))


def _far_off(exclusion: Exclusion, audit: Audit | None) -> bool:
    """Whether an exclusion is of a day on which nobody worked on its audit."""
    return audit is not None and exclusion.on is not None and not audit.near(exclusion.on)


def never_matched(exclusions: list[Exclusion], *, files: Collection[str], audits: Collection[str]) -> list[Problem]:
    """A problem for each exclusion of a file or an audit that is not there, so that no audit would report it."""
    return [_nothing(each) for each in exclusions if each.file not in files and each.audit not in audits]


def _nothing(exclusion: Exclusion) -> Problem:
    return problem("excluded: nothing", audit_id=exclusion.audit, file=exclusion.file, row=exclusion.row)


def _meant(entries: pd.DataFrame, exclusion: Exclusion, key: bytes) -> pd.Series[Any]:
    if exclusion.child:
        child, ours = exclusion.child, entries["audit_id"] == exclusion.audit
        meant = read_references([child], known=set(entries.loc[ours, "unit"]))[child].text
        names = {child, *(pseudonym(meant, kind=kind, key=key) for kind in ("child", "request"))}
        return ours & entries["child_ref"].isin(names - {""})
    file = (entries["file"] == exclusion.file) & (entries["row"] == exclusion.row)
    return file & ((entries["sheet"] == exclusion.sheet) | (exclusion.sheet == ""))

"""What a workspace knows before a new audit comes to it: the texts of its catalogue, and what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.programme import Audit, Programme, read_programme
from ilacs_audit.domain.standards import Standards, Theme, read_theme
from ilacs_audit.intake.catalogue import load_authority, load_standards
from ilacs_audit.intake.files.sources import sources
from ilacs_audit.intake.tables.columns import ColumnMap, read_columns
from ilacs_audit.intake.yaml_files import parse_yaml, read_text
from ilacs_audit.publishing.first.seen import Seen
from ilacs_audit.publishing.first.template import is_untouched

PROGRAMME, COLUMNS, STANDARDS = "data/programme.yml", "data/columns.yml", "data/standards"


@dataclass(frozen=True)
class Ground:
    """A workspace: the texts of its catalogue by their paths, its council, and the theme of the form that came to it.

    `evidence` is where the council's own returns are, or will be; `dropped` are files of an invented council, which go.
    """

    root: Path
    evidence: Path
    council: str
    texts: Mapping[Path, str]
    dropped: tuple[Path, ...] = ()
    theme: Theme | None = None

    @cached_property
    def standards(self) -> Standards:
        """Every practice standard."""
        files = sorted(path for path in self.texts if path.parent == self.root / STANDARDS)
        return Standards(tuple(read_theme(self.content(path), file=path.name) for path in files))

    @cached_property
    def programme(self) -> Programme:
        """Every audit and its protocol; none where there is no such file."""
        if self.root / PROGRAMME not in self.texts:
            return Programme(())
        return read_programme(self.content(self.root / PROGRAMME), file="programme.yml")

    @cached_property
    def columns(self) -> ColumnMap:
        """The column names that were learnt."""
        return read_columns(self.content(self.root / COLUMNS), file="columns.yml")

    def content(self, path: Path) -> Any:
        """What a file of the catalogue holds; None where it is not there."""
        return parse_yaml(self.texts.get(path, ""), file=path.name)

    @property
    def rounds(self) -> tuple[Audit, ...]:
        """The earlier audits of the form's theme, the latest first."""
        theme = self.theme.id if self.theme else ""
        return tuple(reversed([audit for audit in self.programme if audit.theme == theme]))

    def facing(self, seen: Seen) -> Ground:
        """The same workspace with the theme that at least half of a form's questions belong to."""
        asked = {each.meaning for each in seen.questions}
        told = {theme.id: sum(each.id in asked for each in theme.standards) for theme in self.standards.themes}
        best = max(told, key=lambda name: told[name], default="")
        known = bool(best) and 2 * told[best] >= len(seen.questions)
        return replace(self, theme=self.standards.theme(best) if known else None)

    def claiming(self, workbooks: Sequence[Path]) -> Audit | None:
        """The audit that claims workbooks of these names, wherever they lie. Raises UsageError where it claims some."""
        if self.untouched:
            return None
        claims = [next((each for each in self.programme if _claims(each, path)), None) for path in workbooks]
        if len({each and each.id for each in claims}) > 1:
            taken = [path.name for path, audit in zip(workbooks, claims, strict=True) if audit]
            fix = "Leave them out; or name the others under returns: of that audit in data/programme.yml."
            raise UsageError(f"Some of the workbooks belong to an audit already: {', '.join(taken)}.", fix=fix)
        return claims[0]

    @property
    def untouched(self) -> bool:
        """Whether it is still the invented council's, as `init` laid it out."""
        return not self.dropped and is_untouched(self.root / PROGRAMME)

    def bared(self) -> Ground:
        """The same workspace without the invented council's audits, standards and headers."""
        return replace(self, texts={}, dropped=tuple(self.texts))


def _claims(audit: Audit, path: Path) -> bool:
    names = {path.name: path, f"{audit.period}/{path.name}": path}
    return bool(sources(names, Programme((audit,)))[0])


def ground(root: Path, evidence: Path | None) -> Ground:
    """Read a workspace, or what there is of one. Raises CatalogueError where a file of it is wrong."""
    themes = sorted((root / STANDARDS).glob("*.yml"))
    if themes:
        load_standards(root / STANDARDS)
    files = [path for path in (root / COLUMNS, *themes, root / PROGRAMME) if path.is_file()]
    chosen = evidence or root / "data" / "evidence"
    council = load_authority(chosen).name if (chosen / "authority.yml").is_file() else ""
    return Ground(root, chosen, council, {path: read_text(path) for path in files})

"""What a workspace knows before a new audit comes to it, as far as it is there, and what it will hold after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.domain.programme import Audit, Programme, read_programme
from ilacs_audit.domain.standards import Standards, Theme, read_theme
from ilacs_audit.intake.catalogue import load_authority, load_programme, load_standards
from ilacs_audit.intake.files.sources import sources
from ilacs_audit.intake.tables.columns import ColumnMap, load_columns, read_columns
from ilacs_audit.intake.yaml_files import parse_yaml, read_text, read_yaml
from ilacs_audit.publishing.first.asking import Known
from ilacs_audit.publishing.first.entries import Plan
from ilacs_audit.publishing.first.schemas import schema_line
from ilacs_audit.publishing.first.seen import Seen
from ilacs_audit.publishing.first.template import bare_workspace, is_untouched
from ilacs_audit.publishing.first.texts import grown, with_headers, yaml_text

PROGRAMME, COLUMNS = "data/programme.yml", "data/columns.yml"


@dataclass(frozen=True)
class Ground:
    """A workspace as it is found. `evidence` is where the council's own returns are, or will be."""

    root: Path
    evidence: Path
    standards: Standards
    programme: Programme
    columns: ColumnMap
    council: str
    untouched: bool

    def theme_of(self, seen: Seen) -> Theme | None:
        """The theme that at least half of a form's questions belong to."""
        asked = {each.meaning for each in seen.questions}
        told = {theme.id: sum(each.id in asked for each in theme.standards) for theme in self.standards.themes}
        best = max(told, key=lambda name: told[name], default="")
        return self.standards.theme(best) if best and 2 * told[best] >= len(seen.questions) else None

    def claiming(self, path: Path) -> Audit | None:
        """The audit that claims a workbook of this name already, wherever it lies."""
        for audit in self.programme:
            names = {path.name: path, f"{audit.period}/{path.name}": path}
            found, _ = sources(names, Programme((audit,)))
            if found:
                return audit
        return None

    def known(self, seen: Seen) -> Known:
        """What the interview need not ask."""
        return Known(self.council, self.theme_of(seen), self.programme)

    def bared(self) -> Ground:
        """The same workspace without the invented council's audits, standards and headers."""
        nothing = Standards(()), Programme(()), ColumnMap()
        return Ground(self.root, self.evidence, *nothing, self.council, untouched=False)


def ground(root: Path, evidence: Path | None) -> Ground:
    """Read a workspace, or what there is of one. Raises CatalogueError where a file of it is wrong."""
    data = root / "data"
    chosen = evidence or data / "evidence"
    authority = load_authority(chosen) if (chosen / "authority.yml").is_file() else None
    return Ground(
        root,
        chosen,
        load_standards(data / "standards") if any((data / "standards").glob("*.yml")) else Standards(()),
        load_programme(root / PROGRAMME) if (root / PROGRAMME).is_file() else Programme(()),
        load_columns(root / COLUMNS),
        authority.name if authority else "",
        is_untouched(root / PROGRAMME),
    )


def files_of(plan: Plan, seen: Seen, found: Ground, *, council: str, bare: bool) -> dict[Path, bytes | None]:
    """Every file that changes, by its path; the programme comes last, and what is removed after it."""
    root = found.root
    files: dict[Path, bytes | None] = {
        root / name: content for name, content in bare_workspace().items() if bare or not (root / name).is_file()
    }
    if bare:
        files = {path: content for path, content in files.items() if path.name == "plan.yml" or not path.is_file()}
    files[found.evidence / "returns" / plan.audit["returns"][0].partition("/")[0] / seen.path.name] = (
        seen.path.read_bytes()
    )
    if not (found.evidence / "authority.yml").is_file():
        files[found.evidence / "authority.yml"] = yaml_text({"name": council}).encode()
    files[root / COLUMNS] = with_headers(_text(root / COLUMNS, bare), plan, found.columns).encode()
    theme = root / "data" / "standards" / f"{plan.theme_id}.yml"
    if plan.theme is not None:
        files[theme] = yaml_text(plan.theme).encode()
    elif plan.new_standards:
        edition = plan.new_standards[0].get("version", 1)
        theme = _file_of(plan.theme_id, root)
        files[theme] = grown(_text(theme, bare), "standards", plan.new_standards, edition=edition).encode()
    files[root / PROGRAMME] = grown(_text(root / PROGRAMME, bare), "audits", [plan.audit]).encode()
    if bare:
        others = (path for path in sorted((root / "data" / "standards").glob("*.yml")) if path not in files)
        files |= dict.fromkeys(others)
    made = {
        path: content if content is None else _headed(path, content, found, bare) for path, content in files.items()
    }
    return {path: content for path, content in made.items() if content is None or _changed(path, content)}


def _headed(path: Path, content: bytes, found: Ground, bare: bool) -> bytes:
    """A file with the line that tells an editor how it is made up, where it is new."""
    inside = path.relative_to(found.root).as_posix() if path.is_relative_to(found.root) else ""
    line = schema_line(inside).encode()
    return content if (path.is_file() and not bare) or content.startswith(line) else line + content


def meant(files: Mapping[Path, bytes | None], found: Ground) -> tuple[Standards, Programme, ColumnMap]:
    """What the catalogue will say once the files are written. Raises CatalogueError: nothing wrong is written."""
    standards = {path: content for path, content in files.items() if path.parent.name == "standards"}
    kept = [each for each in (found.root / "data" / "standards").glob("*.yml") if each not in standards]
    texts = {path: content.decode() for path, content in standards.items() if content is not None}
    texts |= {path: read_text(path) for path in kept}
    themes = tuple(read_theme(parse_yaml(text, file=path.name), file=path.name) for path, text in sorted(texts.items()))
    programme = _content(found.root / PROGRAMME, files)
    columns = _content(found.root / COLUMNS, files)
    return (
        Standards(themes),
        read_programme(parse_yaml(programme, file="programme.yml"), file="programme.yml"),
        read_columns(parse_yaml(columns, file="columns.yml"), file="columns.yml"),
    )


def _content(path: Path, files: Mapping[Path, bytes | None]) -> str:
    content = files.get(path)
    return content.decode() if content is not None else _text(path, False)


def _text(path: Path, bare: bool) -> str:
    return read_text(path) if path.is_file() and not bare else ""


def _changed(path: Path, content: bytes) -> bool:
    return not path.is_file() or path.read_bytes() != content


def _file_of(theme_id: str, root: Path) -> Path:
    """The file that holds a theme, whatever it is called."""
    for path in sorted((root / "data" / "standards").glob("*.yml")):
        if (read_yaml(path) or {}).get("theme") == theme_id:
            return path
    raise CatalogueError(f"The file of the theme '{theme_id}' was not found.", where="data/standards", fix="Run again.")

"""What a report depends on, as one fingerprint: while it is the same, so is the page.

Everything that can move a page is in it. Of the returns, a report that asks about one audit
depends on that audit and the rounds before it, as far as its notebook shows that it looks at no
other; in doubt it depends on them all, because a page too many costs a second and a stale page
costs trust.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import AuditError
from ilacs_audit.domain.programme import Programme
from ilacs_audit.intake.catalogue import read_yaml
from ilacs_audit.intake.fingerprints import file_fingerprint, fingerprint
from ilacs_audit.intake.register_fields import REGISTERS
from ilacs_audit.intake.store import read_manifest
from ilacs_audit.intake.store_files import RESTATEMENTS
from ilacs_audit.intake.workspace import Workspace
from ilacs_audit.publishing.manifest import versions
from ilacs_audit.publishing.timetable import Report

_OF_ONE_AUDIT = frozenset({"trust_facts", "dip_sample_estimate"})
_KNOWN = frozenset({"load_workspace", "load_returns", "load_commentary", "load_standards", "load_programme"})
_SOURCES = ("*.py", "*.j2", "*.css", "*.json")


@cache
def package_fingerprint() -> str:
    """The content of the package's own source, templates and style, and the versions beneath it."""
    package = Path(__file__).parents[1]
    files = sorted({path for pattern in _SOURCES for path in package.rglob(pattern) if "template/" not in str(path)})
    return fingerprint(versions(), [(str(path.relative_to(package)), file_fingerprint(path)) for path in files])


@dataclass(frozen=True)
class Ground:
    """What the reports of one run stand on: the workspace and its compiled store."""

    workspace: Workspace
    store: Path
    period: Period

    def fingerprint(self, report: Report, *, as_of: str, audience: str) -> str:
        """One mark for everything that can move the page of a report."""
        told = (dict(report.parameters), report.title, str(self.period), as_of, audience)
        return fingerprint(
            package_fingerprint(),
            told,
            file_fingerprint(report.notebook),
            self._catalogue,
            self._words(report),
            self._tables(report),
        )

    @cached_property
    def _catalogue(self) -> dict[str, str]:
        data = self.workspace.root / "data"
        files = [*data.glob("*.yml"), *data.glob("*.csv"), *(data / "standards").glob("*.yml")]
        marks = {path.relative_to(data).as_posix(): file_fingerprint(path) for path in files}
        authority = self.workspace.evidence / "authority.yml"
        return marks | ({"authority": file_fingerprint(authority)} if authority.is_file() else {})

    def _words(self, report: Report) -> Any:
        """What people wrote about the report's audit; where that is not all it reads, everything they wrote."""
        path = self.workspace.evidence / "commentary" / f"{self.period}.yml"
        if not path.is_file():
            return None
        with suppress(AuditError):
            written, audit = read_yaml(path) or {}, report.parameters.get("audit")
            if audit and reads(report.notebook).own_words:
                return written.get(audit)
        return file_fingerprint(path)

    def _tables(self, report: Report) -> dict[str, str]:
        asked = reads(report.notebook)
        audits = _audits(asked, report.parameters.get("audit"), self.workspace.programme, set(self._manifest["audits"]))
        entries = {f"audit {name}": self._manifest["audits"][name] for name in sorted(audits)}
        entries |= {f"register {name}": self._manifest["registers"][name] for name in sorted(asked.registers)}
        if asked.returns == "all":
            entries["returns"] = {**self._manifest["returns"], "table": RESTATEMENTS}
        files = {(name, part): entry.get(part) for name, entry in entries.items() for part in ("table", "problems")}
        return {" ".join(name): self._mark(file) for name, file in files.items() if file}

    @cached_property
    def _manifest(self) -> dict[str, Any]:
        return read_manifest(self.store)

    @cached_property
    def _marks(self) -> dict[str, str]:
        return {}

    def _mark(self, file: str) -> str:
        if file not in self._marks:
            path = self.store / file
            self._marks[file] = file_fingerprint(path) if path.is_file() else ""
        return self._marks[file]


@dataclass(frozen=True)
class Reads:
    """What a notebook looks at: `returns` of its own chain, of the chain's periods, or all of them."""

    returns: str
    registers: frozenset[str]
    own_words: bool


EVERYTHING = Reads("all", frozenset(REGISTERS), own_words=False)


def _audits(asked: Reads, audit: str | None, programme: Programme, known: set[str]) -> set[str]:
    if audit is None or asked.returns == "all":
        return known
    chain = [programme[audit], *programme.baselines(audit)]
    wanted = {each.id for each in chain}
    if asked.returns == "periods":
        periods = {each.period for each in chain}
        wanted |= {each.id for each in programme if each.period in periods}
    return wanted & known


def reads(notebook: Path) -> Reads:
    """What the code of a notebook looks at, by its loaders and by where the returns are handed on."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        tree = ast.parse("\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"))
    except (ValueError, KeyError, SyntaxError):
        return EVERYTHING
    loaders = {_called(node) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    loaders = {name for name in loaders if name.startswith(("load_", "read_", "scan_"))}
    registers = frozenset(name for name in REGISTERS if f"load_{name}" in loaders)
    if _imports(tree) != ["import ilacs_audit as ia"] or loaders - _KNOWN - {f"load_{name}" for name in registers}:
        return EVERYTHING
    return Reads(_returns(tree), registers, own_words="about=audit" in ast.unparse(tree))


def _imports(tree: ast.Module) -> list[str]:
    return [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]


def _returns(tree: ast.Module) -> str:
    names = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _called(node.value) == "load_returns"
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    loads = sum(_called(node) == "load_returns" for node in ast.walk(tree))
    if loads != len(names):
        return "all"
    uses = set(_uses(tree, {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}, names))
    return next((width for width in ("all", "periods") if width in uses), "chain")


def _uses(tree: ast.Module, above: Mapping[ast.AST, ast.AST], names: set[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load):
            yield _width(node, above)


def _width(name: ast.Name, above: Mapping[ast.AST, ast.AST]) -> str:
    """How much of the returns one mention of them can bring into the page."""
    piece = above[name]
    if not isinstance(piece, ast.Attribute):
        return "all"
    holder = above[piece]
    if isinstance(holder, ast.Subscript):
        column = holder.value is piece and _is_audit_column(holder.slice)
        return "chain" if column or (holder.value is piece and _picks_audit(holder.slice)) else "all"
    if isinstance(holder, ast.keyword) and holder.arg == "among":
        return "periods"
    named = {each.arg for each in holder.keywords} if isinstance(holder, ast.Call) else set()
    return "chain" if _called(holder) in _OF_ONE_AUDIT and named & {"audit", "audits"} else "all"


def _is_audit_column(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value == "audit_id"


def _picks_audit(node: ast.AST) -> bool:
    """Whether a filter is `table["audit_id"] == audit`, or its baseline."""
    if not (isinstance(node, ast.Compare) and isinstance(node.left, ast.Subscript)):
        return False
    simple = len(node.ops) == 1 and isinstance(node.ops[0], ast.Eq) and _is_audit_column(node.left.slice)
    return simple and ast.unparse(node.comparators[0]) in ("audit", "str(protocol.baseline)", "protocol.baseline")


def _called(node: ast.AST) -> str:
    return node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""

"""What a notebook's code shows that it looks at, and in doubt everything.

Only a few forms are understood, and each mention of the returns must be one of them: a notebook
written in another way is run too often, never too seldom.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ilacs_audit.intake.registers.fields import REGISTERS

# What each property of a workspace is read from, in data/. Column names work through the tables they made.
CATALOGUE = {
    "standards": "standards/*.yml",
    "plan": "plan.yml",
    "programme": "programme.yml",
    "columns": "columns.yml",
    "holidays": "bank_holidays.csv",
}
_OF_ONE_AUDIT = frozenset({"trust_facts", "dip_sample_estimate"})
_ONE_AUDIT = frozenset({"audit", "[audit]", "protocol.baseline", "str(protocol.baseline)"})
_READERS = frozenset({"load_workspace", "load_returns", "load_commentary", *(f"load_{name}" for name in REGISTERS)})
_LOADERS = ("load_", "read_", "scan_", "save_")
_HARMLESS = frozenset({"float", "int", "len", "list", "max", "min", "print", "round", "set", "sorted", "str"})
_FILTERS = {
    "{table}['audit_id'] == audit": "chain",
    "{table}['audit_id'] == str(protocol.baseline)": "chain",
    "{table}['audit_id'].str[:-7] == audit[:-7]": "rounds",
}
# Folders are only of use to a loader, and the authority counts for every report.
_PLACES = frozenset({"source", "evidence", "authority"})
_LOGIC = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Delete)


@dataclass(frozen=True)
class Reads:
    """What a notebook looks at.

    `returns` are of the audit and the rounds it names as its own (`chain`), of every audit with the
    same name in another month (`rounds`), of the months of the rounds before (`periods`), or `all` of them.
    `catalogue` are patterns of files in data/; without the programme's own file, only what it says of
    the audits that are read counts. `own_words`: of the commentary, only what is about the audit.
    """

    returns: frozenset[str]
    registers: frozenset[str]
    catalogue: frozenset[str]
    own_words: bool


EVERYTHING = Reads(frozenset({"all"}), frozenset(REGISTERS), frozenset({"*.*", *CATALOGUE.values()}), own_words=False)


def reads(notebook: Path) -> Reads:
    """What the code of a notebook looks at."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        tree = ast.parse("\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"))
    except (ValueError, KeyError, SyntaxError):
        return EVERYTHING
    return _understood(tree) or EVERYTHING


def _understood(tree: ast.Module) -> Reads | None:
    bound, loaders = _assigned(tree), {name for name in map(_called, ast.walk(tree)) if name.startswith(_LOADERS)}
    work, returns = _made_by(tree, "load_workspace"), _made_by(tree, "load_returns")
    if work is None or returns is None or not loaders <= _READERS or not _is_plain(tree, bound, work):
        return None
    seen = _Seen(work, returns)
    rest = seen.visit(tree)
    if work in _loads(rest):
        return None
    return Reads(
        frozenset({"all"} if returns in _loads(rest) else seen.returns or {"chain"}),
        frozenset(name for name in REGISTERS if f"load_{name}" in loaders),
        frozenset(CATALOGUE[name] for name in seen.properties & CATALOGUE.keys()),
        own_words=seen.own_words,
    )


def _is_plain(tree: ast.Module, bound: Mapping[str, Sequence[str]], work: str) -> bool:
    """Whether each name means one thing, and nothing is called that could read a file by itself."""
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    imports = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    return (
        imports == ["import ilacs_audit as ia"]
        and called <= _HARMLESS - set(bound)
        and bound.get("audit", [""]) == [""]
        and bound.get("protocol", [""]) in ([""], [f"{work}.programme[audit]"])
        and not any(isinstance(node, _LOGIC) for node in ast.walk(tree))
        and _only_handed_on(tree, f"{work}.programme")
    )


def _only_handed_on(tree: ast.Module, programme: str) -> bool:
    """Whether a mapping that holds the programme is given a name, used as `**name` and in no other way."""
    nodes = list(ast.walk(tree))
    held = [node for node in nodes if isinstance(node, ast.Dict) and programme in map(ast.unparse, node.values)]
    named = [node for node in nodes if isinstance(node, ast.Assign) and node.value in held]
    names = {target.id for node in named for target in node.targets if isinstance(target, ast.Name)}
    words = [node.value for node in nodes if isinstance(node, ast.keyword) and node.arg is None]
    handed = [node.id for node in words if isinstance(node, ast.Name)]
    return len(held) == len(named) == len(names) and all(
        _loads(tree).count(each) == handed.count(each) for each in names
    )


def _loads(tree: ast.AST) -> list[str]:
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]


def _assigned(tree: ast.Module) -> dict[str, list[str]]:
    """Each name that is given a value, with the code of every value; '' for a parameter, which is set from outside."""
    plain = [node for node in ast.walk(tree) if isinstance(node, ast.Assign)]
    values = {id(target): ast.unparse(node.value) for node in plain for target in node.targets}
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.setdefault(node.id, []).append(values.get(id(node), ""))
    return found


def _made_by(tree: ast.Module, loader: str) -> str | None:
    """The one name that holds what a loader gave, and never anything else; None if there is no such name."""
    calls = sum(_called(node) == loader for node in ast.walk(tree))
    names = [
        name for name, values in _assigned(tree).items() if any(each.startswith(f"ia.{loader}(") for each in values)
    ]
    return names[0] if calls == len(names) == 1 == len(_assigned(tree)[names[0]]) else None


class _Seen(ast.NodeTransformer):
    """Takes every mention that is understood out of the code, and notes what it reads."""

    def __init__(self, work: str, returns: str) -> None:
        self._work, self._returns = work, returns
        self.returns: set[str] = set()
        self.properties: set[str] = set()
        self.own_words = True
        self._filters = {code.format(table=f"{returns}.table"): width for code, width in _FILTERS.items()}

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        width = self._filters.get(ast.unparse(node.slice)) if self._is_table(node.value) else None
        if width:
            self.returns.add(width)
            return ast.Constant(None)
        if ast.unparse(node) == f"{self._work}.programme[audit]":
            return ast.Constant(None)
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        about = [ast.unparse(word.value) for word in node.keywords if word.arg in ("audit", "audits")]
        if _called(node) in _OF_ONE_AUDIT and about and set(about) <= _ONE_AUDIT:
            self.returns.add("chain")
            node.args = [each for each in node.args if not self._is_table(each)]
        if _called(node) == "load_commentary":
            self.own_words &= "about=audit" in [ast.unparse(word) for word in node.keywords]
        if _called(node) == "load_returns":
            node.keywords = [word for word in node.keywords if word.arg != "columns"]
        if ast.unparse(node) == f"{self._work}.programme.baselines(audit)":
            return ast.Constant(None)
        return self.generic_visit(node)

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        if node.arg == "among" and self._is_table(node.value):
            self.returns.add("periods")
            return ast.keyword("among", ast.Constant(None))
        if node.arg == "programme" and self._is_programme(node.value):
            return ast.keyword("programme", ast.Constant(None))
        return self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        """The programme handed on is asked for single audits, which a test holds for every function."""
        node.values = [ast.Constant(None) if self._is_programme(each) else each for each in node.values]
        return self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if isinstance(node.value, ast.Name) and node.value.id == self._work and isinstance(node.ctx, ast.Load):
            self.properties.add(node.attr)
            return ast.Constant(None) if node.attr in {*CATALOGUE, *_PLACES} else node
        return self.generic_visit(node)

    def _is_table(self, node: ast.AST) -> bool:
        return ast.unparse(node) in (f"{self._returns}.table", f"{self._returns}.problems")

    def _is_programme(self, node: ast.AST) -> bool:
        return ast.unparse(node) == f"{self._work}.programme"


def _called(node: ast.AST) -> str:
    return node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""

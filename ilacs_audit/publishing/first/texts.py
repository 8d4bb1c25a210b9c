"""The files of a workspace with entries put in: what people wrote in a file stays, with its comments and its order."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ilacs_audit.intake.cells.spelling import fold
from ilacs_audit.intake.tables.learnt import put
from ilacs_audit.intake.yaml_files import round_trip
from ilacs_audit.publishing.first.entries import Plan
from ilacs_audit.publishing.first.schemas import schema_line
from ilacs_audit.publishing.first.template import PLAN, bare_workspace
from ilacs_audit.publishing.first.workspace import COLUMNS, PROGRAMME, STANDARDS, Ground

_YAML_WORDS = frozenset(("on", "off", "yes", "no", "true", "false", "null", "y", "n"))


def with_entries(found: Ground, plan: Plan) -> Ground:
    """The workspace as it will be once the entries of a plan are in its catalogue, the programme last."""
    theme = plan.audit["theme"]
    file = next(
        (path for path in found.texts if path.parent.name == "standards" and found.content(path)["theme"] == theme),
        found.root / STANDARDS / f"{theme}.yml",
    )
    said = {found.root / COLUMNS: _with_headers(found, plan)}
    if plan.theme is not None:
        said[file] = _dumped(_quoted(plan.theme))
    elif plan.new_standards:
        said[file] = _grown(found.texts[file], "standards", plan.new_standards, edition=plan.audit["edition"])
        said[file] = _with_scales(said[file], plan.scales)
    said[found.root / PROGRAMME] = _grown(found.texts.get(found.root / PROGRAMME, ""), "audits", [plan.audit])
    headed = {path: text if path in found.texts else _headed(found, path, text) for path, text in said.items()}
    kept = {path: text for path, text in found.texts.items() if path not in said}
    return replace(found, texts={**kept, **headed})


def changes(before: Ground, plan: Plan, workbooks: Sequence[Path], *, council: str) -> dict[Path, bytes | None]:
    """Every file that changes, by its path; the programme comes last, and what is removed after it."""
    after, root, authority = with_entries(before, plan), before.root, before.evidence / "authority.yml"
    files: dict[Path, bytes | None] = {
        root / name: content
        for name, content in bare_workspace().items()
        if not (root / name).is_file() or (name == PLAN and before.dropped)
    }
    folder = before.evidence / "returns" / plan.audit["period"]
    files |= {folder / path.name: path.read_bytes() for path in workbooks}
    if not authority.is_file():
        files[authority] = _headed(after, authority, _dumped(_quoted({"name": council}))).encode()
    files |= {path: text.encode() for path, text in after.texts.items() if text != before.texts.get(path)}
    return files | dict.fromkeys(path for path in before.dropped if path not in after.texts)


def _headed(found: Ground, path: Path, text: str) -> str:
    """A new file, with the line that tells an editor how it is made up."""
    inside = path.relative_to(found.root).as_posix() if path.is_relative_to(found.root) else ""
    return schema_line(inside) + text


def _grown(text: str, key: str, entries: Sequence[Any], **changed: Any) -> str:
    """A YAML file with entries at the end of one of its lists, and keys changed; its comments stay."""
    content = round_trip().load(text) or {}
    content.update(changed)
    content[key] = content.get(key) or []
    content[key].extend(_quoted(list(entries)))
    return _dumped(content)


def _with_scales(text: str, scales: Mapping[str, Any]) -> str:
    content = round_trip().load(text)
    known = content.get("scales") or {}
    if not scales.keys() - known.keys():
        return text
    content["scales"] = {**known, **_quoted({name: each for name, each in scales.items() if name not in known})}
    return _dumped(content)


def _with_headers(found: Ground, plan: Plan) -> str:
    """columns.yml with headers under their meaning in the theme's form, and teams; what is known is not doubled."""
    text, theme = found.texts.get(found.root / COLUMNS, ""), plan.audit["theme"]
    known = {**found.columns.learnt, **(found.columns.forms[theme].learnt if theme in found.columns.forms else {})}
    fresh = [each for each in plan.learnt if each.options or each.target not in known.get(fold(each.spelling), ())]
    teams = [name for name in plan.teams if fold(name) not in found.columns.team_names]
    if not fresh and not teams:
        return text
    content = round_trip().load(text) or {}
    put(content, reversed(fresh))  # each goes before what stands there
    if teams:
        content["teams"] = content.get("teams") or {}
        content["teams"].update({_quoted(name): [] for name in teams})
    return _dumped(content)


def _dumped(content: Any) -> str:
    stream = io.StringIO()
    round_trip().dump(content, stream)
    return stream.getvalue()


def _quoted(content: Any) -> Any:
    """The same data, with texts in quotes that a YAML reader could take for something else."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

    if isinstance(content, Mapping):
        return {_quoted(key) if key in _YAML_WORDS else key: _quoted(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_quoted(each) for each in content]
    plain = not isinstance(content, str) or re.fullmatch(r"[A-Za-z][\w ./-]*", content)
    return content if plain and str(content).casefold() not in _YAML_WORDS else Quoted(content)

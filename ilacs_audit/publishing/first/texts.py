"""The catalogue's texts with entries put in: what people wrote in a file stays, with its comments and its order."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ilacs_audit.intake.cells.spelling import fold
from ilacs_audit.intake.tables.columns import ColumnMap
from ilacs_audit.intake.tables.usual import IGNORE
from ilacs_audit.intake.yaml_files import round_trip
from ilacs_audit.publishing.first.entries import Plan

_YAML_WORDS = frozenset(("on", "off", "yes", "no", "true", "false", "null", "y", "n"))


def yaml_text(content: Any) -> str:
    """Plain data as YAML in the order given; what YAML would read as something else stands in quotes."""
    return _dumped(_quoted(content))


def grown(text: str, key: str, entries: Sequence[Any], **changed: Any) -> str:
    """A YAML file with entries at the end of one of its lists, and keys changed; its comments stay."""
    content = round_trip().load(text) or {}
    content.update(changed)
    _put(content, key, entries)
    return _dumped(content)


def with_headers(text: str, plan: Plan, known: ColumnMap) -> str:
    """The text of columns.yml with headers put under their meaning; what is there already is not doubled."""
    content = round_trip().load(text) or {}
    fresh = [(header, meaning) for header, meaning in plan.learnt if fold(header) not in known.learnt]
    for header, meaning in fresh:
        if meaning != IGNORE and not content.get("fields"):
            content["fields"] = {}
        _put(content if meaning == IGNORE else content["fields"], meaning, [header])
    teams = [name for name in plan.teams if fold(name) not in known.team_names]
    if teams:
        content["teams"] = content.get("teams") or {}
        content["teams"].update({_quoted(name): [] for name in teams})
    return _dumped(content) if fresh or teams else text


def _put(content: Any, key: str, entries: Sequence[Any]) -> None:
    if content.get(key):
        content[key].extend(_quoted(list(entries)))
    else:
        content[key] = _quoted(list(entries))


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

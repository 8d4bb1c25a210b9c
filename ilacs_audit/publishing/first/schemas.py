"""JSON Schemas of every file that people edit, made from the models that read them, so that an editor completes a key.

They lie in `data/schemas` of a workspace; a file names its own in its first line.
"""

import json
from collections.abc import Mapping
from os.path import relpath
from pathlib import PurePosixPath
from typing import Any

from pydantic import TypeAdapter

from ilacs_audit.domain.about import Commentary
from ilacs_audit.domain.catalogue.gym import Vignettes
from ilacs_audit.domain.catalogue.learning import Learning
from ilacs_audit.domain.catalogue.limits import Limits
from ilacs_audit.domain.plan import Plan
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.references.challenges import Challenge
from ilacs_audit.domain.references.decided import Decided
from ilacs_audit.domain.standards import Theme
from ilacs_audit.intake.catalogue import Authority
from ilacs_audit.intake.database import Views
from ilacs_audit.intake.returns.exclusions import Exclusion
from ilacs_audit.intake.tables.columns import ColumnMap
from ilacs_audit.publishing.timetable import Planned

FOLDER = "data/schemas"
_FILES: Mapping[str, Any] = {
    "authority": Authority,
    "challenges": list[Challenge],
    "columns": ColumnMap,
    "commentary": dict[str, Commentary],
    "decisions": list[Decided],
    "exclusions": list[Exclusion],
    "gym": Vignettes,
    "learning": Learning,
    "limits": Limits,
    "plan": Plan,
    "programme": Programme,
    "reports": dict[str, Planned],
    "standards": Theme,
    "views": Views,
}


def schemas() -> dict[str, str]:
    """Every schema as text, by its path in a workspace."""
    made = {name: _lean(TypeAdapter(model).json_schema()) for name, model in _FILES.items()}
    return {f"{FOLDER}/{name}.json": f"{json.dumps(each, indent=1)}\n" for name, each in made.items()}


def schema_line(path: str) -> str:
    r"""The first line of a file of a workspace, which tells an editor how the file is made up; '' of any other file.

    >>> schema_line("data/standards/consent.yml")
    '# yaml-language-server: $schema=../schemas/standards.json\n'
    """
    place = PurePosixPath(path)
    name = next((each for each in (place.stem, place.parent.name) if each in _FILES), "")
    where = relpath(f"{FOLDER}/{name}.json", str(place.parent)).replace("\\\\", "/")
    return f"# yaml-language-server: $schema={where}\n" if name and place.suffix == ".yml" else ""


def _lean(schema: Any, *, named: bool = False) -> Any:
    """A schema without titles and defaults, which tell a person nothing; `named` where its keys are a file's own."""
    if isinstance(schema, list):
        return [_lean(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: each for key, each in schema.items() if named or key not in ("title", "default")}
    return {key: _lean(each, named=key in ("properties", "$defs")) for key, each in kept.items()}

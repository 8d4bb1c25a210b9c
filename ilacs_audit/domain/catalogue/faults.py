"""Every fault of a file at once: file, line, key, the value and what to write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ilacs_audit.domain.errors import CatalogueError, near, quoted

Model = TypeVar("Model", bound=BaseModel)
_CALLED = {
    "audits": "audit ",
    "standards": "standard ",
    "areas": "area ",
    "interventions": "intervention ",
    "items": "",
}


class Section(dict[str, Any]):
    """Keys and values of a file, with the line on which each key stands."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}


class Items(list[Any]):
    """The items of a list in a file, with the line of each."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


def read_as(model: type[Model], content: object, *, file: str) -> Model:
    """Read a file's content as a model. Raises CatalogueError with every fault, each with its place."""
    try:
        return model.model_validate(content)
    except ValidationError as problem:
        refuse(_faults(problem.errors(include_url=False), model, content, file))
        raise AssertionError from None


def refuse(faults: Sequence[CatalogueError]) -> None:
    """Raise what was found: one fault as it is, several in one error, a line each; nothing where there is none."""
    if len(faults) == 1:
        raise faults[0] from None
    if faults:
        told = "".join(f"\n- {each}" for each in faults)
        raise CatalogueError(f"There are {len(faults)} faults to put right.{told}") from None


def at(content: object, loc: Sequence[int | str], *, file: str) -> str:
    """Where in a file something stands: its line where that is known, and the names on the way to it."""
    line, node, names = 0, content, []
    for before, part in zip(("", *loc), loc, strict=False):
        try:
            lines, node = getattr(node, "lines", {}), node[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            names.append(str(part))
            break
        line = lines[part] if lines else line
        if isinstance(part, int):
            called = node.get("id") if isinstance(node, Mapping) else None
            names[-1:] = [f"{_CALLED.get(str(before), '')}{called}" if called else f"{before or 'entry'} {part + 1}"]
        else:
            names.append(str(part))
    place = f"{file}, line {line}" if line else file
    return ", ".join(filter(None, (place, *names)))


def _faults(errors: Iterable[ErrorDetails], model: type[BaseModel], content: object, file: str) -> list[CatalogueError]:
    found: list[CatalogueError] = []
    missing: dict[tuple[int | str, ...], list[str]] = {}
    for error in errors:
        loc, value = error["loc"], error["input"]
        if error["type"] == "missing":
            missing.setdefault(loc[:-1], []).append(str(loc[-1]))
            continue
        what, fix = _told(error, model, loc, value)
        found.append(CatalogueError(what, where=at(content, loc, file=file), fix=fix))
    absent = [
        CatalogueError(f"Missing: {', '.join(keys)}.", where=at(content, loc, file=file), fix="Add to the entry.")
        for loc, keys in missing.items()
    ]
    return [*absent, *found]


def _told(error: ErrorDetails, model: type[BaseModel], loc: Sequence[int | str], value: object) -> tuple[str, str]:
    context: Mapping[str, Any] = error.get("ctx", {})
    if error["type"] == "fault":
        return context["what"], context["fix"]
    if error["type"] == "literal_error":
        words = context["expected"].replace("'", "").replace(" or ", ", ")
        return f"{quoted(value)} is not a word for {loc[-1]}.", f"Use one of: {words}."
    if error["type"] == "extra_forbidden":
        known = _keys(model, loc[:-1])
        fix = near(loc[-1], known, otherwise=f"Use one of: {', '.join(known)}.")
        return f"Unknown: {loc[-1]}.", fix
    if error["type"] in ("list_type", "tuple_type"):
        return f"{quoted(value)} is not a list.", "Start each entry with a dash on a line of its own."
    if error["type"] in ("dict_type", "model_type", "model_attributes_type"):
        return f"{quoted(value)} is not keys and values.", "Write a key, a colon and a value on each line."
    return f"{quoted(value)} cannot be read here ({error['msg']}).", "Correct the value."


def _keys(model: Any, loc: Sequence[int | str]) -> list[str]:
    """The keys that the entry at a place may have."""
    for part in loc:
        if isinstance(part, str) and part in getattr(model, "model_fields", {}):
            model = _inner(model.model_fields[part].annotation)
    return list(getattr(model, "model_fields", {}))


def _inner(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inside = (_inner(each) for each in getattr(annotation, "__args__", ()))
    return next((each for each in inside if each is not None), None)

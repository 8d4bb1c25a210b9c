"""Every fault of a file at once: file, line, key, the value and what to write."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from typing import Any, Protocol, TypeVar

from pydantic import ValidationError

from ilacs_audit.domain.catalogue.fields import Entry
from ilacs_audit.domain.errors import CatalogueError, near, quoted


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


Model = TypeVar("Model", bound=Entry)
Named = TypeVar("Named", bound=_WithId)
Place = Sequence[int | str]
_CALLED = {"audits": "audit ", "standards": "standard ", "areas": "area ", "interventions": "intervention "}
_WANTED = {
    "tuple_type": ("a list is wanted", "Start each entry with a dash on a line of its own."),
    "dict_type": ("keys and values are wanted", "Write a key, a colon and a value on each line."),
}


class Section(dict[str, Any]):
    """Keys and values of a file, with the line on which each key stands."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}


class Items(list[Any]):
    """The items of a list in a file, with the line of each."""

    lines: Sequence[int] = ()


def read_as(model: type[Model], content: object, *, file: str) -> Model:
    """Read a file's content as a model. Raises CatalogueError with every fault, each with its place."""
    told: Model
    told, faults = _read(model, content, content, (), file)
    refuse(faults)
    return told


def some(content: object, key: str, *, file: str) -> object:
    """What a file holds. Raises CatalogueError where it holds nothing: it may have been emptied by mistake."""
    if content is None:
        raise CatalogueError("The file is empty.", where=file, fix=f"Write {key}: and its entries, or {key}: [].")
    return content


def read_each(model: type[Model], content: object, *, file: str) -> dict[Any, Model]:
    """Read a file whose entries stand in a list, or each under its own name. Raises CatalogueError with every fault."""
    entries = content.items() if isinstance(content, Mapping) else enumerate(content or ())  # type: ignore[arg-type]  # items or places
    read = {name: _read(model, entry, content, (name,), file) for name, entry in entries}
    refuse(fault for _, faults in read.values() for fault in faults)
    return {name: told for name, (told, _) in read.items()}


def _read(model: type[Model], entry: object, content: object, under: Place, file: str) -> tuple[Any, Sequence[Any]]:
    try:
        return model.__pydantic_validator__.validate_python(entry), ()  # type: ignore[attr-defined]  # pydantic adds it
    except ValidationError as problem:
        errors = [{**each, "loc": (*under, *each["loc"])} for each in problem.errors(include_url=False)]
        return None, list(_faults(errors, model, content, file, len(under)))


def refuse(faults: Iterable[CatalogueError]) -> None:
    """Raise what was found: one fault as it is, several in one error, a line each; nothing where there is none."""
    found = [part for each in faults for part in each.parts or (each,)]
    if len(found) == 1:
        raise found[0] from None
    if found:
        told = CatalogueError(f"There are {len(found)} faults to put right." + "".join(f"\n- {each}" for each in found))
        told.parts = tuple(found)
        raise told from None


def one_of(entries: Iterable[Named], name: object, what: str, *, where: str, otherwise: str = "") -> Named:
    """The entry with this id. Raises CatalogueError, with the ids that look like it."""
    known = {each.id: each for each in entries}
    if name in known:
        return known[name]
    fix = near(name, known, otherwise=otherwise or f"Use one of: {', '.join(known)}.")
    raise CatalogueError(f"There is no {what} {quoted(name)}.", where=where, fix=fix)


def found_in(reading: Iterable[Callable[[], object]]) -> list[CatalogueError]:
    """The faults of several readings, so that one that fails does not hide those of the next."""
    faults = []
    for read in reading:
        try:
            read()
        except CatalogueError as fault:
            faults.append(fault)
    return faults


def used_twice(places: Iterable[tuple[str, Place]], content: object, *, file: str) -> Iterator[CatalogueError]:
    """A fault for each id that an earlier entry has as well."""
    first: dict[str, Place] = {}
    for name, place in places:
        if name in first:
            where = " and ".join(at(content, each, file=file) for each in (first[name], place))
            yield CatalogueError(f"Used twice: {name}.", where=where, fix="Give each entry its own id.")
        first.setdefault(name, place)


def at(content: object, place: Place, *, file: str) -> str:
    """Where in a file something stands: its line where that is known, and the names on the way to it.

    An entry of a list is found by its number, its id or its text.
    """
    line, node, names = 0, content, list[str]()
    for before, part in zip(("", *place), place, strict=False):
        if part == "[key]":  # how pydantic says that the key itself is at fault
            break
        spot = _spot(node, part)
        if spot is None:
            names.append(str(part))
            break
        lines = getattr(node, "lines", {})  # what was put in since it was read has none
        told = isinstance(spot, int) or spot in lines
        line, node = lines[spot] if lines and told else line, node[spot]  # type: ignore[index]  # a section or a list
        if isinstance(spot, int):
            called = node.get("id") if isinstance(node, Mapping) else None
            names[-1:] = [f"{_CALLED.get(str(before), '')}{called}" if called else f"{before or 'entry'} {spot + 1}"]
        else:
            names.append(str(part))
    return ", ".join((f"{file}, line {line}" if line else file, *names))


def _spot(node: object, part: int | str) -> Any:
    """Under which key or number a part of the way is found; None where it is not there."""
    if isinstance(node, Mapping):
        return part if part in node else None
    if not isinstance(node, (list, tuple)):
        return None
    if isinstance(part, int):
        return part if part < len(node) else None
    known = [each.get("id") if isinstance(each, Mapping) else each for each in node]
    return known.index(part) if part in known else None


def _faults(errors: Iterable[Any], model: type, content: object, file: str, depth: int) -> Iterator[CatalogueError]:
    missing: dict[Place, list[str]] = {}
    for error in errors:
        if error["type"] == "missing":
            *place, key = error["loc"]
            missing.setdefault(tuple(place), []).append(str(key))
        elif error["type"] != "default_factory_not_called":
            what, fix = _told(error, model, error["loc"][depth:])
            yield CatalogueError(what, where=at(content, error["loc"], file=file), fix=fix)
    for place, keys in missing.items():
        own, fix = (keys, "Write it in the entry.") if len(keys) == 1 else ((), "Write them in the entry.")
        yield CatalogueError(f"Missing: {', '.join(keys)}.", where=at(content, (*place, *own), file=file), fix=fix)


def _told(error: Mapping[str, Any], model: type, place: Place) -> tuple[str, str]:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "fault":
        return context["what"], context["fix"]
    if kind == "unexpected_keyword_argument":
        known = _keys(model, place[:-1])
        return f"Unknown: {place[-1]}.", near(place[-1], known, otherwise=f"Use one of: {', '.join(known)}.")
    if kind == "dataclass_type":
        keys = ", ".join(f"{name}: …" for name in _keys(model, place)[:2])
        return f"{_seen(error['input'])} where keys and values are wanted.", f"Write it as {{{keys}}}."
    wanted, fix = _WANTED.get(kind, (f"something else is wanted ({error['msg']})", "Correct it."))
    return f"{_seen(error['input'])} where {wanted}.", fix


def _seen(value: object) -> str:
    if isinstance(value, Mapping):
        return "Keys and values stand"
    return "A list stands" if isinstance(value, (list, tuple)) else f"{quoted(value)} stands"


def _keys(model: Any, place: Place) -> list[str]:
    """The keys that the entry at a place may have."""
    for part in place:
        model = _inner(_fields(model).get(part)) or model
    return [str(name) for name in _fields(model)]


def _fields(model: Any) -> dict[int | str, Any]:
    fields = getattr(model, "__pydantic_fields__", {}).items()
    return {field.alias or name: field.annotation for name, field in fields if field.init is not False}


def _inner(annotation: Any) -> Any:
    """The model that a field holds, be it alone, in a list or under names."""
    if is_dataclass(annotation):
        return annotation
    inside = (_inner(each) for each in getattr(annotation, "__args__", ()))
    return next((each for each in inside if each is not None), None)

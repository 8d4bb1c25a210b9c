"""The kinds of field a catalogue has, read from text as a person writes it and never as YAML guesses it.

A file's reader gives text: `on`, `no`, 0012345 and 12:30 stay what was written, and the field says
what is wanted of them. Plain Python values (a date, a number) are read as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from ilacs_audit.domain.calendar import Period, parse_day
from ilacs_audit.domain.catalogue.words import plain_id
from ilacs_audit.domain.errors import AuditError, CatalogueError, UsageError, quoted

_TRUE, _FALSE = ("true", "yes", "on", "y"), ("false", "no", "off", "n")


def fault(what: str, fix: str) -> PydanticCustomError:
    """A fault of a field, with what to write instead."""
    return PydanticCustomError("fault", "{what}", {"what": what, "fix": fix})


class Entry(BaseModel):
    """Keys and values under one another; a key without a value is a key that was not written."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: Any) -> Any:
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            keys = ", ".join(f"{name}: …" for name in list(cls.model_fields)[:2])
            raise fault(f"{quoted(value)} is not keys and values.", f"Write it as {{{keys}}}.")
        return {("on" if key is True else str(key)): each for key, each in value.items() if each is not None}


def text_of(value: Any) -> str:
    """A word or a sentence, whatever it looks like to YAML."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (str, int, float)) or hasattr(value, "isoformat"):
        if not str(value).strip():
            raise fault("There is nothing here.", "Write it in words, or take the key away.")
        return str(value)
    raise fault(f"{quoted(value)} is not text.", "Write one line of text, in quotes where it holds a colon.")


def texts_of(value: Any) -> tuple[str, ...]:
    """A list of texts; one text alone is a list of one, and an item with a colon in it is the text it was."""
    listed = value if isinstance(value, (list, tuple, set, frozenset)) else () if value is None else (value,)
    return tuple(text_of(_whole_line(each)) for each in listed if each is not None and str(each).strip())


def _whole_line(item: Any) -> Any:
    """`- Agree the following: book it` is a mapping of one to YAML and a sentence to whoever wrote it."""
    if isinstance(item, Mapping) and len(item) == 1:
        ((key, value),) = item.items()
        if not isinstance(value, (Mapping, list)):
            return f"{key}: {text_of(value)}" if value is not None else f"{key}:"
    return item


def _flag(value: Any) -> bool:
    word = text_of(value).strip().casefold()
    if word in (*_TRUE, *_FALSE):
        return word in _TRUE
    raise fault(f"{quoted(value)} is neither yes nor no.", "Write true or false.")


def _whole(value: Any) -> int:
    text = "" if isinstance(value, bool) else text_of(value).strip().replace(",", "")
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise fault(f"{quoted(value)} is not a whole number.", "Write it in figures, such as 12, or take the key away.")
    return int(text)


def _day(value: Any) -> date:
    try:
        return parse_day(value.strip() if isinstance(value, str) else value)
    except UsageError:
        raise fault(f"{quoted(value)} is not a date.", "Write it as YYYY-MM-DD, without quotes.") from None


def _month(value: Any) -> Period:
    try:
        return Period.parse(value)
    except AuditError as problem:
        raise fault(problem.what, problem.fix) from None


def _id(value: Any) -> str:
    try:
        return plain_id(text_of(value) if value != "" else "", where="")
    except CatalogueError as problem:
        raise fault(problem.what, problem.fix) from None


def _share(value: Any) -> str:
    """The decimal that a person wrote, so that 55% of 100 is 55 and not 56."""
    text = text_of(value).strip()
    if not re.fullmatch(r"[01]?\.[0-9]+|1", text) or not 0 < float(text) <= 1:
        raise fault(f"The target {quoted(text)} is not a share.", "Write 0.9 for 90%.")
    return text


def _schema(*kinds: str, **more: Any) -> Any:
    return WithJsonSchema({"type": list(kinds) if len(kinds) > 1 else kinds[0], **more})


_WORD = ("string", "number", "boolean")
Text = Annotated[str, BeforeValidator(text_of), _schema(*_WORD)]
Texts = Annotated[
    tuple[str, ...], BeforeValidator(texts_of), _schema(*_WORD, "array", "null", items={"type": [*_WORD, "object"]})
]
Flag = Annotated[bool, BeforeValidator(_flag), _schema("boolean")]
Whole = Annotated[int, BeforeValidator(_whole), _schema("integer", minimum=0)]
Day = Annotated[date, BeforeValidator(_day), _schema("string", format="date")]
Month = Annotated[Period, BeforeValidator(_month), _schema("string", pattern="^20[0-9]{2}-(0[1-9]|1[0-2])$")]
Id = Annotated[str, BeforeValidator(_id), _schema(*_WORD)]
Share = Annotated[str, BeforeValidator(_share), _schema("string", "number")]

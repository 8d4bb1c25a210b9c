"""The kinds of field a catalogue has, read from text as a person writes it and never as YAML guesses it.

A file's reader gives text: `on`, `no`, 0012345 and 12:30 stay what was written, and the field says
what is wanted of them. Plain Python values (a date, a number) are read as well.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import ConfigDict, model_validator
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticCustomError, core_schema

from ilacs_audit.domain.calendar import Period, parse_day
from ilacs_audit.domain.errors import UsageError, bare, near, quoted

_TRUE, _FALSE = ("true", "yes", "on", "y"), ("false", "no", "off", "n")
_LONGEST_ROLE = 10
_CLAIMS = re.compile(
    r"[0-9%;:!?]|\b(is|are|was|were|be|been|has|have|had|do|does|did|will|can|met|fell|rose|improved|better|worse|safer?"
    r"|all|every\w*|no|none|not|most)\b",
    re.I,
)
_ONE_OR_MORE = 'Write several as [one, another], and one that holds a comma as ["one, indeed"].'


def fault(what: str, fix: str) -> PydanticCustomError:
    """A fault of a field, with what to write instead."""
    return PydanticCustomError("fault", "{what}", {"what": what, "fix": fix})


class Kind:
    """What reads a field's value, and the JSON Schema that tells an editor what may stand there."""

    def __init__(self, reader: Callable[[Any], Any], *kinds: str, **more: Any) -> None:
        self._reader = reader
        self._told = {**({"type": list(kinds) if len(kinds) > 1 else kinds[0]} if kinds else {}), **more}

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self._reader)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return self._told


@dataclass(frozen=True, config=ConfigDict(extra="forbid", arbitrary_types_allowed=True))
class Entry:
    """Keys and values under one another; a key without a value is a key that was not written."""

    @model_validator(mode="before")
    @classmethod
    def _written(cls, value: Any) -> Any:
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            return value
        return {("on" if key is True else str(key)): each for key, each in value.items() if each is not None}


def titled(identifier: str) -> str:
    """The words of an id, as a title where none is written.

    >>> titled("strategy_meetings")
    'Strategy meetings'
    """
    words = re.sub(r"[_-]+", " ", identifier).strip()
    return words[:1].upper() + words[1:]


def among(*words: str) -> Kind:
    """One of these words, in whatever case, with spaces, hyphens or underscores between its parts."""
    known = {bare(word): word for word in words}

    def word_of(value: Any) -> str:
        found = known.get(bare(_text(value) if value != "" else ""))
        if found is None:
            told = f"Use one of: {', '.join(filter(None, words))}."
            raise fault(f"{quoted(value)} is not a word for this.", near(value, words, otherwise=told))
        return found

    return Kind(word_of, "string", enum=list(words))


def _text(value: Any) -> str:
    """A word or a sentence, whatever it looks like to YAML."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, (str, int, float)) and not hasattr(value, "isoformat"):
        raise fault("This is not text.", "Write one line of text, in quotes where it holds a colon.")
    if not str(value).strip():
        raise fault("There is nothing here.", "Write it in words, or take the key away.")
    return str(value)


def _prose(value: Any) -> str:
    """What may be left empty."""
    return "" if value == "" else _text(value).strip()


def _role(value: Any) -> str:
    """A post in a few words, so that nothing is claimed in its place: it holds no figure and no verb."""
    text = _prose(value)
    if len(text.split()) > _LONGEST_ROLE or _CLAIMS.search(text):
        raise fault(f"{quoted(text)} is not a role.", "Write a post in a few words, such as Head of service.")
    return text


def _texts(value: Any) -> tuple[str, ...]:
    """A list of texts; one text alone is a list of one, and an item with a colon in it is the text it was."""
    return tuple(_text(whole_line(each)) for each in entries(value))


def entries(value: Any) -> tuple[Any, ...]:
    """What a person listed, one entry alone too; an entry without anything is none."""
    if isinstance(value, Mapping):
        raise fault("Keys and values stand where a list is wanted.", "Start each entry with a dash.")
    listed = value if isinstance(value, (list, tuple, set, frozenset)) else () if value is None else (value,)
    return tuple(each for each in listed if each is not None and str(each).strip())


def whole_line(item: Any) -> Any:
    """`- Agree the following: book it` is a mapping of one to YAML and a sentence to whoever wrote it."""
    if isinstance(item, Mapping) and len(item) == 1:
        ((key, value),) = item.items()
        if not isinstance(value, (Mapping, list)):
            return f"{key}: {_text(value)}" if value is not None else f"{key}:"
    return item


def _names(value: Any) -> tuple[str, ...]:
    """A list of names; a comma in a text alone could stand between two or inside one."""
    if isinstance(value, str) and "," in value:
        raise fault(f"{quoted(value)} is one entry or several.", _ONE_OR_MORE)
    return tuple(each.strip("“”‘’") for each in _texts(value))  # quotation marks as Word writes them


def _codes(value: Any) -> tuple[str, ...]:
    """A list of ids, which hold no comma: one between them parts them."""
    return _texts([each.strip() for each in value.split(",")] if isinstance(value, str) else value)


def _flag(value: Any) -> bool:
    word = _text(value).strip().casefold()
    if word in (*_TRUE, *_FALSE):
        return word in _TRUE
    raise fault(f"{quoted(value)} is neither yes nor no.", "Write true or false.")


def _whole(value: Any) -> int:
    text = "" if isinstance(value, bool) else _text(value).strip()
    if not re.fullmatch(r"([0-9]{1,9}|[0-9]{1,3}(,[0-9]{3})+)(\.0+)?", text):
        raise fault(f"{quoted(value)} is not a whole number.", "Write it in figures, such as 12, or take the key away.")
    return int(text.replace(",", "").partition(".")[0])


def _counted(value: Any) -> int:
    if (number := _whole(value)) < 1:
        raise fault(f"{quoted(value)} is where counting has not begun.", "Count from 1, or take the key away.")
    return number


def _day(value: Any) -> date:
    try:
        return parse_day(value.strip() if isinstance(value, str) else value)
    except UsageError:
        raise fault(f"{quoted(value)} is not a date.", "Write it as YYYY-MM-DD, without quotes.") from None


def _month(value: Any) -> Period:
    try:
        return Period.parse(value.strip() if isinstance(value, str) else value)
    except UsageError as problem:
        raise fault(problem.what, problem.fix) from None


def _id(value: Any) -> str:
    """An id that may become part of a file's name: no path, and no more than a name can hold."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", str(value)):
        raise fault(f"{quoted(value)} is not an id.", "Use letters, digits, hyphens and underscores, 64 at most.")
    return str(value)


def _share(value: Any) -> str:
    """The decimal that a person wrote, so that 55% of 100 is 55 and not 56; 60% is 0.6."""
    text = _text(value).strip()
    of_hundred = re.fullmatch(r"([1-9][0-9]?|100)(\.[0-9]+)? ?%", text)
    said = f"{Decimal(text.rstrip(' %')) / 100:f}" if of_hundred else text
    if not re.fullmatch(r"[01]?\.[0-9]+|1", said) or not 0 < float(said) <= 1:
        raise fault(f"{quoted(text)} is not a share.", "Write 90%, or 0.9.")
    return said


_WORD = ("string", "number", "boolean")
_LIST: Mapping[str, Any] = {"items": {"type": [*_WORD, "object"]}}
Text = Annotated[str, Kind(_text, *_WORD)]
Prose = Annotated[str, Kind(_prose, "string")]
Role = Annotated[str, Kind(_role, "string")]
Texts = Annotated[tuple[str, ...], Kind(_texts, *_WORD, "array", "null", **_LIST)]
Names = Annotated[tuple[str, ...], Kind(_names, *_WORD, "array", "null", **_LIST)]
Codes = Annotated[tuple[str, ...], Kind(_codes, *_WORD, "array", "null", **_LIST)]
Flag = Annotated[bool, Kind(_flag, "boolean")]
Whole = Annotated[int, Kind(_whole, "integer", minimum=0)]
Counted = Annotated[int, Kind(_counted, "integer", minimum=1)]
Day = Annotated[date, Kind(_day, "string", format="date")]
Month = Annotated[Period, Kind(_month, "string", pattern="^20[0-9]{2}-(0[1-9]|1[0-2])$")]
Id = Annotated[str, Kind(_id, *_WORD)]
Share = Annotated[str, Kind(_share, "string", "number")]

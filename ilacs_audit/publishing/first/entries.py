"""The entries of the catalogue that follow from what was seen and said.

An entry says what was said and no more: what is left out has a default that claims nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import UsageError
from ilacs_audit.domain.standards import SCALES
from ilacs_audit.intake.cells.months import undated
from ilacs_audit.intake.cells.spelling import fold
from ilacs_audit.intake.tables.columns import ColumnMap, Recogniser, Target
from ilacs_audit.intake.tables.learnt import Learnt
from ilacs_audit.intake.tables.mixed import tells_apart
from ilacs_audit.intake.tables.usual import FIELDS, IGNORE
from ilacs_audit.publishing.first.asking import asking_columns, unjudged
from ilacs_audit.publishing.first.meanings import MODERATED, QUESTION, UNITS, Column
from ilacs_audit.publishing.first.own_scales import as_written, is_own, scale_called
from ilacs_audit.publishing.first.seen import Seen
from ilacs_audit.publishing.first.workspace import Ground

_SMALL_WORDS = frozenset(("a", "an", "and", "for", "in", "of", "on", "the", "to", "with", "audit", "standard"))
_OF_AUDITS = re.compile(
    r"\b(?:multi[ -]agency|ma|thematic|quality|monthly|quarterly|annual|dip[ -]sampl\w*|follow[ -]?up|re-?audits?|"
    r"audits?|audit(?:ing)? tool|returns?|review of|sampl\w+|of the|summary)\b",
    re.IGNORECASE,
)
_A_MONTH = timedelta(days=31)  # what lies further away is a slip in a date
_KINDS = {"worker": "supervision", "request": "multi_agency"}


@dataclass(frozen=True)
class Plan:
    """What will be there, as plain data: the audit, its theme or what is new in it, and what headers mean."""

    theme: Mapping[str, Any] | None
    new_standards: Sequence[Mapping[str, Any]]
    audit: Mapping[str, Any]
    learnt: Sequence[Learnt]
    teams: Sequence[str] = ()
    scales: Mapping[str, Any] = field(default_factory=dict)


def planned(seen: Seen, said: Mapping[str, Any], found: Ground, *, title: str) -> Plan:
    """The entries that follow from what was seen and said; `title` is that of the audit."""
    theme, taken = found.theme, {each.id for each in found.standards}
    fresh = [each for each in _asked(seen, said) if each.meaning == QUESTION and each.number not in said["same"]]
    if not theme and not fresh:
        what = "The questions are answered in marks, and nobody said which of them count as met."
        raise UsageError(what, fix='Say it, as in --met "3, 4"; words can be written for marks, as "Good" for 2.')
    topic = topic_of(title)
    theme_id = theme.id if theme else _free(slug(topic), {each.id for each in found.standards.themes})
    edition = theme.edition + bool(fresh) if theme else 1
    prefix = _prefix(topic, taken)
    if theme:
        prefix = theme.standards[0].id.rpartition("-")[0] if theme.standards else ""
    places = (f"{prefix or 'STD'}-{number}" for number in count(1))
    ids = (each for each in places if each not in taken)
    named = {each.number: next(ids) for each in fresh}
    new = [_standard(each, named[each.number], said, edition) for each in fresh]
    scales = _scales(fresh, said)
    unit = {} if said.get("unit", "file") == "file" else {"unit": said["unit"]}
    audit_id = _free(f"{theme_id}-{said['month']}", {audit.id for audit in found.programme})
    return Plan(
        None
        if theme
        else {"theme": theme_id, "title": topic, **unit, **({"scales": scales} if scales else {}), "standards": new},
        new if theme else (),
        _audit(audit_id, theme_id, title, seen, said, edition, theme.unit if theme else said["unit"]),
        tuple(_learnt(seen, said, named, theme_id)),
        seen.sheets if said.get("teams") else (),
        scales,
    )


def _asked(seen: Seen, said: Mapping[str, Any]) -> list[Column]:
    """The columns that a person took for questions, of which it is known what counts as met."""
    aside = {each.number for each in unjudged(seen, said)}
    return [each for each in asking_columns(seen, said) if each.number not in aside]


def _scales(asked: Iterable[Column], said: Mapping[str, Any]) -> dict[str, Any]:
    own = {each.scale: scale for each in asked if is_own(each.scale) and (scale := scale_called(each.scale))}
    return {name: as_written(scale, said.get(f"met_{name}") or sorted(scale.meets)) for name, scale in own.items()}


def topic_of(title: str) -> str:
    """What an audit is about: its title without the words for an audit.

    >>> topic_of("Consent dip sample"), topic_of("Plans and Planning audit"), topic_of("Audit")
    ('Consent', 'Plans and planning', 'Audit')
    """
    words = [word.lower() if word.istitle() else word for word in _OF_AUDITS.sub(" ", undated(title)).split()]
    text = " ".join(words).strip(" -–:,.&")
    return f"{text[:1].upper()}{text[1:]}" if len(text) > 2 else title


def slug(title: str) -> str:
    """A title as an id: small letters and hyphens.

    >>> slug("Plans & Planning: thematic audit")
    'plans-and-planning-thematic-audit'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:40].strip("-") or "audit"


def _free(name: str, taken: set[str]) -> str:
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(each for each in numbered if each not in taken)


def _prefix(title: str, taken: set[str]) -> str:
    """Three letters of the title's first telling word, more where another theme has them."""
    words = [word for word in slug(title).split("-") if word not in _SMALL_WORDS] or ["standard"]
    ours, used = "".join(words).upper(), {each.rpartition("-")[0] for each in taken}
    return next((ours[:size] for size in range(3, len(ours) + 1) if ours[:size] not in used), _free(ours, used))


def _standard(column: Column, standard_id: str, said: Mapping[str, Any], edition: int) -> dict[str, Any]:
    """Four lines: the id, the question as the form asks it, its scale, and the target if there is one."""
    adverse = column.number in (said.get("adverse") or ())
    meets = ("no" if column.scale == "yes_no" else "not met",) if adverse else said.get(f"met_{column.scale}", ())
    own = meets and not is_own(column.scale) and set(meets) != SCALES[column.scale].meets
    return {
        "id": standard_id,
        **({"version": edition} if edition > 1 else {}),
        "text": column.header,
        **({"plain": f"The answer is no: {column.header}"} if adverse else {}),
        "scale": column.scale,
        **({"meets": list(meets)} if own else {}),
        **({"target": said["target"]} if said.get("target") else {}),
    }


def _audit(
    audit_id: str, theme_id: str, title: str, seen: Seen, said: Mapping[str, Any], edition: int, unit: str
) -> dict[str, Any]:
    period, chosen = said["month"], said["chosen"]
    listed = seen.files if chosen == "census" and unit != "request" else said.get("listed")
    on, until = _days(seen, period)
    thematic = seen.of("grade") and "dip sample" not in title.casefold()  # a dip sample speaks of the files read
    told = {
        "kind": _KINDS.get(unit) or ("census" if chosen == "census" else "thematic" if thematic else "dip_sample"),
        "on": on,
        "until": until,
        "population": {"size": listed} if listed else None,
        "selection": None if chosen == "unknown" else chosen,
        "intended": said.get("intended"),
        "edition": edition,
        "baseline": said.get("baseline"),
    }
    return {
        "id": audit_id,
        "title": title,
        "theme": theme_id,
        "period": str(period),
        "returns": [f"{period}/{path.name}" for path in seen.paths],
        **{key: value for key, value in told.items() if value},
    }


def _days(seen: Seen, period: Period) -> tuple[date | None, date | None]:
    """The first and the last day of the audit, as far as columns say; the last only where it is another."""
    usual = next((day for day in seen.days if (day.year, day.month) == (period.year, period.month)), None)
    near = [day for day in seen.days if usual and abs(day - usual) <= _A_MONTH]
    return (min(near), max(near) if max(near) != min(near) else None) if near else (None, None)


def _learnt(seen: Seen, said: Mapping[str, Any], named: Mapping[int, str], form: str) -> Iterator[Learnt]:
    """What headers and codes stand for in a form, as far as the tool does not know it by itself."""
    for code, word in (said.get("codes") or {}).items():
        options = next(options for text, options in seen.codes if text == code)
        yield Learnt(form, code, Target("answer", word), (), "", options)
    for column in seen.columns:
        like = said["same"].get(column.number)
        if like and (standard := named.get(like.number) if isinstance(like, Column) else like.id):
            yield Learnt(form, column.header, Target("standard", standard), (), "")
        elif meaning := _meaning(column, seen, said):
            kind = meaning if meaning == IGNORE else "field" if meaning in FIELDS else "standard"
            yield Learnt(form, column.header, Target(kind, "" if meaning == IGNORE else meaning), (), "")


def _meaning(column: Column, seen: Seen, said: Mapping[str, Any]) -> str:
    """What is to be kept of a column that is no new question; "" for nothing."""
    reference = {said["reference"]: UNITS[said["unit"]][0]} if said.get("reference") else {}
    corrected = {**said.get("columns", {}), **reference}
    asked = any(column.number == each.number for each in _asked(seen, said))
    if column.number not in corrected and (
        asked or column.unread or column.meaning == MODERATED or tells_apart(column.header)
    ):
        return ""  # known by its words, or nobody said that it is not wanted
    meaning = corrected.get(column.number, column.meaning)
    meaning = IGNORE if meaning == QUESTION or column.asks else meaning
    known = Recogniser(ColumnMap(), []).target(column.header, made_by=seen.made_by)
    usual = known in (Target("field", meaning), Target(IGNORE, ""))
    return "" if usual or (column.unsafe and meaning == IGNORE) else meaning

"""The entries of the catalogue that follow from what was seen and said.

An entry says what was said and no more: what is left out has a default that claims nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.standards import SCALES, Standards, Theme
from ilacs_audit.intake.cells.spelling import fold
from ilacs_audit.intake.tables.columns import ColumnMap, Recogniser, Target
from ilacs_audit.intake.tables.usual import IGNORE
from ilacs_audit.publishing.first.meanings import COMMENT, QUESTION, UNITS, Column
from ilacs_audit.publishing.first.seen import Seen
from ilacs_audit.publishing.first.titles import undated

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
    """What will be there: the audit and its theme by id, and the entries of the catalogue as plain data."""

    audit_id: str
    theme_id: str
    theme: Mapping[str, Any] | None
    new_standards: Sequence[Mapping[str, Any]]
    audit: Mapping[str, Any]
    learnt: Sequence[tuple[str, str]]
    teams: Sequence[str] = ()


def planned(
    seen: Seen, said: Mapping[str, Any], *, theme: Theme | None, standards: Standards, audits: Iterable[str], title: str
) -> Plan:
    """The entries that follow from what was seen and said; `title` is that of the audit."""
    period: Period = said["month"]
    taken = {each.id for each in standards}
    fresh = [each for each in _asked(seen, said) if each.meaning == QUESTION]
    topic = topic_of(title)
    theme_id = theme.id if theme else _free(slug(topic), {each.id for each in standards.themes})
    prefix = _prefix_of(theme) if theme else _prefix(topic, taken)
    edition = theme.edition + 1 if theme and fresh else theme.edition if theme else 1
    ids = _ids(prefix, taken, len(fresh))
    new = [_standard(each, each_id, said, edition) for each, each_id in zip(fresh, ids, strict=True)]
    audit_id = _free(f"{theme_id}-{period}", set(audits))
    return Plan(
        audit_id,
        theme_id,
        None if theme else _theme(theme_id, topic, said, new),
        new if theme else (),
        _audit(audit_id, theme_id, title, seen, said, edition, theme.unit if theme else said["unit"]),
        tuple(_learnt(seen, said)),
        seen.sheets if said.get("teams") else (),
    )


def _asked(seen: Seen, said: Mapping[str, Any]) -> list[Column]:
    """The columns that a person took for questions; of a known form, every column of answers."""
    chosen = said.get("questions")
    return [each for each in seen.questions if chosen is None or each.number in chosen]


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
    words = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")
    return words[:40].strip("-") or "audit"


def _free(name: str, taken: set[str]) -> str:
    numbered = (f"{name}-{number}" for number in range(2, 1000))
    return name if name not in taken else next(each for each in numbered if each not in taken)


def _prefix(title: str, taken: set[str]) -> str:
    """Three letters of the title's first telling word, more where another theme has them."""
    words = [word for word in slug(title).split("-") if word not in _SMALL_WORDS] or ["standard"]
    ours = "".join(words).upper()
    used = {each.rpartition("-")[0] for each in taken}
    lengths = [ours[:size] for size in range(3, len(ours) + 1)] or [ours]
    return next((each for each in lengths if each not in used), _free(ours, used))


def _prefix_of(theme: Theme) -> str:
    return theme.standards[0].id.rpartition("-")[0] or "STD" if theme.standards else "STD"


def _ids(prefix: str, taken: set[str], number: int) -> list[str]:
    free = (f"{prefix}-{place}" for place in range(1, 2000) if f"{prefix}-{place}" not in taken)
    return [next(free) for _ in range(number)]


def _standard(column: Column, standard_id: str, said: Mapping[str, Any], edition: int) -> dict[str, Any]:
    """Four lines: the id, the question as the form asks it, its scale, and the target if there is one."""
    meets = said.get(f"met_{column.scale}", ())
    own = meets and set(meets) != SCALES[column.scale].meets
    return {
        "id": standard_id,
        **({"version": edition} if edition > 1 else {}),
        "text": column.header,
        "scale": column.scale,
        **({"meets": list(meets)} if own else {}),
        **({"target": said["target"]} if said.get("target") else {}),
    }


def _theme(theme_id: str, title: str, said: Mapping[str, Any], standards: list[dict[str, Any]]) -> dict[str, Any]:
    unit = {} if said["unit"] == "file" else {"unit": said["unit"]}
    return {"theme": theme_id, "title": title, **unit, "standards": standards}


def _audit(
    audit_id: str, theme_id: str, title: str, seen: Seen, said: Mapping[str, Any], edition: int, unit: str
) -> dict[str, Any]:
    """The programme entry: what was said of the protocol, and nothing that was not."""
    period, chosen = said["month"], said["chosen"]
    listed = seen.rows if chosen == "census" and unit != "request" else said.get("listed")
    on, until = _days(seen, period)
    told = {
        "kind": _KINDS.get(unit) or ("census" if chosen == "census" else _kind(title, seen)),
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
        "returns": [f"{period}/{seen.path.name}"],
        **{key: value for key, value in told.items() if value},
    }


def _kind(title: str, seen: Seen) -> str:
    """A dip sample speaks of the files that were read; an audit that grades whole files of teams is thematic."""
    return "thematic" if seen.of("grade") and "dip sample" not in title.casefold() else "dip_sample"


def _days(seen: Seen, period: Period) -> tuple[date | None, date | None]:
    """The first and the last day of the audit, as far as columns say; the last only where it is another."""
    usual = next((day for day in seen.days if (day.year, day.month) == (period.year, period.month)), None)
    near = [day for day in seen.days if usual and abs(day - usual) <= _A_MONTH]
    return (min(near), max(near) if max(near) != min(near) else None) if near else (None, None)


def _learnt(seen: Seen, said: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Headers with what they stand for, as far as the tool does not know it by itself."""
    asked = {each.number for each in _asked(seen, said)}
    corrected = {**said.get("columns", {})}
    if said.get("reference"):
        corrected[said["reference"]] = UNITS[said["unit"]][0]
    usual = Recogniser(ColumnMap(), [])
    for column in seen.columns:
        meaning = corrected.get(column.number, column.meaning)
        if column.number in asked and column.number not in corrected:
            continue
        meaning = IGNORE if meaning == QUESTION or column.asks else meaning
        known = usual.target(column.header, made_by=seen.made_by)
        if (column.unsafe and meaning == IGNORE) or known in (Target("field", meaning), Target(IGNORE, "")):
            continue
        yield column.header, "comment" if meaning == COMMENT else meaning

"""Practice standards as data: what is asked of every file, on which scale, to what target.

A standard is an entry in a YAML file, never code, so that a council can add a theme
without a developer. The classes here refuse entries that contradict themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ilacs_audit.domain.catalogue_fields import one_of, plain_id, require, titled, unique
from ilacs_audit.domain.errors import CatalogueError, near, quoted

NOT_APPLICABLE = "not applicable"
OVERALL = "grade"  # the reserved standard_id under which a rater's overall grade is an answer
KINDS = ("compliance", "quality")
RECORDS = ("done", "recorded")
APPLIES = ("every file", "some files")
NOT_RECORDED = "not recorded"
COMPARABLE = ("yes", "partly", "no")


# What a standard is taken for where its file does not say: each word is the one that claims least.
_UNSTATED: Mapping[str, Any] = {
    "version": 1,
    "scale": "yes_no",
    "kind": "quality",
    "records": "recorded",
    "applies_to": "some files",
    "areas": (),
    "source": {"kind": NOT_RECORDED, "text": NOT_RECORDED},
}


@dataclass(frozen=True)
class Scale:
    """The answers a standard can have, best first, and which of them meet it."""

    id: str
    title: str
    levels: tuple[str, ...]
    meets: frozenset[str]

    def accepts(self, answer: str) -> bool:
        """Whether the answer belongs to the scale or takes the file out of the count."""
        return answer in self.levels or answer == NOT_APPLICABLE


SCALES: Mapping[str, Scale] = {
    scale.id: scale
    for scale in (
        Scale("met", "Met, partly met, not met", ("met", "partly met", "not met"), frozenset({"met"})),
        Scale("yes_no", "Yes, partly, no", ("yes", "partly", "no"), frozenset({"yes"})),
        Scale(
            "ofsted",
            "Outstanding, good, requires improvement, inadequate",
            ("outstanding", "good", "requires improvement", "inadequate"),
            frozenset({"outstanding", "good"}),
        ),
        Scale(
            "scaling",
            "1 to 10",
            tuple(str(mark) for mark in range(10, 0, -1)),
            frozenset(str(mark) for mark in range(7, 11)),
        ),
    )
}

GRADES = SCALES["ofsted"].levels
_NO_LEVELS = ("n/a", "na", NOT_APPLICABLE)


@dataclass(frozen=True)
class Standard:
    """One practice standard, in one version."""

    id: str
    version: int
    theme: str
    text: str
    plain: str
    scale: Scale
    target: str | None
    critical: bool
    kind: str
    records: str
    applies_to: str
    areas: tuple[str, ...]
    source: str
    source_kind: str
    comparable_with: Mapping[int, str] = field(default_factory=dict)

    def meets(self, answer: str) -> bool:
        """Whether an answer on the scale meets the standard; 'partly' never does."""
        return answer in self.scale.meets

    def version_in(self, edition: int | None) -> int | None:
        """The version that an edition of the theme used, None if it had none; today's where no edition is written."""
        if edition is None:
            return self.version
        known = [version for version in (self.version, *self.comparable_with) if version <= edition]
        return max(known, default=None)

    def comparable(self, earlier: int) -> str:
        """Whether answers to an earlier version may be compared: yes, partly or no."""
        return "yes" if earlier == self.version else self.comparable_with.get(earlier, "no")


@dataclass(frozen=True)
class Theme:
    """The standards of one practice theme, the question a reader asks of it, and the scale of its overall grade."""

    id: str
    title: str
    question: str
    unit: str
    edition: int
    areas: tuple[str, ...]
    standards: tuple[Standard, ...]
    grade: Scale = SCALES["ofsted"]


@dataclass(frozen=True)
class Standards:
    """The whole catalogue, by theme and by standard id."""

    themes: tuple[Theme, ...]

    def __iter__(self) -> Iterator[Standard]:
        return (standard for theme in self.themes for standard in theme.standards)

    def __getitem__(self, standard_id: str) -> Standard:
        for standard in self:
            if standard.id == standard_id:
                return standard
        fix = near(standard_id, (each.id for each in self), otherwise="Add it to a theme file, or correct the id.")
        raise CatalogueError(f"There is no standard {quoted(standard_id)}.", where="data/standards", fix=fix)

    def __contains__(self, standard_id: object) -> bool:
        return any(standard.id == standard_id for standard in self)

    @property
    def answers(self) -> frozenset[str]:
        """Every answer that a standard or an overall grade can have here, besides "not applicable"."""
        scales = [*(standard.scale for standard in self), *(theme.grade for theme in self.themes)]
        return frozenset(level for scale in scales for level in scale.levels)

    def theme(self, theme_id: str) -> Theme:
        """The theme with this id."""
        for theme in self.themes:
            if theme.id == theme_id:
                return theme
        known = [theme.id for theme in self.themes]
        fix = near(theme_id, known, otherwise=f"Use one of: {', '.join(known)}.")
        raise CatalogueError(f"There is no theme {quoted(theme_id)}.", where="data/standards", fix=fix)


def read_theme(entry: Mapping[str, Any], *, file: str) -> Theme:
    """Turn one theme file into a theme, refusing what contradicts itself.

    Raises CatalogueError naming the file, the standard and the field.
    """
    require(entry, ("theme", "standards"), where=file)
    theme = plain_id(entry["theme"], where=file)
    scales = {**SCALES, **own_scales(entry.get("scales") or {}, where=file)}
    standards = tuple(_read_standard(each, scales, theme=theme, file=file) for each in entry["standards"])
    grade = entry.get("grade", "ofsted")
    one_of(grade, tuple(scales), "scale of the grade", where=file)
    unique([standard.id for standard in standards], where=file)
    title = entry.get("title") or titled(theme)
    return Theme(
        theme,
        title,
        entry.get("question") or f"What do the files show of {title[:1].lower()}{title[1:]}?",
        entry.get("unit", "file"),
        int(entry.get("edition") or max((standard.version for standard in standards), default=1)),
        tuple(entry.get("areas") or ()),
        standards,
        scales[grade],
    )


def own_scales(entry: Mapping[str, Any], *, where: str) -> dict[str, Scale]:
    """The scales that a theme file writes: each with its answers in order, which end is best, and which meet.

    >>> own_scales({"marks": {"answers": [1, 2, 3, 4], "best": "last", "meets": [4]}}, where="duty.yml")["marks"].levels
    ('4', '3', '2', '1')

    Raises CatalogueError where a scale contradicts itself, as when what meets are not the best answers.
    """
    return {str(name): _own_scale(str(name), told, where=f"{where}, scale {name}") for name, told in entry.items()}


def _own_scale(name: str, told: Mapping[str, Any], *, where: str) -> Scale:
    require(told, ("answers", "meets"), where=where)
    listed = [
        [_yes_no(each) for each in told[key]] if isinstance(told[key], list) else [] for key in ("answers", "meets")
    ]
    (answers, meets), best = listed, told.get("best", "first")
    one_of(best, ("first", "last"), "best end", where=where)
    levels = tuple(answers if best == "first" else reversed(answers))
    folded = {each.casefold() for each in levels}
    faults = {
        "The name belongs to a scale that is always there.": name in SCALES,
        "A scale needs two or more different answers, in order.": len(folded) < max(2, len(levels)),
        "'Not applicable' takes a file out of the count, so it is never an answer of a scale.": folded & {*_NO_LEVELS},
        f"The answers that meet are not the best ones, counted from '{''.join(levels[:1])}' on.": not meets
        or set(meets) != set(levels[: len(meets)]),
    }
    for fault in (fault for fault, stands in faults.items() if stands):
        fix = "Write it like: answers: [1, 2, 3, 4], best: first (or last), meets: [1, 2]."
        raise CatalogueError(fault, where=where, fix=fix)
    return Scale(name, told.get("title") or ", ".join(levels), levels, frozenset(meets))


def _read_standard(entry: Mapping[str, Any], scales: Mapping[str, Scale], *, theme: str, file: str) -> Standard:
    where = f"{file}, standard {entry.get('id', '(no id)')}"
    require(entry, ("id", "text"), where=where)
    told = {**_UNSTATED, **{key: value for key, value in entry.items() if value is not None}}
    one_of(told["scale"], tuple(scales), "scale", where=where)
    one_of(told["kind"], KINDS, "kind", where=where)
    one_of(told["records"], RECORDS, "records", where=where)
    one_of(told["applies_to"], APPLIES, "applies_to", where=where)
    comparable = {int(k): _yes_no(v) for k, v in (told.get("comparable_with") or {}).items()}
    for answer in comparable.values():
        one_of(answer, COMPARABLE, "comparable_with", where=where)
    return Standard(
        str(told["id"]),
        int(told["version"]),
        theme,
        told["text"],
        told.get("plain", told["text"]),
        _read_scale(told, scales[told["scale"]], where=where),
        _target(told["target"], where=where) if "target" in told else None,
        bool(told.get("critical", False)),
        told["kind"],
        told["records"],
        told["applies_to"],
        tuple(told["areas"]),
        told["source"]["text"],
        told["source"]["kind"],
        comparable,
    )


def _read_scale(entry: Mapping[str, Any], scale: Scale, *, where: str) -> Scale:
    """The named scale, with the standard's own list of answers that meet it if it has one."""
    meets = tuple(_yes_no(each) for each in entry.get("meets", ()))
    for answer in meets:
        one_of(answer, scale.levels, "meets", where=where)
    return replace(scale, meets=frozenset(meets)) if meets else scale


def _yes_no(value: object) -> str:
    """YAML reads a bare yes as true; give it back its word."""
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _target(value: object, *, where: str) -> str:
    """Keep the target as the decimal a person wrote, so that 55% of 100 is 55 and not 56."""
    text = str(value)
    try:
        inside = 0 < float(text) <= 1
    except ValueError:
        inside = False
    if not inside:
        raise CatalogueError(f"The target '{text}' is not a share.", where=where, fix="Write 0.9 for 90%.")
    return text

"""Keep what a person says a header means, under the form it was said of, in data/columns.yml.

Said without a form, a meaning belongs to the forms in which the header is not known; only where it is known in all
of them does it change what was learnt. A form is a theme's, so that next month asks nothing; it is one audit's where
the audit was named, or where another audit of the theme reads the same header in another way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from ilacs_audit.domain.errors import CatalogueError, near
from ilacs_audit.domain.programme import Audit
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.cells.spelling import clean, fold
from ilacs_audit.intake.tables.columns import FIELDS, FORMS, IGNORE, Ambiguous, ColumnMap, Target, read_columns
from ilacs_audit.intake.tables.proposals import ORDINARY, Returns, Seen, could_name
from ilacs_audit.intake.tables.questions import asked, assign

EVERY = "*"
_PLACES = {"field": "fields", "standard": "standards"}


class Said(NamedTuple):
    """What a person said that a header means; `form` is an audit's or a theme's id where one was named."""

    header: str
    meaning: str
    form: str = ""


class Learnt(NamedTuple):
    """A header's meaning in one form, "" for every form, and the audits in whose returns it stands."""

    form: str
    spelling: str
    target: Target
    audits: tuple[str, ...]
    where: str


class _Standing(NamedTuple):
    """A header of an audit's returns, and what it stands for there."""

    text: str
    target: Target | Ambiguous | None
    audit: Audit | None
    audit_id: str
    where: str


@dataclass(frozen=True)
class Teaching:
    """The returns, and what is known of their headers before somebody speaks."""

    returns: Returns
    columns: ColumnMap

    @cached_property
    def seen(self) -> tuple[Seen, ...]:
        """Every table, as it is read before somebody speaks."""
        return self.returns.seen(self.columns)

    @property
    def standards(self) -> Standards:
        """Every standard."""
        return self.returns.standards

    def taken(self, said: Iterable[Said], entry: Any) -> tuple[list[Learnt], list[CatalogueError]]:
        """What can be learnt of what was said, and why the rest cannot; `entry`, what columns.yml says, is changed."""
        learnt: list[Learnt] = []
        bad: list[CatalogueError] = []
        for each in said:
            try:
                learnt += self._understood(each)
            except CatalogueError as no:
                bad.append(no)
        put(entry, learnt)
        refused = dict(self._unused(learnt, read_columns(entry, file="columns.yml")))
        return [each for each in learnt if each not in refused], [*bad, *refused.values()]

    def known(self, said: Said) -> bool:
        """Whether a header means that already wherever it stands."""
        meant = [each.target for each in self._found(said)]
        return bool(meant) and all(isinstance(each, Target) and (each.name or IGNORE) == said.meaning for each in meant)

    def _understood(self, said: Said) -> Iterator[Learnt]:
        found, target = self._found(said), _target(said.meaning, self.standards)
        if not found:
            named = " " in said.header and could_name(said.header, self.returns.words | ORDINARY)
            shown = " (one that could be somebody's name is never kept)" if named else f": '{said.header}'"
            what = f"No such header is waiting for a meaning{shown}{f' in {said.form}' if said.form else ''}."
            raise CatalogueError(what, fix="Copy the header as it was shown.")
        chosen = found if said.form else self._chosen(found, target)
        serving = [each for each in chosen if self._asks(each, target)]
        if chosen and not serving:
            raise CatalogueError(
                f"The audit does not ask {target.name}, so “{said.header}” cannot mean it there.",
                where=chosen[0].where,
                fix="Choose a standard of the audit's own theme and edition, or ignore.",
            )
        forms = [(said.form or self._form(each, serving), each) for each in serving]
        for form, text in dict.fromkeys((form, each.text) for form, each in forms):
            stands = [each for of, each in forms if (of, each.text) == (form, text)]
            yield Learnt(form, text, target, tuple(each.audit_id for each in stands), stands[0].where)

    def _found(self, said: Said) -> list[_Standing]:
        """Where a header stands; with a star behind it, every unknown header that begins so."""
        there = [each for each in self._standing if said.form in ("", each.audit_id, _theme(each))]
        exact = [each for each in there if fold(each.text) == fold(said.header)]
        if exact or not said.header.endswith(EVERY):
            return exact
        start = clean(said.header.removesuffix(EVERY)).casefold()
        return [each for each in there if each.target is None and clean(each.text).casefold().startswith(start)]

    def _chosen(self, found: Sequence[_Standing], target: Target) -> list[_Standing]:
        """The forms in which a header is unknown, or else those in which it means something else."""
        changed = [each for each in found if each.target is None] or [each for each in found if each.target != target]
        for each in changed:
            if isinstance(each.target, Target) and each.target.kind == "standard" and not self._learnt(each):
                raise CatalogueError(
                    f"“{each.text}” is the wording of {each.target.name} itself.",
                    where=each.where,
                    fix=f'Where this audit means something else by it: --accept "{each.audit_id}: {each.text}=...".',
                )
        return changed

    def _learnt(self, standing: _Standing) -> bool:
        return fold(standing.text) in self.columns.of(standing.audit).learnt

    def _asks(self, standing: _Standing, target: Target) -> bool:
        return target.kind != "standard" or target.name in asked(self.standards, standing.audit)

    def _form(self, standing: _Standing, together: Sequence[_Standing]) -> str:
        """The form that a meaning belongs to."""
        if standing.audit is None:
            return ""
        alike = [each for each in self._standing if _theme(each) == standing.audit.theme]
        otherwise = any(
            fold(each.text) == fold(standing.text) and each.target is not None and each not in together
            for each in alike
        )
        alone = fold(standing.text) in self.columns.forms.get(standing.audit_id, ColumnMap()).learnt
        return standing.audit_id if alone or otherwise else standing.audit.theme

    @cached_property
    def _standing(self) -> list[_Standing]:
        found: dict[tuple[str, str], _Standing] = {}
        for seen in self.seen:
            for _, text, target in seen.headers():
                source = seen.source
                key = (fold(text), source.audit_id)
                found.setdefault(key, _Standing(text, target, source.audit, source.audit_id, seen.where))
        return list(found.values())

    def _unused(self, learnt: Sequence[Learnt], columns: ColumnMap) -> Iterator[tuple[Learnt, CatalogueError]]:
        """What would not be read as it was said: two columns for one thing are both left unread."""
        doubled: set[tuple[str, str]] = set()
        meant: dict[tuple[str, str], Target | Ambiguous | None] = {}
        for seen in self.returns.seen(columns) if learnt else ():
            wanted = asked(self.standards, seen.source.audit)
            problems = assign(seen.table, seen.recogniser, wanted).problems
            unclear = {fold(each.column) for each in problems if each.rule == "ambiguous-column"}
            doubled |= {(text, seen.source.audit_id) for text in unclear}
            meant |= {(fold(text), seen.source.audit_id): target for _, text, target in seen.headers()}
        for each in learnt:
            places = [(fold(each.spelling), audit) for audit in each.audits]
            if not doubled.isdisjoint(places):
                what = f"Another column stands for {each.target.name} already, so “{each.spelling}” cannot."
                yield each, CatalogueError(what, where=each.where, fix="Choose another meaning, or ignore.")
            elif any(meant.get(place, each.target) != each.target for place in places):
                what, fix = f"“{each.spelling}” was given two meanings.", "Give it one."
                yield each, CatalogueError(what, where=each.where, fix=fix)


def _theme(standing: _Standing) -> str:
    return standing.audit.theme if standing.audit else ""


def _target(meaning: str, standards: Standards) -> Target:
    """What a meaning's word stands for. Raises CatalogueError."""
    if meaning == IGNORE:
        return Target(IGNORE, "")
    if meaning in FIELDS or meaning in standards:
        return Target("field" if meaning in FIELDS else "standard", meaning)
    usual = f"Use a standard's id, 'ignore', or one of: {', '.join(FIELDS)}."
    known = [*FIELDS, *(each.id for each in standards)]
    raise CatalogueError(f"'{meaning}' is neither a field nor a standard.", fix=near(meaning, known, otherwise=usual))


def put(entry: Any, learnt: Iterable[Learnt]) -> None:
    """Put what was learnt into the content of columns.yml, in place of what the same form said of the header before."""
    for each in learnt:
        form = _section(_section(entry, FORMS), each.form) if each.form else entry
        rivals = [form.get(IGNORE), *((form.get(name) or {}) for name in _PLACES.values())]
        for words in [rivals[0], *(words for section in rivals[1:] for words in section.values())]:
            for word in [word for word in words or () if fold(str(word)) == fold(each.spelling)]:
                words.remove(word)
        kind, name = each.target
        words = _section(form, IGNORE, []) if kind == IGNORE else _section(_section(form, _PLACES[kind]), name, [])
        words.insert(0, _quoted(each.spelling))


def _section(entry: Any, name: str, empty: Any = None) -> Any:
    """A section of a YAML file, made where it is absent or holds nothing. At the end of a file stands what follows."""
    if not entry.get(name):
        entry[name] = {} if empty is None else empty
    return entry[name]


def _quoted(text: str) -> str:
    """A header in quotation marks: it may hold a colon, a hash or a yes."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    quoted: str = DoubleQuotedScalarString(text)
    return quoted

"""Keep what a person says a header means, under the form it was said of, in data/columns.yml.

Said without a form, a meaning belongs to the forms in which the header is not known; only where it is known in all
of them does it change what was learnt. A form is a theme's, so that next month asks nothing; it is one audit's where
the audit was named, or where another audit of the theme reads the same header in another way.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from ilacs_audit.domain.errors import CatalogueError, near
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.cells.spelling import clean, fold
from ilacs_audit.intake.cells.values import spelling
from ilacs_audit.intake.tables.codes import codes
from ilacs_audit.intake.tables.columns import FORMS, Ambiguous, ColumnMap, Form, Target, read_columns
from ilacs_audit.intake.tables.shown import ORDINARY, Returns, Seen, could_name
from ilacs_audit.intake.tables.usual import FIELDS, IGNORE

EVERY = "*"
_PLACES = {"field": "fields", "standard": "standards", "answer": "answers"}


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
    options: tuple[str, ...] = ()


class _Standing(NamedTuple):
    """A header of a table, or a code among its answers with its `options`, and what it stands for there."""

    text: str
    target: Target | Ambiguous | None
    seen: Seen
    options: tuple[str, ...] = ()

    @property
    def audit_id(self) -> str:
        return self.seen.source.audit_id

    @property
    def theme(self) -> str:
        return self.seen.source.audit.theme if self.seen.source.audit else ""

    def same(self, text: str) -> bool:
        """Whether the header, or the answer, is the one that was said: answers keep marks that headers lose."""
        return _compared(self.text, self.options) == _compared(text, self.options)


@dataclass(frozen=True)
class Teaching:
    """The returns, and what is known of their headers before somebody speaks."""

    returns: Returns
    columns: ColumnMap

    @cached_property
    def seen(self) -> tuple[Seen, ...]:
        """Every table, as it is read before somebody speaks."""
        return tuple(self.returns.seen(self.columns))

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
        found = self._found(said)
        target = _target(said, found, self.returns.standards)
        if not found:
            named = " " in said.header and could_name(said.header, self.returns.words | ORDINARY)
            shown = " (one that could be somebody's name is never kept)" if named else f": '{said.header}'"
            what = f"No such header is waiting for a meaning{shown}{f' in {said.form}' if said.form else ''}."
            raise CatalogueError(what, fix="Copy the header as it was shown.")
        chosen = found if said.form else self._chosen(found, target)
        serving = [each for each in chosen if self._asks(each, target)]
        if chosen and not serving:
            what = f"The audit does not ask {target.name}, so “{said.header}” cannot mean it there."
            fix = "Choose a standard of the audit's own theme and edition, or ignore."
            raise CatalogueError(what, where=chosen[0].seen.where, fix=fix)
        together: dict[tuple[str, str], list[_Standing]] = {}
        for each in serving:
            together.setdefault((said.form or self._form(each, serving), each.text), []).append(each)
        for (form, text), stands in together.items():
            audits = tuple(each.audit_id for each in stands)
            yield Learnt(form, text, target, audits, stands[0].seen.where, stands[0].options)

    def _found(self, said: Said) -> list[_Standing]:
        """Where a header stands; with a star behind it, every unknown header that begins so."""
        there = [each for each in self._standing if said.form in ("", each.audit_id, each.theme)]
        exact = [each for each in there if each.same(said.header)]
        coded, headed = [each for each in exact if each.options], [each for each in exact if not each.options]
        if coded and (not headed or said.meaning.casefold() in coded[0].options):
            return coded
        if headed or not said.header.endswith(EVERY):
            return headed
        start = clean(said.header.removesuffix(EVERY)).casefold()
        return [each for each in there if each.target is None and clean(each.text).casefold().startswith(start)]

    def _chosen(self, found: Sequence[_Standing], target: Target) -> list[_Standing]:
        """The forms in which a header is unknown, or else those in which it means something else."""
        if unknown := [each for each in found if each.target is None]:
            return unknown
        other = [each for each in found if each.target != target]
        ours = [each for each in other if not self._worded(each)]
        if other and not ours:
            text, where = other[0].text, other[0].seen.where
            fix = f'Where this audit means something else by it: --accept "{other[0].audit_id}: {text}=...".'
            raise CatalogueError(f"“{text}” is the wording of a standard itself.", where=where, fix=fix)
        return ours

    def _worded(self, standing: _Standing) -> bool:
        asks = isinstance(standing.target, Target) and standing.target.kind == "standard"
        return asks and fold(standing.text) not in self.columns.of(standing.seen.source.audit).learnt

    def _asks(self, standing: _Standing, target: Target) -> bool:
        if standing.options:
            return target.name in standing.options
        return target.kind != "standard" or target.name in standing.seen.wanted

    def _form(self, standing: _Standing, together: Sequence[_Standing]) -> str:
        alike = [each for each in self._standing if each.theme == standing.theme and each.same(standing.text)]
        otherwise = any(each.target is not None and each not in together for each in alike)
        own = self.columns.forms.get(standing.audit_id, Form())
        alone = bool(_learnt_answer(standing.text, standing.options, own)) or fold(standing.text) in own.learnt
        return standing.audit_id if standing.theme and (alone or otherwise) else standing.theme

    @cached_property
    def _standing(self) -> list[_Standing]:
        found: dict[tuple[str, str], _Standing] = {}
        for seen in self.seen:
            for _, text, target in seen.headers():
                found.setdefault((fold(text), seen.source.audit_id), _Standing(text, target, seen))
        coded = [
            _Standing(text, _learnt_answer(text, options, of.recogniser.columns), of, options)
            for of, text, options in codes(self.seen, learnt=False)
        ]
        return [*found.values(), *coded]

    def _unused(self, learnt: Sequence[Learnt], columns: ColumnMap) -> Iterator[tuple[Learnt, CatalogueError]]:
        """What would not be read as it was said: two columns for one thing are both left unread."""
        doubled: set[tuple[str, str]] = set()
        meant: dict[tuple[str, str], Target | Ambiguous | None] = {}
        for seen in self.returns.seen(columns) if learnt else ():
            unclear = {fold(each.column) for each in seen.columns.problems if each.rule == "ambiguous-column"}
            doubled |= {(text, seen.source.audit_id) for text in unclear}
            meant |= {(fold(text), seen.source.audit_id): target for _, text, target in seen.headers()}
        for each in (each for each in learnt if not each.options):
            places = [(fold(each.spelling), audit) for audit in each.audits]
            if not doubled.isdisjoint(places):
                what = f"Another column stands for {each.target.name} already, so “{each.spelling}” cannot."
                yield each, CatalogueError(what, where=each.where, fix="Choose another meaning, or ignore.")
            elif any(meant.get(place, each.target) != each.target for place in places):
                what, fix = f"“{each.spelling}” was given two meanings.", "Give it one."
                yield each, CatalogueError(what, where=each.where, fix=fix)


def _compared(text: str, options: Sequence[str]) -> str:
    return spelling(text) if options else fold(text)


def _learnt_answer(text: str, options: Sequence[str], columns: Form) -> Target | None:
    """What a code was learnt to mean where it could be one of some answers."""
    told = (word for word in options for each in columns.answers.get(word, ()) if spelling(each) == spelling(text))
    return next((Target("answer", word) for word in told), None)


def _target(said: Said, found: Sequence[_Standing], standards: Standards) -> Target:
    meaning = said.meaning
    if found and found[0].options:
        if not any(meaning.casefold() in each.options for each in found):
            fix = f"Use one of: {', '.join(found[0].options)}."
            raise CatalogueError(f"'{meaning}' is no answer where '{said.header}' stands.", fix=fix)
        return Target("answer", meaning.casefold())
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
        for words in _rivals(form, each):
            for word in [
                word for word in words if _compared(word, each.options) == _compared(each.spelling, each.options)
            ]:
                words.remove(word)
        kind, name = each.target
        words = _section(form, IGNORE, []) if kind == IGNORE else _section(_section(form, _PLACES[kind]), name, [])
        words.insert(0, _quoted(each.spelling))


def _rivals(form: Any, learnt: Learnt) -> list[Any]:
    """The lists of a form that a header, or an answer on the same scale, may stand in once among them."""
    if learnt.options:
        named = [(form.get("answers") or {}, word) for word in learnt.options]
    else:
        sections = [form.get(name) or {} for name in ("fields", "standards")]
        named = [(form, IGNORE), *((section, name) for section in sections for name in section)]
    return [_section(section, name, []) for section, name in named if section.get(name)]


def _section(entry: Any, name: str, empty: Any = None) -> Any:
    """A section of a YAML file, made where it is absent or holds nothing; one text alone is made a list of one."""
    if not entry.get(name):
        entry[name] = {} if empty is None else empty
    elif isinstance(entry[name], str):
        entry[name] = [entry[name]]
    return entry[name]


def _quoted(text: str) -> str:
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    quoted: str = DoubleQuotedScalarString(text)
    return quoted

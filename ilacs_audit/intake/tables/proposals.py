"""Propose what an unknown header could mean, for a person to accept.

A proposal is never applied by itself. It carries its score and a few cells, so that a person
can judge by the content and not by the header alone. The cells are personal data.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ilacs_audit.domain.standards import Standard
from ilacs_audit.intake.cells.days import read_day
from ilacs_audit.intake.cells.shortened import all_told, heading_words
from ilacs_audit.intake.cells.spelling import fold, written
from ilacs_audit.intake.tables.codes import codes
from ilacs_audit.intake.tables.columns import Recogniser, Target
from ilacs_audit.intake.tables.long import ANSWER, QUESTION
from ilacs_audit.intake.tables.name_columns import names_in_two
from ilacs_audit.intake.tables.questions import COMMENT
from ilacs_audit.intake.tables.shapes.words import comments
from ilacs_audit.intake.tables.shown import Seen, answered
from ilacs_audit.intake.tables.usual import FIELDS, IGNORE

FLOORS = {"standard": 0.65, "field": 0.8}  # measured on 212 headers with a meaning and 135 without: docs/decisions.md
_SMALL = frozenset(
    (
        *("the", "of", "a", "an", "to", "and", "or", "is", "was", "were", "are", "be", "been", "has", "have", "had"),
        *("in", "on", "at", "by", "for", "with", "it", "this", "that", "there", "did", "does", "do", "can", "who", "s"),
    )
)
_SAMPLES = 3
_FEWEST_SHARED = 3
_INSIDE = 0.9  # words inside a longer wording tell less than the whole of it
_DATES = ("audited_on", "completed_on", "received_on", "week_commencing", "moderated_on", "date_of_birth")
_ANSWERED = ("grade", "moderated_grade", "returned")
_NUMBERED = ("child_ref", "request_ref")


class Proposal(NamedTuple):
    """What a header may stand for: `kind` field, standard or ignore; `score` from 0 to 1.

    Without a likely meaning `kind` is "ignore" and the score 0. `samples` are private. A code among the answers is
    of `kind` "answer", with the words it could mean as `options`.
    """

    spelling: str
    kind: str
    name: str
    score: float = 1.0
    samples: tuple[str, ...] = ()
    where: str = ""
    audits: tuple[str, ...] = ()
    options: tuple[str, ...] = ()

    @property
    def meaning(self) -> str:
        """The meaning as it is written after HEADER=."""
        return self.name or IGNORE


def unanswered(seen: Iterable[Seen]) -> dict[str, list[Standard]]:
    """The standards of each audit that no column of its returns stands for."""
    left: dict[str, dict[str, Standard]] = {}
    for each in (each for each in seen if each.table.body.size):
        of_audit = left.setdefault(each.source.audit_id, dict(each.recogniser.standards))
        for _, _, target in each.headers():
            if isinstance(target, Target) and target.kind == "standard":
                of_audit.pop(target.name, None)
    return {audit: list(standards.values()) for audit, standards in left.items()}


def propose(seen: Iterable[Seen]) -> list[Proposal]:
    """A proposal for every header that is not known: one for all the forms in which it is the same.

    Nothing is applied: say what was accepted to `intake.tables.learnt`.
    """
    seen = tuple(seen)
    found: dict[tuple[str, str], Proposal] = {}
    for of, text, options in codes(seen):
        code = Proposal(text, "answer", "", 0.0, where=of.source.name, audits=(of.source.audit_id,), options=options)
        found.setdefault((text, of.source.audit_id), code)
    for table in seen:
        for each in _of_table(table) if table.table.body.size else ():
            found.setdefault((fold(each.spelling), table.source.audit_id), each)
    told: dict[tuple[object, ...], Proposal] = {}
    for (header, _), each in found.items():
        key = (header, each.options or each.meaning)
        before = told.get(key, each._replace(audits=()))
        told[key] = before._replace(audits=(*before.audits, *each.audits))
    return list(told.values())


def _of_table(seen: Seen) -> Iterator[Proposal]:
    found, source = list(seen.headers()), seen.source
    taken = {target for _, _, target in found}
    told = {place for places in names_in_two(found).values() for place in places}
    for place, header in [(place, header) for place, header, target in found if target is None and place not in told]:
        said = dict.fromkeys(written(cell) for cell in seen.table.column(place))
        samples = tuple([text[:60] for text in said if text][:_SAMPLES])
        if samples:
            target, score = _likeliest(header, seen.table.column(place), seen.recogniser, taken)
            yield Proposal(header, target.kind, target.name, score, samples, seen.where, (source.audit_id,))


def _likeliest(
    header: str, cells: Sequence[Any], recogniser: Recogniser, taken: Collection[object]
) -> tuple[Target, float]:
    """The free meaning whose wordings come nearest and whose kind of cell it is; ignore where none is."""
    meanings = _meanings(recogniser)
    free = {target: wordings for target, wordings in meanings.items() if target not in taken or target == COMMENT}
    scores = {target: max(likeness(header, wording) for wording in wordings) for target, wordings in free.items()}
    told = _told_in_short(header, meanings)
    if told and told[0] in free:
        scores[told[0]] = max(scores[told[0]], told[1])
    if comments(header):
        scores[COMMENT] = max(scores.get(COMMENT, 0.0), FLOORS["field"])
    near = sorted(((score, target) for target, score in scores.items() if score >= FLOORS[target.kind]), reverse=True)
    fits = ((target, round(score, 2)) for score, target in near if _fits(target, cells, recogniser))
    return next(fits, (Target(IGNORE, ""), 0.0))


def _told_in_short(header: str, meanings: Mapping[Target, Sequence[str]]) -> tuple[Target, float] | None:
    """The one standard that has every word of the header, whole or shortened; none where two have."""
    said = heading_words(header)
    scores = {
        target: max(all_told(said, fold(wording).split(), small=_SMALL) for wording in wordings)
        for target, wordings in meanings.items()
        if target.kind == "standard"
    }
    found = [(target, _INSIDE * score) for target, score in scores.items() if score]
    return found[0] if len(found) == 1 else None


def _fits(target: Target, cells: Sequence[Any], recogniser: Recogniser) -> bool:
    """Whether most cells are of the kind that the meaning needs: a column of answers is no name and no team."""
    told = [cell for cell in set(cells) if written(cell)]
    answers = answered(cells, recogniser, target)
    if target.kind == "standard" or target.name in _ANSWERED:
        return answers
    if target.name in _DATES:
        return 2 * sum(bool(read_day(cell).day) for cell in told) > len(told)
    mark = re.compile(r"\d" if target.name in _NUMBERED else r"[^\W\d]")
    marked = 2 * sum(bool(mark.search(written(cell))) for cell in told) > len(told)
    return marked and not answers and target.name not in (QUESTION, ANSWER)


def _meanings(recogniser: Recogniser) -> dict[Target, tuple[str, ...]]:
    columns = recogniser.columns
    standards = {
        Target("standard", each.id): (each.text, each.plain, *columns.standards.get(each.id, ()))
        for each in recogniser.standards.values()
    }
    fields = {Target("field", name): (*usual, *columns.fields.get(name, ())) for name, usual in FIELDS.items()}
    return {**standards, **fields}


def likeness(one: str, other: str) -> float:
    """How alike two wordings are: the best of their letters, their words in any order, and the words that they share.

    >>> likeness("Date of the audit", "date of audit") > 0.8 > likeness("Child seen alone?", "child's name")
    True
    """
    from rapidfuzz import fuzz

    first, second = _telling(one), _telling(other)
    shared = len(set(first.split()) & set(second.split()))
    inside = _INSIDE * fuzz.token_set_ratio(first, second) if shared >= _FEWEST_SHARED else 0.0
    return float(max(fuzz.ratio(first, second), fuzz.token_sort_ratio(first, second), inside)) / 100


def _telling(text: str) -> str:
    words = fold(text).split()
    return " ".join([word for word in words if word not in _SMALL] or words)

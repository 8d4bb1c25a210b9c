"""What a report has found, as the evidence against which prose is read.

A sentence names what it speaks of in plain words: a standard, an area, a team. This module finds the
measures and the statuses that it speaks of. A sentence that names nothing speaks of everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from ilacs_audit.claims.change.impact import Impact
from ilacs_audit.claims.sentences.headlines import headline_of
from ilacs_audit.claims.sentences.sentences import sentence
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.measures import Row, rows

NO_EVIDENCE = "This report holds no evidence on this, so nothing can be said of it yet."
_STOPS = re.compile(r"(?<=[.!?]) (?=[A-Z])")
_CODE = re.compile(r"[a-z][a-z0-9]*-\d+", re.I)
_SHORT_ENOUGH = 2
_POINTS_BACK = re.compile(r"^(?:it|this|that|these|they|both|the (?:change|rise|fall|target|evidence))\b", re.I)
_SPEAKS_OF_EVERYTHING = re.compile(r"\b(?:practice|services?|overall|teams|everything|everywhere)\b", re.I)


@dataclass(frozen=True)
class Findings:
    """The verdicts, changes and impact statuses of a report, and the plain words for what they are about.

    `table` holds Measures after `verdict` and `change`; `impacts` the status by standard or area;
    `names` the words by which prose calls a standard, area or team, by its id.
    """

    table: pd.DataFrame
    impacts: Mapping[str, Impact] = field(default_factory=dict)
    names: Mapping[str, str | Sequence[str]] = field(default_factory=dict)

    @cached_property
    def shown(self) -> tuple[Row, ...]:
        """The rows that are not hidden: only they can license a word."""
        return tuple(row for row in rows(self.table) if not row.hidden)

    @cached_property
    def known(self) -> Mapping[str, tuple[str, ...]]:
        """Every topic of the findings with the words that name it."""
        ids = {word for row in self.shown for word in _ids(row)} | set(self.impacts) | set(self.names)
        return {topic: (topic, *_phrases(self.names.get(topic, ()))) for topic in ids}

    @cached_property
    def own(self) -> frozenset[str]:
        """Every sentence that the report itself makes of its rows: whoever repeats one claims no more than it does."""
        texts = [NO_EVIDENCE, *(_status_sentence(self, *each) for each in self.impacts.items())]
        for measure in ("compliance", "change"):
            ours = [row for row in self.shown if row.measure == measure and _whole(row)]
            texts.append(headline_of(ours))
        for row in self.shown:
            name = self.called(row.standard_id)
            texts += (
                [sentence(row, about=about) for about in (name, f"{name} ({row.standard_id})")] if row.verdict else []
            )
        return frozenset(part.strip(" .") for text in texts for part in _STOPS.split(text))

    def called(self, topic: str) -> str:
        """The first plain name of a standard or area."""
        name = self.names.get(topic, topic)
        return name if isinstance(name, str) else name[0]


class Scope(NamedTuple):
    """The part of the findings that a sentence speaks of."""

    topics: frozenset[str]
    rows: tuple[Row, ...]
    impacts: Mapping[str, Impact]
    everything: tuple[Row, ...]

    def of(self, measure: str) -> list[Row]:
        """The rows of one measure in this scope."""
        return [row for row in self.rows if row.measure == measure]

    def groups(self, measure: str) -> list[Row]:
        """The rows of one measure by team or another breakdown, whatever the topic's own rows."""
        return [row for row in self.everything if row.measure == measure and not _whole(row) and self._about(row)]

    def _about(self, row: Row) -> bool:
        return not self.topics or bool(self.topics & {row.standard_id, row.theme, row.level})


def scope(findings: Findings, clause: str, sentence_text: str, before: frozenset[str]) -> Scope:
    """What a clause speaks of: named in it, in its sentence, or pointed back to by "it"."""
    known = findings.known
    topics = _named(clause, known) or _named(sentence_text, known)
    if not topics and _POINTS_BACK.match(sentence_text):
        topics = before
    return Scope(topics, about(findings.shown, topics), _statuses(findings, topics), findings.shown)


def carried(findings: Findings, sentence_text: str, before: frozenset[str]) -> frozenset[str]:
    """What "it" would point back to after this sentence: what it named, or what was named before."""
    named = _named(sentence_text, findings.known)
    return named or (frozenset() if _SPEAKS_OF_EVERYTHING.search(sentence_text) else before)


def suggest(findings: Findings, found: Scope, *, measure: str) -> str:
    """Words that the evidence bears, made by the same hand that makes the report's own sentences."""
    if measure == "impact" and 0 < len(found.impacts) <= _SHORT_ENOUGH:
        return " ".join(_status_sentence(findings, topic, impact) for topic, impact in found.impacts.items())
    ours = [row for row in found.rows if row.measure == measure] or [row for row in found.rows if row.verdict]
    if not ours:
        return NO_EVIDENCE
    if len(ours) <= _SHORT_ENOUGH:
        return " ".join(sentence(row, about=findings.called(row.standard_id)) for row in ours)
    return headline_of(ours)


def _status_sentence(findings: Findings, topic: str, impact: Impact) -> str:
    name = findings.called(topic)
    return f"{name[:1].upper()}{name[1:]}: impact status {impact.status}, {impact.words}. {impact.reason}"


def _ids(row: Row) -> set[str]:
    level = set() if _whole(row) else {row.level}
    return {row.standard_id, row.theme, *level} - {""}


def _phrases(names: str | Sequence[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _named(text: str, known: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The topics a text names; "informed consent" is not also the theme "consent" inside it."""
    topics: dict[str, set[str]] = {}
    for topic, phrases in known.items():
        for phrase in filter(None, phrases):
            topics.setdefault(phrase.lower(), set()).add(topic)
    lowered = text.lower()
    found = [(place, phrase) for phrase in topics for place in _places(phrase, lowered)]
    outer = [phrase for place, phrase in found if not any(_inside(place, other) for other, _ in found)]
    codes = [phrase for phrase in outer if _CODE.fullmatch(phrase)]  # who names a code means no more than that
    return frozenset(topic for phrase in codes or outer for topic in topics[phrase])


def _places(phrase: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a phrase stands in a text as whole words.

    One pattern of all phrases would do it too; there are hundreds, and compiling it took longer than all reading.
    """
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        if not (_in_word(text[start - 1 : start]) or _in_word(text[end : end + 1])):
            yield start, end
        start = text.find(phrase, start + 1)


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _inside(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def about(shown: Sequence[Row], topics: frozenset[str]) -> tuple[Row, ...]:
    """The rows about the topics: of the teams named, else of the whole service."""
    levels = topics & {row.level for row in shown if not _whole(row)}
    subjects = topics - levels
    return tuple(
        row
        for row in shown
        if (row.level in levels if levels else _whole(row))
        and (not subjects or subjects & {row.standard_id, row.theme})
    )


def _statuses(findings: Findings, topics: frozenset[str]) -> Mapping[str, Impact]:
    return {topic: impact for topic, impact in findings.impacts.items() if not topics or topic in topics}


def _whole(row: Row) -> bool:
    return row.group in WHOLE_SERVICE or not row.group

"""What a report has found, as the evidence against which prose is read.

A sentence names what it speaks of in plain words: a standard, an area, a team. This module finds the
measures and the statuses that it speaks of. A sentence that names nothing speaks of everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

import pandas as pd

from ilacs_audit.claims.change.impact import Impact
from ilacs_audit.claims.prose.rules import rule
from ilacs_audit.claims.sentences.change_sentences import since
from ilacs_audit.claims.sentences.sentences import sentence
from ilacs_audit.claims.sentences.tallies import tallied
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.measures import Row, rows

NO_EVIDENCE = "This report holds no evidence on this, so nothing can be said of it yet."
EARLIER = "earlier"
_STOPS = re.compile(r"(?<=[.!?]) (?=[A-Z])")
_CODE = re.compile(r"[a-z][a-z0-9]*-\d+", re.I)
_SHORT_ENOUGH = 2
_WORD = re.compile(r"(?<![’'a-z])[a-z]{2,}(?:[’'](?!s\b)[a-z]+)*", re.I)
_ENDING = re.compile(r"(?<=\w{3})(?:al|als|ings?|ed|es|e|s|ions?)$")
_STEM = 5
_AGREES = 2  # words of its own that a standard has to share with a text that does not name it
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
        """The rows that are not hidden: only they can license a word. What was found at an earlier round says so."""
        seen = [row for row in rows(self.table) if not row.hidden]
        latest: dict[tuple[str, str, str, str], str] = {}
        for row in seen:
            latest[_same(row)] = max(row.period, latest.get(_same(row), ""))
        return tuple(
            row._replace(measure=EARLIER) if row.measure == "compliance" and row.period < latest[_same(row)] else row
            for row in seen
        )

    @cached_property
    def known(self) -> Mapping[str, tuple[str, ...]]:
        """Every topic of the findings with the words that name it."""
        ids = {word for row in self.shown for word in _ids(row)} | set(self.impacts) | set(self.names)
        return {topic: (topic, *_phrases(self.names.get(topic, ())), *self._short(topic)) for topic in ids}

    @cached_property
    def phrases(self) -> Mapping[str, frozenset[str]]:
        """The topics that each of those words names, in small letters."""
        topics: dict[str, set[str]] = {}
        for topic, phrases in self.known.items():
            for phrase in filter(None, phrases):
                topics.setdefault(phrase.lower(), set()).add(topic)
        return {phrase: frozenset(each) for phrase, each in topics.items()}

    @cached_property
    def levels(self) -> frozenset[str]:
        """The teams and other groups of which the report has rows."""
        return frozenset(row.level for row in self.shown if row.standard_id and not _whole(row))

    def _short(self, level: str) -> tuple[str, ...]:
        """The last word of a team's name, where another team shares the others: "South" of Assessment South."""
        *family, last = level.split()
        alike = [each for each in self.levels if family and each.split()[:-1] == family]
        return (last,) if len(alike) > 1 and level in alike and last.isalpha() else ()

    @cached_property
    def vocabulary(self) -> Mapping[str, frozenset[str]]:
        """The stems of the words by which each topic is known."""
        return {topic: stems(" ".join(phrases)) for topic, phrases in self.known.items()}

    @cached_property
    def places(self) -> dict[str, list[tuple[int, str]]]:
        """What texts were found to name, so that none is searched twice."""
        return {}

    @cached_property
    def standards(self) -> frozenset[str]:
        """The standards on which the report has rows."""
        return frozenset(row.standard_id for row in self.shown if row.standard_id)

    @cached_property
    def own(self) -> frozenset[str]:
        """Every sentence that the report itself makes of its rows: whoever repeats one claims no more than it does."""
        texts = [NO_EVIDENCE, *(_status_sentence(self, *each) for each in self.impacts.items())]
        for measure in ("compliance", "change"):
            ours = [row for row in self.shown if row.measure == measure and _whole(row)]
            texts.append(tallied(ours))
        moved = {row.standard_id: row for row in self.shown if row.measure == "change" and _whole(row)}
        for row in self.shown:
            texts += [since(row, moved.get(row.standard_id))] if row.measure == "compliance" and _whole(row) else []
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
    topics = named(clause, findings) or named(sentence_text, findings)
    if rule("remaining").search(clause) and not rule("code").search(clause):
        topics = findings.standards - topics or topics
    if not topics and _POINTS_BACK.match(sentence_text):
        topics = before
    return Scope(topics, about(findings.shown, topics), _statuses(findings, topics), findings.shown)


def carried(findings: Findings, sentence_text: str, before: frozenset[str]) -> frozenset[str]:
    """What "it" would point back to after this sentence: what it named, or what was named before."""
    return named(sentence_text, findings) or (frozenset() if _SPEAKS_OF_EVERYTHING.search(sentence_text) else before)


def suggest(findings: Findings, found: Scope, *, measure: str) -> str:
    """Words that the evidence bears, made by the same hand that makes the report's own sentences."""
    if measure == "impact" and 0 < len(found.impacts) <= _SHORT_ENOUGH:
        return " ".join(_status_sentence(findings, topic, impact) for topic, impact in found.impacts.items())
    judged = [row for row in found.rows if row.verdict and row.measure in ("compliance", "change")]
    ours = [row for row in judged if row.measure == measure] or judged
    if not ours:
        return NO_EVIDENCE
    if len(ours) <= _SHORT_ENOUGH:
        return " ".join(sentence(row, about=findings.called(row.standard_id)) for row in ours)
    return tallied([row for row in findings.shown if row.measure == ours[0].measure and _whole(row)])


def _status_sentence(findings: Findings, topic: str, impact: Impact) -> str:
    name = findings.called(topic)
    return f"{name[:1].upper()}{name[1:]}: impact status {impact.status}, {impact.words}. {impact.reason}"


def _ids(row: Row) -> set[str]:
    level = set() if _whole(row) else {row.level}
    return {row.standard_id, row.theme, *level} - {""}


def _phrases(names: str | Sequence[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def named(text: str, findings: Findings) -> frozenset[str]:
    """The topics a text names; "informed consent" is not also the theme "consent" inside it.

    Where no standard is named as the catalogue has it, the one with whose words the text agrees best is meant.
    """
    topics = frozenset(topic for _, topic in spots(text, findings))
    if topics & findings.standards or rule("all_of_them").search(text):
        return topics
    said = stems(rule("plain").sub(" ", text))
    agree = {topic: len(said & findings.vocabulary[topic]) for topic in findings.standards}
    best = [topic for topic, words in agree.items() if words == max(agree.values()) and words >= _AGREES]
    return (topics & findings.levels) | {best[0]} if len(best) == 1 else topics


def spots(text: str, findings: Findings) -> list[tuple[int, str]]:
    """Where a text names which topics in so many words; who names a code means no more than that, and teams."""
    if text in findings.places:
        return findings.places[text]
    topics, lowered = findings.phrases, text.lower()
    found = [(place, phrase) for phrase in topics for place in _places(phrase, lowered)]
    outer = [(place, phrase) for place, phrase in found if not any(_inside(place, other) for other, _ in found)]
    coded = any(_CODE.fullmatch(phrase) for _, phrase in outer)
    findings.places[text] = sorted(
        (place[0], topic)
        for place, phrase in outer
        for topic in topics[phrase]
        if not coded or _CODE.fullmatch(phrase) or topic in findings.levels
    )
    return findings.places[text]


@lru_cache(maxsize=1 << 12)
def stems(text: str) -> frozenset[str]:
    """The words of a text without their endings, so that "naming" agrees with "named".

    >>> sorted(stems("The naming of parents' names"))
    ['nam', 'of', 'paren', 'the']
    """
    return frozenset(_ENDING.sub("", word.lower())[:_STEM] for word in _WORD.findall(text))


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


def _same(row: Row) -> tuple[str, str, str, str]:
    return row.measure, row.standard_id, row.group, row.level


def _whole(row: Row) -> bool:
    return row.group in WHOLE_SERVICE or not row.group

"""The ten words that over-claim, in every form, and the phrases in which they claim nothing.

"Improved" asserts something of practice; "the Improvement Board" does not, and neither does "we cannot say
whether it improved". This module only finds assertions. Whether they are licensed is `licences`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Word(NamedTuple):
    """One of the ten words: its rule, its forms, and the fixed phrases in which it claims nothing."""

    rule: str
    name: str
    forms: re.Pattern[str]
    harmless: re.Pattern[str]


class Found(NamedTuple):
    """A word as it stands in a clause, and whether it is denied there."""

    word: Word
    text: str
    clause: str
    denied: bool


def _word(rule: str, name: str, forms: str, harmless: str = r"(?!)") -> Word:
    return Word(rule, name, re.compile(rf"\b(?:{forms})\b", re.I), re.compile(rf"\b(?:{harmless})", re.I))


WORDS = (
    _word(
        "W1",
        "improved",
        r"improv(?:e|es|ed|ing|ement|ements)|better",
        r"(?:requir(?:es?|ed|ing)|needs?|needed|areas? for|in need of) improvement"
        r"|improvement (?:board|plan|advis[eo]r|partner|journey|programme|areas?|actions?|lead|notice|is needed)"
        r"|good or better|better understand|for better or|had better"
        r"|(?:for|needs?|needed|wants?|wanted) (?:\w+ )?better",
    ),
    _word("W2", "worse", r"worse|worsen(?:s|ed|ing)?|deteriorat(?:e|es|ed|ing|ion)", r"worse off"),
    _word("W3", "embedded", r"embed(?:s|ded|ding)?"),
    _word("W4", "consistently", r"(?:in)?consisten(?:t|tly|cy|cies)", r"(?:in)?consistent with"),
    _word(
        "W5",
        "most",
        r"most|mostly|majority",
        r"at most|most (?:recent|important|urgent|serious|common|vulnerable|likely|often)|the most \w+ful",
    ),
    _word(
        "W6",
        "all",
        r"all|every|always|everyone|across the board",
        r"at all|above all|after all|all the same|all-|all of this assumes|every (?:day|week|month|quarter|year)"
        r"|if all had been read",
    ),
    _word("W7", "significant", r"(?:in)?significan(?:t|tly|ce)", r"significant (?:harm|other|event|date)"),
    _word(
        "W8",
        "impact",
        r"impact(?:s|ed|ing|ful)?",
        r"impact (?:status|date|assessment|statement|chronology)"
        r"|impact of (?:domestic|parental|neglect|abuse|harm|trauma)",
    ),
    _word("W9", "robust", r"robust(?:ly|ness)?"),
    _word(
        "W10",
        "assured",
        r"assur(?:e|es|ed|ing|ance|ances)|reassur(?:e|es|ed|ing|ance)",
        r"(?:quality|audit) assurance|assurance (?:framework|team|lead|board|manager|activity|process)",
    ),
)

_CLAUSE_ENDS = re.compile(r"[;:–—]|,? \b(?:but|while|whereas|although|though|because|however)\b", re.I)
_EMPTY_EMPHASIS = re.compile(r"\b(?:no doubt|not only|not just|no question|if anything|not least)\b", re.I)
_HEDGES = re.compile(
    r"\b(?:can(?:not| ?not|'t|’t)|could not|couldn['’]t)(?: yet| be| now| safely| honestly)* "
    r"(?:tell|told|say|said|show|shown|claim|claimed|know|known|judge|conclude|call|called)\b"
    r"|\b(?:do|does|did|will|would|may|might|is|are|was|were|has|have|had)(?: not|n['’]t)(?: yet| been)* "
    r"(?:tell|told|say|said|show|shown|claim|claimed|know|known|judge|call|called|clear|possible|proven)\b"
    r"|\b(?:not yet|yet to be) (?:shown|known|proven|clear|possible|called|tested)\b"
    r"|\bwhether\b|\btoo early\b|\bunclear\b|\bunknown\b|\bif\b|\bno evidence\b|\bno claim\b"
    r"|\bto (?:measure|test|assess|judge|evaluate|check|see|show|know|find out|tell)\b",
    re.I,
)
_INTENT = re.compile(
    r"\b(?:to|will|would|should|must|could|may|might|shall|can|help|helps|please)"
    r"(?: (?:not|also|further|be|fully|then|now|have|\w+ly))*$",
    re.I,
)
_BASE_FORMS = re.compile(r"improve|worsen|deteriorate|embed|impact|assure|reassure", re.I)
_TO_BE_DONE = re.compile(r"\b(?:to|will|would|should|must|shall)(?: not| also| then| now| \w+ly)* (?:be|become)$", re.I)
_DONE_ALREADY = re.compile(
    r"\b(?:continu\w+|found|seen|shown|prov(?:ed|en)|known|considered|judged|appears?|seems?|began|begun|start\w+"
    r"|managed|remains?|helped) to\b",
    re.I,
)
_OBLIGATION = re.compile(r"\b(?:must|should|shall|will|needs? to|has to|have to|(?:is|are) to)\b", re.I)
_AS_A_TASK = re.compile(r"^(?:improving|embedding|assuring)\b.*\b(?:is|are|remains?|needs?|will|should|must)\b", re.I)
_AFTERWARDS = re.compile(
    r"^\W*(?:\w+ ){0,4}?(?:(?:cannot|can not|is not yet|are not yet|has not yet|not yet)(?: been| be)? "
    r"(?:measur|told|shown|known|judged|claimed|tested)"
    r"|(?:is|will be|becomes) (?:first )?(?:measurable|measured|tested|judged))",
    re.I,
)
_DENIAL = re.compile(r"\b(?:not|no|never|neither|nor|without|cannot|failed to|hardly|far from)\b|n['’]t\b", re.I)
_NEAR = 4  # words between a denial and what it denies: "has not, in this round, improved"


def assertions(sentence: str) -> Iterator[Found]:
    """Every over-claiming word that a sentence asserts or denies, clause by clause.

    >>> [(found.word.name, found.denied) for found in assertions("Practice has not improved, but it is robust.")]
    [('improved', True), ('robust', False)]
    >>> list(assertions("The Improvement Board asked whether practice has improved."))
    []
    """
    if sentence.rstrip().endswith("?"):
        return
    for clause in clauses(sentence):
        yield from _in_clause(clause)


def clauses(sentence: str) -> list[str]:
    """The parts of a sentence within which a hedge or a denial reaches."""
    return [part.strip() for part in _CLAUSE_ENDS.split(_EMPTY_EMPHASIS.sub(" ", sentence)) if part.strip()]


def _in_clause(clause: str) -> Iterator[Found]:
    for word in WORDS:
        harmless = [match.span() for match in word.harmless.finditer(clause)]
        for match in word.forms.finditer(clause):
            inside = any(start <= match.start() < end for start, end in harmless)
            if not inside and not _claims_nothing(word, match, clause):
                yield Found(word, match.group(), clause, _denied(match, clause))


def _claims_nothing(word: Word, match: re.Match[str], clause: str) -> bool:
    """Whether the word is hedged before or after, only intended, or part of what people are told to do."""
    before, after = clause[: match.start()].rstrip(), clause[match.end() :]
    if _HEDGES.search(before) or _AFTERWARDS.match(after) or (word.rule == "W6" and _OBLIGATION.search(clause)):
        return True
    return _intended(match.group(), before) or (match.start() == 0 and bool(_AS_A_TASK.match(clause)))


def _intended(text: str, before: str) -> bool:
    """Whether something is still to be done: "to improve", "must be embedded", but not "continues to improve"."""
    if _DONE_ALREADY.search(before):
        return False
    if _BASE_FORMS.fullmatch(text):
        return bool(_INTENT.search(before))
    return bool(_TO_BE_DONE.search(before))


def _denied(match: re.Match[str], clause: str) -> bool:
    if match.group().lower().startswith(("incons", "insig")):
        return True
    near = " ".join(clause[: match.start()].split()[-_NEAR:])
    return bool(_DENIAL.search(near))

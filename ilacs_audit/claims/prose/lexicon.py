"""The ten words that over-claim, in every form, and the phrases in which they claim nothing.

"Improved" asserts something of practice; "the Improvement Board" does not, and neither does "we cannot say
whether it improved". This module only finds assertions. Whether they are licensed is `licences`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ilacs_audit.claims.prose.hedges import claims_nothing


class Word(NamedTuple):
    """One of the ten words: its rule, its forms, and the fixed phrases in which it claims nothing."""

    rule: str
    name: str
    forms: re.Pattern[str]
    harmless: re.Pattern[str]


class Assertion(NamedTuple):
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
        r"|(?:for|needs?|needed|wants?|wanted) (?:\w+ )?better|better to \w+"
        r"|(?:aim|goal|task|priority) is (?:a |to )?(?:better|improv\w+)",
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
        r"all|every|always|everyone|everywhere|across the board|without exception|100% of|both (?:\w+ )?teams"
        r"|each (?:and every |single )?(?:file|child|family|case|plan|visit|team|standard|area)",
        r"at all|above all|after all|all the same|all-|all of this assumes|every (?:day|week|month|quarter|year|page)"
        r"|if all had been read|all (?:names|data)|every child matters"
        # How the audit was made is not a claim about practice.
        r"|(?:chosen|drawn|draw was|came|come|taken|selected|sampled)(?: at random)? from (?:all|every|each|both)"
        r"|(?:audit|sample|draw|review) (?:covers?|covered) (?:all|every|each|both)"
        r"|(?:we|auditors?|audit team) (?:re-?)?read (?:all|every|each)"
        r"|(?:all|every|each) (?:of the )?(?:\d+ )?files? (?:was|were) (?:read|chosen|drawn) (?:by|at|from|twice)",
    ),
    _word("W7", "significant", r"(?:in)?significan(?:t|tly|ce)", r"significant (?:harm|other|event|date)"),
    _word(
        "W8",
        "impact",
        r"impact(?:s|ed|ing|ful)?",
        r"impact (?:status|date|assessment|statement|chronology)"
        r"|impact of (?:domestic|parental|neglect|abuse|harm|trauma)|impact (?:up)?on the child\b",
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
_COMES_FIRST = re.compile(
    r"^(\W*(?:to|in order to|while|although|though|because|as|since|when|if|even if|whether or not|unlike|despite)"
    r"\b[^,;:]*),(?= )",
    re.I,
)
_EMPTY_EMPHASIS = re.compile(r"\b(?:no doubt|not only|not just|no question|if anything|not least)\b", re.I)
_DENIAL = re.compile(r"\b(?:not|no|never|neither|nor|without|cannot|failed to|hardly|far from)\b|n['’]t\b", re.I)
_NEAR = 4  # words between a denial and what it denies: "has not, in this round, improved"


def assertions(sentence: str) -> Iterator[Assertion]:
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
    """The parts of a sentence within which a hedge or a denial reaches.

    >>> clauses("While we cannot tell about visits, consent improved; it is better.")
    ['While we cannot tell about visits', 'consent improved', 'it is better.']
    """
    plain = _COMES_FIRST.sub(r"\1;", _EMPTY_EMPHASIS.sub(" ", sentence))
    return [part.strip() for part in _CLAUSE_ENDS.split(plain) if part.strip()]


def _in_clause(clause: str) -> Iterator[Assertion]:
    for word in WORDS:
        harmless = [match.span() for match in word.harmless.finditer(clause)]
        for match in word.forms.finditer(clause):
            inside = any(start <= match.start() < end for start, end in harmless)
            if not inside and not _claims_nothing(word, match, clause):
                yield Assertion(word, match.group(), clause, _denied(match, clause))


def _claims_nothing(word: Word, match: re.Match[str], clause: str) -> bool:
    before, after = clause[: match.start()].rstrip(), clause[match.end() :]
    return claims_nothing(match.group(), before, after, quantity=word.rule == "W6", assurance=word.rule == "W10")


def _denied(match: re.Match[str], clause: str) -> bool:
    if match.group().lower().startswith(("incons", "insig")):
        return True
    near = " ".join(clause[: match.start()].split()[-_NEAR:])
    return bool(_DENIAL.search(near))

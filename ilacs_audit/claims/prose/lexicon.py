"""The words that over-claim, in every form, and the phrases in which they claim nothing.

"Improved" asserts something of practice; "the Improvement Board" does not, and neither does "we cannot say
whether it improved". This module only finds assertions. Whether they are licensed is `licences`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ilacs_audit.claims.prose.hedges import claims_nothing
from ilacs_audit.claims.prose.rules import parts, rule


class Word(NamedTuple):
    """One of the words: its rule, its forms, and the fixed phrases in which it claims nothing."""

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


_NEAR = 4  # words between a denial and what it denies: "has not, in this round, improved"


@cache
def words() -> tuple[Word, ...]:
    """The words of the rules, each with its number."""
    numbered = (tuple(name.split()) for name in parts() if re.match(r"W\d+ (?!harmless)", name))
    return tuple(
        Word(number, name, _whole(f"{number} {name}"), _whole(f"{number} harmless")) for number, name in numbered
    )


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{rule(name).pattern})\b" if name in parts() else "(?!)", re.I)


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


def loaded(text: str) -> Iterator[str]:
    """Every over-claiming word of a text, asserted or not.

    >>> list(loaded("No improvement was seen."))
    ['improvement']
    """
    for word in words():
        yield from (match.group() for match in word.forms.finditer(text))


def clauses(sentence: str) -> list[str]:
    """The parts of a sentence within which a hedge or a denial reaches.

    >>> clauses("While we cannot tell about visits, consent improved; it is better.")
    ['While we cannot tell about visits', 'consent improved', 'it is better.']
    """
    plain = rule("comes_first").sub(r"\1;", rule("empty_emphasis").sub(" ", sentence))
    return [part.strip() for part in rule("clause_ends").split(plain) if part.strip()]


def _in_clause(clause: str) -> Iterator[Assertion]:
    for word in words():
        for match in word.forms.finditer(clause):
            harmless = (each.span() for each in word.harmless.finditer(clause))
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
    return bool(rule("denial").search(near))

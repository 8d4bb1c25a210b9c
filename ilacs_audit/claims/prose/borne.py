"""Whether a released row bears a claim: its numbers are the row's, its verdict is the row's, and it says no more.

A claim names its row by a code such as CON-1 or by the words of the standard, or else is found by its count. Told
as a count of a named row, practice may be described in anybody's words; told otherwise, only in the row's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ilacs_audit.claims.prose.findings import Findings, Scope
from ilacs_audit.claims.prose.quantities import number
from ilacs_audit.claims.prose.quoted import misquoted, numbers
from ilacs_audit.claims.prose.rules import rule
from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_MET
from ilacs_audit.domain.measures import Row

NO_ROW = "no released row speaks of it"
_WORD = re.compile(r"[a-z][a-z'’]+", re.I)
_STEM = 4
_LOOSE = 2  # words of a claim that its standard does not use


def against(claim: str, found: Scope, findings: Findings, licensed: Sequence[str], *, known: Sequence[str]) -> str:
    """Why no row bears a claim, or nothing where one does; `licensed` and `known` are words that others judge.

    >>> from ilacs_audit.domain.measures import measures
    >>> against("Families thrive", Scope(frozenset(), (), {}, ()), Findings(measures([])), (), known=())
    'no released row speaks of it'
    """
    judged = [row for row in found.rows if row.standard_id and row.measure in ("compliance", "change")]
    if not judged:
        return NO_ROW
    counts = [
        (number(k), number(n))
        for k, n in (*rule("count").findall(claim), *(pair[::-1] for pair in rule("of_count").findall(claim)))
    ]
    one = found.topics and len({row.standard_id for row in judged}) == 1
    if counts and not one:
        judged = _found(claim, counts, judged, findings)
        one = len({row.standard_id for row in judged}) == 1
        if not judged:
            return "no released row holds this count under these words"
    return (
        _wrong_number(claim, found._replace(rows=tuple(judged)), counts)
        or ("" if counts and one else _more_than(claim, judged, findings, known, free=bool(found.topics)))
        or ("" if counts or licensed else _wrong_verdict(claim, judged, findings, one=bool(one)))
    )


def _found(claim: str, counts: Sequence[tuple[int, int]], judged: Sequence[Row], findings: Findings) -> list[Row]:
    """The rows that hold a count of the claim, of the standard with whose words the claim agrees best."""
    said = {
        _stem(word)
        for word in _WORD.findall(rule("doers").sub(" ", rule("practice").sub(" ", rule("plain").sub(" ", claim))))
    }
    codes = list(dict.fromkeys(row.standard_id for row in judged))
    agree = {code: len(said & _words_of([code], findings)) for code in codes}
    best = max(agree.values())
    if len(said) > best + _LOOSE or (said and not best):
        return []
    return [row for row in judged if agree[row.standard_id] == best and (row.numerator, row.denominator) in counts]


def _wrong_number(claim: str, found: Scope, counts: Sequence[tuple[int, int]]) -> str:
    if wrong := misquoted(found, claim):
        return wrong
    held = {pair for row in found.rows for pair in numbers(row)}
    missed = rule("denied").search(claim)
    for k, n in counts:
        if (
            f"{k} of {n}" not in held
            and not (missed and f"{n - k} of {n}" in held)
            and not (rule("bounded").search(claim))
        ):
            return f"{k} of {n} is no count of this report on it"
    if rule("percent").search(claim) and not (
        counts or rule("of_target").search(claim) or rule("bounded").search(claim)
    ):
        return "a percentage needs its count, 'k of n files', beside it"
    return ""


def _more_than(claim: str, judged: Sequence[Row], findings: Findings, words: Sequence[str], *, free: bool) -> str:
    """The first word that neither the row nor the language of counts and verdicts holds."""
    begins = rule("verbs").search(claim)
    read = claim[begins.start() :] if free and begins and rule("codes").search(claim) else claim
    known = _words_of({word for row in judged for word in (row.standard_id, row.theme, row.level)}, findings)
    strange = _strange(read, known | {_stem(each) for word in words for each in _WORD.findall(word)})
    return f"“{strange}” is more than a count, a range or a verdict says" if strange else ""


def _wrong_verdict(claim: str, judged: Sequence[Row], findings: Findings, *, one: bool) -> str:
    if (
        one
        and (way := rule("higher").search(claim))
        and (moved := [row.value for row in judged if row.measure == "change" and row.value])
    ):
        right = all((value > 0) == (way[1].lower() in ("higher", "rose")) for value in moved)
        return "" if right else f"not every count is {way[1]}"
    said = rule("met").search(claim)
    if one and rule("bounded").search(claim) and rule("any_number").search(rule("codes").sub("", claim)):
        return ""  # a range: its ends are this row's, or `misquoted` has said so
    if said is None and not rule("untold").search(claim):
        return "it is told neither as a count nor as a verdict"
    wanted = CANNOT_TELL if said is None else NOT_MET if said["un"] or said["short"] else MET
    verdicts = [row.verdict for row in judged if row.measure == "compliance"]
    if tally := rule("tally").search(claim):
        return _miscounted(tally, wanted, verdicts)
    held = verdicts and all(verdict == wanted for verdict in verdicts)
    if held and rule("only").search(claim) and one:
        alike = {row.standard_id for row in findings.shown if (row.measure, row.verdict) == ("compliance", wanted)}
        held = len(alike) == 1
    return (
        "" if held else f"it needs a verdict of {wanted}; this report has {', '.join(sorted(set(verdicts))) or 'none'}"
    )


def _miscounted(tally: re.Match[str], wanted: str, verdicts: Sequence[str]) -> str:
    few = (tally["few"] or "").lower()
    none = few in ("none", "no", "not one")
    right = sum(verdict == (MET if none else wanted) for verdict in verdicts)
    said = 0 if none else number(few) if few else len(verdicts)
    return (
        ""
        if right == said or ("others" in tally.group() and wanted != MET)
        else f"{right} of {len(verdicts)} standards have a verdict of {wanted}"
    )


def _strange(text: str, known: frozenset[str] | set[str]) -> str:
    plain = rule("doers").sub(" ", rule("plain").sub(" ", rule("codes").sub(" ", text)))
    return next((word for word in _WORD.findall(plain) if _stem(word) not in known), "")


def _words_of(topics: set[str] | Sequence[str], findings: Findings) -> set[str]:
    return {
        _stem(word) for topic in topics for phrase in findings.known.get(topic, ()) for word in _WORD.findall(phrase)
    }


def _stem(word: str) -> str:
    return word.lower().removesuffix("’s").removesuffix("'s").rstrip("s")[:_STEM]

"""Prose that cannot over-claim: people's commentary is read sentence by sentence before it is published.

The tables of a report are made by rule, and then somebody writes "practice has improved across all teams"
above them. A sentence about practice is a claim: its words of direction, cause, degree, quantity, certainty
and stability need the evidence that licenses them, and the rest of it a row that bears it. What others said
may be quoted: a quotation with the name of whoever said it is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ilacs_audit.claims.prose.borne import MEASURED, NO_ROW, NOWHERE, against, marks, uncounted
from ilacs_audit.claims.prose.figures import read
from ilacs_audit.claims.prose.findings import Findings, Scope, carried, scope, stems, suggest
from ilacs_audit.claims.prose.kinds import outsiders, pieces, spoken
from ilacs_audit.claims.prose.lexicon import Assertion, assertions, loaded
from ilacs_audit.claims.prose.licences import LICENCES
from ilacs_audit.claims.prose.rules import rule
from ilacs_audit.claims.prose.score import CLAIM, PRAISE, score
from ilacs_audit.claims.words import listed
from ilacs_audit.domain.doors import doors

_SENTENCE_ENDS = re.compile(r"(?<=[.!?])[”\"’')]*\s+(?=[A-Z“\"‘'(\d])|\n+")
UNBORNE = "W0"
RULED = "!ruled"  # rows decide: a verdict, a figure beside its code, a count of returns
DOUBTED = "!figure"
_APART = 3.0  # a piece weighs less than it would as a sentence: it was part of one
CLAIMED: Mapping[str, str] = {
    UNBORNE: "something of practice",
    **dict.fromkeys(("W1", "W2"), "a direction"),
    **dict.fromkeys(("W3", "W4"), "stability"),
    **dict.fromkeys(("W5", "W6"), "a quantity"),
    "W7": "a degree",
    "W8": "a cause",
    "W9": "a quality",
    "W10": "certainty",
    "W11": "what became of children and families",
}
QUANTITIES = ("W5", "W6")
_LONG = 3  # a name of so many blanks is quoted, a shorter one may be anybody's words
_STOP = "∎"  # stands for a full stop inside an abbreviation or a quotation while sentences are split
_QUOTE = "⟦quotation⟧"


@dataclass(frozen=True)
class ProseProblem:
    """What a sentence claims and no evidence bears, the standards that speak to it, and words that would pass."""

    sentence: str
    word: str
    rule: str
    why: str
    suggestion: str
    standards: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """What is claimed, why it may not be, and which rows speak to it."""
        ours, verb = listed(self.standards), "speak" if len(self.standards) > 1 else "speaks"
        row = f" {ours} {verb} to it." if self.standards else ""
        what = "a number" if self.rule == UNBORNE and re.search(r"\d", self.word) else CLAIMED[self.rule]
        return f"'{self.word}' ({self.rule}) claims {what}: {self.why}.{row}"

    def __str__(self) -> str:
        return f"“{self.sentence}” – {self.told} Try: {self.suggestion}"


def lint_prose(text: str, evidence: Findings | pd.DataFrame) -> tuple[ProseProblem, ...]:
    """Find every word in a commentary that the report's evidence does not license.

    `evidence` is the findings of the report, or a bare frame of measures with their verdicts. An empty
    answer means that the text may be published.

    >>> from ilacs_audit.domain.measures import measures
    >>> nothing = measures([])
    >>> problem, _ = lint_prose("Practice has improved across all teams.", nothing)
    >>> problem.word, problem.rule, problem.why
    ('improved', 'W1', 'it needs a change verdict of better (C3), and this report holds no change on it')
    >>> lint_prose("A parent told us: “It has improved a lot.”", nothing)
    ()
    """
    findings = evidence if isinstance(evidence, Findings) else Findings(doors.findings(evidence))
    problems: list[ProseProblem] = []
    topics: frozenset[str] = frozenset()
    for sentence, claims in _answered(_sentences(_plain(text))):
        problems.extend(_unlicensed(sentence, claims, findings, topics))
        topics = carried(findings, claims, topics)
    return tuple(problems)


def _unlicensed(sentence: str, claims: str, findings: Findings, topics: frozenset[str]) -> list[ProseProblem]:
    """The problems of one sentence: each word that has no licence once, or else that it claims and no row bears it."""
    told = _words(sentence, claims, findings, topics)
    if outsiders(claims) or sentence.strip(" .") in findings.own:
        return []
    signs = tuple(_signs(claims, told, findings, topics))
    borne = not told and _borne(claims, findings, topics)
    licensed = borne and any(assertions(claims)) and not rule("several").search(claims)
    if licensed or ((borne or RULED not in signs) and _weight(claims, signs) < (PRAISE if borne else CLAIM)):
        return []
    return told or [_unborne(sentence, claims, findings, topics)]


def _words(sentence: str, claims: str, findings: Findings, topics: frozenset[str]) -> list[ProseProblem]:
    """Each word of a sentence that needs a licence and has none, once."""
    problems: dict[str, ProseProblem] = {}
    claims = spoken(claims)
    for found in assertions(_without_names(claims, findings)):
        within = scope(findings, found.clause, claims, topics)
        if found.word.rule in problems or _own_word(found, within, findings):
            continue
        if why := LICENCES[found.word.rule].licence(found, within, claims):
            problems[found.word.rule] = _problem(sentence, found.text, found.word.rule, why, findings, within)
    return list(problems.values())


def _signs(claims: str, told: Sequence[ProseProblem], findings: Findings, topics: frozenset[str]) -> Iterator[str]:
    """What is weighed beside the words: which of them have no licence, how the figures stand, what rows decide."""
    within = scope(findings, claims, claims, topics)
    found = tuple(marks(claims, within, findings))
    wrong = "!wrong" in found and bool({*found} & MEASURED)
    yield from found
    yield from (f"!{each.rule}" for each in told)
    if wrong or "!verdict" in found:
        yield DOUBTED
    coded, alone = rule("code").search(claims), "!verdict" in found and not rule("several").search(claims)
    misjudged = alone and (coded or rule("tally").search(claims))
    if (wrong and coded and NOWHERE in found) or misjudged or uncounted(claims, within):
        yield RULED


def _weight(claims: str, signs: Sequence[str]) -> float:
    """How far a sentence reads as a claim, or the piece of it that does so most, unless its strong word is hedged."""
    hedged = not any(assertions(claims))
    ours = (piece for piece in pieces(claims) if not (hedged and any(loaded(piece))))
    return max([score(claims, signs), *(score(piece, signs) - _APART for piece in ours)])


def heard(text: str, findings: Findings) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each sentence of a text as it is weighed, with its signs; what others answer for is left out."""
    for sentence, claims in _answered(_sentences(_plain(text))):
        if not outsiders(claims):
            told = _words(sentence, claims, findings, frozenset())
            yield claims, tuple(_signs(claims, told, findings, frozenset()))


def _own_word(found: Assertion, within: Scope, findings: Findings) -> bool:
    """Whether a word is one of the standard's own, beside its count: the count says how far it is so."""
    own = frozenset().union(*(findings.vocabulary[each] for each in within.topics & findings.standards))
    return bool(stems(found.text) <= own and read(found.clause).counts)


def _unborne(sentence: str, claims: str, findings: Findings, topics: frozenset[str]) -> ProseProblem:
    """What a sentence says of practice, beyond the words that have a licence, and no released row bears."""
    said = max(pieces(claims), key=score)
    within = scope(findings, said, claims, topics)
    licensed = [found.text for found in assertions(said)]
    why = uncounted(said, within) or against(said, within, findings, licensed, known=licensed) or NO_ROW
    return _problem(sentence, said.strip(" ."), UNBORNE, why, findings, within)


def _borne(claims: str, findings: Findings, topics: frozenset[str]) -> bool:
    """Whether the rows bear a whole sentence, whose parts by themselves may not name what they speak of."""
    text = spoken(claims)
    licensed = [found.text for found in assertions(text)]
    rest = not text or rule("remaining").search(text)
    return not rest and not against(text, scope(findings, text, text, topics), findings, licensed, known=licensed)


def _without_names(text: str, findings: Findings) -> str:
    """The text without the plain words of standards: quoting what was asked claims nothing."""
    lowered = text.lower()
    for phrases in findings.known.values():
        for phrase in phrases:
            if phrase.count(" ") >= _LONG and phrase.lower() in lowered:
                text = re.sub(re.escape(phrase), phrases[0], text, flags=re.I)
    return text


def _problem(sentence: str, word: str, rule: str, why: str, findings: Findings, within: Scope) -> ProseProblem:
    measure = LICENCES[rule].measure if rule in LICENCES else "compliance"
    codes = list(dict.fromkeys(row.standard_id for row in within.of(measure) if row.standard_id))
    named = "" if rule == UNBORNE else _name_one(within, codes)
    better = suggest(findings, within, measure=measure)
    return ProseProblem(sentence, word, rule, f"{why}{named}", better, tuple(codes) if within.topics else ())


def _name_one(within: Scope, codes: Sequence[str]) -> str:
    """A sentence that names no standard speaks of all of them, and the person who wrote it may have meant one."""
    if within.topics or len(codes) < 2:
        return ""
    every = f"the sentence names no standard, so it speaks of all {len(codes)}"
    return f" ({every}: name the one you mean, such as {codes[0]})"


def _plain(text: str) -> str:
    """The text without what a reader does not see: soft hyphens, wide letters, marks of emphasis."""
    letters = (each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) != "Cf")
    return re.sub(r"(?<!\w)[*_]+(?=\w)|(?<=\w)[*_]+(?!\w)", "", "".join(letters))


def _answered(sentences: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A question claims nothing, unless the next sentence answers it with yes."""
    answers = [claims for _, claims in (*sentences, ("", ""))][1:]
    return [
        (written, f"{claims.rstrip('? ')}." if claims.endswith("?") and rule("yes").match(answer) else claims)
        for (written, claims), answer in zip(sentences, answers, strict=True)
        if not rule("bare_yes").fullmatch(claims)
    ]


def _sentences(text: str) -> list[tuple[str, str]]:
    """Each sentence as written, and as it claims: without the quotations that someone else answers for."""
    whole, quotations = _set_quotations_aside(rule("abbreviations").sub(rf"\1{_STOP}", text))
    pairs = []
    for part in _SENTENCE_ENDS.split(whole):
        written = _put_back(part, quotations)
        attributed = rule("said_by").search(part) and not rule("ourselves").search(part)
        claimed = _unquoted(part) if attributed else written
        if written.strip():
            pairs.append((_restored(written), _restored(claimed)))
            del quotations[: part.count(_QUOTE)]
    return pairs


def _unquoted(part: str) -> str:
    """What a sentence claims beside a quotation: nothing, where the rest only says whose it is."""
    rest = part.replace(_QUOTE, "")
    if rest != part and rule("attributes").match(rest) and not any(assertions(rest)):
        return ""
    return part.replace(_QUOTE, "“”")  # where it stood is weighed


def _set_quotations_aside(text: str) -> tuple[str, list[str]]:
    quotations = rule("quoted").findall(text)
    return rule("quoted").sub(lambda match: _QUOTE + _closing(match.group()), text), quotations


def _closing(quotation: str) -> str:
    """A quotation that ends its sentence leaves its stop behind, so that the next one is not swallowed."""
    return quotation[-2] if quotation[-2:-1] in (".", "!", "?") else ""


def _put_back(part: str, quotations: list[str]) -> str:
    for quotation in quotations[: part.count(_QUOTE)]:
        part = part.replace(_QUOTE + _closing(quotation), quotation, 1)
    return part


def _restored(text: str) -> str:
    return text.replace(_STOP, ".").strip()

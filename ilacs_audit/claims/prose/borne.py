"""Whether released rows bear a claim: its figures are the rows', its verdict is the rows', and it says no more.

A claim names its rows by a code such as CON-1 or by the words of the standard, or else is found by its count.
What is left over, beside figures and verdicts, has to be the standard's own words: a count may be told in one or
two others, a verdict in none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ilacs_audit.claims.change.changes import BETTER, WORSE
from ilacs_audit.claims.prose.figures import NOT_APPLICABLE, Claim, Figure, read, wrong_figure
from ilacs_audit.claims.prose.findings import EARLIER, Findings, Scope, about, spots, stems
from ilacs_audit.claims.prose.lexicon import loaded
from ilacs_audit.claims.prose.quantities import differ
from ilacs_audit.claims.prose.rules import number, rule
from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_COMPARABLE, NOT_MET
from ilacs_audit.domain.measures import Row

NO_ROW = "no released row speaks of it"
NOWHERE = "!nowhere"  # no row of the standards named holds a figure, whichever of them it is told of
_JUDGED = ("compliance", "change", EARLIER, NOT_APPLICABLE)
_COUNTED = ("reach", "moderated", "returned")
MEASURED = frozenset({"!count", "!part", "!share", "!range", "!moved", "!target", "!children"})
_LOOSE = 2  # words of a counted claim that its standard does not use
_WORD = re.compile(r"[a-z][a-z'’-]+", re.I)


def against(text: str, found: Scope, findings: Findings, licensed: Sequence[str], *, known: Sequence[str]) -> str:
    """Why no row bears a claim, or nothing where one does; `licensed` and `known` are words that others judge.

    >>> from ilacs_audit.domain.measures import measures
    >>> against("Families thrive", Scope(frozenset(), (), {}, ()), Findings(measures([])), (), known=())
    'no released row speaks of it'
    """
    claim = read(text)
    rows, own = _rows(claim, found, findings)
    if not rows:
        return "no released row holds this count under these words" if claim.counts and found.rows else NO_ROW
    judged = [row for row in rows if row.standard_id]
    return (
        wrong_figure(claim, lambda figure: _at(figure, claim, rows, findings), own)
        or _more_than(claim, own | stems(" ".join(known)))
        or ("" if rows and not judged else _wrong_verdict(claim, judged, findings, licensed))
    )


def marks(text: str, found: Scope, findings: Findings) -> Iterator[str]:
    """How figures and verdict of a sentence stand to the rows that it names, for its score: right, or which may not."""
    claim = read(text)
    told = [each.kind for each in claim.figures if each.kind not in ("dated", "tallied")]
    rows, own = _rows(claim, found, findings)
    wrong = wrong_figure(claim, lambda figure: _at(figure, claim, rows, findings), own)
    if told:
        yield from ("!wrong", *(f"!{kind}" for kind in told)) if wrong else ("!right",)
    named = {row.standard_id for row in rows}
    if wrong and wrong_figure(claim, lambda _: [row for row in found.everything if row.standard_id in named], own):
        yield NOWHERE
    judged = [row for row in rows if row.standard_id]
    told_so = any(rule(name).search(claim.masked) for name in ("met", "untold", "compared", "has_changed"))
    meant = found.topics & findings.standards or rule("judged_of").search(text)  # people meet, and cannot tell, too
    if judged and told_so and meant and _wrong_verdict(claim, judged, findings, ()):
        yield "!verdict"


def uncounted(text: str, found: Scope) -> str:
    """The first count of returns, of files moderated or of staff reached that their row does not hold, as a reason."""
    for measure in _COUNTED:
        ours = _tallies(measure, text, found)
        for k, n in (each.said for each in read(text).counts if len(each.said) > 1):
            held = [row for row in ours if row.denominator == n]
            if held and not any(k in _counts(row) for row in held):
                return f"{k} of {n} is no figure of this report on it"
    return ""


def _rows(claim: Claim, found: Scope, findings: Findings) -> tuple[list[Row], frozenset[str]]:
    """The rows a claim is about, and the stems of the words that are theirs."""
    judged = [row for row in found.rows if row.standard_id and row.measure in _JUDGED]
    if rule("between").search(claim.text) and not found.topics & findings.levels:
        judged = found.groups("compliance") or judged
    for measure in () if found.topics & findings.standards else _COUNTED:
        ours = _tallies(measure, claim.text, found)
        if any(each.said and each.said[-1] in _counts(row) for row in ours for each in claim.figures):
            return ours, frozenset(stems(" ".join(word.group() for word in rule(measure).finditer(claim.text))))
    if found.topics & findings.standards or not claim.counts or len({row.standard_id for row in judged}) == 1:
        topics = {topic for row in judged for topic in (row.standard_id, row.theme, row.level)}
        return judged, frozenset().union(*(findings.vocabulary.get(topic, frozenset()) for topic in topics))
    said = stems(rule("plain").sub(" ", claim.text))
    agree = {row.standard_id: len(said & findings.vocabulary[row.standard_id]) for row in judged}
    best = max(agree.values(), default=0)
    if len(said) > best + _LOOSE or (said and not best):
        return [], frozenset()
    ours = [row for row in judged if agree[row.standard_id] == best]
    return ours, frozenset().union(*(findings.vocabulary[row.standard_id] for row in ours))


def _tallies(measure: str, text: str, found: Scope) -> list[Row]:
    """The rows of a count that a text speaks of; returns are asked of agencies too."""
    measures = (measure, "agency_returns") if measure == "returned" else (measure,)
    return [row for row in found.everything if row.measure in measures and rule(measure).search(text)]


def _counts(row: Row) -> tuple[int, ...]:
    met, of = row.numerator or 0, row.denominator or 0
    return (met, of, of - met)


def _at(figure: Figure, claim: Claim, rows: Sequence[Row], findings: Findings) -> Sequence[Row]:
    """The rows of the standard and the team named last before a figure, else first after it; in order, where listed."""
    counts = [each.start for each in claim.counts]
    for kind, part in ((findings.standards, "standard_id"), (findings.levels, "level")):
        named = [(place, topic) for place, topic in spots(claim.text, findings) if topic in kind]
        before = [topic for place, topic in named if place < figure.start]
        if figure.start in counts and len(named) == len(counts) > 1 and named[-1][0] < counts[0]:
            before = [named[counts.index(figure.start)][1]]
        topics = before[-1:] or [topic for _, topic in named][:1]
        rows = [row for row in rows if not topics or getattr(row, part) in topics]
    return rows


def _more_than(claim: Claim, known: frozenset[str] | set[str]) -> str:
    """The first word that neither the row nor the language of counts and verdicts holds."""
    left = claim.masked
    for name in ("untold", "telling", "plain", "of_audits", "people"):
        left = rule(name).sub(lambda word: " " * len(word.group()), left)
    strange = [word for word in _WORD.finditer(left) if not stems(word.group()) <= known]
    verdict = rule("met").search(claim.masked) if rule("code").search(claim.text) else None
    free = _LOOSE if claim.counts else sum(word.end() < verdict.start() for word in strange[:1]) if verdict else 0
    if len(strange) <= free and not any(_says_more(word.group()) for word in strange):
        return ""
    return f"“{strange[0].group()}” is more than a count, a range or a verdict says"


def _says_more(word: str) -> bool:
    """Whether a word praises, or is one that needs its licence and has none."""
    return bool(rule("praising").search(word) or rule("heightening").search(word)) or any(True for _ in loaded(word))


def _wrong_verdict(claim: Claim, judged: Sequence[Row], findings: Findings, licensed: Sequence[str]) -> str:
    """Why a verdict that is told is not the rows', or that nothing is told at all."""
    text = rule("met_in_count").sub(" ", claim.masked)
    said = rule("met").search(text)
    changes = [row for row in judged if row.measure == "change"]
    verdicts = [row.verdict for row in judged if row.measure == "compliance"]
    if rule("untold").search(text):
        of_change = rule("of_change").search(text) or not verdicts
        every = [row.verdict for row in changes] if of_change else verdicts
        if (tally := rule("tally").search(claim.text)) and len({row.standard_id for row in judged}) > 1:
            return _miscounted(tally, CANNOT_TELL, every)
        return "" if every and {*every} <= {CANNOT_TELL, NOT_COMPARABLE, ""} else _needs(CANNOT_TELL, every)
    if way := rule("compared").search(text):
        return _compared((way[1] or way[2]).lower(), claim, changes)
    teams = [row for row in judged if row.measure == "compliance" and row.level in findings.levels]
    if len(teams) > 1 and rule("differing").search(text):
        return "" if differ(teams) and not rule("denial").search(text) else "it needs teams that are shown to differ"
    alone = rule("only").search(claim.text)
    if rule("has_changed").search(text) and not rule("denial").search(text):
        moved = {row.standard_id for row in about(findings.shown, frozenset()) if row.verdict in (BETTER, WORSE)}
        ours = {row.standard_id for row in changes if row.verdict in (BETTER, WORSE)}
        right = ours and len(ours) == len(changes) and (not alone or ours == moved)
        return "" if right else _needs(f"{BETTER} or {WORSE}", [row.verdict for row in changes])
    if said is None:
        told = licensed or any(each.kind not in ("dated", "tallied") for each in claim.figures)
        return "" if told else "it is told neither as a count nor as a verdict"
    wanted = NOT_MET if said["un"] or said["short"] else MET
    if claim.counts and rule("bounded").search(text):
        return ""  # a range: its ends are the rows', or `wrong_figure` has said so
    if not alone and (tally := rule("tally").search(claim.text)):
        return _miscounted(tally, wanted, verdicts)
    if not any(verdicts) or {*verdicts} - {wanted, ""}:
        return _needs(wanted, verdicts)
    alike = {row.standard_id for row in findings.shown if (row.measure, row.verdict) == ("compliance", wanted)}
    return "it is not the only one" if alone and len(alike) > 1 else ""


def _needs(wanted: str, verdicts: Sequence[str]) -> str:
    return f"it needs a verdict of {wanted}; this report has {', '.join(sorted({*verdicts} - {''})) or 'none'}"


def _compared(way: str, claim: Claim, changes: Sequence[Row]) -> str:
    """More, fewer, higher or lower than: both counts stand beside it in that order, or the change bears it."""
    up = way in ("more", "higher", "greater", "larger", "rose")
    shares = [each.said[0] / each.said[1] for each in claim.counts if len(each.said) > 1]
    if len(shares) > 1:
        return "" if (shares[0] > shares[1]) == up and shares[0] != shares[1] else f"the first is not {way}"
    if rule("of_counts").search(claim.text) and changes:
        right = all(row.value is not None and (row.value > 0) == up for row in changes)
        return "" if right else f"not every count is {way}"
    wanted = BETTER if up else WORSE
    held_so = changes and all(row.verdict == wanted for row in changes)
    return "" if held_so else f"it needs a change verdict of {wanted}, or both counts beside it"


def _miscounted(tally: re.Match[str], wanted: str, verdicts: Sequence[str]) -> str:
    few = (tally["few"] or "").lower()
    none = few in ("none", "no", "not one")
    right = sum(verdict == (MET if none else wanted) for verdict in verdicts)
    said = 0 if none else number(few) if few else len(verdicts)
    return "" if right == said else f"{right} of {len(verdicts)} standards have a verdict of {wanted}"

"""How a page's numbers were worked out, in sentences chosen by what the page really shows.

A method note that lists every method in the product tells a reader nothing. This one names
the draw, the ranges and the rules that stand behind the figures on the page.
"""

from collections.abc import Iterator, Sequence

import pandas as pd

from ilacs_audit.claims.verdicts.direction import LOWER
from ilacs_audit.claims.verdicts.estimates import in_doubt
from ilacs_audit.claims.words import number_word, plural
from ilacs_audit.domain import given
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.measures import Row, earlier_round, rows
from ilacs_audit.domain.programme import Audit
from ilacs_audit.stats.sampling import detectable_change

_CHOSEN = {
    "random": "Drawn at random from the list.",
    "stratified": "Drawn at random within groups of the list, in proportion to their size.",
    "systematic": "Drawn at even steps through the list, from a random start.",
    "uneven": "Drawn at random within groups of the list, out of proportion to their size: no range.",
    "two_phase": "Flagged files were to be read in full, and the others were drawn at random: each part of the list "
    "weighs in a range as much as it holds, and not as much of it as was read.",
    "risk_led": "Chosen for risk, so nothing is said of what was not read.",
    "auditor_choice": "Chosen by the auditor, so nothing is said of what was not read.",
    "census": "The whole list was to be read.",
    "unknown": "How they were chosen is not known, so nothing is said of what was not read.",
}
_DOUBTED = "Planned so, and in doubt: {chosen}"
_WHOLE_CASES = "Drawn at random from the list, {by} by {by}, each with all files."
RANGES = {
    "hypergeometric": "Where a standard applies to all and the list is known, the likely range is in whole "
    "children, workers or requests: the exact hypergeometric interval at 95% for a random draw from the list.",
    "stratified": "Where a standard applies to all and files were drawn in each group of the list in proportion, the "
    "likely range is the exact one at 95%, whichever groups those who meet it are in.",
    "sequence": "Files were read in the order of the draw, and reading may stop as soon as the evidence decides. The "
    "likely range holds at 95% whoever looked, and however often; a verdict is wrong in at most 2.5% a side.",
    "two-phase": "Where a standard applies to all, the likely range is in whole children: the exact one at 95% of a "
    "draw by part of the list, to which a part that was read in full adds no uncertainty.",
    "clustered": "Files were drawn by worker or family and hang together. How much is estimated from them (analysis of "
    "variance, its upper limit three times in four), and the likely range is Clopper and Pearson's at 95% for as many "
    "files as would tell the same, drawn one by one.",
    "wilson": "Where a standard applies to some only, or practice in general is meant, the likely range is a "
    "share: the Wilson interval at 95%.",
    "whole list": "Where the whole list was read the count is the answer, and there is no range.",
    "newcombe": "A change between two rounds of different files has Newcombe's interval at 95%.",
    "paired": "A change in files that were read twice has Newcombe's interval for pairs at 95%.",
}
_APPLIES = (
    "Where a standard does not apply it is left out of its count and counted beside it. A blank answer is a "
    "problem in the return and is never read as 'not met'."
)
_SHARED = {
    True: "Sharing each with its worker was planned; whether it was done is not recorded.",
    False: "Sharing each with its worker was not planned.",
}
_OF_A_RANGE = (
    "A standard is met when the whole range reaches the target (rule V1), not met when the whole range falls short "
    "(V2), and otherwise we cannot tell (V3)."
)
_OF_A_COUNT = "A standard is met when the count reaches the target (rule V1), and not met when it falls short (V2)."
_UNREAD = (
    "Some of the list were not read. A range is the counts that they could lead to, from all of them short of "
    "the standard to all of them meeting it: no chance is in it."
)
_MISSING = (
    "Answers are missing where a return never came, or came with an answer blank or not to be read. Both ends "
    "of a range allow for them: all of them short of the standard, and all of them meeting it."
)
_CHANGE = (
    "A change is tested in this order: not comparable (C1), no worthwhile change (C2), better (C3), worse (C4), we "
    "cannot tell (C5). A worthwhile difference is 10 points. All changes of a month's audits are judged together. What "
    "a round would show is what it finds four times in five. Luck alone can bring any difference from the earlier "
    "count whose interval holds zero."
)
_IMPACT = (
    "Whether it helped follows from rounds, returns and dates: too early (I0), baseline only (I1), worse or with more "
    "critical failures (I6), sustained (I5), improving (I4), a worthwhile rise ruled out (I3); otherwise we cannot "
    "tell (I2). Evidence past its age limit counts one step less."
)
_CRITICAL = (
    "One file that fails a critical standard is acted on whatever the verdict (X1): the standard is not called met "
    "while there is one. Where none was found (X0), what the files nobody read may still hold is given with 95% "
    "confidence."
)
_ONE_BY_ONE = (
    "Chance chose files one by one, so several of one worker or family leave the ranges as they are: they speak of the "
    "lists, and not of other workers."
)


def method_notes(table: pd.DataFrame, *, audit: Audit) -> tuple[str, ...]:
    """The sentences that say how the figures of a page were made.

    Example: `ia.method_notes(page.released, audit=work.protocol)`.
    """
    return tuple(_notes(doors.findings(table), given.needed(audit, Audit, "audit")))


def _notes(table: pd.DataFrame, audit: Audit) -> Iterator[str]:
    found = list(rows(table))
    shown = {row.method for row in found}
    listed = f" The list: {audit.listed}." if audit.population.listed else ""
    chosen = _CHOSEN.get(audit.selection, _CHOSEN["unknown"])
    chosen, doubted = chosen if audit.by == "file" else _WHOLE_CASES.format(by=audit.by), in_doubt(found)
    yield (_DOUBTED.format(chosen=f"{chosen[:1].lower()}{chosen[1:]}") if doubted else chosen) + listed
    yield _APPLIES
    if audit.with_practitioner is not None:
        yield _SHARED[audit.with_practitioner]
    judged = {row.method for row in found if row.measure == "compliance" and row.verdict}
    yield from (
        words for words, here in ((_OF_A_RANGE, judged - {"whole list"}), (_OF_A_COUNT, "whole list" in judged)) if here
    )
    census = audit.selection == "census"
    ranges = {**RANGES, "hypergeometric": _UNREAD} if census else RANGES
    yield from (note for method, note in ranges.items() if method in shown)
    if any(row.missing for row in found) and not census:
        yield _MISSING
    if any(row.measure == "critical_failure" for row in found):
        yield _CRITICAL
    if any(row.measure == "change" for row in found):
        yield _CHANGE
        yield from _seen(found)
    if sizes := [row.files_to_tell for row in found if row.measure == "change" and row.files_to_tell is not None]:
        span = f"{min(sizes):,}" if len({*sizes}) == 1 else f"{min(sizes):,} to {max(sizes):,}"
        yield f"A design that shows a change of 10 points needs {span} in each round."
    if any(row.measure == "impact" for row in found):
        yield _IMPACT
    if audit.by_chance and audit.by == "file" and not doubted:
        yield _ONE_BY_ONE


def _seen(found: Sequence[Row]) -> Iterator[str]:
    """The smallest true changes for the better that the two rounds show four times in five."""
    told = [(row, earlier_round(row.note)) for row in found if row.method == "newcombe" and row.status != "rounded"]
    for way in ("rise", "fall"):
        ours = [
            (row, was) for row, was in told if was and row.denominator and (row.direction == LOWER) == (way == "fall")
        ]
        sizes = [
            detectable_change(of, row.denominator or 0, (of - met if way == "fall" else met) / of)
            for row, (met, of, _) in ours
        ]
        if shown := sorted({round(100 * size) for size in sizes if size}):
            span = f"{shown[0]}" if len(shown) == 1 else f"{shown[0]} to {shown[-1]}"
            none = sizes.count(None)
            but = f"; on {number_word(none)} {plural('standard', none)} none at all" if none else ""
            yield f"Two rounds of these sizes show a true {way} of {span} points{but}."

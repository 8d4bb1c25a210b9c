"""The answer at the top of a page: what was found for children, in the words of the standards, with k of n.

A board chair reads one sentence. It names at most three standards, the weakest or those that moved, and says in how
many files each was so; verdicts are counted after that. It says nothing that the released rows do not hold: a hidden
row is not named, a rounded count is "about". Critical failures have their own panel.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from ilacs_audit.claims.change.changes import CRITICAL_UP, warning
from ilacs_audit.claims.change.luck import foremost
from ilacs_audit.claims.sentences import tallies
from ilacs_audit.claims.sentences.registers import register_headline
from ilacs_audit.claims.verdicts.direction import LOWER
from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_COMPARABLE, NOT_MET, at, capital, clause, count_of, plural
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.measures import Row, earlier_round, rows

NOTHING_READ = "Nothing can be said yet: no file was read."
NO_ROUND = "Nothing can be said yet: no file of an earlier round is there to compare these with."
NOTHING_JUDGED = "Nothing can be said yet: no rule in force judges what was read."
SUSTAINED = "I5"
MOST, ROOM = 3, 170  # standards named, and the letters they may take together


def headline(
    table: pd.DataFrame,
    *,
    unit: str = "file",
    names: Mapping[str, str] | None = None,
    passing: Mapping[str, str] | None = None,
    aims: Sequence[str] = (),
) -> str:
    """Answer the page's question in a line or two, from the rows of the whole service.

    `names` gives the plain words of a standard by its id, `passing` what those did that met it, and `aims`
    are the standards that the work before this round was meant to move.

    >>> from ilacs_audit.domain.measures import measures
    >>> read = {"measure": "compliance", "group": "all", "denominator": 38}
    >>> found = [("P-1", 9, "not met"), ("P-2", 30, "cannot tell"), ("P-3", 36, "met")]
    >>> rows = [{**read, "standard_id": id, "numerator": met, "verdict": verdict} for id, met, verdict in found]
    >>> headline(measures(rows), names={"P-1": "It says by when."})
    'In only 9 of 38 files it says by when. One other standard is met and on one we cannot tell.'
    """
    whole = [row for row in rows(table) if row.group in WHOLE_SERVICE or not row.group]
    standing, change = ([row for row in whole if row.measure == measure] for measure in ("compliance", "change"))
    told = _Told(unit, names or {}, passing or {}, aims)
    held = told.held(change, [row for row in whole if row.measure == "impact" and row.verdict == SUSTAINED])
    beside = "" if standing else register_headline([*rows(table)])  # what agencies say of an audit is not its answer
    said = (told.stands(standing), told.moves(change, alone=not standing), held, beside)
    return " ".join(filter(None, said)) or _nothing([*rows(table)])


def _nothing(found: Sequence[Row]) -> str:
    """Why nothing can be said, by what there is beside counts and changes."""
    if any(row.measure == "rows_read" and row.numerator for row in found):
        return NOTHING_JUDGED
    return NO_ROUND if any(row.measure in ("impact", "critical_failure") for row in found) else NOTHING_READ


class _Told:
    """Rows told in the words of their standards."""

    def __init__(self, unit: str, names: Mapping[str, str], passing: Mapping[str, str], aims: Sequence[str]) -> None:
        self.unit, self.names, self.passing, self.aims = unit, names, passing, aims

    def stands(self, ours: Sequence[Row]) -> str:
        """The weakest standards, and what came of the others; none is named where one that falls short is hidden."""
        seen, counts = _weakest(ours), tallies.verdict_counts(ours)
        short, unsure = ([row for row in seen if row.verdict == word] for word in (NOT_MET, CANNOT_TELL))
        named = self._fitting(short or unsure or seen)
        if not named or (counts[NOT_MET] and not short):
            return f"{tallies.judged(counts)}." if ours else ""
        if short:
            counts -= Counter({NOT_MET: len(named)})
            found = self._listed(named, "as many as" if named[0].direction == LOWER else "only")
            return f"{found}. {tallies.others(counts, tallies.VERDICTS)}".strip()
        if set(counts) == {MET} and len(seen) == len(ours):
            lowest = ", which is the lowest" if len(ours) > 1 else ""
            return f"{self._listed(named[:1])}{lowest}. {tallies.judged(counts)}."
        reasons = {row.reason for row in seen}
        why = (
            reasons.pop()
            if len(reasons) == 1 and set(counts) <= {tallies.NONE, tallies.HIDDEN, tallies.FAILED}
            else f"{tallies.judged(counts)}."
        )
        return f"{self._listed(named)}. {why}"

    def moves(self, ours: Sequence[Row], *, alone: bool) -> str:
        """The standards that moved, the worse first; else that we cannot tell, then the largest difference."""
        if not ours:
            return ""
        worse, better = ([row for row in ours if row.verdict == word] for word in ("worse", "better"))
        named = [row for row in (*worse, *better) if not row.hidden and row.denominator][:MOST]
        if worse or better:
            left = [row for row in ours if row not in (*worse, *better)]
            told = [self._moved(row) for row in named] or [
                tallies.moved(tallies.verdict_counts([*worse, *better]), self.unit)
            ]
            return f"{' '.join(told)} {tallies.others(tallies.verdict_counts(left), tallies.CHANGES)}".strip()
        said, lowest = tallies.moved(tallies.verdict_counts(ours), self.unit), _weakest(ours)[:1]
        if not alone or not lowest:
            return said
        apart = [row for row in ours if row.verdict == CANNOT_TELL]
        if apart and all(row.value is not None and earlier_round(row.note) for row in apart):
            return f"{said} {self._apart(apart, ours)}."
        reasons = {row.reason for row in ours if row.verdict == NOT_COMPARABLE}
        why = f" {reasons.pop()}" if len(reasons) == 1 and not apart else ""
        return f"{said}{why} {self._listed(lowest)}."

    def _apart(self, apart: Sequence[Row], ours: Sequence[Row]) -> str:
        """The change that a page speaks of, with every other one that the work was meant to bring."""
        first = foremost(apart, next(iter(self.aims), ""))
        found, meant = self._then_and_now(first), first.standard_id in self.aims
        if len(apart) < 2:
            return found
        known = [row for row in ours if row in apart or row.verdict == NOT_COMPARABLE]
        others = [row for row in known if row is not first and row.standard_id in self.aims] if meant else []
        also = f". Also meant to change: {'; '.join(map(_short, others))}" if others else ""
        return f"{'What the work was to change' if meant else 'The largest difference'}: {clause(found)}{also}"

    def held(self, ours: Sequence[Row], sustained: Sequence[Row]) -> str:
        """Which of those of which the last change cannot be told have kept a rise from before."""
        unsure = {row.standard_id for row in ours if row.verdict == CANNOT_TELL}
        return tallies.kept([row for row in sustained if row.standard_id in unsure and not row.hidden])

    def _moved(self, row: Row) -> str:
        critical = ", on a critical standard" if row.reason.startswith(CRITICAL_UP) else ""
        return f"{'A warning' if warning(row) else capital(row.verdict)}{critical}: {clause(self._then_and_now(row))}."

    def _then_and_now(self, row: Row) -> str:
        was = earlier_round(row.note)
        then = f"; in {was[2]} it was {count_of(was[0], was[1])}" if was else ""
        return f"{self._listed([row])}{then}"

    def _fitting(self, ours: Sequence[Row]) -> list[Row]:
        """As many of the first as a reader takes in at once."""
        kept = list(ours[:MOST])
        while len(kept) > 1 and len(self._listed(kept)) > ROOM:
            kept.pop()
        return kept

    def _listed(self, ours: Sequence[Row], how: str = "") -> str:
        """In only 24 of 57 files it says by when; in 26 of 57 there is a plan B."""
        first, *others = ours
        return capital("; ".join([self._thing(first, how), *(self._thing(row, again=True) for row in others)]))

    def _thing(self, row: Row, how: str = "", *, again: bool = False) -> str:
        met, read = row.numerator or 0, row.denominator or 0
        rounded = row.status == "rounded"
        count = f"all {read:,}" if met == read > 1 and not (rounded or how) else count_of(met, read)
        files = "" if again else f" {plural(self.unit, read)}"
        did = self.passing.get(row.standard_id, "").rstrip(".")
        where = " ".join(filter(None, ("" if did else at(self.unit), how, "about" if rounded else "", count)))
        if did:
            return f"{where}{files} {did}"
        return f"{where}{files} {self._said(row.standard_id)}"

    def _said(self, standard_id: str) -> str:
        """What is so of a file that meets a standard, as a clause."""
        words = self.names.get(standard_id, "").rstrip(".")
        if words.endswith("?"):
            return f'the answer is yes to "{words}"'
        return clause(words) if words else f"{standard_id or 'the standard'} holds"


def _short(row: Row) -> str:
    """A standard by its code, with its count now and that of the round before where they can be compared."""
    if row.verdict == NOT_COMPARABLE:
        return f"{row.standard_id} (cannot be compared)"
    was = earlier_round(row.note)
    then = f", was {count_of(was[0], was[1])}" if was else ""
    return f"{row.standard_id} ({count_of(row.numerator or 0, row.denominator or 0)}{then})"


def _weakest(ours: Sequence[Row]) -> list[Row]:
    """The rows that show a count, the weakest first."""

    def weakness(row: Row) -> float:
        share = (row.numerator or 0) / (row.denominator or 1)
        return -share if row.direction == LOWER else share

    return sorted(
        (row for row in ours if not row.hidden and row.numerator is not None and row.denominator), key=weakness
    )

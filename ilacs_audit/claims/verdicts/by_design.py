"""Files that were not drawn one by one from the whole list: in two parts of it, or by worker or family.

Of a draw in two phases the files that somebody flagged are all read, and chance draws from the rest: each part speaks
for itself, and both together for the list. Of a draw by worker or family the files hang together, so they tell less.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from ilacs_audit.claims.verdicts.in_order import DOUBTED_DRAW
from ilacs_audit.domain.columns import DOUBTED
from ilacs_audit.domain.counting import with_met
from ilacs_audit.domain.programme import TWO_PHASE, Audit
from ilacs_audit.domain.standards import OVERALL, Standards
from ilacs_audit.stats.intervals import Interval
from ilacs_audit.stats.lists.stratified import stratified_interval
from ilacs_audit.stats.lists.together import design_effect, effective_limits

NO_PARTS = "Which part of the list each was drawn from is not kept beside the returns, so no range is given."
OVERFULL = "More were read of a part of the list than it holds, so no range is given."
NOBODYS = "They were drawn by {}, and of some it is not known whose they are, so no range is given."
NOT_THEIRS = "What the draw says of whose each is and what the returns say do not agree, so no range is given."
OF_ONE = "They are all of one {}, so no range is given."
_AS_MANY = re.compile(r"Drawn by \w+: (\d+) tell as much as about (\d+) drawn one by one\.")
TWO_PHASE_METHOD, CLUSTERED = "two-phase", "clustered"


class Part(NamedTuple):
    """One part of the list: how many met a standard of those it applied to, which were read, and which are missing."""

    name: str
    size: int
    met: int
    applies: int
    read: int
    missing: int

    @property
    def whole(self) -> bool:
        """Whether all of it was to be read."""
        return self.read + self.missing >= self.size


class Design(NamedTuple):
    """What is known of how the files of one standard were drawn: by part of the list, or by cluster; else why not."""

    parts: tuple[Part, ...] = ()
    clusters: tuple[tuple[int, int], ...] = ()  # met and read of each worker or family that was drawn
    why_not: str = ""


def designs(answers: pd.DataFrame, audit: Audit, standards: Standards | None) -> dict[str, Design]:
    """How the files behind each standard were drawn; nothing where chance chose them one by one from the whole list."""
    if doubted(answers):
        return {str(code): Design(why_not=DOUBTED_DRAW) for code in answers["standard_id"].unique()}
    if (audit.selection != TWO_PHASE and audit.by == "file") or (audit.selection == TWO_PHASE and not audit.strata):
        return {}
    ours = with_met(answers[answers["standard_id"] != OVERALL], standards=standards)
    make = _in_parts if audit.selection == TWO_PHASE else _together
    return {str(code): make(each, audit) for code, each in ours.groupby("standard_id")}


def doubted(answers: pd.DataFrame) -> bool:
    """Whether the draw of these files cannot be relied on."""
    return "drawn_in" in answers and bool((answers["drawn_in"] == DOUBTED).any())


def _in_parts(answers: pd.DataFrame, audit: Audit) -> Design:
    said = answers["drawn_in"].astype(str) if "drawn_in" in answers else pd.Series("", index=answers.index)
    found = []
    for each in audit.strata:
        ours = answers[said.str.casefold() == each.name.casefold()]
        met, applies, read = int((ours["met"] & ours["applies"]).sum()), int(ours["applies"].sum()), len(ours)
        found.append(Part(each.name, each.size, met, applies, read, max(each.drawn - read, 0)))
    if sum(each.read for each in found) < len(answers):
        return Design(why_not=NO_PARTS)
    return Design(tuple(found), why_not=OVERFULL if any(each.read > each.size for each in found) else "")


def _together(answers: pd.DataFrame, audit: Audit) -> Design:
    applies = answers[answers["applies"]]
    whose = applies["drawn_with"].astype(str) if "drawn_with" in applies else pd.Series("", index=applies.index)
    if (whose == "").any() and audit.by == "worker" and "worker_ref" in applies:
        whose = applies["worker_ref"].astype(str)
    if (whose == "").any():
        return Design(why_not=NOBODYS.format(audit.by))
    if audit.by == "worker" and "worker_ref" in applies and _apart(whose, applies["worker_ref"].astype(str)) > 1:
        return Design(why_not=NOT_THEIRS)
    counts = applies.groupby(whose)["met"].agg(["sum", "size"])
    if len(counts) == 1:
        return Design(why_not=OF_ONE.format(audit.by))
    return Design(clusters=tuple((int(met), int(read)) for met, read in counts.itertuples(index=False)))


def _apart(whose: "pd.Series[str]", workers: "pd.Series[str]") -> int:
    """How many files are drawn with others than those of their worker; one may have gone to another worker since."""
    named = workers != ""
    each = pd.crosstab(workers[named], whose[named])
    return int((each.sum(axis=1) - each.max(axis=1)).sum()) if len(each) else 0


def of_parts(parts: Sequence[Part]) -> tuple[float | None, Interval]:
    """The share of the whole list, each part weighing as much as it holds, and its range in whole children.

    A part that is read in full brings no uncertainty, and what is missing of any part may be met or not.
    """
    worst = stratified_interval([(each.met, each.read + each.missing, each.size) for each in parts])
    best = stratified_interval([(each.met + each.missing, each.read + each.missing, each.size) for each in parts])
    assert worst is not None and best is not None, "A part was drawn from."
    known = all(each.read for each in parts)
    value = (
        sum(each.size * each.met / each.read for each in parts) / sum(each.size for each in parts) if known else None
    )
    return value, Interval(worst.lower, best.upper)


def of_clusters(clusters: Sequence[tuple[int, int]], missing: int, by: str) -> tuple[Interval, str]:
    """The range of a draw by worker or family, whatever the missing answers are, and how few files it is worth."""
    met, read = (sum(each[at] for each in clusters) for at in (0, 1))
    effect = design_effect(*zip(*clusters, strict=True))
    lower = effective_limits(met, read + missing, effect=effect).lower
    upper = effective_limits(met + missing, read + missing, effect=effect).upper
    said = f"Drawn by {by}: {read} tell as much as about {max(int(read / effect), 1)} drawn one by one."
    return Interval(lower, upper), said


def worth(note: str) -> float:
    """How much of one file drawn by itself each file of a draw by worker or family tells; 1 of any other.

    >>> worth("Drawn by worker: 40 tell as much as about 25 drawn one by one.")
    0.625
    """
    told = _AS_MANY.search(note)
    return int(told[2]) / int(told[1]) if told else 1.0

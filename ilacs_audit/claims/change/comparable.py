"""Whether two rounds may be compared at all, asked before any difference is looked at.

A reworded question, another list, a hand-picked sample or too few returns can each make a difference
out of nothing. Rule C1 (methods, 11.2): the first of these that holds is the reason, in words.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from ilacs_audit.claims.change.two_rounds import pairs
from ilacs_audit.claims.verdicts.counted import counted_answers
from ilacs_audit.claims.verdicts.estimates import OVERFULL_LIST
from ilacs_audit.claims.verdicts.in_order import DOUBTED_DRAW
from ilacs_audit.claims.verdicts.verdicts import WHOLE_LIST
from ilacs_audit.claims.words import percent
from ilacs_audit.domain.counting import files_read
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import DRAWN_BY_CHANCE, TWO_PHASE, Audit
from ilacs_audit.domain.standards import Standards

RETURNS_FLOOR = 0.80

NO_EARLIER = "There is no earlier round of this standard."
NOT_ASKED = "The earlier round did not ask this question."
REWORDED = "The question was reworded between the rounds."
PARTLY = "The question was reworded between the rounds, so the answers are only partly comparable."
STOPPED_EARLY = "Reading of at least one round could stop early, so a difference between them is not told."
OTHER_LIST = "The two rounds were drawn from different lists."
OTHER_PURPOSE = "One round asked about practice and the other about recording."
NOT_BY_CHANCE = "The files of at least one round were not drawn by chance."
IN_PARTS = "At least one round read flagged files and others in two parts, so its count is no share of its list."
UNEVEN = "In at least one round groups of the list were drawn out of proportion to their size."
BEYOND_LIST = "In at least one round more were read than its list is said to hold."
DOUBTED_ROUND = "The draw of at least one round is not as it was made, or not as its protocol says."
NOT_WHOLE = "At least one round was to read a whole list, and some of its answers are missing."
TOO_FEW_RETURNS = f"Fewer than {percent(RETURNS_FLOOR)} of the files drawn were returned in at least one round."

_SHORT = {
    NO_EARLIER: "has no earlier round",
    NOT_ASKED: "is new this round",
    **dict.fromkeys((REWORDED, PARTLY), "was reworded"),
}

Protocols = tuple[Audit, Audit]
Returns = tuple[float | None, float | None]


def not_comparable(
    was: Row | None,
    now: Row,
    *,
    standards: Standards | None = None,
    protocols: Protocols | None = None,
    returns: Returns | None = None,
) -> str:
    """The reason why two rounds of one standard may not be compared, or nothing where they may.

    `protocols` are the earlier and the later audit, `returns` the share of drawn files that came back
    in each round (missing where it is not known).
    """
    wording = _wording(now.standard_id, standards, protocols)
    if was is None:
        return NOT_ASKED if wording == NOT_ASKED else NO_EARLIER
    few = any(share is not None and share < RETURNS_FLOOR for share in returns or ())
    return wording or _lists(protocols) or _draws(was, now) or (TOO_FEW_RETURNS if few else "")


def which_not(barriers: Mapping[str, str]) -> str:
    """Which standards may not be compared and why, in a line; nothing where all may. `barriers` holds each reason.

    >>> which_not({"CON-4": "", "CON-5": NOT_ASKED, "CON-3": REWORDED}), which_not({"REC-1": NOT_BY_CHANCE})
    ('CON-5 is new this round; CON-3 was reworded', 'The files of at least one round were not drawn by chance.')
    """
    told = [(each, why) for each, why in barriers.items() if why]
    reasons = {why for _, why in told}
    if len(reasons) == 1 and len(told) == len(barriers):
        return reasons.pop()
    return "; ".join(f"{each} {_SHORT[why]}" if why in _SHORT else f"{each}: {why.rstrip('.')}" for each, why in told)


def barriers(before: pd.DataFrame, after: pd.DataFrame, *, audits: Protocols, **about: Any) -> dict[str, str]:
    """Why each standard of the later round may not be compared with the earlier one; nothing where it may.

    `about` is what `counted_answers` takes, so that the standards are those of the table of changes.
    """
    told = pairs(counted_answers(before, **about), counted_answers(after, **about))
    how: dict[str, Any] = {"protocols": audits, "returns": shares_returned(before, after, audits)}
    return {row.standard_id: not_comparable(was, row, standards=about["standards"], **how) for was, row in told}


def shares_returned(
    before: pd.DataFrame, after: pd.DataFrame, audits: Sequence[Audit | None]
) -> tuple[float | None, float | None] | None:
    """The share of the drawn files that came back in each round."""
    if audits[0] is None or audits[1] is None:
        return None
    return _share(files_read(before), audits[0]), _share(files_read(after), audits[1])


def _share(came: int, audit: Audit | None) -> float | None:
    """The share of the files drawn that came back; None where nobody wrote how many were drawn."""
    return came / audit.intended if audit and audit.intended else None


def _wording(standard_id: str, standards: Standards | None, protocols: Protocols | None) -> str:
    if standards is None or protocols is None or standard_id not in standards:
        return ""
    standard = standards[standard_id]
    earlier, later = (standard.version_in(audit.edition) for audit in protocols)
    if earlier is None or later is None:
        return NOT_ASKED
    if earlier == later:
        return ""
    return {"yes": "", "partly": PARTLY}.get(standard.comparable(earlier), REWORDED)


def _lists(protocols: Protocols | None) -> str:
    if protocols is None:
        return ""
    before, after = protocols
    lists = {before.population.listed, after.population.listed}
    if "" not in lists and len(lists) > 1:
        return OTHER_LIST
    if "sequence" in (before.stopping, after.stopping):
        return STOPPED_EARLY
    return OTHER_PURPOSE if before.purpose != after.purpose else ""


def _draws(was: Row, now: Row) -> str:
    if any(row.note == OVERFULL_LIST for row in (was, now)):
        return BEYOND_LIST
    if any(row.note == DOUBTED_DRAW for row in (was, now)):
        return DOUBTED_ROUND
    unfair = [row for row in (was, now) if row.method != WHOLE_LIST and row.selection not in DRAWN_BY_CHANCE]
    known = {"census": NOT_WHOLE, TWO_PHASE: IN_PARTS, "uneven": UNEVEN}
    why = {known.get(row.selection, NOT_BY_CHANCE) for row in unfair}
    return next((each for each in (NOT_BY_CHANCE, UNEVEN, IN_PARTS, NOT_WHOLE) if each in why), "")

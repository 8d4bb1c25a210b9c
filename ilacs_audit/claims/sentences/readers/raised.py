"""What the figures of a page raise by a written rule, where no person has written what is to be decided.

A count asks nothing of anybody: that is for a person to write. What stands here is the rule that a count has met, in
words, so that whoever writes the decision sees it and whoever reads the page knows why none is there.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ilacs_audit.claims.verdicts.mirror import LINES, NINE, WORTH_A_LOOK
from ilacs_audit.claims.words import clause, counted, listed
from ilacs_audit.domain.measures import Row

HEADING = "No decision is written. By rule the figures raise"
NONE = "No decision is written, and no figure of this page meets a rule that raises one."
MOST = 4


class Rule(NamedTuple):
    """A count of the whole, what is to be settled of each of them, and the rule; `{}` is the count with its unit."""

    measure: str
    unit: str
    raises: str
    rule: str


RULES = (
    Rule("action_late", "late action", "A new day, or help, for {}", "an action past its day"),
    Rule("action_undated", "open action", "A due day for {}", "an open action without a due day"),
    Rule("action_unowned", "open action", "An owner for {}", "an open action without an owner"),
    Rule("action_paper", "closed action", "Whether to open {} again", "closed, and failing in practice"),
    Rule("finding_unacted", "finding", "An action, or a reason for none, for {}", "a finding older than four weeks"),
    Rule("audit_late", "late audit", "A day for {}", "an audit past its last day, and no return"),
    Rule(
        "audit_abandoned",
        "given-up audit",
        "Whether {} will be held at all",
        "no return three months after the last day",
    ),
    Rule("cp_not_in_log", "child", "Who visits {}, or finds the visit", "on a plan, and not in the visit log"),
    Rule("sources_conflict", "standard", "Which source is right on {}", "sources of one list contradict each other"),
    Rule("place_unseen", "place", "Whether to look again at {}", "no file read there in twelve months"),
    Rule("place_never", "pair", "Whether there is such work in {} of area and team", "no file ever read there"),
)
_SILENT = ("files_commented",)  # what pages count on which a board decides, and of which no rule speaks
_WORTH = "What to do about the {} that inspectors criticise: {}"


def raised(found: Iterable[Row]) -> tuple[tuple[str, str], ...] | None:
    """What figures raise, each with its rule; None on a page whose figures no rule is about.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> late = {"measure": "action_late", "group": "all", "numerator": 2, "denominator": 9}
    >>> raised(rows(measures([late])))
    (('A new day, or help, for 2 late actions', 'an action past its day'),)
    """
    whole = {row.measure: row for row in found if row.group == "all"}
    ours = [each for each in RULES if each.measure in whole]
    if not ours and not {*LINES, *_SILENT} & whole.keys():
        return None
    return tuple([*_weak(whole.values()), *_counted(ours, whole)][:MOST])


def _counted(ours: Iterable[Rule], whole: dict[str, Row]) -> Iterator[tuple[str, str]]:
    for each in ours:
        row = whole[each.measure]
        if row.numerator and not row.hidden:
            yield each.raises.format(counted(row.numerator, each.unit)), each.rule


def _weak(whole: Iterable[Row]) -> Iterator[tuple[str, str]]:
    codes = {row.rule for row in whole if row.measure in LINES and row.verdict == WORTH_A_LOOK}
    if weak := [clause(each.title) for each in NINE if each.code in codes]:
        yield _WORTH.format("weaknesses" if len(weak) > 1 else "weakness", listed(weak)), "a count beyond its line"

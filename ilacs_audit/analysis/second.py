"""What the reports on second readers look at: the answers that two readers gave to one question.

Whether they agreed and what that does to a headline are two questions of the same pairs, so the pairs are made here.
"""

import numpy as np
import pandas as pd

from ilacs_audit.domain.counting import FEWEST_IN_A_GROUP, grade_levels, read_by
from ilacs_audit.domain.standards import OVERALL, Standards

ONE_FILE = ["audit_id", "child_ref"]


def latest(answers: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """One answer for each of these, the latest; one without a day gives way to any that has one."""
    told = answers.sort_values("audited_on", kind="stable", na_position="first")
    return told.drop_duplicates(names, keep="last").sort_index()


def answered_twice(returns: pd.DataFrame, *, again: str = "moderator") -> pd.DataFrame:
    """Each answer that an auditor and a reader of the role `again` gave to the same question of the same file.

    Of several second readings of a file the latest counts.
    """
    names = [*ONE_FILE, "standard_id"]
    first, second = (latest(read_by(returns, role=role), names) for role in ("auditor", again))
    keep = [*names, "answer", "audited_on", "rater_ref", "team"]
    return first[keep].merge(second[[*names, "answer", "audited_on"]], on=names, suffixes=("", "_again"))


def graded_twice(
    returns: pd.DataFrame, *, standards: Standards | None = None, again: str = "moderator"
) -> pd.DataFrame:
    """The files that an auditor and a reader of the role `again` both graded.

    Columns `answer` and `answer_again`, the `scale` best first, and `moved`: by how many grades, above nought is down.
    """
    twice = answered_twice(returns, again=again)
    graded = twice[twice["standard_id"] == OVERALL]
    asked = returns[returns["audit_id"].isin(graded["audit_id"])].groupby("audit_id")
    scales = {audit: grade_levels(answers, standards) for audit, answers in asked}
    scale = [scales[audit] for audit in graded["audit_id"]]
    grades = zip(scale, graded["answer"], graded["answer_again"], strict=True)
    moved = [levels.index(again) - levels.index(first) for levels, first, again in grades]
    return graded.assign(scale=pd.Series(scale, index=graded.index, dtype=object), moved=np.array(moved, dtype=int))


def of_enough_files(twice: pd.DataFrame) -> pd.DataFrame:
    """What two readers said in audits of which they both read five files or more: of fewer, a count may be one file's.

    A page that a board shares has these alone, in the sum of all audits too, so that no other is what is left of it.
    """
    files = twice.groupby("audit_id")["child_ref"].nunique()
    return twice[twice["audit_id"].isin(files.index[files >= FEWEST_IN_A_GROUP])]

"""What was done about each critical failure, as far as the register of actions says.

A return tells that a file failed; only the register tells what became of it. An action is about a standard of
an audit and not about one file, so actions are counted as actions and never taken for children put right.
"""

from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.errors import bare
from ilacs_audit.domain.measures import Row, measures, rows


def put_right(failures: pd.DataFrame, *, actions: pd.DataFrame, audit: str, as_of: date | str) -> pd.DataFrame:
    """Count the actions that are put right, of those that name this audit and a critical standard that failed.

    Takes the `critical_failure` rows and the register of actions. An action is put right where it is closed and no
    check found it still a problem. Gives Measures, `put_right`: a standard that no action names has no row; the note
    tells by when the rest are due.
    """
    failed = [row for row in rows(failures) if row.measure == "critical_failure" and row.numerator]
    ours = actions[actions["audit_id"].map(bare) == bare(audit)] if failed and len(actions) else actions.iloc[:0]
    named = ours["standard_id"].map(bare)
    found = ((row, ours[named == bare(row.standard_id)]) for row in failed)
    return measures(_counted(row, about, pd.Timestamp(parse_day(as_of))) for row, about in found if len(about))


def _counted(row: Row, about: pd.DataFrame, day: pd.Timestamp) -> dict[str, Any]:
    closed = about["closed_on"] <= day
    again = closed & (about["still_a_problem"] == "yes") & ~(about["checked_on"] > day)
    rest = about[~closed | again]
    return {
        **{name: getattr(row, name) for name in ("theme", "standard_id", "group", "level", "period")},
        **{"measure": "put_right", "method": "count", "numerator": len(about) - len(rest), "denominator": len(about)},
        "note": _rest(rest["due_on"], day, again=int(again.sum())) if len(rest) else "",
    }


def _rest(due: "pd.Series[Any]", day: pd.Timestamp, *, again: int) -> str:
    """By when what is not put right is due, what is late, and what was closed too early."""
    dated, late = due.dropna(), int((due < day).sum())
    told = (
        [f"the rest {'were ' if late == len(due) else ''}due by {date_words(dated.max().date())}"] if len(dated) else []
    )
    told += [f"{late:,} already late"] if 0 < late < len(due) else []
    told += [f"no date set for {len(due) - len(dated):,}"] if len(dated) < len(due) else []
    told += [f"{again:,} closed, and a check found the problem still there"] if again else []
    return "; ".join(told)

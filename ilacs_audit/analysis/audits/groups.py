"""Teams side by side without a league table: the same standards, the average, and chance.

No ranks. A team is flagged by its exact tail probability, adjusted for how many teams were
looked at, and beside the flags stands how many would be flagged by chance.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from ilacs_audit.claims.change.chance import by_chance
from ilacs_audit.claims.words import number_word
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.counting import read_by, small_groups_together, tally
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import in_order, measures
from ilacs_audit.domain.standards import Standards
from ilacs_audit.stats.funnel import FunnelFlag, funnel_flags, funnel_limits

_VERDICTS = {"count only": ""}


def _contents(work: Dossier) -> dict[str, Any]:
    """The same groups as in the page's other breakdowns, so that none can be taken from another."""
    return {"returns": small_groups_together(work.answers), "standards": work.standards, "standard": work.focus}


@accepts(Dossier, _contents)
def compare_groups(
    returns: pd.DataFrame, *, standard: str, by: str = "team", standards: Standards | None = None
) -> pd.DataFrame:
    """Compare groups with the average of them all on one standard, so that a file counts once.

    Returns Measures `group_comparison` in alphabetical order, a row a group: k of n, `centre` (the
    average, each group included), `lower_limit` and `upper_limit` (the 95% curve, for drawing only)
    and `verdict`: "different", "worth a look", "within chance", or empty under five files.
    """
    returns = doors.answers(returns, standards=standards, by=by, standard=standard)
    answers = read_by(returns)
    counts = tally(answers[answers["standard_id"] == standard], by=[by], standards=standards)
    counts = counts[counts["applies"] > 0].sort_values(by, key=lambda names: names.astype(str).map(in_order))
    if counts.empty:
        return measures([])
    met, read = counts["met"].astype(int).tolist(), counts["applies"].astype(int).tolist()
    periods = answers["period"].unique()
    about = {"group": by, "standard_id": standard, "period": str(periods[0]) if len(periods) == 1 else ""}
    return measures(_rows(counts[by].astype(str).tolist(), funnel_flags(met, read), about))


def _rows(levels: list[str], flags: list[FunnelFlag], about: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    tested = sum(flag.verdict != "count only" for flag in flags)
    chance = f"Of {number_word(tested)} groups compared, {by_chance(0.05 * tested)} would be worth a look by luck."
    apart = bool(flags) and 0 < flags[0].centre < 1  # where every file met it, or none, chance has no curve
    curve = funnel_limits([flag.trials for flag in flags], target=flags[0].centre) if apart else None
    none = [None] * len(flags)
    lowest, highest = (curve.lower_95.tolist(), curve.upper_95.tolist()) if curve else (none, none)
    for level, flag, lower, upper in zip(levels, flags, lowest, highest, strict=True):
        yield {
            **about,
            "measure": "group_comparison",
            "level": level,
            "numerator": flag.successes,
            "denominator": flag.trials,
            "value": flag.successes / flag.trials,
            "method": "funnel",
            "direction": "higher",
            "centre": flag.centre,
            "lower_limit": lower,
            "upper_limit": upper,
            "verdict": _VERDICTS.get(flag.verdict, flag.verdict),
            "note": chance,
        }

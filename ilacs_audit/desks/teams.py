"""Teams beside each other on one standard, without a rank: estimates drawn together, and who has too few files."""

import pandas as pd

from ilacs_audit.analysis.audits.groups import compare_groups, team_estimates
from ilacs_audit.claims.words import listed
from ilacs_audit.desks.answer import Answer, said, table
from ilacs_audit.desks.why import asked
from ilacs_audit.disclosure.gate.page import Page, page
from ilacs_audit.disclosure.rules import PERCENTAGE_BASE
from ilacs_audit.display.charts.groups import interval_plot
from ilacs_audit.display.figures import code_and_asks, k_of_n
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.counting import read_by, small_groups_together
from ilacs_audit.domain.measures import rows
from ilacs_audit.domain.standards import NOT_APPLICABLE

POOLED = (
    "Both rounds together, since a team has few files in one. Each range is of an estimate that is drawn towards the "
    "share of all teams, the more the fewer files a team has. This is not a ranking."
)
FEW, AMONG = f"Too few: {PERCENTAGE_BASE} files are needed.", "among those put together"


def teams(work: Dossier, standard: str) -> Answer:
    """Every team's estimate on one standard, where it has ten files or more; of the others that they are too few.

    A team of fewer than five files is counted with the next ones, so that its count cannot be taken from a total.
    """
    code = asked(work, standard).id
    both = read_by(pd.concat([work.earlier.answers, work.answers]))
    applied = both[(both["standard_id"] == code) & (both["answer"] != NOT_APPLICABLE)]
    told = small_groups_together(applied)
    estimates = team_estimates(told, standard=code, standards=work.standards)
    known = page(work, estimates, compare_groups(told, standard=code, standards=work.standards))
    drawn = interval_plot(
        known.of(measure="team_estimate"), measure="team_estimate", caption=POOLED, finding=_apart(known)
    )
    few = [row for row in rows(known.of(measure="team_estimate")) if not row.hidden and row.status == "low_base"]
    small = sorted({*applied["team"]} - {*told["team"]})
    counts = [(row.level or "Not recorded", k_of_n(row), FEW) for row in few]
    counts += [(name or "Not recorded", AMONG, FEW) for name in small]
    head = said(
        f"Teams on {code_and_asks(code, work.standards)}",
        "" if drawn.html else "Too few files to set teams side by side.",
    )
    none = "Every team is above, or hidden."
    titles = ("Team", "Met, of those read", "What can be said")
    beside = table("Counts alone", titles, counts, finding="Too few to compare", explain="" if counts else none)
    return Answer((head, drawn, beside))


def _apart(known: Page) -> str:
    """Which teams differ from the average of all by more than luck among so many."""
    apart = [row.level for row in rows(known.of(measure="group_comparison")) if row.verdict == "different"]
    return f"{listed(apart)}: different from the average of all" if apart else "We cannot tell the teams apart"

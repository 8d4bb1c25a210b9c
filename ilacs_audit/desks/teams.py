"""Teams beside each other on one standard, without a rank: estimates drawn together, and who has too few files."""

import pandas as pd

from ilacs_audit.analysis.audits.groups import compare_groups, team_estimates
from ilacs_audit.claims.words import listed
from ilacs_audit.desks.answer import Answer, said, table
from ilacs_audit.desks.why import asked
from ilacs_audit.disclosure.gate.page import Page, page
from ilacs_audit.display.charts.groups import interval_plot
from ilacs_audit.display.figures import code_and_asks, k_of_n
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.counting import OTHERS, read_by, small_groups_together
from ilacs_audit.domain.measures import rows
from ilacs_audit.domain.standards import NOT_APPLICABLE

POOLED = (
    "Both rounds together, since a team has few files in one. Each range is of an estimate that is drawn towards the "
    "share of all teams, the more the fewer files a team has. This is not a ranking."
)


def teams(work: Dossier, standard: str) -> Answer:
    """Every team's estimate on one standard, where it has ten files or more; of the others the count, or who they are.

    A team of fewer than five files stands with the next ones, so that its count cannot be taken from a total.
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
    counts = [(row.level or "Not recorded", k_of_n(row)) for row in few]
    small = sorted({*applied["team"]} - {*told["team"]})
    names = f"{OTHERS}: {listed([each or 'not recorded' for each in small])}." if small else ""
    head = said(
        f"Teams on {code_and_asks(code, work.standards)}",
        "" if drawn.html else "Too few files to set teams side by side.",
    )
    return Answer(
        (
            head,
            drawn,
            table(
                "Counts alone",
                ("Team", "Met, of those read"),
                counts,
                finding="Too few to compare",
                explain=names or "Every team is above, or hidden.",
            ),
        )
    )


def _apart(known: Page) -> str:
    """Which teams differ from the average of all by more than luck among so many."""
    apart = [row.level for row in rows(known.of(measure="group_comparison")) if row.verdict == "different"]
    return f"{listed(apart)}: different from the average of all" if apart else "We cannot tell the teams apart"

"""Released measures become things you look at: words, tables and drawings as pieces of HTML.

Every function takes what `disclosure.release` returns and refuses anything else. Nothing here
computes a statistic: a number that is needed must be in the frame.
"""

from ilacs_audit.display.comparison import comparison_table
from ilacs_audit.display.evidence import evidence_table, problems_table
from ilacs_audit.display.facts import Fact, facts, trust_box
from ilacs_audit.display.filters import filters
from ilacs_audit.display.fragments import MIME, Fragment
from ilacs_audit.display.grades import flow_plot, grade_bar
from ilacs_audit.display.groups import funnel_plot, heat_map, interval_plot
from ilacs_audit.display.page import commentary, decisions, headline, provenance, title
from ilacs_audit.display.reach import reach_table
from ilacs_audit.display.rounds import before_after_plot
from ilacs_audit.display.series import spc_chart
from ilacs_audit.display.tables import measures_table
from ilacs_audit.display.timelines import timeline

__all__ = [
    "MIME",
    "Fact",
    "Fragment",
    "before_after_plot",
    "commentary",
    "comparison_table",
    "decisions",
    "evidence_table",
    "facts",
    "filters",
    "flow_plot",
    "funnel_plot",
    "grade_bar",
    "headline",
    "heat_map",
    "interval_plot",
    "measures_table",
    "problems_table",
    "provenance",
    "reach_table",
    "spc_chart",
    "timeline",
    "title",
    "trust_box",
]

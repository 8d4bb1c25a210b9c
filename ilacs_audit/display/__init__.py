"""Released measures become things you look at: words, tables and drawings as pieces of HTML.

Every function takes what `disclosure.release` returns and refuses anything else. Nothing here
computes a statistic: a number that is needed must be in the frame.
"""

from ilacs_audit.display.facts import Fact, facts, trust_box
from ilacs_audit.display.fragments import MIME, Fragment
from ilacs_audit.display.page import commentary, decisions, headline, provenance, title
from ilacs_audit.display.tables import evidence_table, measures_table, problems_table

__all__ = [
    "MIME",
    "Fact",
    "Fragment",
    "commentary",
    "decisions",
    "evidence_table",
    "facts",
    "headline",
    "measures_table",
    "problems_table",
    "provenance",
    "title",
    "trust_box",
]

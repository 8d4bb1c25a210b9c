"""What each part of a list says: one of which nothing was read says so, and nothing denies what a table shows."""

import ilacs_audit as ia
from ilacs_audit.display.tables.measures import VERDICTS_ONLY
from tests.display import demo

COUNT = {"measure": "compliance", "standard_id": "CON-1", "method": "two-phase", "target": 0.9}
PART = {**COUNT, "group": "part of the list"}


def test_a_part_of_which_nothing_was_read_has_no_count_of_nought():
    parts = [{**PART, "level": "flagged", "numerator": 0, "denominator": 0, "verdict": ""}]
    parts += [{**PART, "level": "the rest", "numerator": 20, "denominator": 20, "verdict": "met"}]
    html = ia.parts_table(demo.released(parts)).html
    assert "none read" in html and "nothing of this part was read" in html and "0 of 0" not in html
    assert "20 of 20" in html


def test_ranges_are_called_not_shown_only_where_none_is_shown():
    row = {**COUNT, "numerator": 20, "denominator": 30, "verdict": "cannot tell", "selection": "two_phase"}
    shown = ia.measures_table(demo.released([{**row, "lower": 0.5, "upper": 1.0, "confidence": 0.95}])).html
    hidden = ia.measures_table(demo.released([row])).html
    by_worker = ia.measures_table(demo.released([{**row, "method": "clustered"}])).html
    assert VERDICTS_ONLY not in shown and VERDICTS_ONLY in hidden and VERDICTS_ONLY in by_worker

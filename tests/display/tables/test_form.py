"""The forms of a month on a page: what stands out first, every count folded under it."""

from ilacs_audit.display.tables.form import form_tables
from tests import build

STANDARDS = build.standards(build.theme("plans", [build.standard("Q-1"), build.standard("Q-2")]))
WHOLE = {"group": "audit", "level": "Plans", "theme": "plans"}
COUNTS = [
    {"measure": "form_spare", "numerator": 1, "denominator": 2, **WHOLE},
    {"measure": "form_twice", "numerator": 12, "denominator": 80, "note": "3", **WHOLE},
    {"measure": "form_told", "numerator": 79, "denominator": 80, **WHOLE},
]
DEAD = {"measure": "form_other", "standard_id": "Q-1", "numerator": 1, "denominator": 80, "note": "yes", **WHOLE}
MIXED = {"measure": "form_other", "standard_id": "Q-2", "numerator": 31, "denominator": 80, "note": "yes", **WHOLE}


def test_a_question_that_could_go_stands_with_its_counts_and_what_would_be_lost():
    found = {**DEAD, "rule": "F1", "reason": "left out", "value": 1 / 80, "upper": 0.07}
    shown = form_tables(build.released([*COUNTS, found, MIXED]), standards=STANDARDS).__html__()
    assert "Plans: 1 of 2 questions could go" in shown
    assert "80 files of 3 rounds. 12 had answers from a second reader." in shown
    assert "“yes” in 79 of 80 files; at most 7% are likely to have another answer." in shown
    assert "the rest of the form tells 79 of 80 of their answers; it is silent or wrong on 1 answer" in shown
    assert shown.index("Could go, and be asked again once a year.") < shown.index("31 of 80")


def test_a_form_without_a_finding_says_so_and_one_without_answers_too():
    counts = [{**COUNTS[0], "numerator": 0}, COUNTS[1]]
    shown = form_tables(build.released([*counts, MIXED]), standards=STANDARDS).__html__()
    assert "No question stands out." in shown
    assert "none of 2 questions can be shown to be spare" in shown
    empty = form_tables(build.released(counts[:1]), standards=STANDARDS).__html__()
    assert "Plans: no answers yet" in empty

"""A form as it was filled in: one answer a question and file, in wordings that compare, from both readers."""

import numpy as np

from ilacs_audit.analysis.filled_in import OUTSIDE, filled_in
from tests import build


def catalogue(**said):
    return build.theme("consent", [build.standard("Q-1", version=2, **said), build.standard("Q-2")])


def form_of(*records, theme=None, **shared):
    (found,) = build.standards(theme or catalogue()).themes
    return filled_in(build.answers(*records, **shared), found)


def test_both_readers_stand_beside_each_other_and_what_was_left_blank_is_missing():
    form = form_of(
        ("A", "Q-1", "yes"),
        ("A", "Q-1", "no", {"role": "moderator"}),
        ("B", "Q-2", "not applicable"),
        ("C", "Q-1", "no", {"role": "moderator"}),
    )
    assert [*form.first.index] == [("audit", "A"), ("audit", "B")]
    verdicts = form.verdicts(form.first)
    assert verdicts.loc[("audit", "A"), "Q-1"] == 1
    assert verdicts.loc[("audit", "B"), "Q-2"] == OUTSIDE
    assert np.isnan(verdicts.loc[("audit", "A"), "Q-2"])
    assert form.verdicts(form.second).loc[("audit", "A"), "Q-1"] == 0


def test_an_earlier_wording_counts_where_the_standard_calls_it_comparable_alone():
    rounds = [("A", "Q-1", "yes", {"standard_version": 1}), ("B", "Q-1", "yes", {"standard_version": 2})]
    files = {
        said: len(form_of(*rounds, theme=catalogue(comparable_with={1: said})).first)
        for said in ("yes", "partly", "no")
    }
    assert files == {"yes": 2, "partly": 1, "no": 1}


def test_a_page_of_a_month_before_a_question_was_worded_anew_reads_the_wording_of_then():
    form = form_of(("A", "Q-1", "yes", {"standard_version": 1}), theme=catalogue(comparable_with={1: "no"}))
    assert len(form.first) == 1


def test_a_child_read_in_two_rounds_is_two_files_and_those_of_the_last_month_are_marked():
    form = form_of(
        ("A", "Q-1", "yes", {"audit_id": "a", "period": "2024-09"}),
        ("A", "Q-1", "no", {"audit_id": "b"}),
        ("A", "grade", "good", {"audit_id": "b"}),
    )
    assert form.latest.to_dict() == {("a", "A"): False, ("b", "A"): True}
    assert form.good.dropna().to_dict() == {("b", "A"): 1.0}
    assert form.places()["Q-1"].tolist() == [0, 2]


def test_a_form_that_nobody_answered_has_questions_and_no_files():
    form = form_of()
    assert (list(form.asked), form.first.shape, form.second.shape) == (["Q-1", "Q-2"], (0, 2), (0, 2))

"""Whole councils from a seed: read, told and published as they are true."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.councils.making import ALL_LAYOUTS, make
from tests.councils.pages import leaks, publish
from tests.councils.trial import OTHER, REFUSED, judge

SEEDS, PUBLISHED = range(30), ((0, 1), (4, 1), (20_001, 3))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_council_is_read_as_it_is_and_each_fault_is_told_once(seed, tmp_path):
    assert judge(make(seed), tmp_path) == []


@pytest.mark.parametrize(("seed", "themes"), PUBLISHED)
def test_a_month_is_published_for_three_audiences_with_the_true_counts_and_no_name(seed, themes, tmp_path):
    council = make(seed, themes=themes)
    assert council.audits[-1].rows
    assert publish(council, tmp_path) == []


@settings(max_examples=15)
@given(seed=st.integers(1_000, 1_000_000), layout=st.sampled_from(ALL_LAYOUTS))
def test_clean_rows_come_back_as_the_rows_or_as_a_refusal(seed, layout, tmp_path_factory):
    found = judge(make(seed, layouts=(layout,), faults=(), themes=1), tmp_path_factory.mktemp("council"))
    assert [each for each in found if each.kind != REFUSED] == []


def test_a_council_of_a_seed_is_the_same_council_again():
    assert make(7) == make(7)
    assert make(7) != make(8)


def test_an_answer_that_is_changed_in_the_truth_is_found_to_be_another_number(tmp_path):
    council = make(3, layouts=("flat",), faults=())
    row, standard = council.audits[-1].rows[0], council.audits[-1].standards[0]
    row.answers[standard.id] = next(each for each in standard.levels if each != row.answers[standard.id])
    assert OTHER in {each.kind for each in judge(council, tmp_path)}


def test_a_name_with_an_accent_in_a_page_would_be_found(tmp_path):
    council = make(3)
    council.audits[0].rows[0].child = "Zoë O’Dwyerson"
    (tmp_path / "page.html").write_text("<p>Zo&euml; O&#8217;Dwyerson was seen.</p>", encoding="utf-8")
    assert len([*leaks(council, [tmp_path])]) == 1

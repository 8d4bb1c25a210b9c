"""Whole councils from a seed: read, told and published as they are true."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.councils.known import NOT_YET_READ, NOT_YET_TOLD, READ, TOLD
from tests.councils.layouts import LAYOUTS
from tests.councils.making import ALL_FAULTS, make
from tests.councils.pages import leaks, publish
from tests.councils.trial import CRASH, OTHER, REFUSED, judge

SEEDS, PUBLISHED = range(30), (0, 4)
A_FEW = range(200, 290)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_council_is_read_as_it_is_and_each_fault_is_told_once(seed, tmp_path):
    assert judge(make(seed, layouts=READ, faults=TOLD), tmp_path) == []


@pytest.mark.parametrize("seed", PUBLISHED)
def test_a_month_is_published_for_three_audiences_with_the_true_counts_and_no_name(seed, tmp_path):
    council = make(seed, layouts=READ, faults=TOLD, themes=1)
    assert council.audits[-1].rows
    assert publish(council, tmp_path) == []


@settings(max_examples=15)
@given(seed=st.integers(1_000, 1_000_000), layout=st.sampled_from(READ))
def test_clean_rows_come_back_as_the_rows_or_as_a_refusal(seed, layout, tmp_path_factory):
    found = judge(make(seed, layouts=(layout,), faults=(), themes=1), tmp_path_factory.mktemp("council"))
    assert [each for each in found if each.kind != REFUSED] == []


@pytest.mark.parametrize("layout", NOT_YET_READ)
def test_a_layout_that_is_read_leaves_the_list_of_what_is_not_yet_read(layout, tmp_path):
    """And until then it does not crash."""
    found = _any(tmp_path, layouts=(layout,), faults=TOLD)
    assert found, f"{layout} is read right: take it out of tests/councils/known.py"
    assert CRASH not in {each.kind for each in found}


@pytest.mark.parametrize("fault", NOT_YET_TOLD)
def test_a_fault_that_is_told_once_leaves_the_list_of_what_is_not_yet_told(fault, tmp_path):
    found = _any(tmp_path, layouts=("flat",), faults=(fault,))
    assert found, f"{fault} is told once: take it out of tests/councils/known.py"
    assert CRASH not in {each.kind for each in found}


def test_every_layout_and_fault_that_is_listed_is_one_that_is_made():
    assert set(NOT_YET_READ) <= set(LAYOUTS)
    assert set(NOT_YET_TOLD) <= set(ALL_FAULTS)


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


def _any(folder, **asked):
    """What is found in the first of a few councils in which anything is."""
    for seed in A_FEW:
        found = judge(make(seed, **asked), folder / str(seed))
        if found:
            return found
    return []

"""Two cells that look alike are alike: what cannot be seen is not part of a spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.intake.cells.spelling import clean, fold
from ilacs_audit.intake.identity.people import person
from ilacs_audit.intake.identity.references import reference

UNSEEN = ("\u00ad", "\u200b", "\u200d", "\u200e", "\u202a", "\u2060", "\ufeff")


@pytest.mark.parametrize("mark", UNSEEN)
def test_a_mark_that_cannot_be_seen_makes_no_second_child_person_or_header(mark: str) -> None:
    assert reference(f"001{mark}2345{mark}") == "0012345"
    assert person(f"{mark}Bob Baker{mark}") == person("Bob Baker")
    assert fold(f"Case{mark} ID") == fold("Case ID")


@given(st.text("aZ09éß -", min_size=1), st.lists(st.tuples(st.integers(0, 20), st.sampled_from(UNSEEN))))
def test_marks_that_cannot_be_seen_never_change_what_is_written(text: str, marks: list[tuple[int, str]]) -> None:
    pasted = text
    for place, mark in marks:
        pasted = f"{pasted[:place]}{mark}{pasted[place:]}"
    assert clean(pasted) == clean(text)

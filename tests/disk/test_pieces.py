"""A change is taken back while others write on: what they wrote stays, and what cannot be told apart is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ilacs_audit.disk.pieces import piece, taken_back
from ilacs_audit.domain.errors import UsageError

WORDS = st.text("ab\n", max_size=12)


@settings(max_examples=40)
@given(WORDS, WORDS)
def test_a_change_that_was_the_last_is_taken_back_to_the_letter(tmp_path_factory, before, after):
    folder = tmp_path_factory.getbasetemp()
    path = folder / "pieces.yml"
    path.write_bytes(after.encode())
    made = piece(path, before.encode(), after.encode(), folder=folder)
    assert taken_back([made] if made else [], folder=folder) == ({path: before.encode()} if made else {})


def test_what_others_wrote_since_stays_and_the_same_place_is_refused(tmp_path):
    path = tmp_path / "list.yml"
    made = piece(path, b"- one\n", b"- one\n- two\n", folder=tmp_path)
    path.write_bytes(b"- zero\n- one\n- two\n- three\n")
    assert taken_back([made], folder=tmp_path)[path] == b"- zero\n- one\n- three\n"
    path.write_bytes(b"- one\n- TWO\n")
    with pytest.raises(UsageError, match=r"list.yml was changed since in the same place"):
        taken_back([made], folder=tmp_path)


def test_a_workbook_that_was_moved_goes_back_and_no_copy_of_it_is_kept(tmp_path):
    inbox, returns = tmp_path / "inbox.xlsx", tmp_path / "returns.xlsx"
    held = b"PK a child's answers \xff"
    returns.write_bytes(held)
    made = [piece(returns, None, held, folder=tmp_path), piece(inbox, held, None, folder=tmp_path)]
    assert not any("put" in each for each in made) and "child" not in str(made)
    assert taken_back(made, folder=tmp_path) == {returns: None, inbox: held}
    returns.write_bytes(held + b"corrected")
    with pytest.raises(UsageError, match=r"returns.xlsx was changed since"):
        taken_back(made, folder=tmp_path)

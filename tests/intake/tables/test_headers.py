"""One search finds the header of everything that comes in, and one rule says which column is which."""

import numpy as np
import pytest

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.tables.headers import column_places, header_row, rows_under

KNOWN = {"case id": "child_ref", "ref": "child_ref", "team": "team", "visit date": "visited_on"}


def test_the_header_is_the_row_that_names_most():
    rows = [["Team", "visits of November"], ["team", ""], ["case id", "team"], ["team", "team"]]
    assert header_row(rows, KNOWN.get) == (2, 2)


def test_the_first_of_two_equal_rows_is_the_header():
    assert header_row([["case id", "team"], ["team", "visit date"]], KNOWN.get) == (0, 2)


def test_two_names_for_one_thing_count_once():
    assert header_row([["case id", "ref"], ["ref", "team"]], KNOWN.get) == (1, 2)


def test_a_header_far_down_is_not_looked_for():
    rows = [["", ""]] * 3 + [["case id", "team"]]
    assert header_row(rows, KNOWN.get, within=3) == (0, 0)
    assert header_row([], KNOWN.get) == (0, 0)


def test_a_column_that_is_not_known_is_told_and_a_blank_heading_is_not():
    places, strange = column_places(["team", "", "weather", "case id"], KNOWN.get, where="visits.csv")
    assert places == {"team": 0, "child_ref": 3}
    assert strange == ["weather"]


def test_two_columns_of_one_meaning_are_refused_with_the_second_named():
    with pytest.raises(ReturnsError, match=r"both read as 'child_ref'.* visits.csv, column ref"):
        column_places(["case id", "ref"], KNOWN.get, where="visits.csv")


def test_rows_keep_their_numbers_in_the_file():
    cells = np.array([["title", ""], ["team", "case id"], ["A", "1"], ["B", "2"]], dtype=object)
    table = rows_under(cells, 1, {"child_ref": 1})
    assert table["child_ref"].to_dict() == {3: "1", 4: "2"}

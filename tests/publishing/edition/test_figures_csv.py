import csv
import io

import pytest

from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.errors import DisclosureError
from ilacs_audit.domain.measures import measures
from ilacs_audit.publishing.edition.figures_csv import measures_csv, save_measures

ROW = {
    "measure": "compliance",
    "standard_id": "CON-1",
    "group": "all",
    "level": "all",
    "period": "2024-11",
    "numerator": 24,
    "denominator": 30,
    "value": 0.8,
    "method": "wilson",
    "selection": "random",
}


def read(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def test_the_figures_are_those_that_were_released(tmp_path):
    path = save_measures(release(measures([ROW]), audience="board"), tmp_path / "figures.csv")
    (row,) = read(path.read_bytes())
    assert (row["numerator"], row["denominator"], row["audience"], row["population"]) == ("24", "30", "board", "")


def test_a_hidden_row_has_the_symbol_where_its_numbers_were(tmp_path):
    small = ROW | {"group": "team", "level": "North", "numerator": 2, "denominator": 3}
    path = save_measures(release(measures([small]), audience="board"), tmp_path / "figures.csv")
    (row,) = read(path.read_bytes())
    assert {row[name] for name in ("numerator", "denominator", "value", "lower")} == {"c"}


def test_measures_that_passed_no_gate_are_refused(tmp_path):
    with pytest.raises(DisclosureError, match=r"ia\.release"):
        save_measures(measures([ROW]), tmp_path / "figures.csv")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_text_that_a_spreadsheet_would_run_is_made_harmless(start):
    (row,) = read(measures_csv([ROW | {"level": f"{start}HYPERLINK(1)", "audience": "board", "status": "shown"}]))
    assert row["level"].startswith("'")


def test_the_same_measures_give_the_same_bytes():
    records = release(measures([ROW] * 3), audience="public").to_dict("records")
    assert measures_csv(records) == measures_csv([dict(reversed(list(each.items()))) for each in records])


def test_each_line_says_of_which_audit_it_is():
    returned = {"measure": "returned", "group": "audit", "level": "consent-2024-09", "numerator": 20}
    listed = [each | {"audience": "board", "status": "shown"} for each in (ROW, returned)]
    found = read(measures_csv(listed, audit="consent-2024-11"))
    assert [each["audit"] for each in found] == ["consent-2024-11", "consent-2024-09"]

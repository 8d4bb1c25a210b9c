"""A table of a register tells no more by what is missing from it than by what stands in it."""

from ilacs_audit.display.tables.registers import register_table
from tests import build


def test_what_was_not_counted_of_a_hidden_level_is_hidden_as_well():
    about = {"group": "plan type", "period": "2024-11"}
    seen = {**about, "measure": "child_seen", "level": "care", "numerator": 20, "denominator": 40}
    alone = {**about, "measure": "child_seen_alone", "level": "care", "numerator": 10, "denominator": 20}
    hidden = {**about, "measure": "child_seen", "level": "child in need", "status": "suppressed"}
    table = register_table(build.released([seen, hidden, alone]), by="plan type").html
    assert "none" not in table
    assert table.count(">[c]<") == 2

"""A mark of one scale that is a code for "not applicable" on another."""

from ilacs_audit.domain.standards import SCALES
from ilacs_audit.intake.cells.values import read_answer, spellings
from ilacs_audit.intake.tables.columns import read_columns


def test_a_nine_among_yes_and_no_can_be_learnt_as_not_applicable_and_stays_a_mark_of_ten():
    learnt = read_columns({"answers": {"not applicable": ["9"], "yes": ["1"]}}, file="columns.yml").answers
    read = {name: read_answer("9", SCALES[name], spellings(SCALES[name], learnt)).answer for name in SCALES}
    assert (read["yes_no"], read["met"], read["scaling"]) == ("not applicable", "not applicable", "9")
    assert read_answer("1", SCALES["yes_no"], spellings(SCALES["yes_no"], learnt)).answer == "yes"

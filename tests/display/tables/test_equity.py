"""The tables of groups of children say what each comparison can bear, and nothing where no group is told."""

from ilacs_audit.display.tables.equity import equity_tables
from tests import build

MET = {"measure": "group_met", "group": "disability", "level": "disabled", "numerator": 9, "denominator": 14}
STANDARDS = build.standards(build.theme("consent", [build.standard("CON-1", "We asked first.")]))


def shown(*records):
    told = [{**MET, "standard_id": "CON-1", "reason": "41 of 66", **each} for each in records]
    return "".join(each.html for each in equity_tables(build.released(told), standards=STANDARDS).pieces)


def test_a_group_stands_beside_all_others_with_what_can_be_said():
    text = shown({"verdict": "too few to say"})
    assert "Disability: of 1 comparison none stands out from luck" in text
    for each in ("Disabled children: We asked first.", "9 of 14", "41 of 66", "Too few to say that they differ"):
        assert each in text


def test_a_group_that_stands_out_is_in_the_heading():
    assert "Disability: of 2 comparisons 1 stands out" in shown(
        {"verdict": "different"}, {"verdict": "no worthwhile difference", "level": "other"}
    )


def test_nothing_is_shown_where_no_group_is_told():
    assert shown() == ""

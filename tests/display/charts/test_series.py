import re

import ilacs_audit as ia
from tests.display import demo


def said(fragment):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", fragment.html))


def test_two_months_are_no_series_and_three_are():
    months = list(demo.month_records(limited=False))
    assert ia.spc_chart(demo.released(months[:2]), standard_id="C1").html == ""
    assert "too few to show a trend" in said(ia.spc_chart(demo.released(months[:3]), standard_id="C1"))


def test_months_of_another_standard_are_not_drawn():
    assert ia.spc_chart(demo.released(demo.month_records(limited=False)), standard_id="C2").html == ""


def test_months_of_several_standards_are_no_one_series():
    months = list(demo.month_records(limited=False))
    both = demo.released([*months, *({**each, "standard_id": "C2"} for each in months)])
    assert ia.spc_chart(both).html == ""
    assert "C2." in said(ia.spc_chart(both, standard_id="C2"))

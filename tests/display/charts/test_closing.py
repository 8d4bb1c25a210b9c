"""How soon actions are closed is drawn of what was told, and nothing is drawn of too little."""

from ilacs_audit.display.charts.closing import SINCE, closing_chart
from tests.build import released

ENDS = {"action_ends": (0.4, 0.65), "action_ends_gone": (0.25, 0.3)} | dict.fromkeys(
    ("action_ends_unproven", "action_ends_still"), (0.1, 0.2)
)


def ends(days):
    return [
        {"measure": name, "group": SINCE, "level": f"{day} days", "value": share, "method": "aalen-johansen"}
        for place, day in enumerate(days)
        for name, share in ((each, ENDS[each][place]) for each in ENDS)
    ]


def test_two_lines_from_nought_are_all_that_is_closed_and_what_of_it_is_gone():
    said = closing_chart(released(ends((28, 84)))).__html__()
    assert "Within 84 days about 65% were closed, about 30% with the problem gone" in said
    assert said.count("<polyline") == 2
    assert "about 40%" in said  # the figures stand under the drawing


def test_one_time_is_no_curve_and_nothing_is_drawn_of_nothing():
    assert "<svg" not in closing_chart(released(ends((28,)))).__html__()
    assert "<svg" not in closing_chart(released([])).__html__()

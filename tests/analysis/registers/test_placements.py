"""Placements: what panels decided and what became of it, where children live, and which beds can be used."""

import pytest

from ilacs_audit.analysis.registers.placements import placement_decisions
from tests.analysis.registers.test_lists import AS_OF, counted, register

NO_BEDS, NO_PLACEMENTS = register("beds"), register("placements")


def decided(child, decision, done="", *, on="2024-10-01", panel="Resource panel", **more):
    told = {"placement": "foster care", "started_on": "2024-01-08", "ended_on": None, **more}
    start, end = told["started_on"], told["ended_on"]
    return (child, "Care", told["placement"], "low", start, end, panel, on, decision, done or None)


def found(*told, beds=NO_BEDS, **options):
    return counted(placement_decisions(register("placements", *told), beds, as_of=AS_OF, **options))


def test_a_step_down_counts_as_done_on_its_day_and_neither_after_the_page_nor_before_it_was_decided():
    told = found(
        decided("1", "Step down", "2024-10-20"),
        decided("2", "step down to fostering", "2024-11-22"),
        decided("3", "stepped down", "2024-09-30"),
        decided("4", "Step down"),
        decided("5", "agreed", "2024-10-20"),
        decided("6", "step down", on="2024-11-22"),
    )
    assert told["step_down_done", "all"] == (1, 4)
    assert told["set_aside", "stepped down before it was decided in placements"] == (1, None)


def test_a_child_taken_to_a_panel_without_a_decision_is_a_row_and_other_words_are_never_printed():
    rows = [decided(str(n), "agreed") for n in range(5)]
    told = found(*rows, decided("6", ""), decided("7", "Ann is to stay put"), decided("8", "", panel="", on=None))
    assert told["panel_undecided", "all"] == (1, 7)
    decisions = {level: pair for (name, level), pair in told.items() if name == "panel_decided"}
    assert decisions == {"agree": (5, 7), "in other words": (1, 7), "no decision recorded": (1, 7)}


def test_a_child_with_two_decisions_is_in_both_and_is_one_child():
    told = found(decided("1", "agreed"), decided("1", "step down", "2024-10-20"))
    assert (told["panel_decided", "agree"], told["panel_decided", "step down"]) == ((1, 1), (1, 1))


def test_where_children_live_is_counted_on_the_day_of_the_page_and_what_few_have_is_put_together():
    ours = [decided(str(n), "", panel="", placement="children's home") for n in range(6)]
    few = [decided("9", "", panel="", placement="with Ann Other")]
    gone = [decided("10", "", panel="", ended_on="2024-11-01"), decided("11", "", panel="", started_on="2024-11-22")]
    told = found(*ours, *few, *gone)
    kinds = {level: pair for (name, level), pair in told.items() if name == "placed_in"}
    assert kinds == {"children's home": (6, 7), "another placement type": (1, 7)}


def homes(*told):
    return register("beds", *told).astype({"beds": "Int64", "blocked": "Int64"})


def test_a_bed_is_usable_where_its_home_is_open_and_it_is_not_blocked():
    told = counted(
        placement_decisions(
            NO_PLACEMENTS,
            homes(
                ("Juno", 3, 0, "no", "awaiting planning permission"),
                ("Sedge Lodge", 5, 1, "yes", ""),
                ("Later", 2, None, "no", "Ofsted registration"),
                ("Another", 1, None, "no", "the drains"),
                ("Unsaid", 2, None, "", ""),
            ),
            as_of=AS_OF,
        )
    )
    assert told["bed_unusable", "all"] == (9, 13)
    states = {level: k for (name, level), (k, _) in told.items() if name == "bed_state"}
    assert states == {
        "open to a child": 4,
        "soft-blocked": 1,
        "awaiting planning permission": 3,
        "awaiting registration": 2,
        "not open for another reason": 1,
        "in a home of which nobody says whether it is open": 2,
    }


@pytest.mark.parametrize(
    ("beds", "blocked", "why"),
    [(None, 1, "no number of beds"), (2, 3, "more beds blocked than there are")],
)
def test_a_home_whose_beds_cannot_be_counted_is_set_aside_and_told(beds, blocked, why):
    told = counted(placement_decisions(NO_PLACEMENTS, homes(("A", beds, blocked, "yes", "")), as_of=AS_OF))
    assert told == {("set_aside", f"{why} in beds"): (1, None)}


def test_a_shared_list_of_decisions_stands_in_an_order_that_does_not_follow_its_counts():
    rows = [decided(str(n), "step down" if n < 7 else "agreed") for n in range(12)]
    for exact, order in ((True, ["step down", "agree"]), (False, ["agree", "step down"])):
        levels = [level for name, level in found(*rows, exact=exact) if name == "panel_decided"]
        assert levels == order


def test_nothing_of_registers_that_are_empty():
    assert found() == {}

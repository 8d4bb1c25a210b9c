"""Between two files: where the reading of an audit is, and whether it may stop."""

import pytest

PLANS = "plans-2024-11"


@pytest.fixture
def reading(small):
    """The example's audit of plans as one whose reading may stop early, in the order in which its files came."""
    programme = small / "data" / "programme.yml"
    text = programme.read_text(encoding="utf-8")
    head, tail = text.split(f"id: {PLANS}")
    programme.write_text(f"{head}id: {PLANS}{tail.replace('selection: random', EARLY, 1)}", encoding="utf-8")
    return small


EARLY = "selection: random\n    stopping: sequence"


def test_an_audit_of_a_fixed_size_has_no_second_look(say, small):
    said = say("stop", PLANS, "--workspace", small)
    assert said.code != 0
    assert "was decided beforehand" in said.err


def test_without_the_order_of_the_draw_nothing_is_promised(say, reading):
    said = say("stop", PLANS, "--workspace", reading)
    assert (said.code, "The order of the draw is not kept" in said.out) == (0, True)


def test_each_standard_is_decided_or_says_what_the_next_file_would_have_to_show(say, root):
    said = say("stop", "visits-2024-11", "--workspace", root).out.splitlines()
    assert "VIS-6: decided at file 34 (22 of 34 meet it): not met." in said
    earliest = (
        "met at file 131, if all of the next 93 meet it, or not met at file 42, if none of the next four meets it."
    )
    assert f"VIS-1: not decided at file 38 (31 of 38 meet it). At the earliest: {earliest}" in said
    assert said[-2] == "VIS-2, VIS-7: not every file is asked, so no reading order decides it."
    assert said[-1] == "Go on: 1 of 6 are not decided."


def test_an_audit_that_nobody_planned_is_refused(say, small):
    assert say("stop", "plans-2024-99", "--workspace", small).code != 0

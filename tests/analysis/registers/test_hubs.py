"""Who came to a family hub: of how many anybody knows it, and between which ends the share then stands."""

import pandas as pd
import pytest

from ilacs_audit.analysis.registers.hubs import hub_attendance
from ilacs_audit.claims.sentences.registers import register_headline, register_sentence
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.measures import rows
from ilacs_audit.domain.schemas import SIDE_TABLES
from tests.northmere.registers.hubs import HUB_ATTENDANCE


def register(*told):
    return pd.DataFrame(told, columns=list(SIDE_TABLES["attendance"])).astype({"age": "Int64"})


def hubs(came, matched, size, cohort="CP"):
    """Children of a cohort: so many came, so many have a record that matched."""
    return [
        (f"{cohort}{n}", cohort, 2, "yes" if n < came else "no", "yes" if n < matched else "no") for n in range(size)
    ]


def ends(found, cohort="CP"):
    """How many came, the most that may have, and of how many."""
    (row,) = [row for row in rows(found) if (row.measure, row.level) == ("hub_came", cohort)]
    return row.numerator, round(row.upper * row.denominator), row.denominator


def test_what_is_unmatched_makes_a_range_and_a_child_twice_on_the_list_is_one():
    found = hub_attendance(register(*hubs(7, 29, 38), ("CP0", "CP", 2, "no", "no"), ("X", "CP", 5, "yes", "yes")))
    assert ends(found) == (7, 16, 38)
    told = {(row.measure, row.group): (row.numerator, row.denominator) for row in rows(found)}
    assert told["hub_matched", "all"] == told["hub_matched", "cohort"] == (29, 38)
    assert told["set_aside", "rule"] == (1, None)
    assert ("hub_matched", "how matched") not in told  # a list of one's own does not say how


def test_so_few_that_no_range_is_printed_are_set_aside_where_some_may_have_come_unseen():
    found = hub_attendance(register(*hubs(0, 3, 9), *hubs(7, 29, 38, "CIN"), *hubs(2, 9, 9, "EH")))
    told = {row.level: (row.numerator, row.denominator) for row in rows(found) if row.measure == "hub_came"}
    assert told == {"CIN": (7, 38), "EH": (2, 9)}
    assert ("in a cohort of fewer than ten in attendance", 9) in [(row.level, row.numerator) for row in rows(found)]


def test_a_blank_says_neither_that_a_child_came_nor_that_it_did_not():
    assert ends(hub_attendance(register(*((f"C{n}", "CP", 2, "", "yes") for n in range(20))))) == (0, 20, 20)
    nobody = hub_attendance(register(*((f"C{n}", "CP", 2, "yes", "") for n in range(20))))
    assert set(nobody["measure"]) == {"hub_came"}


def linked(*kinds):
    """Children of one cohort, by how they were matched and what is known of them, so many of each."""
    each = [(how, came) for how, came, count in kinds for _ in range(count)]
    return [(f"C{n}", "CP", 2, came, how) for n, (how, came) in enumerate(each)]


def test_a_child_like_whom_the_hubs_know_nobody_stayed_away_and_one_whose_record_may_be_there_may_have_come():
    alike = [*linked(("yes", "yes", 100), ("yes", "no", 100), ("none", "no", 20))]
    assert ends(hub_attendance(register(*alike))) == (100, 100, 220)  # where all are written alike, nothing is lost
    some = [*linked(("yes", "yes", 100), ("no", "", 2), ("yes", "no", 98), ("none", "no", 20))]
    assert ends(hub_attendance(register(*some))) == (100, 103, 220)  # and one of whom no pair tells
    many = [*linked(("yes", "yes", 80), ("likely", "yes", 20), ("yes", "no", 100), ("none", "no", 20))]
    assert ends(hub_attendance(register(*many))) == (100, 104, 220)  # written otherwise once in nine, and twice in 80


def test_a_record_of_nobody_in_particular_may_be_anybodys_but_is_one_child():
    nobody = ("", "", None, "yes", "no")
    told = linked(("yes", "yes", 100), ("yes", "no", 90), ("none", "no", 20))
    assert [ends(hub_attendance(register(*told, *[nobody] * n)))[1] for n in (0, 2, 30)] == [101, 103, 120]


def test_how_partners_were_found_is_told_to_the_council_alone():
    told = register(*linked(("yes", "yes", 10), ("likely", "yes", 6), ("reviewed", "no", 4), ("none", "no", 20)))
    inside = [row for row in rows(hub_attendance(told)) if row.group == "how matched"]
    assert [(row.level, row.numerator) for row in inside] == [
        ("the same name and date of birth", 10),
        ("a person's word", 4),
        ("probability", 6),
    ]
    assert not [row for row in rows(hub_attendance(told, exact=False)) if row.group == "how matched"]


def test_the_page_opens_with_the_match_and_then_the_cohort_that_came_least():
    told = register(*linked(("yes", "yes", 10), ("yes", "no", 10), ("none", "no", 20)))
    said = {
        who: register_headline(rows(release(hub_attendance(told, exact=who == "internal"), audience=who)))
        for who in ("internal", "board")
    }
    assert said["internal"].startswith(
        "20 of 40 children on the list of those whom the hubs are to reach were found in the hubs' own register"
    )
    assert said["board"].startswith(
        "About 50% of children on the list of those whom the hubs are to reach were found in the hubs' own register. 10"
    )


def test_where_nothing_weighed_the_rest_the_page_says_so_with_what_it_does_to_the_share():
    told = register(*linked(("yes", "yes", 10), ("untried", "no", 30)), *[("", "", None, "yes", "no")] * 7)
    found = hub_attendance(told)
    assert ends(found) == (10, 17, 40)
    (said,) = [register_sentence(row) for row in rows(found) if row.measure == "hub_untried"]
    assert said.startswith(
        "30 of 40 children on the list of those whom the hubs are to reach could not be matched, because only"
    )
    assert "each share may be as high as the most that is given beside it" in said
    assert said in register_headline(rows(found))


def test_a_shared_page_has_no_upper_end_that_gives_back_a_hidden_count_or_a_hidden_base():
    others = (row for name in ("CIN", "MAP", "EH") for row in hubs(12, 30, 40, name))
    told = register(*hubs(3, 23, 34, "CIC"), *hubs(10, 29, 38), *others)
    found = hub_attendance(told, exact=False)
    assert [row.denominator for row in rows(found) if row.measure == "hub_matched"] == [None]
    hidden, shown = (
        next(row for row in rows(release(found, audience="board")) if row.level == name) for name in ("CIC", "MAP")
    )
    assert (hidden.numerator, hidden.lower, hidden.upper) == (None, None, None)
    assert round(shown.upper * shown.denominator) == 22


def test_few_who_surely_stayed_away_are_told_to_nobody_outside():
    told = register(*hubs(10, 12, 40))  # 28 unmatched, so all but two may have come
    assert (ends(hub_attendance(told)), ends(hub_attendance(told, exact=False))) == ((10, 38, 40), (10, 40, 40))


@pytest.mark.parametrize("cohort", HUB_ATTENDANCE)
def test_the_shares_that_the_board_was_told_come_out_of_the_two_registers(example_attendance, cohort):
    came, most, size = ends(hub_attendance(example_attendance), cohort)
    assert (came, size) == HUB_ATTENDANCE[cohort]
    shares = {"CIC": 8.8, "CIN": 13.7, "CP": 18.4, "MAP": 14.4, "EH interventions": 17.3}
    assert round(100 * came / size, 1) == shares[cohort]
    assert came < most < size / 2


def test_nothing_of_a_register_that_is_empty():
    assert len(hub_attendance(register())) == 0


@pytest.fixture(scope="module")
def example_attendance(root):
    from ilacs_audit.intake.loading import load_attendance

    return load_attendance(root / "data" / "example").table

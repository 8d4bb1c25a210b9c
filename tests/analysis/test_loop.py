"""The thread from a finding to the last look at its action, and each place at which it is lost."""

import pandas as pd
import pytest

from ilacs_audit.analysis.loop import LOOKS, action_loop, open_findings
from ilacs_audit.analysis.registers.actions import loop_counts
from tests import build
from tests.build import counted, register

DAY = "2024-11-21"
CATALOGUE = {
    "standards": build.standards(build.theme("consent", [build.standard("CON-1"), build.standard("CON-2")])),
    "programme": build.programme(
        build.audit("consent-2024-09", period="2024-09", on="2024-09-10"),
        build.audit("consent-2024-11", period="2024-11", on="2024-11-01", baseline="consent-2024-09"),
    ),
}
SEPTEMBER, NOVEMBER = ("consent-2024-09", "2024-09-10"), ("consent-2024-11", "2024-11-01")


def looks(*told):
    """What audits said: (audit, day), standard, verdict."""
    rows = [(audit, code, pd.Timestamp(day), pd.Timestamp(day), said) for (audit, day), code, said in told]
    return pd.DataFrame(rows, columns=[*LOOKS])


def action(code, audit, standard, raised="2024-09-20", closed=None, checked=None, still="", **more):
    about = {"area": "A2", "team": "North", "owner_ref": "o"} | more
    days = ("2024-10-20", closed, checked, still, None)
    return (code, audit, standard, about["area"], about["team"], about["owner_ref"], raised, *days)


def followed(*actions, seen=(), left=()):
    staff = register("workforce", *((name, "North", "Manager", "2020-01-01", "2024-10-01") for name in left))
    return action_loop(register("actions", *actions), looks(*seen), workforce=staff, as_of=DAY, **CATALOGUE)


def counts(loop, seen=(), **more):
    found = open_findings(looks(*seen), loop, as_of=DAY)
    return loop_counts(loop, found, seed=7, **CATALOGUE, **more)


NOT = (NOVEMBER, "CON-1", "not met")


@pytest.mark.parametrize(
    ("closed", "checked", "still", "seen", "paper"),
    [
        ("2024-10-01", "2024-10-05", "yes", [], True),  # a check found the problem still there
        ("2024-10-01", None, "", [NOT], True),  # nobody checked, and a later audit says so
        ("2024-10-01", "2024-10-05", "no", [NOT], False),  # gone where it was looked for
        ("2024-11-01", None, "", [NOT], False),  # the audit began on the day it was closed: it may be older
        ("2024-10-01", None, "", [(SEPTEMBER, "CON-1", "not met")], False),  # its own audit says why it was raised
        ("2024-10-01", None, "", [(NOVEMBER, "CON-2", "not met")], False),  # another standard
        ("2024-10-01", None, "", [(NOVEMBER, "CON-1", "cannot tell")], False),
        ("2024-10-01", "2024-12-05", "yes", [], False),  # checked after the day of the page
        (None, None, "", [NOT], False),  # still open
    ],
)
def test_an_action_is_closed_on_paper_where_a_check_or_a_later_audit_says_so(closed, checked, still, seen, paper):
    loop = followed(action("A1", "consent-2024-09", "con-1", "2024-09-20", closed, checked, still), seen=seen)
    assert loop["paper"].tolist() == [paper]


@pytest.mark.parametrize(
    ("second", "again"),
    [
        ({}, True),
        ({"area": "A3"}, True),  # in the same team
        ({"team": "South"}, True),  # in the same area
        ({"area": "A3", "team": "South"}, False),
        ({"area": "", "team": ""}, False),  # where, nobody knows
    ],
)
def test_a_finding_is_found_again_after_an_action_on_it_was_closed_in_its_area_or_team(second, again):
    first = action("A1", "consent-2024-09", "CON-1", closed="2024-10-01")
    later = action("A2", "consent-2024-11", "CON-1", "2024-11-10", **second)
    assert followed(first, later)["repeats"].tolist() == [False, again]
    assert followed(action("A1", "consent-2024-09", "CON-1"), later)["repeats"].tolist() == [False, False]


def test_every_break_of_the_thread_is_counted_and_nothing_else():
    loop = followed(
        action("A1", "consent-2024-09", "CON-1", closed="2024-10-01", checked="2024-10-05", still="yes"),
        action("A2", "consent-2024-07", "CON-1", owner_ref="gone"),
        action("A3", "Consent 2024-09", "CON-9"),
        action("A4", "", "", owner_ref=""),
        action("A5", "consent-2024-09", "", closed="2024-10-01"),
        seen=[],
        left=["gone"],
    )
    seen = [(SEPTEMBER, "CON-1", "not met"), (SEPTEMBER, "CON-2", "not met"), (NOVEMBER, "CON-2", "not met")]
    found = counted(counts(loop, seen))
    assert {name: pair for (name, level), pair in found.items() if level == "all"} == {
        "action_paper": (1, 2),
        "action_repeats": (0, 5),
        "finding_unacted": (1, 2),
        "finding_fresh": (1, 1),  # of an audit that ended three weeks ago
        "action_astray": (2, 3),
        "action_of_none": (2, 5),
        "action_owner_left": (1, 2),
        "action_not_reopened": (1, 1),
        "action_recheck": (1, 1),
    }
    assert found["action_paper", "CON-1 (CON-1)"] == (1, 1)


def test_a_finding_that_a_later_audit_called_met_needs_no_action():
    seen = [(SEPTEMBER, "CON-1", "not met"), (NOVEMBER, "CON-1", "met")]
    assert len(open_findings(looks(*seen), followed(), as_of=DAY)) == 0


def test_the_list_to_check_is_drawn_by_a_seed_told_inside_alone_and_shows_no_word_that_may_be_a_name():
    told = [action(f"A{n}", "consent-2024-09", "CON-1", closed="2024-10-01") for n in range(40)]
    loop = followed(*told, action("Ann Lee", "consent-2024-09", "CON-1", closed="2024-10-01"))
    inside, again, shared = (counts(loop, exact=exact) for exact in (True, True, False))
    drawn = inside.loc[inside["group"] == "action", "level"]
    assert again.loc[again["group"] == "action", "level"].tolist() == drawn.tolist()
    assert counted(inside)["action_recheck", "all"] == (len(drawn), 41) == counted(shared)["action_recheck", "all"]
    assert not any("Ann" in each for each in drawn)
    assert "action" not in set(shared["group"])


def test_a_register_without_rows_has_no_thread():
    assert len(counts(followed())) == 0


def test_where_no_action_names_a_standard_nobody_is_said_to_have_left_a_finding_without_one():
    seen = [(SEPTEMBER, "CON-1", "not met")]
    found = counted(counts(followed(action("A1", "", "", closed="2024-10-01"), seen=seen), seen))
    untold = ("action_paper", "action_repeats", "finding_unacted", "action_of_none")
    assert [found[name, "all"] for name in untold] == [(None, None)] * 4

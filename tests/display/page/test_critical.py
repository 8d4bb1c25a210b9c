"""The panel of critical standards: first on a page, whatever the verdict, the largest share of failures first."""

import re

import pytest

from ilacs_audit.claims.sentences.critical import Part
from ilacs_audit.claims.verdicts.critical import critical_failures
from ilacs_audit.claims.verdicts.verdicts import verdict
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.display.page.critical import critical_panel, panel_of
from ilacs_audit.domain.measures import gather, measures, rows
from tests import build
from tests.build import seen, table

NOTHING = "no action on the register for"
CODES = ("c1", "c2", "c3")
KNOWN = build.standards(
    build.theme("consent", [build.standard(code, critical=code != "c3", failing=f"{code} failed") for code in CODES]),
    build.theme("supervision", [build.standard("s1", critical=True, failing="nobody spoke")], unit="worker"),
)
RIGHT = {"measure": "put_right", "theme": "consent", "standard_id": "c1", "group": "all", "level": "all"}
RIGHT |= {"period": "2024-11", "method": "count"}


def panel(*records, audience="board", right=()):
    found = verdict(table(*records), standards=KNOWN)
    failures = critical_failures(found, standards=KNOWN)
    shown = release(gather(found, failures, measures([*right])), audience=audience)
    return critical_panel(shown, standards=KNOWN)


def words(made):
    return " ".join(re.sub(r"<[^>]+>", " ", made.html).split())


def test_the_largest_share_of_failures_comes_first_and_none_last():
    told = words(panel(seen(30, 30, of=110), seen(19, 31, of=110, standard="c2")))
    assert told.startswith("Needs action now: a critical standard failed In 12 of 31 files c2 failed.")
    assert told.index("c2 failed") < told.index("None of 30 files")


def test_it_stands_on_the_page_whatever_the_verdict():
    assert "In 1 of 60 files c1 failed" in words(panel(seen(59, 60, of=110, target=0.5)))
    assert "In 2 of 3 files c1 failed" in words(panel(seen(1, 3, of=None, selection="auditor_choice")))


def test_a_page_without_a_critical_standard_has_no_panel():
    assert panel(seen(12, 31, of=110, standard="c3")).html == ""


def test_what_no_line_knows_is_said_once():
    told = words(panel(seen(20, 30, of=110), seen(19, 31, of=110, standard="c2")))
    assert told.startswith(f"Needs action now: two critical standards failed; {NOTHING} any of them In 12 of 31")
    assert "No action on the register" not in told


def test_one_line_knows_and_the_other_does_not():
    right = {**RIGHT, "numerator": 1, "denominator": 2, "note": "the rest due by 13 December 2024"}
    told = words(panel(seen(20, 30, of=110), seen(19, 31, of=110, standard="c2"), right=[right]))
    assert "c1 failed. Put right: 1 of 2 actions; one due by 13 December 2024." in told
    assert "c2 failed. No action on the register." in told


def test_action_is_still_needed_until_all_of_it_is_done():
    right = {**RIGHT, "numerator": 2, "denominator": 2}
    assert words(panel(seen(20, 30, of=110), right=[right])).startswith("A critical standard failed; every recorded")
    other = seen(19, 31, of=110, standard="c2")
    assert words(panel(seen(20, 30, of=110), other, right=[right])).startswith("Needs action now: two")


def test_lines_of_several_audits_name_theirs_and_each_has_its_own_actions():
    found = verdict(table(seen(20, 30, of=110)), standards=KNOWN)
    failures = critical_failures(found, standards=KNOWN)
    done = {**RIGHT, "numerator": 2, "denominator": 2}
    parts = [
        Part([*rows(release(gather(failures, measures(right)), audience="board"))], name, f"{name}.html")
        for name, right in (("Sample", [done]), ("Closures", []))
    ]
    told = words(panel_of(parts, standards=KNOWN))
    assert told.startswith(
        f"Needs action now: in two places a critical standard failed; {NOTHING} one of them "
        "In 10 of 30 files c1 failed. Sample Put right"
    )
    assert told.endswith("In 10 of 30 files c1 failed. Closures No action on the register.")


def test_what_is_beyond_the_gravest_of_an_edition_is_folded_and_not_left_out():
    failures = critical_failures(verdict(table(seen(20, 30, of=110)), standards=KNOWN), standards=KNOWN)
    shown = [*rows(release(failures, audience="board"))]
    made = panel_of([Part(shown, f"Audit {each}", "a.html") for each in range(14)], standards=KNOWN)
    assert made.html.count("c1 failed.") == 14 and "<summary>10 more of these</summary>" in made.html


def test_the_heading_counts_what_its_lines_show():
    """One standard that failed in three audits is three lines, and the heading counts lines in both its parts."""
    failures = critical_failures(verdict(table(seen(20, 30, of=110)), standards=KNOWN), standards=KNOWN)
    shown = [*rows(release(failures, audience="board"))]
    told = words(panel_of([Part(shown, f"Audit {each}", "a.html") for each in range(3)], standards=KNOWN))
    assert told.startswith(f"Needs action now: in three places a critical standard failed; {NOTHING} any of them")
    assert told.count("c1 failed.") == 3


def test_a_standard_shown_in_one_audit_and_hidden_in_another_is_counted_once_on_each_side():
    found = [verdict(table(seen(met, 30, of=110)), standards=KNOWN) for met in (18, 28)]
    failures = [gather(each, critical_failures(each, standards=KNOWN)) for each in found]
    shown = [[*rows(release(each, audience="public"))] for each in failures]
    told = words(panel_of([Part(each, "Audit", "a.html") for each in shown], standards=KNOWN))
    assert "in one place a critical standard failed" in told
    assert "on one more the numbers are too small to show" in told
    assert told.count("is not shown") == 1


def test_teams_are_not_in_it():
    team = seen(5, 15, group="team", level="North")
    assert "North" not in panel(seen(20, 30, of=110), team).html


@pytest.mark.parametrize("met", [26, 29])
def test_a_count_that_the_public_may_not_see_is_not_in_it(met):
    right = {**RIGHT, "numerator": 1, "denominator": 30 - met, "note": "1 already late"}
    made = panel(seen(met, 30, of=110), audience="public", right=[right])
    assert (
        words(made) == "Critical standards How many files failed “c1” is not shown, so that nobody can be recognised."
    )
    assert all("numerator" not in each and not each.get("note") for each in made.data["released"])


def test_the_public_sees_a_rounded_count_and_that_action_is_recorded():
    right = {**RIGHT, "numerator": 3, "denominator": 12, "note": "1 already late"}
    told = words(panel(seen(19, 31, of=110), audience="public", right=[right]))
    assert (
        told
        == "Needs action now: a critical standard failed In 6 to 14 of about 30 files c1 failed. Action is recorded."
    )

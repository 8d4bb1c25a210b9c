"""The numbers that docs/methods.md works out are the numbers that the package gives."""

import re

import pytest

import ilacs_audit as ia
from ilacs_audit.disclosure.rules import PERCENTAGE_BASE
from ilacs_audit.display.charts.groups import FEWEST_COMPARED, FEWEST_DRAWN
from ilacs_audit.stats.intervals import upper_limit
from ilacs_audit.stats.lists.together import design_effect
from ilacs_audit.stats.sampling import chance_of_false_change, files_to_tell
from ilacs_audit.stats.spc import run_rules
from ilacs_audit.stats.target import decisive_counts
from tests.house.test_notebooks import ROOT

PAGE = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
BULLETS = ("Answers", "Formula", "Call", "Source", "Not for", "Settings")
STATISTICS = (
    "3.1",
    "3.2",
    "3.3",
    "5.2",
    "5.3",
    "5.4",
    "5.5",
    "5.6",
    "5.7",
    "5.8",
    "6.2",
    "6.3",
    "7.1",
    "7.2",
    "7.3",
    "7.4",
)
STATISTICS += ("8.1", "8.2", "8.3", "8.4", "9", "10.2", "10.6", "11.3", "11.4", "11.5", "11.6", "11.7", "11.9")


def section(number):
    """The text under one heading, up to the next."""
    found = re.search(rf"^##+ {re.escape(number)}\.? .*?\n(.*?)(?=^##+ |\Z)", PAGE, re.M | re.S)
    assert found, f"no section {number}"
    return found[1]


def points(interval):
    return "{:+.0f} to {:+.0f}".format(*(100 * side for side in interval))


@pytest.mark.parametrize("number", STATISTICS)
def test_a_statistic_says_what_it_answers_how_and_when_not_to_use_it(number):
    assert [word for word in BULLETS if f"**{word}:**" not in section(number)] == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("3.1", "81 of 263: {:.1%} to {:.1%}".format(*ia.wilson_interval(81, 263))),
        ("3.2", f"None of 20: up to {upper_limit(0, 20):.1%}"),
        ("3.3", f"List of 100, 10 points: {ia.sample_size(100, margin=0.10)}"),
        ("5.2", "24 of 30 from 110: {} to {} children".format(*ia.hypergeometric_interval(24, 30, 110))),
        ("5.2", "5 of 5 from 40: {} to {}".format(*ia.hypergeometric_interval(5, 5, 40))),
        ("5.3", "24 of 30 from 110: {:.1%} to {:.1%}".format(*ia.wilson_fpc_interval(24, 30, 110))),
        ("5.4", "12 of 15 from 55, twice: {} to {} children".format(*ia.stratified_interval([(12, 15, 55)] * 2))),
        (
            "5.6",
            "3 of 12 flagged, 22 of 25 of 98 others: {} to {} of 110".format(
                *ia.stratified_interval([(3, 12, 12), (22, 25, 98)])
            ),
        ),
        ("5.7", f"design effect {design_effect([5, 0, 4, 1], [5] * 4):.2f}"),
        ("6.2", "30 of 110 at 80%: met from {}, not met up to {}".format(*decisive_counts(30, "0.8", population=110))),
        ("6.3", f"90%, list of 110: {ia.zero_failure_size(110, target='0.9')} by our rule"),
        ("7.1", f"48 of 80 then 56 of 70: {points(ia.newcombe_difference(48, 80, 56, 70))} points"),
        ("7.2", f"20 then 24 of 30: Boschloo p = {ia.boschloo(20, 30, 24, 30):.2f}"),
        ("7.3", f"{points(ia.paired_difference(18, 1, 9, 2))} points"),
        ("8.3", "longest run allowed {}, fewest crossings {}".format(*run_rules(20))),
        ("11.1", f"24/30 of 110 at 90%: {files_to_tell(24, 30, 110, '0.9')}"),
        ("11.1", f"27/30 of 110 at 80%: {files_to_tell(27, 30, 110, '0.8')}"),
        ("11.1", f"10/12 of 60 at 70%: {files_to_tell(10, 12, 60, '0.7')}"),
        ("11.2", f"9/20 then 16/20: {points(ia.newcombe_difference(9, 20, 16, 20))}"),
        ("11.2", f"20/30 then 24/30: {points(ia.newcombe_difference(20, 30, 24, 30))}"),
        ("11.3", f"20 a round from 50%: {100 * ia.detectable_change(20, 20, 0.5):.0f} points"),
        ("11.4", f"60% to 80%: {ia.sample_size_change(0.6, 0.8)} a round"),
        ("11.8", f"none of 20 from 110 leaves up to {upper_limit(0, 20, population=110)} children"),
        ("11.9", f"25 standards, 20 files, 65%: {25 * chance_of_false_change(20, 20, 0.65):.1f}"),
    ],
)
def test_a_worked_number_is_the_one_the_package_gives(number, words):
    assert words in section(number)


def test_the_page_says_when_a_funnel_is_drawn():
    teams = f"{FEWEST_DRAWN} teams of {PERCENTAGE_BASE} files"
    assert f"| funnel on a page; teams compared in words | {teams}; {FEWEST_COMPARED}; none hidden" in PAGE
    assert f"a funnel only for at least {teams} or more" in PAGE


@pytest.mark.parametrize("rule", [*(f"V{n}" for n in range(4)), *(f"C{n}" for n in range(6)), "X0", "X1"])
def test_every_rule_of_a_verdict_is_on_the_page(rule):
    assert f"| {rule} |" in PAGE


@pytest.mark.parametrize("rule", [*(f"I{n}" for n in range(7)), "I?", *(f"W{n}" for n in range(1, 11))])
def test_every_rule_of_impact_and_prose_is_on_the_page(rule):
    assert f"| {rule} |" in PAGE

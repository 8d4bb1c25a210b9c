"""A figure stands where a row holds it as what it is said to be: of its standard, its round and its side."""

import pytest

from ilacs_audit.claims.prose.linter import lint_prose
from tests.claims.prose.page import STANDARDS, TEAMS, page

TOLD = (
    "{code} was met on {now} files.",
    "In June {code} was met on {was} files, and in November on {now}.",
    "{code} went from {was} in June to {now} in November.",
    "{now} files met {code}, against {was} in June.",
    "{missed} files did not meet {code}.",
    "On {missed} files {code} was not met.",
    "{code} stands at {share}, against a target of {target}.",
    "The target for {code} is {target}.",
    "{code} was {share_then} in June and is {share} now.",
)
VERDICTS = {
    "met": "{code} is met.",
    "not met": "{code} is not met.",
    "cannot tell": "It cannot be told whether {code} is met.",
}
CODES = [code for code in STANDARDS if code != "CON-5"]


def share(count):
    return f"{round(100 * count[0] / count[1])}%"


def figures(code):
    _, target, was, now = STANDARDS[code]
    return {
        "was": f"{was[0]} of {was[1]}",
        "now": f"{now[0]} of {now[1]}",
        "missed": f"{now[1] - now[0]} of {now[1]}",
        "share": share(now),
        "share_then": share(was),
        "target": f"{target:.0%}",
    }


def stopped(text):
    return bool(lint_prose(text, page()))


@pytest.mark.parametrize("told", TOLD)
@pytest.mark.parametrize("code", CODES)
def test_a_figure_passes_beside_its_standard_and_nowhere_else(code, told):
    assert not stopped(told.format(code=code, **figures(code)))
    wrong = [told.format(code=code, **figures(other)) for other in CODES if figures(other) != figures(code)]
    right = told.format(code=code, **figures(code))
    assert [text for text in wrong if text != right and not stopped(text)] == []


@pytest.mark.parametrize(
    "told", [each for each in TOLD if "{was}" in each or "{missed}" in each or "{share_then}" in each]
)
def test_neither_round_nor_side_can_be_changed(told):
    for code in CODES:
        right = figures(code)
        swapped = {**right, "was": right["now"], "now": right["was"], "missed": right["now"]}
        swapped |= {"share": right["share_then"], "share_then": right["share"]}
        assert stopped(told.format(code=code, **swapped)), told.format(code=code, **swapped)


@pytest.mark.parametrize("code", STANDARDS)
def test_a_verdict_passes_where_it_is_the_rows(code):
    ours = next(row.verdict for row in page().shown if (row.measure, row.standard_id) == ("compliance", code))
    assert {verdict for verdict, told in VERDICTS.items() if not stopped(told.format(code=code))} - {"cannot tell"} == {
        ours
    } - {"cannot tell"}


def test_a_count_belongs_to_its_team():
    north, south = (f"{met} of {read}" for met, read in TEAMS.values())
    assert not stopped(f"On CON-1 North met it on {north} files and South on {south}.")
    assert stopped(f"On CON-1 North met it on {south} files and South on {north}.")
    assert not stopped(f"Assessment South ({south}) was lower on CON-1 than Assessment North ({north}).")
    assert stopped(f"Assessment South ({south}) was higher on CON-1 than Assessment North ({north}).")


@pytest.mark.parametrize(
    ("stands", "falls"),
    [
        ("CON-1 is 14 points short of its target.", "CON-1 is 10 points short of its target."),
        ("CON-1 rose by 41 points.", "CON-1 rose by 14 points."),
        ("The range for CON-1 runs from 55 to 83%.", "The range for CON-1 runs from 60 to 83%."),
        ("Just over half of the files, 22 of 41, met CON-2.", "Just under half of the files, 22 of 41, met CON-2."),
        ("Three of the five standards are not met.", "Two of the five standards are not met."),
        ("CON-4 applies to 16 of 41 files.", "CON-4 applies to 25 of 41 files."),
        ("63 of the 92 workers attended the workshop.", "73 of the 92 workers attended the workshop."),
        ("Eight of the 41 files were moderated.", "Nine of the 41 files were moderated."),
        ("Twenty-two of 41 files named the parents.", "Twenty-two of 41 parents were named."),
        ("No change can be told on CON-2.", "CON-2 is steady."),
        ("No change can be told on CON-2.", "No change can be told on CON-1."),
        ("CON-1 is better than in June.", "CON-2 is better than in June."),
    ],
)
def test_each_kind_of_figure_stands_or_falls_with_its_row(stands, falls):
    assert (stopped(stands), stopped(falls)) == (False, True)

"""The heading over a table of teams says only what its rows show."""

import pytest

from ilacs_audit.claims.sentences.teams import equity_answer, equity_help, falls_short, shortfalls
from ilacs_audit.domain.counting import OTHERS
from ilacs_audit.domain.measures import measures, rows


def table(**verdicts):
    """Rows of teams with a letter a standard: x falls short, o is met, ? cannot be told, - has no verdict."""
    words = {"x": "not met", "o": "met", "?": "cannot tell", "-": ""}
    about = {"measure": "compliance", "group": "team"}
    return [
        *rows(
            measures(
                {**about, "level": name.replace("_", " "), "standard_id": f"C{place}", "verdict": words[letter]}
                for name, letters in verdicts.items()
                for place, letter in enumerate(letters)
            )
        )
    ]


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ({"North": "xxo", "South": "xoo"}, "North falls short on 2 of 3 standards"),
        ({"North": "xx-", "South": "oo?"}, "North falls short on 2 of 3 standards; one has no verdict"),
        ({"North": "xoo", "South": "xoo", "East": "o??"}, "North and South fall short on 1 of 3 standards"),
        ({"North": "xx-", "South": "xxo"}, "North and South fall short on two standards"),
        ({"A": "xo", "B": "xo", "C": "xo"}, "Every team falls short on 1 of 2 standards"),
        ({**dict.fromkeys("ABCD", "xo"), "E": "oo"}, "Four teams fall short on 1 of 2 standards"),
        ({"North": "o?", "South": "?-"}, "No team is shown to fall short on any standard"),
        ({"North": "--"}, ""),
        ({}, ""),
        ({OTHERS: "xx", "North": "xo"}, "Only North can be judged on its own"),
        (
            {OTHERS: "xx", "North": "oo"},
            "North is not shown to fall short on any standard; the other teams, put together, fall short on two",
        ),
        (
            {OTHERS: "xo", "North": "oo", "South": "??"},
            "No team is shown to fall short on any standard; the other teams, put together, fall short on one",
        ),
        (
            {OTHERS: "xx", "North": "??"},
            "We cannot tell of North whether it falls short on any standard; the other teams, put together, fall short "
            "on two",
        ),
        ({"North": "??", "South": "?-"}, "We cannot tell of any team whether it falls short on any standard"),
        ({"North": "x??", "South": "ooo"}, "North falls short on 1 of 3 standards; on two we cannot tell"),
        ({"Team_10": "xo", "Team_9": "xo"}, "Team 9 and Team 10 fall short on 1 of 2 standards"),
    ],
)
def test_the_heading_names_who_falls_short_most_and_on_how_many_of_those_judged(verdicts, said):
    asked = max(map(len, verdicts.values()), default=0)
    assert falls_short(table(**verdicts), teams=len(verdicts), asked=asked) == said


def test_teams_of_which_nothing_is_known_are_not_among_every_team():
    same = table(A="xo", B="xo", C="xo")
    assert falls_short(same, teams=4, asked=2) == "Every team that can be judged falls short on 1 of 2 standards"


def test_a_heading_over_eight_rows_does_not_count_seven_as_all():
    assert falls_short(table(North="xo", South="oo"), teams=2, asked=3) == (
        "North falls short on 1 of 3 standards; one has no verdict"
    )


def test_teams_stand_weakest_first_and_those_put_together_last():
    assert [*shortfalls(table(**{OTHERS: "xx", "North": "oo", "South": "xo"}))] == ["South", "North", OTHERS]


def compared(few, apart, enough, of=57, **more):
    counts = {"compared_too_few": few, "compared_apart": apart, "compared_enough": enough}
    about = {"group": "all", "level": "all", "denominator": of, "period": "2024-11"}
    made = [{**about, "measure": name, "numerator": k} for name, k in counts.items()]
    known = [{"measure": "children_known", "group": "characteristic", **each} for each in more.get("known", ())]
    return [*rows(measures([*made[:2], {**made[2], "level": "82 files"}, *known]))]


def test_whether_children_are_served_alike_is_answered_of_children_and_says_of_which_months():
    assert equity_answer(compared(57, 0, 0)) == (
        "We cannot tell whether children of different ages, ethnic groups and plans, and disabled children, are served "
        "alike: in the twelve months to November 2024 none of 57 comparisons of a group with all others had the 82 "
        "files on each side that show a difference of 20 points."
    )
    assert "in 2 of 57 comparisons a group of children stands out" in equity_answer(compared(50, 2, 9))
    assert "in 7 of 57 comparisons a difference of ten points is ruled out" in equity_answer(compared(50, 0, 9))
    assert equity_answer([]) == ""


def test_what_would_help_names_what_the_register_leaves_out_and_what_to_ask():
    known = [
        {"level": "age band", "numerator": 326, "denominator": 326},
        {"level": "ethnic group", "numerator": 313, "denominator": 326},
        {"level": "disability", "numerator": 299, "denominator": 326},
        {"level": "plan type"},
    ]
    first, second, third = equity_help(compared(57, 0, 0, known=known))
    assert first == "Record the ethnic group of 13 and the disability of 27 of 326 children in the cases register."
    assert second == "Give the cases register its plan type: it says it of no child."
    assert "until a group has 82 files" in third

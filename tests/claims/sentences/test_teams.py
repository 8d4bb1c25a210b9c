"""The heading over a table of teams says only what its rows show."""

import pytest

from ilacs_audit.claims.sentences.teams import falls_short, shortfalls
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

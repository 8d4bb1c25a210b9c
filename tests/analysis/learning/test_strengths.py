"""Strengths by the same verdicts as weaknesses, and a team only where luck does not explain it."""

from ilacs_audit.analysis.learning.strengths import strengths
from ilacs_audit.domain.catalogue.learning import Sharing
from ilacs_audit.domain.measures import measures, rows
from tests import build

STANDARDS = build.standards(build.theme("consent", [build.standard("CON-1"), build.standard("CON-2")]))


def judged(**verdicts):
    told = [
        {
            "measure": "compliance",
            "standard_id": code.replace("_", "-"),
            "numerator": 29,
            "denominator": 30,
            "value": 29 / 30,
            "target": 0.8,
            "verdict": verdict,
            "group": "all",
            "level": "all",
        }
        for code, verdict in verdicts.items()
    ]
    return {"audit": measures(told)}


def by_team(**teams):
    """Answers to CON-1: of each team how many files met it of how many."""
    told = [
        build.answers(*((f"{team}{at}", "CON-1", "yes" if at < k else "no") for at in range(n))).assign(team=team)
        for team, (k, n) in teams.items()
    ]
    return build.pd.concat(told, ignore_index=True)


def met(judged_, returns, **more):
    told = rows(strengths(judged_, returns, standards=STANDARDS, **more))
    return {row.standard_id or "all": (row.numerator, row.denominator, row.reason, row.note) for row in told}


def test_only_what_is_met_by_its_verdict_is_a_strength_and_a_role_can_share_it():
    found = met(
        judged(CON_1="met", CON_2="cannot tell"), by_team(North=(9, 10)), sharing=[Sharing("CON-1", "Head of A")]
    )
    assert found == {"all": (1, 2, "", ""), "CON-1": (29, 30, "", "Head of A")}


def test_no_verdict_and_not_met_are_no_strengths():
    assert met(judged(CON_1="", CON_2="not met"), by_team(North=(9, 10))) == {"all": (0, 1, "", "")}
    assert met({}, by_team(North=(9, 10))) == {}


def test_a_team_is_named_where_it_stands_above_all_by_more_than_luck_and_not_where_it_is_merely_first():
    apart = by_team(North=(40, 40), South=(15, 40), East=(15, 40))
    assert met(judged(CON_1="met"), apart)["CON-1"][2] == "North"
    near = by_team(North=(10, 10), South=(8, 10), East=(7, 10))
    assert met(judged(CON_1="met"), near)["CON-1"][2] == ""


def test_teams_of_fewer_than_five_files_one_team_and_files_without_a_team_are_never_named():
    for few in (by_team(North=(4, 4), South=(1, 40)), by_team(North=(40, 40))):
        assert met(judged(CON_1="met"), few)["CON-1"][2] == ""
    unnamed = by_team(North=(40, 40), South=(15, 40)).replace({"team": {"North": ""}})
    assert met(judged(CON_1="met"), unnamed)["CON-1"][2] == ""

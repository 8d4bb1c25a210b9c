from ilacs_audit.analysis.audits.groups import compare_groups
from ilacs_audit.domain.measures import rows

# docs/methods.md section 9: eight teams, 149 of 174 files, computed there by exact tails.
TEAMS = {
    "A": (10, 10),
    "B": (22, 30),
    "C": (18, 20),
    "D": (8, 15),
    "E": (42, 45),
    "F": (3, 4),
    "G": (27, 30),
    "H": (19, 20),
}


def worked_example(answers):
    return answers(
        *[
            (f"{team}{n}", "CON-1", "yes" if n < met else "no", {"team": team})
            for team, (met, read) in TEAMS.items()
            for n in range(read)
        ]
    )


def test_the_worked_example_flags_one_team_and_not_the_one_with_every_file_met(answers):
    found = {row.level: row.verdict for row in rows(compare_groups(worked_example(answers), standard="CON-1"))}
    assert found == {
        "A": "within chance",
        "B": "within chance",
        "C": "within chance",
        "D": "worth a look",
        "E": "within chance",
        "F": "",
        "G": "within chance",
        "H": "within chance",
    }


def test_teams_stand_in_alphabetical_order_about_the_average_of_all_who_are_shown(answers):
    found = list(rows(compare_groups(worked_example(answers), standard="CON-1")))
    assert [row.level for row in found] == sorted(TEAMS)
    assert {round(row.centre, 3) for row in found} == {round(149 / 174, 3)}


def test_luck_is_told_beside_the_flags_for_the_teams_that_were_tested(answers):
    assert next(rows(compare_groups(worked_example(answers), standard="CON-1"))).note.startswith(
        "Of seven groups compared, fewer than one would be worth a look by luck."
    )


def test_no_answers_give_no_rows(answers):
    assert len(compare_groups(answers(("A", "CON-1", "not applicable")), standard="CON-1")) == 0

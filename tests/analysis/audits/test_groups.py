"""Teams are held against chance, and groups of children against all others; most often there are too few to say."""

import pandas as pd
import pytest

from ilacs_audit.analysis.audits import groups as module
from ilacs_audit.analysis.audits.groups import compare_children, compare_groups
from ilacs_audit.domain.measures import rows, select
from ilacs_audit.domain.schemas import SIDE_TABLES
from ilacs_audit.stats.comparison import boschloo
from tests import build

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


CATALOGUE = build.standards(
    build.theme("consent", [build.standard("CON-1"), build.standard("CON-2")]),
    build.theme("plans", [build.standard("PLN-1")]),
    build.theme("supervision", [build.standard("SUP-1")], unit="worker"),
)
PROGRAMME = build.programme(build.audit("audit", period="2024-11"))


def children(*groups, standard="CON-1", start=0, **about):
    """Answers and who the children are: each group is (characteristics, met, not met)."""
    answers, cases = [], []
    for told, met, unmet in groups:
        for said in ["yes"] * met + ["no"] * unmet:
            child = f"C{start + len(cases)}"
            answers.append((child, standard, said, about))
            cases.append(dict.fromkeys(SIDE_TABLES["cases"], "") | {"child_ref": child} | told)
    days = {name: pd.NaT for name in ("opened_on", "closed_on")}
    return build.answers(*answers), pd.DataFrame(cases).assign(**days)


def compared(returns, cases, **said):
    options = {"programme": PROGRAMME, "standards": CATALOGUE, "each_group": True} | said
    return compare_children(returns, cases, **options)


def told(found, group):
    return {
        row.level: (row.numerator, row.denominator, row.reason, row.verdict) for row in rows(select(found, group=group))
    }


DISABLED, NOT = {"disability": "Yes"}, {"disability": "b) No"}
FIVE = ("Indian", "Pakistani", "Chinese", "White Irish", "White British")


def test_disabled_children_stand_beside_all_others_and_there_are_too_few_to_say():
    found = compared(*children((DISABLED, 9, 5), (NOT, 41, 25)))
    assert told(found, "disability") == {"disabled": (9, 14, "41 of 66", "too few to say")}
    counts = {row.measure: (row.numerator, row.denominator) for row in rows(select(found, group="all"))}
    assert counts == {"compared_too_few": (1, 1), "compared_apart": (0, 1), "compared_enough": (0, 1)}


def test_a_difference_that_luck_would_not_bring_stands_out_and_a_small_one_is_of_no_worth():
    apart = compared(*children((DISABLED, 5, 25), (NOT, 60, 20)))
    assert told(apart, "disability")["disabled"][-1] == "different"
    alike = compared(*children((DISABLED, 360, 40), (NOT, 360, 40)))
    assert told(alike, "disability")["disabled"][-1] == "no worthwhile difference"


def test_what_stands_out_alone_does_not_among_many():
    assert 0.01 < boschloo(25, 40, 4, 15) < 0.05
    alone = compared(*children((DISABLED, 4, 11), (NOT, 25, 15)))
    assert told(alone, "disability")["disabled"][-1] == "different"
    groups = [({**NOT, "ethnicity": each}, 5, 3) for each in FIVE]
    groups += [({**DISABLED, "ethnicity": each}, 1, 2) for each in FIVE[:4]] + [
        ({**DISABLED, "ethnicity": FIVE[4]}, 0, 3)
    ]
    among = compared(*children(*groups))
    assert told(among, "disability")["disabled"][:3] == (4, 15, "25 of 40")
    assert len(told(among, "ethnic group")) == 5
    assert told(among, "disability")["disabled"][-1] == "too few to say"


@pytest.mark.parametrize(("few", "shown"), [(4, ["10 to 15"]), (5, ["0 to 4", "5 to 9", "10 to 15"])])
def test_a_group_of_fewer_than_five_is_put_together_with_another_so_that_nobody_can_take_it_away(few, shown):
    groups = ({"age_band": "0 to 4"}, few, 0), ({"age_band": "5 to 9"}, 4, 4), ({"age_band": "10 to 15"}, 8, 8)
    found = told(compared(*children(*groups)), "age band")
    assert list(found) == shown
    left = 16 + 8 + few - sum(n for _, n, *_ in found.values())
    assert left == 0 or left >= module.FEWEST_IN_A_GROUP


def test_a_child_read_in_several_rounds_counts_once_by_the_latest_reading():
    first, cases = children((DISABLED, 6, 0), (NOT, 6, 0), audited_on="2024-09-02")
    again, _ = children((DISABLED, 0, 6), (NOT, 6, 0), audited_on="2024-11-04")
    found = compared(pd.concat([again, first], ignore_index=True), cases)
    assert told(found, "disability")["disabled"][:3] == (0, 6, "6 of 6")


def test_only_the_first_standard_of_a_theme_is_counted_and_no_worker():
    groups = (DISABLED, 6, 0), (NOT, 6, 0)
    answers = [children(*groups, standard=code)[0] for code in ("CON-1", "CON-2", "PLN-1", "SUP-1")]
    found = compared(pd.concat(answers, ignore_index=True), children(*groups)[1])
    assert [row.standard_id for row in rows(select(found, group="disability"))] == ["CON-1", "PLN-1"]


def test_what_nobody_supplied_is_said_and_what_is_not_recorded_is_in_no_group():
    found = compared(*children((DISABLED, 6, 0), (NOT, 6, 0), ({"disability": "not known"}, 3, 3)))
    known = {row.level: (row.numerator, row.denominator) for row in rows(select(found, group="characteristic"))}
    assert known == {"age band": (None, None), "plan type": (None, None), "ethnic group": (None, None)} | {
        "disability": (12, 18)
    }
    assert told(found, "disability")["disabled"][2] == "6 of 6"


@pytest.mark.parametrize(
    ("column", "group", "one", "other", "unread"),
    [
        (
            "age_band",
            "age band",
            ("5-9", "05-09", "5 to 9", "5–9", "7"),
            ("16+", "16 and over"),
            ("Unknown", "5/9/2024"),
        ),
        ("plan_type", "plan type", ("CP", "Child Protection Plan", "cpp"), ("CIN", "Child in need"), ("N/K", "TBC")),
        ("ethnicity", "ethnic group", ("WBRI", "White British", "White - British"), ("Black",), ("REFU", "Not stated")),
        ("disability", "disability", ("Yes", "Autism", "LD; ASD"), ("no", "None known"), ("Purple", "Don't know")),
    ],
)
def test_several_spellings_are_one_group_and_what_is_not_known_is_in_none(column, group, one, other, unread):
    groups = [({column: said}, 4, 2) for said in one] + [({column: said}, 3, 3) for said in other]
    found = compared(*children(*groups, *(({column: said}, 6, 0) for said in unread)))
    known = {row.level: (row.numerator, row.denominator) for row in rows(select(found, group="characteristic"))}
    read = 6 * (len(one) + len(other))
    assert known[group] == (read, read + 12)
    counts = {level: (k, n, others) for level, (k, n, others, _) in told(found, group).items()}
    ours, theirs = (4 * len(one), 6 * len(one)), (3 * len(other), 6 * len(other))
    expected = {(*ours, "{} of {}".format(*theirs)), (*theirs, "{} of {}".format(*ours))}
    assert set(counts.values()) == (expected if group != "disability" else {(*ours, "{} of {}".format(*theirs))})


def test_groups_of_fewer_than_five_are_put_together_and_compared_with_nobody():
    few = [({"ethnicity": word}, 2, 1) for word in ("Roma", "Mixed", "Chinese")]
    found = compared(*children(({"ethnicity": "White"}, 8, 8), ({"ethnicity": "Black"}, 4, 4), *few))
    assert set(told(found, "ethnic group")) == {"White", "Black"}
    assert told(found, "ethnic group")["Black"][:3] == (4, 8, "14 of 25")


def test_only_the_internal_edition_is_told_the_groups():
    found = compared(*children((DISABLED, 9, 5), (NOT, 41, 25)), each_group=False)
    assert set(found["group"]) == {"all"}


def test_rounds_that_somebody_picked_are_not_put_together_nor_those_of_another_year():
    audits = {
        "drawn": build.audit("drawn", period="2024-01"),
        "whole": build.audit("whole", period="2024-11", selection="census", kind="census"),
        "picked": build.audit("picked", period="2024-11", selection="risk_led"),
        "old": build.audit("old", period="2023-11"),
        "later": build.audit("later", period="2024-12"),
    }
    pooled = [name for name, each in audits.items() if module._pooled(build.programme(_dated(each))[name], "2024-11")]
    assert pooled == ["drawn", "whole"]


def _dated(audit):
    return {name: value for name, value in audit.items() if name not in ("on", "intended")}

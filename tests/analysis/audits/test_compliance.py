from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.analysis.audits.compliance import compliance, dip_sample_estimate
from ilacs_audit.claims.verdicts.verdicts import EXTENDED, verdict
from ilacs_audit.domain.columns import PROBLEM_COLUMNS
from ilacs_audit.domain.measures import rows, select
from tests import build

STANDARDS = build.standards(
    build.theme(
        "consent",
        [
            build.standard("CON-1", target=0.8),
            build.standard("CON-2", target=0.8, applies_to="some files"),
            build.standard("S47-1", scale="scaling", target=0.8, meets=[7, 8, 9, 10]),
        ],
    )
)

NOTHING_ASIDE = pd.DataFrame(columns=[*PROBLEM_COLUMNS])


def programme(*, selection="random", size=110, audit="audit"):
    listed = {"list": "open cases", "size": size}
    return build.programme(build.audit(audit, selection=selection, intended=30, population=listed))


def read(met, of, *, na=0, name="CON-1"):
    words = ["yes"] * met + ["no"] * (of - met) + ["not applicable"] * na
    return [(f"C{number}", name, word) for number, word in enumerate(words)]


def counted(frame, measure="compliance"):
    return [(row.standard_id, row.numerator, row.denominator) for row in rows(select(frame, measure=measure))]


def only(frame):
    (row,) = rows(select(frame, measure="compliance"))
    return row


def test_not_applicable_leaves_the_denominator_and_is_counted_beside_it(answers):
    found = compliance(answers(*read(9, 14, na=6)), standards=STANDARDS, programme=programme())
    assert counted(found) == [("CON-1", 9, 14)]
    assert counted(found, "not_applicable") == [("CON-1", 6, 20)]


def test_partly_counts_as_read_and_not_as_met(answers):
    table = answers(("A", "CON-1", "yes"), ("B", "CON-1", "partly"), ("C", "CON-1", "no"))
    assert counted(compliance(table, standards=STANDARDS)) == [("CON-1", 1, 3)]


def test_marks_from_one_to_ten_meet_a_standard_from_the_mark_it_names(answers):
    table = answers(("A", "S47-1", "7"), ("B", "S47-1", "6"), ("C", "S47-1", "10"))
    assert counted(compliance(table, standards=STANDARDS)) == [("S47-1", 2, 3)]


def test_a_child_audited_twice_counts_once_by_the_later_reading(answers):
    table = answers(
        ("A", "CON-1", "no", {"audited_on": "2024-11-01"}), ("A", "CON-1", "yes", {"audited_on": "2024-11-20"})
    )
    assert counted(compliance(table, standards=STANDARDS)) == [("CON-1", 1, 1)]


def test_moderators_and_partners_are_never_mixed_into_the_auditors_count(answers):
    table = answers(
        ("A", "CON-1", "yes"),
        ("A", "CON-1", "no", {"role": "moderator"}),
        ("A", "CON-1", "no", {"role": "partner", "agency": "Police"}),
    )
    assert counted(compliance(table, standards=STANDARDS)) == [("CON-1", 1, 1)]
    assert counted(compliance(table, standards=STANDARDS, role="moderator")) == [("CON-1", 0, 1)]


def test_an_overall_grade_is_not_a_standard(answers):
    table = answers(("A", "CON-1", "yes"), ("A", "grade", "good"))
    assert counted(compliance(table, standards=STANDARDS)) == [("CON-1", 1, 1)]


def test_a_random_sample_of_a_known_list_is_told_in_whole_children(answers):
    # docs/methods.md 5.2: 24 of 30 read from 110 gives 71 to 99 children.
    row = only(compliance(answers(*read(24, 30)), standards=STANDARDS, programme=programme()))
    assert (row.method, row.population, row.selection) == ("hypergeometric", 110, "random")
    assert (round(row.lower * 110), round(row.upper * 110)) == (71, 99)


def test_a_standard_that_applies_to_some_files_is_told_as_a_share(answers):
    # Newcombe 1998a's method: Wilson for 24 of 30 is 0.627 to 0.905.
    row = only(compliance(answers(*read(24, 30, name="CON-2")), standards=STANDARDS, programme=programme()))
    assert (row.method, row.population) == ("wilson", None)
    assert (round(row.lower, 3), round(row.upper, 3)) == (0.627, 0.905)
    assert "not known" in row.note


def test_one_not_applicable_answer_turns_whole_children_into_a_share(answers):
    row = only(compliance(answers(*read(24, 30, na=1)), standards=STANDARDS, programme=programme()))
    assert row.method == "wilson"


@pytest.mark.parametrize("selection", ["risk_led", "auditor_choice", "unknown"])
def test_a_hand_picked_sample_has_a_count_and_no_interval(answers, selection):
    row = only(compliance(answers(*read(8, 10)), standards=STANDARDS, programme=programme(selection=selection)))
    assert (row.numerator, row.denominator, row.lower, row.upper, row.confidence) == (8, 10, None, None, None)
    assert row.note.endswith("cannot speak for all.")


@pytest.mark.parametrize(("read_of_them", "told"), [((30, 30), False), ((31, 31), True), ((3, 31), True)])
def test_an_audit_that_was_read_on_says_so_with_its_verdict(answers, read_of_them, told):
    found = compliance(answers(*read(*read_of_them)), standards=STANDARDS, programme=programme())
    row = only(verdict(found, standards=STANDARDS))
    assert row.verdict in ("met", "not met")
    assert (EXTENDED in row.reason, EXTENDED in row.note) == (told, told)


def test_a_draw_by_group_gets_whole_children_where_the_groups_are_known_and_a_share_where_not(answers):
    # docs/methods.md 5.4: 24 of 30, 15 from each half of 110, gives 71 to 99 children; three of 27 missing, fewer.
    halves = [{"name": name, "size": 55, "drawn": 15} for name in ("north", "south")]
    by_group = {"selection": "stratified", "intended": 30}
    told = []
    for files, strata in ((read(24, 30), halves), (read(22, 27), halves), (read(24, 30), []), (read(24, 31), halves)):
        protocol = build.programme(build.audit("audit", **by_group, strata=strata, population={"size": 110}))
        row = only(compliance(answers(*files), standards=STANDARDS, programme=protocol))
        told.append((row.method, row.listed and (round(row.lower * 110), round(row.upper * 110)), row.missing))
    assert told == [("stratified", (71, 99), 0), ("stratified", (63, 102), 3), ("wilson", None, 0), ("wilson", None, 0)]
    assert (row.lower_read, row.upper_read) == (None, None)


def test_a_whole_list_that_was_read_has_no_interval_to_need(answers):
    row = only(compliance(answers(*read(24, 30)), standards=STANDARDS, programme=programme(size=30)))
    assert (row.method, row.lower) == ("whole list", None)


def test_a_census_with_files_missing_is_not_whole_and_holds_whatever_they_are(answers):
    table = answers(*read(24, 30))
    row = only(compliance(table, standards=STANDARDS, programme=programme(selection="census", size=40)))
    assert (row.method, row.lower, row.upper, row.missing) == ("hypergeometric", 24 / 40, 34 / 40, 10)
    assert row.note == "10 of 40 answers are missing."


def test_a_standard_that_no_file_answers_still_stands_with_all_its_answers_missing(answers):
    about = {"standards": STANDARDS, "programme": programme(), "problems": NOTHING_ASIDE}
    found = select(compliance(answers(*read(24, 30)), **about), measure="compliance")
    told = [(row.standard_id, row.numerator, row.denominator, row.missing) for row in rows(found)]
    assert told == [("CON-1", 24, 30, 0), ("CON-2", 0, 0, 30), ("S47-1", 0, 0, 30)]


def test_a_standard_that_one_of_two_audits_leaves_blank_lacks_that_audits_files(answers):
    listed = {"intended": 20, "population": {"list": "open cases", "size": 110}, "selection": "random"}
    both = build.programme(build.audit("audit", **listed), build.audit("another", **listed))
    table = answers(*read(5, 8), *[(f"D{n}", "CON-2", "yes", {"audit_id": "another"}) for n in range(8)])
    found = compliance(table, standards=STANDARDS, programme=both, problems=NOTHING_ASIDE)
    told = [(row.standard_id, row.denominator, row.missing) for row in rows(select(found, measure="compliance"))]
    assert told == [("CON-1", 8, 12 + 20), ("CON-2", 8, 12 + 20), ("S47-1", 0, 40)]


def test_a_team_of_a_census_has_no_range(answers):
    table = answers(*read(24, 30))
    found = compliance(table, by="team", standards=STANDARDS, programme=programme(selection="census", size=40))
    assert only(found).note == "A part of a census: no range is given."


def test_a_census_is_whole_for_a_standard_that_did_not_apply_to_every_file(answers):
    table = answers(*read(24, 30, na=10))
    row = only(compliance(table, standards=STANDARDS, programme=programme(selection="census", size=40)))
    assert (row.method, row.denominator, row.population) == ("whole list", 30, None)
    assert row.note == "The whole list was read. It applied to 30."


def test_two_audits_together_have_no_single_protocol_and_no_interval(answers):
    mixed = answers(("A", "CON-1", "yes"), ("B", "CON-1", "no", {"audit_id": "another"}))
    row = only(compliance(mixed, standards=STANDARDS, programme=programme()))
    assert (row.selection, row.lower) == ("mixed", None)


def test_a_standard_that_applied_to_nobody_is_not_nought_per_cent(answers):
    row = only(compliance(answers(*read(0, 0, na=5)), standards=STANDARDS, programme=programme()))
    assert (row.numerator, row.denominator, row.value) == (0, 0, None)


def test_teams_are_counted_apart_with_a_share_of_practice_and_not_of_the_list(answers):
    table = answers(*[(f"C{n}", "CON-1", "yes", {"team": "North" if n % 2 else "South"}) for n in range(12)])
    found = compliance(table, by="team", standards=STANDARDS, programme=programme())
    assert [
        (row.group, row.level, row.denominator, row.method) for row in rows(select(found, measure="compliance"))
    ] == [("team", "North", 6, "wilson"), ("team", "South", 6, "wilson")]


def test_one_audit_is_taken_from_many_and_an_audit_that_was_never_held_gives_no_rows(answers):
    table = answers(("A", "CON-1", "yes"), ("B", "CON-1", "no", {"audit_id": "another"}))
    assert counted(dip_sample_estimate(table, audit="another", standards=STANDARDS)) == [("CON-1", 0, 1)]
    assert len(dip_sample_estimate(table, audit=None, standards=STANDARDS)) == 0


@given(st.lists(st.sampled_from(["yes", "partly", "no", "not applicable"]), min_size=1, max_size=60))
def test_met_and_not_met_and_not_applicable_always_make_up_the_files_read(words):
    table = pd.DataFrame(
        {
            "audit_id": "audit",
            "period": "2024-11",
            "audited_on": date(2024, 11, 18),
            "team": "",
            "agency": "",
            "role": "auditor",
            "standard_id": "CON-1",
            "child_ref": [str(n) for n in range(len(words))],
            "answer": words,
        }
    )
    found = compliance(table, standards=STANDARDS, programme=programme())
    ((_, met, applies),) = counted(found)
    ((_, out, read_files),) = counted(found, "not_applicable")
    assert applies + out == read_files == len(words)
    assert met == words.count("yes")


def teams(answers, **files):
    return answers(*[(f"{team}{n}", "CON-1", "yes", {"team": team}) for team, of in files.items() for n in range(of)])


def levels(frame):
    return {row.level: row.denominator for row in rows(select(frame, measure="compliance"))}


def test_small_teams_are_put_together_before_anything_needs_hiding(answers):
    found = compliance(teams(answers, North=12, South=3, Duty=4), by="team", standards=STANDARDS)
    assert levels(found) == {"North": 12, "Others, put together": 7}


def test_a_small_team_alone_takes_the_next_smallest_with_it(answers):
    found = compliance(teams(answers, North=12, South=2, Duty=9), by="team", standards=STANDARDS)
    assert levels(found) == {"North": 12, "Others, put together": 11}


def test_teams_that_are_large_enough_stay_apart(answers):
    assert levels(compliance(teams(answers, North=12, South=5), by="team", standards=STANDARDS)) == {
        "North": 12,
        "South": 5,
    }


def test_where_no_return_names_a_team_there_is_no_breakdown_that_repeats_the_whole(answers):
    records = [(f"C{n}", "CON-1", "yes", {"team": ""}) for n in range(12)]
    assert compliance(answers(*records), by="team", standards=STANDARDS).empty
    some = [*records, *((f"N{n}", "CON-1", "yes", {"team": "North"}) for n in range(12))]
    assert levels(compliance(answers(*some), by="team", standards=STANDARDS)) == {"": 12, "North": 12}

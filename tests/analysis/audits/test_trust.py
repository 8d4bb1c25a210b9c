from datetime import date

import pandas as pd
import pytest

from ilacs_audit.analysis.audits.reaudit import reaudit_impact
from ilacs_audit.analysis.audits.trust import MORE, UNDRAWN, trust_facts
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.disclosure.ledger.ledger import Ledger, held_against
from ilacs_audit.domain.measures import rows, select
from ilacs_audit.domain.schemas import PROBLEM_COLUMNS
from tests import build

PROGRAMME = build.programme(
    build.audit(
        "audit",
        "plans",
        kind="thematic",
        on=date(2024, 11, 11),
        intended=64,
        population={"list": "open plans", "size": 110},
    )
)


def problem(**known):
    return dict.fromkeys(PROBLEM_COLUMNS, "") | {"audit_id": "audit", "severity": "error", "row": 5} | known


def facts(table, *problems):
    frame = pd.DataFrame(problems, columns=[*PROBLEM_COLUMNS])
    return trust_facts(table, frame, programme=PROGRAMME, audits=["audit"])


def only(frame, measure):
    (row,) = rows(select(frame, measure=measure))
    return row


def graded(answers, *pairs):
    records = []
    for number, (given, moderated) in enumerate(pairs):
        records.append((f"C{number}", "grade", given, {"rater_ref": f"P{number % 3}"}))
        if moderated:
            records.append((f"C{number}", "grade", moderated, {"role": "moderator"}))
    return answers(*records)


def test_files_returned_stand_beside_files_drawn_and_the_list_they_came_from(answers):
    row = only(facts(answers(*[(f"C{n}", "PLN-1", "met") for n in range(57)])), "returned")
    assert (row.numerator, row.denominator, row.population, row.selection) == (57, 64, 110, "random")


def test_files_dated_after_the_day_of_a_page_are_counted_and_where_there_are_none_nothing_is_said(answers):
    table = answers(("C1", "PLN-1", "met", {"audited_on": date(2024, 11, 25)}), ("C2", "PLN-1", "met"))
    about = {"programme": PROGRAMME, "audits": ["audit"]}
    nothing = pd.DataFrame(columns=[*PROBLEM_COLUMNS])
    late = only(trust_facts(table, nothing, as_of="2024-11-21", **about), "later")
    assert (late.numerator, late.denominator) == (1, 2)
    assert select(trust_facts(table, nothing, as_of="2024-11-25", **about), measure="later").empty


def test_moderation_counts_the_grades_that_moved_and_which_way(answers):
    found = facts(
        graded(answers, ("good", "requires improvement"), ("good", "good"), ("inadequate", "good"), ("good", ""))
    )
    assert [
        (only(found, each).numerator, only(found, each).denominator)
        for each in ("moderated", "marked_down", "marked_up")
    ] == [
        (3, 4),
        (1, 3),
        (1, 3),
    ]


def test_a_second_reader_who_gave_answers_and_no_grade_is_told_by_the_answers_that_were_the_same(answers):
    def both(files):
        second = {"role": "moderator"}
        told = [(f"C{n}", code, "met") for n in range(files) for code in ("PLN-1", "PLN-2")]
        return facts(answers(*told, *[(*each, second) for each in told[:-1]], (*told[-1][:2], "not met", second)))

    assert [only(both(6), "moderated_same").numerator, only(both(6), "moderated_same").denominator] == [11, 12]
    assert select(both(4), measure="moderated_same").empty  # of so few files an answer could be known


def test_the_latest_of_two_second_grades_is_the_one_that_moved(answers):
    """A file moderated on 5 and on 20 November, the rows in the other order."""
    again = {"role": "moderator", "rater_ref": "P-9"}
    found = facts(
        answers(
            ("C1", "grade", "good"),
            ("C1", "grade", "good", {**again, "audited_on": date(2024, 11, 20)}),
            ("C1", "grade", "inadequate", {**again, "audited_on": date(2024, 11, 5)}),
        )
    )
    assert (only(found, "marked_down").numerator, only(found, "marked_down").denominator) == (0, 1)


def test_auditors_are_people_and_not_readings(answers):
    assert only(facts(graded(answers, *[("good", "")] * 7)), "auditors").numerator == 3


def test_an_auditor_whom_nobody_named_is_no_further_person(answers):
    read = [(f"C{n}", "PLN-1", "met", {"rater_ref": "P1" if n else ""}) for n in range(3)]
    assert only(facts(answers(*read)), "auditors").numerator == 1
    assert only(facts(answers(read[0])), "auditors").numerator is None


def test_rows_set_aside_are_counted_once_for_each_reason(answers):
    found = facts(
        answers(("A", "PLN-1", "met")),
        problem(rule="own-case", column="PLN-1"),
        problem(rule="own-case", column="PLN-2"),
        problem(rule="impossible-date", row=9),
        problem(rule="cloned-comment", severity="warning"),
        problem(rule="own-case", audit_id="another"),
    )
    assert [(row.note, row.numerator) for row in rows(select(found, measure="set_aside"))] == [
        ("impossible-date", 1),
        ("own-case", 1),
    ]


def test_two_reasons_with_different_counts_are_two_numbers_and_the_month_is_published(answers):
    found = facts(
        answers(("A", "PLN-1", "met")),
        problem(rule="missing-answer", row=4),
        problem(rule="missing-answer", row=5),
        problem(rule="unknown-answer", row=6),
    )
    kept, _ = held_against(Ledger(), {"plans": release(found, audience="internal")})
    aside = sorted((cell.level, cell.value) for cell in kept.cells if cell.measure == "set_aside")
    assert [value for _, value in aside] == ["2", "1"]
    assert len({level for level, _ in aside}) == 2


def test_a_file_that_only_partners_read_is_read_once_and_one_that_only_a_moderator_or_an_ai_read_is_not(answers):
    partners = [(f"C{n}", "PLN-1", "met", {"role": "partner", "agency": who}) for n in range(40) for who in ("P", "H")]
    second = [(f"C{n}", "PLN-1", "met", {"role": "moderator"}) for n in range(38, 44)]
    third = [(f"C{n}", "PLN-1", "met", {"role": "ai"}) for n in range(42, 80)]
    found = facts(answers(*partners, *second, *third, ("C99", "PLN-1", "met", {"role": "family"})))
    assert (only(found, "returned").numerator, only(found, "returned").denominator) == (40, 64)
    assert (only(found, "moderated").numerator, only(found, "moderated").denominator) == (2, 40)
    assert select(found, measure="auditors").empty


@pytest.mark.parametrize(("read", "told"), [(60, (60, 64, "")), (64, (64, 64, "")), (70, (70, 70, MORE))])
def test_no_count_is_above_what_was_drawn_and_more_is_said_to_be_more(answers, read, told):
    files = [(f"C{n}", "PLN-1", "met") for n in range(read)]
    again = [(f"C{n}", "PLN-1", "met", {"role": "moderator"}) for n in range(read + 5)]
    row, twice = (only(facts(answers(*files, *again)), name) for name in ("returned", "moderated"))
    assert (row.numerator, row.denominator, row.note) == told
    assert (twice.numerator, twice.denominator) == (read, read)


def test_files_that_were_not_drawn_are_told_among_those_that_came(answers):
    files = [(f"C{n}", "PLN-1", "met") for n in range(60)]
    strange = problem(rule="not-drawn", severity="warning")
    assert [only(facts(answers(*files), *each), "returned").note for each in ((), (strange,))] == ["", UNDRAWN]


def test_a_file_that_an_auditor_and_a_partner_read_is_one_file(answers):
    readers = ("auditor", "partner", "moderator")
    read = [(f"C{n}", "PLN-1", "met", {"role": each, "rater_ref": each}) for n in range(9) for each in readers]
    found = facts(answers(*read))
    assert [only(found, each).numerator for each in ("returned", "moderated", "auditors")] == [9, 9, 1]


def test_a_blank_answer_is_one_answer_set_aside_and_a_row_is_one_however_many_cells_it_has(answers):
    found = facts(
        answers(("A", "PLN-1", "met")),
        problem(rule="missing-answer", column="PLN-1"),
        problem(rule="missing-answer", column="PLN-2"),
        problem(rule="duplicate", column="PLN-1"),
        problem(rule="duplicate", column="PLN-2"),
    )
    assert [(row.note, row.numerator) for row in rows(select(found, measure="set_aside"))] == [
        ("duplicate", 1),
        ("missing-answer", 2),
    ]


def test_a_file_taken_out_by_hand_is_told_with_the_reason_that_was_written(answers):
    out = problem(rule="excluded", message="Taken out by hand: The auditor holds the case.")
    found = facts(answers(("A", "PLN-1", "met")), out)
    assert only(found, "set_aside").note == "Taken out by hand: The auditor holds the case."
    assert [each.numerator for each in rows(select(found, measure="set_aside"))] == [1]


AGENCIES = ["Children's social care", "Police", "Health"]


def of_agencies(answers, **came):
    records = [
        (f"C{n}", "PLN-1", "met", {"role": "auditor" if who == "Children's social care" else "partner", "agency": who})
        for who, files in came.items()
        for n in range(files)
    ]
    asked = build.programme(build.audit("audit", "plans", kind="multi_agency", intended=20, agencies=AGENCIES))
    nothing = pd.DataFrame(columns=[*PROBLEM_COLUMNS])
    found = trust_facts(answers(*records), nothing, programme=asked, audits=["audit"])
    return {row.level: (row.numerator, row.denominator) for row in rows(select(found, measure="agency_returns"))}


def test_every_file_was_read_and_agencies_still_owe_returns_on_them(answers):
    told = of_agencies(answers, **{"Children's social care": 20, "Police": 15})
    assert told == {
        "audit": (35, 60),
        "Children's social care in audit": (20, 20),
        "Police in audit": (15, 20),
        "Health in audit": (0, 20),
    }


def test_an_audit_without_agencies_has_no_returns_of_them(answers):
    assert select(facts(answers(("A", "PLN-1", "met"))), measure="agency_returns").empty


def two_rounds(answers, **said):
    asked = build.standards(build.theme("plans", [build.standard("PLN-1"), build.standard("PLN-2")]))
    first = build.audit("first", "plans", period="2024-09", on=date(2024, 9, 9), intended=20)
    planned = build.programme(first, build.audit("audit", "plans", **{"baseline": "first", "intended": 20, **said}))
    both = [[(f"C{n}", code, "met") for n in range(20) for code in codes] for codes in (["PLN-1"], ["PLN-1", "PLN-2"])]
    was = answers(*both[0], audit_id="first", period="2024-09")
    about = {"programme": planned, "standards": asked}
    now, problems = answers(*both[1]), pd.DataFrame(columns=[*PROBLEM_COLUMNS])
    found = only(trust_facts(now, problems, audits=["audit"], before=was, **about), "comparable")
    changes = reaudit_impact(was, now, problems=problems, **about)
    return found, [row for row in rows(changes) if row.verdict != "not comparable"]


def test_what_is_called_comparable_is_what_the_changes_compare(answers):
    for said in ({}, {"selection": "auditor_choice"}, {"purpose": "recording"}, {"intended": 40}):
        found, compared = two_rounds(answers, **said)
        assert (found.numerator, found.denominator) == (len(compared), 2)


def test_why_rounds_cannot_be_compared_stands_beside_how_many_can(answers):
    assert two_rounds(answers)[0].note == ""
    few = two_rounds(answers, intended=40)[0]
    assert few.numerator == 0
    assert few.note == "Fewer than 80% of the files drawn were returned in at least one round."

from datetime import date

import pandas as pd

from ilacs_audit.analysis.audits.trust import trust_facts
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


def test_auditors_are_people_and_not_readings(answers):
    assert only(facts(graded(answers, *[("good", "")] * 7)), "auditors").numerator == 3


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


def test_a_file_that_only_partners_or_moderators_read_is_read_once(answers):
    partners = [(f"C{n}", "PLN-1", "met", {"role": "partner", "agency": who}) for n in range(40) for who in ("P", "H")]
    second = [(f"C{n}", "PLN-1", "met", {"role": "moderator"}) for n in range(38, 44)]
    found = facts(answers(*partners, *second, ("C99", "PLN-1", "met", {"role": "family"})))
    assert (only(found, "returned").numerator, only(found, "returned").denominator) == (44, 64)
    assert (only(found, "moderated").numerator, only(found, "moderated").denominator) == (6, 44)
    assert select(found, measure="auditors").empty


def test_a_file_that_an_auditor_and_a_partner_read_is_one_file(answers):
    read = [(f"C{n}", "PLN-1", "met", {"role": role}) for n in range(9) for role in ("auditor", "partner", "moderator")]
    found = facts(answers(*read))
    assert [only(found, each).numerator for each in ("returned", "moderated", "auditors")] == [9, 9, 1]

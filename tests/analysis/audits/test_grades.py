from ilacs_audit.analysis.audits.grades import grade_distribution, moderation_flow
from ilacs_audit.domain.measures import rows, select


def graded(answers):
    pairs = [("good", "requires improvement"), ("good", "good"), ("good", ""), ("inadequate", "inadequate")]
    return answers(
        *[(f"C{n}", "grade", given) for n, (given, _) in enumerate(pairs)],
        *[(f"C{n}", "grade", moved, {"role": "moderator"}) for n, (_, moved) in enumerate(pairs) if moved],
    )


def test_grades_are_counted_on_the_full_scale_empty_ones_included(answers):
    found = rows(select(grade_distribution(graded(answers)), measure="grade"))
    assert [(row.level, row.numerator, row.denominator) for row in found] == [
        ("outstanding", 0, 4),
        ("good", 3, 4),
        ("requires improvement", 0, 4),
        ("inadequate", 1, 4),
    ]


def test_moderated_grades_are_those_of_the_files_moderated(answers):
    found = rows(select(grade_distribution(graded(answers)), measure="moderated_grade"))
    assert {row.level: row.numerator for row in found} == {
        "outstanding": 0,
        "good": 1,
        "requires improvement": 1,
        "inadequate": 1,
    }


def test_the_flow_holds_every_pair_of_grades_and_only_files_graded_twice(answers):
    found = list(rows(moderation_flow(graded(answers))))
    assert len(found) == 16
    assert {row.level: row.numerator for row in found if row.numerator} == {
        "good x requires improvement": 1,
        "good x good": 1,
        "inadequate x inadequate": 1,
    }


def test_an_audit_without_grades_has_no_grade_rows(answers):
    table = answers(("A", "CON-1", "yes"))
    assert len(grade_distribution(table)) == len(moderation_flow(table)) == 0

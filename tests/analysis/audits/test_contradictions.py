"""Grades beside the answers of the same files, counted by hand."""

from ilacs_audit.analysis.audits.contradictions import grade_against_answers
from ilacs_audit.domain.measures import rows, select
from tests import build

STANDARDS = build.standards(
    build.theme("consent", [build.standard(code, critical=code == "CON-1") for code in ("CON-1", "CON-2", "CON-3")])
)
PROGRAMME = build.programme(build.audit("audit", intended=20))


def files(*told):
    """A file each: its grade, and of three standards in turn "y", "n" or "-" for not applicable."""
    words = {"y": "yes", "n": "no", "-": "not applicable"}
    return build.answers(
        *(
            (f"C{number}", code, said)
            for number, (grade, answers) in enumerate(told)
            for code, said in [
                ("grade", grade),
                *zip(("CON-1", "CON-2", "CON-3"), (words[each] for each in answers), strict=True),
            ]
        )
    )


def counted(*told):
    return grade_against_answers(files(*told), programme=PROGRAMME, audits=["audit"], standards=STANDARDS)


def pair(found, measure, standard=""):
    (row,) = (row for row in rows(select(found, measure=measure)) if row.standard_id == standard)
    return row.numerator, row.denominator


def test_a_good_file_that_failed_a_critical_standard_contradicts_its_answers():
    found = counted(("good", "nyy"), ("good", "yyy"), ("inadequate", "nny"))
    assert pair(found, "good_though_failed", "CON-1") == (1, 2)
    assert pair(found, "grade_contradicted") == (1, 3)


def test_a_good_file_that_met_at_most_half_of_what_was_asked_does_too():
    found = counted(("good", "ynn"), ("outstanding", "yn-"), ("good", "yny"))
    assert pair(found, "good_though_most_failed") == (2, 3)
    assert pair(found, "good_though_failed", "CON-1") == (0, 3)


def test_a_file_below_good_that_met_everything_does_too_and_what_did_not_apply_was_not_asked():
    found = counted(("requires improvement", "yy-"), ("requires improvement", "yyn"), ("good", "yyy"))
    assert pair(found, "low_though_all_met") == (1, 2)


def test_a_file_that_contradicts_twice_counts_once():
    assert pair(counted(("good", "nnn"), ("good", "yyy")), "grade_contradicted") == (1, 2)


def test_the_questions_that_decide_a_grade_are_those_met_most_unevenly():
    """CON-3 is met in 10 of 10 good files and in none of 10 others, CON-2 in 10 and 2, CON-1 in all."""
    good, low = [("good", "yyy")] * 10, [("inadequate", "yyn")] * 2 + [("inadequate", "ynn")] * 8
    found = counted(*good, *low)
    named = [row.standard_id for row in rows(select(found, measure="met_where_good"))]
    assert named == ["CON-3", "CON-2"]
    assert (pair(found, "met_where_good", "CON-2"), pair(found, "met_where_lower", "CON-2")) == ((10, 10), (2, 10))


def test_a_difference_that_luck_explains_decides_no_grade():
    """CON-1 is met in 19 of 39 good files and 9 of 21 others, as it was where grades were thrown by dice."""
    good = [("good", "yyy")] * 19 + [("good", "nyy")] * 20
    low = [("inadequate", "yyy")] * 9 + [("inadequate", "nyy")] * 12
    assert select(counted(*good, *low), measure="met_where_good").empty


def test_with_fewer_than_five_files_on_a_side_no_question_is_named():
    found = counted(*[("good", "yyy")] * 5, *[("inadequate", "nnn")] * 4)
    assert select(found, measure="met_where_good").empty


def test_an_audit_without_grades_has_no_row():
    answers = build.answers(("C1", "CON-1", "yes"))
    assert grade_against_answers(answers, programme=PROGRAMME, audits=["audit"], standards=STANDARDS).empty

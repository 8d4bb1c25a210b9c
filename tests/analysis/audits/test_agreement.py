"""Two readers of the same files: how often they agree, which way grades move, and how soon somebody looked again."""

from datetime import date

import pytest

from ilacs_audit.analysis.audits.agreement import inter_rater_agreement
from ilacs_audit.domain.catalogue.limits import Limit
from ilacs_audit.domain.measures import rows, select
from tests import build

OUT, GOOD, RI, BAD = "outstanding", "good", "requires improvement", "inadequate"
# Methods 10.2: 30 files, the auditor's grade and the moderator's.
WORKED = {(OUT, OUT): 2, (OUT, GOOD): 1, (GOOD, OUT): 1, (GOOD, GOOD): 10, (GOOD, RI): 5} | {
    (RI, GOOD): 1,
    (RI, RI): 7,
    (RI, BAD): 2,
    (BAD, BAD): 1,
}


def twice(pairs, *, audit="a", first="2024-11-04", again="2024-11-06", question="grade", start=0):
    made = []
    for number, (one, other) in enumerate(pairs, start=start):
        about = {"audit_id": audit, "team": "North" if number % 2 else "South", "rater_ref": "P-1"}
        made.append((f"C{number}", question, one, {**about, "audited_on": first}))
        if other:
            made.append((f"C{number}", question, other, {**about, "role": "moderator", "audited_on": again}))
    return made


def files_of(counts):
    return [pair for pair, count in counts.items() for _ in range(count)]


def found_in(records, *audits, **more):
    programme = build.programme(
        *(build.audit(name, title=name.title(), **said) for name, said in audits or [("a", {})])
    )
    table = build.answers(*records)
    names = [audit.id for audit in programme]
    return inter_rater_agreement(table, programme=programme, audits=names, period="2024-11", **more)


def counts(found, **wanted):
    return {row.measure: (row.numerator, row.denominator) for row in rows(select(found, **wanted))}


def test_the_worked_example_gives_its_counts_and_its_coefficients():
    found = found_in(twice(files_of(WORKED)))
    assert counts(found, group="all") == {
        "second_same": (20, 30),
        "second_down": (8, 30),
        "second_up": (2, 30),
        "second_near": (30, 30),
        "second_read": (30, 30),
    }
    values = {row.level: row.value for row in rows(select(found, group="coefficient"))}
    assert [round(value, 3) for value in values.values()] == [
        0.667,
        0.36,
        0.587,
        0.781,
        0.699,
        0.2,
        0.109,
        0.587,
        0.198,
    ]
    luck = [3 * 3 + 16 * 12 + 10 * 12 + 1 * 3]  # each grade as often as either gave it
    assert values["The same grade from both, by luck alone"] == pytest.approx(luck[0] / 30**2)


def test_agreement_is_told_audit_by_audit_and_a_file_read_once_counts_as_read():
    found = found_in(
        [*twice([(GOOD, RI), (GOOD, "")]), *twice([(RI, RI)], audit="b", start=9)], ("a", {}), ("b", {}), ("none", {})
    )
    assert counts(found, group="audit", level="A")["second_read"] == (1, 2)
    assert counts(found, group="audit", level="A")["second_down"] == (1, 1)
    assert counts(found, group="audit", level="B")["second_same"] == (1, 1)
    assert counts(found, group="all")["second_read"] == (2, 3)
    assert not counts(found, group="audit", level="None")


def test_under_ten_files_graded_twice_have_no_coefficient():
    assert select(found_in(twice([(GOOD, RI)] * 9)), group="coefficient").empty
    assert len(select(found_in(twice([(GOOD, RI)] * 10)), measure="agreement")) == 3


def test_where_all_had_one_grade_agreement_cannot_be_calculated_and_says_so():
    found = list(rows(select(found_in(twice([(GOOD, GOOD)] * 12)), measure="agreement")))
    assert [row.value for row in found] == [None] * 3
    assert all("every file had the same grade" in row.note for row in found)


def test_files_graded_on_another_scale_are_counted_and_in_no_coefficient():
    own = build.theme(
        "plans", [build.standard("PLN-1")], scales={"abc": {"answers": ["a", "b", "c"], "meets": ["a"]}}, grade="abc"
    )
    catalogue = build.standards(build.theme("consent", [build.standard("CON-1")]), own)
    asked = [("C99", "PLN-1", "yes", {"audit_id": "b"}), ("C0", "CON-1", "yes", {"audit_id": "a"})]
    both = [*twice(files_of(WORKED)), *twice([("a", "c")] * 3, audit="b", start=90), *asked]
    found = found_in(both, ("a", {}), ("b", {"of": "plans"}), standards=catalogue)
    assert counts(found)["second_other_scale"] == (3, None)
    assert {row.denominator for row in rows(select(found, measure="agreement"))} == {30}
    assert counts(found, group="all")["second_near"] == (30, 33)  # two steps on a scale of three are not near


def test_a_file_moderated_twice_counts_once_with_the_latest_and_every_reader_enters_alpha():
    """Twelve files, the first of them read a third time: later, earlier, or without a day."""
    for day, grade in (("2024-11-20", RI), ("2024-11-05", GOOD), (None, GOOD)):
        again = {"audit_id": "a", "role": "moderator", "rater_ref": "P-3"}
        more = ("C0", "grade", RI, {**again, "audited_on": day})
        found = found_in([*twice([(GOOD, GOOD)] * 9 + [(RI, RI)] * 3), more])
        assert counts(found, group="all", measure="second_read") == {"second_read": (12, 12)}
        assert counts(found, measure="second_more") == {"second_more": (1, 12)}
        assert counts(found, group="all", measure="second_same") == {"second_same": (11 if grade == RI else 12, 12)}
        values = {row.level: row.value for row in rows(select(found, measure="agreement"))}
        assert values["Ordinal alpha"] < 1  # the third reader parts from both, whichever counts
        assert (values["Linear-weighted kappa"] < 1) == (grade == RI)


def test_a_page_that_is_shared_counts_no_grade_of_an_audit_with_fewer_than_five_files_read_twice():
    few, many = twice([(GOOD, RI)] * 4, audit="b", start=50), twice([(GOOD, GOOD)] * 9 + [(RI, RI)] * 3)
    asked = [
        (f"C{number}", "CON-1", "yes", {"audit_id": "b", "role": role})
        for number in range(50, 54)
        for role in ("auditor", "moderator")
    ]
    found = found_in([*few, *many, *asked], ("a", {}), ("b", {}), exact=False)
    assert counts(found, group="all", measure="second_down") == {"second_down": (0, 12)}
    assert counts(found, measure="second_few") == {"second_few": (4, None)}
    assert counts(found, group="audit", level="B") == {"second_read": (4, 4)}  # that they were read again is no grade
    assert counts(found_in([*few, *many], ("a", {}), ("b", {})), measure="second_down", level="B")


def test_answers_to_standards_that_were_given_twice_are_counted_apart_from_grades():
    found = found_in(twice([("yes", "yes"), ("yes", "no"), ("no", "")], question="CON-1"))
    assert counts(found, measure="second_answer_same") == {"second_answer_same": (1, 2)}
    assert counts(found, group="all") == {"second_read": (2, 3), "second_no_grade": (2, 2)}


@pytest.mark.parametrize(
    ("again", "band"),
    [
        ("2024-11-11", "within 5 working days"),
        ("2024-11-12", "6 to 10 working days"),
        ("2024-11-18", "6 to 10 working days"),
        ("2024-11-19", "more than 10 working days"),
        ("2024-11-01", "no day, or before the first reading"),
    ],
)
def test_the_wait_for_a_second_reading_is_in_working_days(again, band):
    records = [*twice([(GOOD, GOOD)], again=again), *twice([(GOOD, GOOD)], start=5)]
    told = {row.level: row.numerator for row in rows(select(found_in(records), measure="second_lag"))}
    expected = {"within 5 working days": 1}
    expected[band] = expected.get(band, 0) + 1
    assert {level: count for level, count in told.items() if count} == expected


def test_a_second_reading_on_the_last_day_of_the_limit_is_in_time():
    limit = Limit(
        id="moderation",
        title="Again",
        at_most=10,
        unit="working days",
        clock="the first",
        status="local",
        source="ours",
        checked_on=date(2024, 11, 1),
    )
    days = [*twice([(GOOD, GOOD)], again="2024-11-18"), *twice([(GOOD, GOOD)], again="2024-11-19", start=5)]
    found = found_in(days, limit=limit)
    assert counts(found, measure="second_in_time") == {"second_in_time": (1, 2)}
    (told,) = rows(
        select(found_in([*days, *twice([(GOOD, GOOD)], again=None, start=9)], limit=limit), measure="second_in_time")
    )
    assert (told.numerator, told.denominator, round(told.upper * 3)) == (1, 3, 2)  # of one the days do not tell


def test_who_was_read_again_is_told_team_by_team_with_small_teams_together():
    found = found_in(twice([(GOOD, GOOD if number < 6 else "") for number in range(14)]))
    told = {row.level: (row.numerator, row.denominator) for row in rows(select(found, group="team"))}
    assert told == {"North": (3, 7), "South": (3, 7)}


def test_without_a_second_reader_nothing_is_agreed_and_nothing_read_again():
    found = found_in(twice([(GOOD, "")] * 3))
    assert counts(found, group="all") == {"second_read": (0, 3)}
    assert select(found, measure="second_lag").empty


def test_an_audit_of_agencies_whose_returns_name_no_team_is_no_team_of_that_name():
    found = found_in([(*each[:3], {**each[3], "team": ""}) for each in twice([(GOOD, GOOD)] * 6)])
    assert [row.level for row in rows(select(found, group="team"))] == ["the return names no team"]

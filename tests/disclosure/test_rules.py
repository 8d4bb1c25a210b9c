"""What one row may show on its own: a short list of facts about 4, 5 and 6."""

import pytest

from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.measures import measures, rows


def status_of(audience, **row):
    frame = measures([{"measure": "compliance", "group": "all", "level": "all", **row}])
    (seen,) = rows(release(frame, audience=audience))
    return seen.status


@pytest.mark.parametrize(
    ("audience", "n", "status"), [("internal", 4, "low_base"), ("board", 4, "suppressed"), ("board", 5, "low_base")]
)
def test_what_a_second_reader_made_of_fewer_than_five_grades_of_an_audit_is_on_no_shared_page(audience, n, status):
    assert status_of(audience, measure="marked_down", group="audit", level="a", numerator=1, denominator=n) == status


@pytest.mark.parametrize(
    ("audience", "group", "k", "n", "status"),
    [
        ("internal", "all", 1, 3, "low_base"),
        ("internal", "all", 3, 30, "shown"),
        ("internal", "team", 2, 4, "suppressed"),
        ("internal", "team", 2, 5, "low_base"),
        ("internal", "ethnicity", 2, 12, "shown"),
        ("board", "all", 3, 30, "shown"),
        ("board", "audit", 1, 3, "low_base"),
        ("board", "team", 3, 30, "shown"),
        ("board", "team", 2, 4, "suppressed"),
        ("board", "team", 0, 0, "shown"),
        ("board", "ethnicity", 3, 30, "suppressed"),
        ("board", "ethnicity", 26, 30, "suppressed"),
        ("board", "team x ethnicity", 3, 30, "suppressed"),
        ("public", "all", 5, 30, "suppressed"),
        ("public", "all", 6, 30, "rounded"),
        ("public", "all", 25, 30, "suppressed"),
        ("public", "all", 24, 30, "rounded"),
        ("public", "all", 0, 30, "rounded"),
        ("public", "all", 30, 30, "rounded"),
        ("public", "all", 0, 5, "suppressed"),
    ],
)
def test_a_count_is_seen_by_those_who_may(audience, group, k, n, status):
    assert status_of(audience, group=group, level="a", numerator=k, denominator=n) == status


@pytest.mark.parametrize(
    "group",
    [
        *("Ethnicity", "ethnic origin", "ETHNIC_GROUP", "Sexual orientation", "religion or belief", "Race", "Faith"),
        *("Disability", "disabled", "immigration status", "Asylum seeker", "Mental health", "offence type"),
        *("placement type", "Age band", "team x gender", "whatever nobody thought of"),
    ],
)
def test_a_breakdown_is_sensitive_in_any_spelling_and_when_nobody_knows_it(group):
    assert status_of("board", group=group, level="a", numerator=3, denominator=30) == "suppressed"


@pytest.mark.parametrize("group", ["team", "Team", "agency", "grade", "all", "audit"])
def test_the_breakdowns_of_every_audit_are_ordinary(group):
    assert status_of("board", group=group, level="a", numerator=3, denominator=30) == "shown"


@pytest.mark.parametrize(
    ("level", "status"),
    [
        ("families, 20 November 2024", "shown"),
        ("families of children in mental health care, 20 November 2024", "suppressed"),
    ],
)
def test_who_answered_is_ordinary_unless_those_asked_could_be_hurt_by_it(level, status):
    assert status_of("board", group="survey", level=level, numerator=8, denominator=11) == status


@pytest.mark.parametrize("asked", ["Do you understand the plan?", "Has anyone at home hit you?", "Do you use CAMHS?"])
def test_what_people_answered_is_sensitive_whatever_they_were_asked(asked):
    """No list of words knows every question that can hurt, so a person calls the breakdown ordinary or nobody does."""
    for audience in ("board", "public"):
        assert status_of(audience, group="survey question", level=asked, numerator=8, denominator=11) == "suppressed"


def test_a_person_may_call_a_breakdown_ordinary_and_a_sensitive_one_stays_what_it_is():
    frame = measures([{"measure": "compliance", "level": "a", "numerator": 3, "denominator": 30, "group": each}
                      for each in ("Placement type", "Ethnic origin")])  # fmt: skip  # a table, a line a row
    seen = list(rows(release(frame, audience="board", ordinary=["placement type", "ethnic origin"])))
    assert [row.status for row in seen] == ["shown", "suppressed"]


@pytest.mark.parametrize("audience", ["board", "public"])
@pytest.mark.parametrize(
    "row",
    [
        {"measure": "gym_same", "group": "reader", "level": "K27"},
        {"measure": "gym_question", "group": "question", "level": "1a"},
        {"measure": "gym_same", "group": "council", "level": "South"},
        {"measure": "reader_kappa", "group": "coefficient", "level": "K27", "value": 0.4},
    ],
)
def test_what_auditors_made_of_invented_extracts_is_on_no_shared_page(audience, row):
    assert status_of(audience, numerator=20, denominator=36, **row) == "suppressed"
    assert status_of("internal", numerator=20, denominator=36, **row) == "shown"
    assert status_of("internal", **{**row, "numerator": 1, "denominator": 3}) == "low_base"


KNOWN = {"age band": (131, 0), "plan type": (126, 5), "ethnic group": (60, 71), "disability": (12, 119)}


def known_rows(counts):
    return measures(
        {"measure": "children_known", "group": "characteristic", "level": level, "method": "count"}
        | {"numerator": k, "denominator": k + rest, "value": k / (k + rest)}
        for level, (k, rest) in counts.items()
    )


@pytest.mark.parametrize("audience", ["board", "public"])
@pytest.mark.parametrize("disabled", [0, 1, 3, 5, 6, 12, 60, 126, 128, 131])
def test_of_how_many_children_a_characteristic_is_known_is_on_no_shared_page(audience, disabled):
    counts = KNOWN | {"disability": (disabled, 131 - disabled)}
    for row in rows(release(known_rows(counts), audience=audience)):
        assert row.hidden
        assert {row.numerator, row.denominator, row.value, row.lower, row.upper} == {None}


def test_the_internal_edition_has_them_all():
    assert not any(row.hidden for row in rows(release(known_rows(KNOWN), audience="internal")))

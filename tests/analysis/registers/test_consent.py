"""Closures for want of consent: what people agreed to, and what the form calls so."""

import pandas as pd

from ilacs_audit.analysis.registers.consent import consent_oversight
from ilacs_audit.domain.measures import rows

FORCED = "Services ceased, other reason"


def counted(*made, as_of="2024-11-21", period="2024-11", begun=""):
    """Closures of (child, month and day, section 47, assessed, sub-reason, agreed)."""
    columns = ["child_ref", "closed_on", "section_47", "assessment_completed", "sub_reason", "manager_agreed"]
    table = pd.DataFrame(made, columns=columns).assign(team="North", reason=FORCED)
    table["closed_on"] = pd.to_datetime("2024-" + table["closed_on"]).astype("datetime64[ns]")
    found = consent_oversight(table, as_of=as_of, period=period, theme="consent", begun={"consent": begun})
    return {
        (row.measure, row.period if row.level == "all" or "in_part" not in row.measure else row.level): (
            row.numerator,
            row.denominator,
        )
        for row in rows(found)
    }


def test_a_closure_after_an_enquiry_is_the_forms_word_and_no_practice():
    found = counted(
        ("1", "11-04", "no", "no", "No consent", "yes"),
        ("2", "11-04", "no", "no", "No consent", ""),
        ("3", "11-05", "yes", "yes", "No consent", "no"),
        ("4", "11-05", "no", "yes", "No consent", "no"),
        ("5", "11-06", "yes", "yes", "Needs met", ""),
    )
    assert found["consent_agreed", "2024-11"] == (1, 2)  # no agreement recorded is none
    assert found["consent_miscoded", "2024-11"] == (2, 4)
    assert found["consent_forced", "2024-11"] == (1, 2)


def test_the_month_of_the_report_comes_first_and_nothing_after_its_day():
    told = [
        (str(n), day, "no", "no", "No consent", "yes") for n, day in enumerate(("09-02", "10-02", "11-02", "11-30"))
    ]
    found = counted(*told)
    assert [month for measure, month in found if measure == "consent_agreed"] == ["2024-11", "2024-09", "2024-10"]
    assert found["consent_agreed", "2024-11"] == (1, 1)


def test_a_child_closed_twice_in_a_month_is_two_closures():
    twice = [("1", day, "no", "no", "No consent", agreed) for day, agreed in (("11-02", ""), ("11-09", "yes"))]
    assert counted(*twice)["consent_agreed", "2024-11"] == (1, 2)


def test_consent_that_was_given_is_not_withdrawn_and_unknown_words_are_neither():
    said = (
        "Consent given",
        "Consent to share not needed",
        "consent form lost",
        "Parents refused consent",
        "No consent",
    )
    found = counted(*((str(n), "11-02", "no", "no", each, "") for n, each in enumerate(said)))
    assert found["consent_agreed", "2024-11"] == (0, 2)
    assert found["consent_called", "2024-11"] == (2, 5)
    assert found["consent_unclear", "2024-11"] == (1, 5)


def test_a_blank_is_no_answer_and_a_no_is_one():
    blank = [("1", "11-02", "", "", "No consent", "yes"), ("2", "11-02", "no", "", "No consent", "")]
    told = [("3", "11-02", "no", "no", "No consent", "no"), ("4", "11-02", "no", "no", "No consent", "")]
    found = counted(*blank, *told)
    assert found["consent_unplaced", "2024-11"] == (2, 4)
    assert found["consent_miscoded", "2024-11"] == (0, 4)
    assert [found[name, "2024-11"] for name in ("consent_agreed", "consent_not_agreed", "consent_unanswered")] == [
        (0, 2),
        (1, 2),
        (1, 2),
    ]


def test_the_headline_speaks_of_every_month_and_answers_where_nobody_said_no():
    months = [
        (str(n), day, "no", "no", "No consent", agreed)
        for n, (day, agreed) in enumerate((("09-02", ""), ("11-02", "yes")))
    ]
    assert [*counted(*months)][:2] == [("consent_agreed_in_all", "2024-11"), ("consent_miscoded_in_all", "2024-11")]
    assert counted(*months)["consent_agreed_in_all", "2024-11"] == (1, 2)
    assert counted(("1", "11-02", "no", "no", "Needs met", ""))["consent_called", "2024-11"] == (0, 1)


def test_agreement_is_told_up_to_the_month_in_which_help_began_and_after_it():
    said = [("07-02", ""), ("09-02", "no"), ("10-02", "yes"), ("11-02", "yes")]
    made = [(str(n), day, "no", "no", "No consent", agreed) for n, (day, agreed) in enumerate(said)]
    found = counted(*made, begun="2024-09")
    assert [*found.items()][:2] == [
        (("consent_agreed_in_part", "from July 2024 to September 2024"), (0, 2)),
        (("consent_agreed_in_part", "from October 2024 to November 2024"), (2, 2)),
    ]
    for month in ("", "2024-06", "2024-11"):  # nothing was done, or nothing is told of one side
        assert not [key for key in counted(*made, begun=month) if key[0] == "consent_agreed_in_part"]


def test_what_the_form_calls_so_after_an_enquiry_is_told_of_every_month_too():
    made = [("1", "09-02", "yes", "no", "No consent", ""), ("2", "11-02", "no", "no", "No consent", "")]
    assert counted(*made)["consent_miscoded_in_all", "2024-11"] == (1, 2)

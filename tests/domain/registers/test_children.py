"""What a register says of a child in several ways is one group; what says nothing is none; the rest is told."""

from __future__ import annotations

import pytest

from ilacs_audit.domain.errors import bare
from ilacs_audit.domain.registers.children import (
    NOT_UNDERSTOOD,
    age_band_of,
    disability_of,
    ethnic_group_of,
    plan_type_of,
    same_plan,
    unsaid,
)

UNSAID = [
    *("", " ", "-", "?", "Not stated", "NOT-STATED", "Unknown", "unknown (to be asked)", "n/k", "N.K.", "N/A", "TBC"),
    *("Prefer not to say", "Preferred not to say", "Refused", "REFU", "refu", "NOBT", "Information not yet obtained"),
    *(
        "Information not obtained",
        "Not recorded",
        "not yet known",
        "Did not say",
        "Don’t know",
        "Declined",
        "No record",
    ),
    *(
        "Ethnicity not known",
        "Ethnicity: not recorded",
        "Not disclosed",
        "No data",
        "Missing",
        "Undisclosed",
        "Pending",
    ),
]


@pytest.mark.parametrize("said", UNSAID)
def test_what_says_that_nothing_is_known_is_no_group_of_any_characteristic(said: str) -> None:
    assert unsaid(said)
    assert {each(said) for each in (age_band_of, ethnic_group_of, plan_type_of, disability_of)} == {""}


@pytest.mark.parametrize(
    "said", ["White British", "Not disabled", "Northern Irish", "Nanda", "No plan", "Any other", "Dominican"]
)
def test_what_only_begins_alike_says_something(said: str) -> None:
    assert not unsaid(said)


SAME = {
    "5 to 9": ("5-9", "5 to 9", "05-09", "5–9", "5 — 9", "5 – 9 years", "Aged 5-9", "5-9yrs", "5 TO 9", "5_9", "7"),
    "under 1": ("Under 1", "under one", "<1", "Less than 1", "0", "below 1 year"),
    "16 and over": ("16+", "16 and over", "16 or over", "16 plus", "16+ years", "aged 16 and above", "17"),
    "0 to 4": ("0-4", "00-04", "Under 5", "under five", "0 to 4"),
    "10 to 15": ("10-15", "10 to 15", "10–15 yrs", "12"),
    "unborn": ("Unborn", "pre-birth"),
    NOT_UNDERSTOOD: ("2024-09-05", "05/09/2024", "5-Sep", "teenager", "9-5", "1234", "Reception"),
}


@pytest.mark.parametrize(("band", "said"), [(band, each) for band, every in SAME.items() for each in every])
def test_a_band_of_ages_is_one_however_it_is_written(band: str, said: str) -> None:
    assert age_band_of(said) == band
    assert age_band_of(band) == band


@pytest.mark.parametrize(
    "spellings",
    [
        ("CP", "cpp", "Child Protection Plan", "child protection", "Child-Protection"),
        ("CIN", "Child in need", "Child in Need Plan", "CiN plan", "Section 17"),
        ("CLA", "LAC", "Looked after", "Child looked after", "in care"),
        ("Early Help", "early help", "early-help", "Early  Help"),
        ("none", "None"),
    ],
)
def test_a_plan_is_one_however_it_is_written(spellings: tuple[str, ...]) -> None:
    assert len({same_plan(plan_type_of(each)) for each in spellings}) == 1


@pytest.mark.parametrize(
    ("group", "spellings"),
    [
        (NOT_UNDERSTOOD, ("A1", "a", "12", "W9")),
        (
            "White British",
            (
                "WBRI - White British",
                "A1: White British",
                "a) White British",
                "WBRI",
                "wbri",
                "White British",
                "White - British",
                "White: British",
                "white  british",
            ),
        ),
        ("Any other mixed background", ("MOTH", "Any other Mixed background")),
        ("Gypsy or Roma", ("WROM", "Gypsy or Roma", "gypsy-or-roma")),
        ("another", ("another", "Another")),
    ],
)
def test_an_ethnic_group_is_one_however_it_is_written(group: str, spellings: tuple[str, ...]) -> None:
    assert {bare(ethnic_group_of(each)) for each in spellings} == {bare(group)}


DISABILITIES = {
    "disabled": (
        *("yes", "Y", "TRUE", "1", "a) Yes", "Disabled", "Autism", "autism, learning disability", "ASD; ADHD", "LD"),
        *("AUT", "Hearing impairment", "Yes - cerebral palsy", "Down's syndrome", "Physical", "VIS/HEAR"),
    ),
    "not disabled": ("no", "N", "FALSE", "0", "b) No", "Not disabled", "None", "NONE", "None known", "No disability"),
    NOT_UNDERSTOOD: (
        *("Purple", "Contact mother", "Possible autism", "query ADHD", "ADHD?", "No - but autism suspected"),
        *("Awaiting autism assessment", "ruled out autism", "address", "pending hearing test", "Handed over"),
    ),
}


@pytest.mark.parametrize(("meant", "said"), [(meant, each) for meant, all_ in DISABILITIES.items() for each in all_])
def test_a_disability_counts_however_it_is_named_and_what_is_in_doubt_is_told(meant: str, said: str) -> None:
    assert disability_of(said) in ({meant, ""} if "ending" in said or "waiting" in said else {meant})

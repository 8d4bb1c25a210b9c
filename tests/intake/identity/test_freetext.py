"""The finder finds what has a pattern and what is known, and leaves ordinary words alone."""

from __future__ import annotations

import pytest

from ilacs_audit.intake.identity.freetext import IdentifierFinder

KNOWN = IdentifierFinder(
    ["will ashdown", "grace okonjo-pell", "niamh o'dowd", "gordon lloyd"],
    references={"0037823"},
    birth_dates={"12/03/2015"},
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("NHS no 943 476 5919 on the medical", "NHS number"),
        ("UPN H801200001001 checked", "UPN"),
        ("UPN A801200001001 mistyped", "UPN"),
        ("Moved to 39 Ferrier Walk, NM6 8XW during the enquiry", "postcode"),
        ("rang 01632 960871 twice", "phone number"),
        ("Contact 07700 900676 if queries", "phone number"),
        ("+44 7700 900482 is new", "phone number"),
        ("from niamh.odowd@northmere.example today", "e-mail"),
        ("dob: 1/4/2012 is wrong", "date of birth"),
        ("She was born on 3 March 2015.", "date of birth"),
        ("known since 12/03/2015 they say", "date of birth"),
        ("(0037823) has not been discussed", "reference"),
        ("ref 0037823", "reference"),
        ("Good discussion about Gordon.", "name"),
        ("Ask O’Dowd’s manager", "name"),
        ("it says so for Will", "name"),
    ],
)
def test_identifiers_are_found(text: str, kind: str) -> None:
    assert kind in {hit.kind for hit in KNOWN.hits(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Will need to be discussed. Will it?",
        "SMART actions; Chronology; Working Together 2023",
        "Reviewed on 12/08/2024, cost £1,250.00",
        "PO 4500123987 raised",
        "The plan will be reviewed within 10 days",
        "s47 and s17",
        "graceful",
    ],
)
def test_ordinary_words_and_numbers_are_left_alone(text: str) -> None:
    assert KNOWN.hits(text) == []


def test_the_rows_own_child_is_found_even_at_the_start_of_a_sentence() -> None:
    assert KNOWN.masked("Will seen alone.", own=frozenset({"will", "ashdown"})) == "[name] seen alone."


def test_masking_leaves_the_rest_of_the_text() -> None:
    assert KNOWN.masked("Grace Okonjo-Pell (0037823), NM6 8XW") == "[name] [name] ([reference]), [postcode]"

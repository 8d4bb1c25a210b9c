"""Initial and family name mean a person, a family name alone or an ordinary word does not."""

import base64

import pytest

from ilacs_audit.disclosure.search.initials import Initials
from ilacs_audit.disclosure.search.scan import scan

NAMES = ("Anna Jones", "Zoë O'Brien", "Mary-Kate Adeyemi", "Łukasz van der Berg", "Jones-Smith, Amy", "Priya Kaur")
SHORT = ("A. Jones", "Z. O’Brien", "M. Adeyemi", "Ł. Berg", "A. Jones-Smith", "P. Kaur")


def spellings(short):
    first, family = short.split(" ")
    letter = first[0]
    yield from (short, f"{letter} {family}", f"{letter}.{family}", f"{letter}.\u00a0{family}", short.upper())
    yield from (f"{letter}. B. {family}", f"{letter}.B. {family}", f"{letter} B {family}", f"Ms {short}’s file")
    yield from (f"{family}, {first}", f"{family} {letter}", f"{family.upper()}, {letter}")
    yield from (f"<b>{letter}.</b> {family}", f"{letter}.&#32;{family}", f'<img alt="seen with {short}">')


def test_every_spelling_of_an_initial_and_a_family_name_is_found():
    planted = [told for short in SHORT for told in spellings(short)]
    missed = [told for told in planted if scan([f"<p>Seen with {told} today</p>"], NAMES).empty]
    print(f"{len(planted)} initials and family names planted, {len(missed)} missed")
    assert missed == []
    assert len(planted) >= 80


@pytest.mark.parametrize("told", ["a.jones", "p_kaur", base64.b64encode(b"; A. Jones ;").decode()])
def test_an_account_name_and_base64_are_found(told):
    assert not scan([f"made by {told} in May"], NAMES).empty


@pytest.mark.parametrize(
    "told",
    [
        "the Jones review",
        "B. Jones",
        "e.g. Jones",
        "Area A Jonesfield",
        "A Young person was seen",
        "I Will be there",
        "a jones",
        "data.jones",
        "Part 1 A Plan for Berg",
        "v.2",
    ],
)
def test_what_is_not_somebodys_initial_is_let_through(told):
    assert Initials([*NAMES, "Amy Young", "Ian Will", "Anil Plan"]).find(told) == set()


def test_a_reference_or_an_address_has_no_initial():
    assert Initials(["NM 004217", "a.jones@example.org", "Cher"]).find("N. 004217, A. Jones, C. Cher") == set()

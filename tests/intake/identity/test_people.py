"""A person is one person whatever a directory, a case system or a hand wrote around the name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.intake.identity.freetext import IdentifierFinder
from ilacs_audit.intake.identity.people import beside, name_parts, person, plain_name, same_people

WRITTEN = [
    "Ileana Dragomir",
    "DRAGOMIR, Ileana",
    "DRAGOMIR, Ileana (Northmere CYP)",
    "Dragomir, Ileana [Children's Services]",
    "Dragomir, Ileana @ Northmere",
    "12;#Ileana Dragomir",
    "12;#Dragomir, Ileana;#15;#Bob Baker",
    "i:0#.f|membership|ileana.dragomir@northmere.example",
    r"NORTHMERE\ileana.dragomir",
    r"i:0#.w|northmere\ileana_dragomir",
    "ileana.dragomir@northmere.example",
    "Ileana Dragomir <ileana.dragomir@northmere.example>",
    "Ileana Dragomir - Social Worker",
    "Ileana Dragomir – Advanced Practitioner",
    "Social Worker: Ileana Dragomir",
    "Ileana Dragomir, Social Worker",
    "Dragomir, Ileana, Team Manager",
    "Ms Ileana Dragomir",
    "Dr. Ileana Dragomir",
    "SW Ileana Dragomir",
    "Ileana Dragomir SW",
    "Ileana Dragomir (she/her)",
    "Ileana Dragomir N104200",
    "Ileana Dragomir (ID 104200)",
    "104200 - Ileana Dragomir",
    "Ileana Dragomir dob 12/03/2015",
    "Ileana Dragomir (born 12/03/2015)",
    "Ileana Dragomir (sister)",
    "Ileana Dragomir, sister of Ava Moss",
    "Mum - Ileana Dragomir",
    "Dragomir, Ileana SW (ID 12)",
    "Ileana Dragomir, foster carer of Ava Moss",
    "Ileana\u00a0Dragomir\u200b",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_name_is_one_person_whatever_stands_around_it(written):
    assert person(written) == "ileana dragomir"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Social Worker", "social worker"),
        ("Worker 2", "worker 2"),
        ("Care leaver jobs 7", "care leaver jobs 7"),
        ("Ann Ayers (2)", "ann ayers (2)"),
        ("Duty team", "duty team"),
        ("Emma Nurse", "emma nurse"),
        ("Nurse, Emma", "emma nurse"),
        ("van der Berg, Ann", "ann van der berg"),
        ("Jean-Luc Patel-Roe", "jean-luc patel-roe"),
        ("Siobhán O’Dwyer", "siobhán o'dwyer"),
        ("Ann Ayers / Bob Baker", "ann ayers"),
        ("", ""),
        ("-", "-"),
        ("(unknown)", "(unknown)"),
    ],
)
def test_what_is_no_affix_stays(written, name):
    assert person(written) == name


def test_two_children_told_apart_by_a_number_stay_two_where_the_name_is_all_there_is():
    assert len({plain_name(each) for each in ("Child 1", "Child 2", "Ava Moss (1)", "Ava Moss (2)")}) == 4


@pytest.mark.parametrize("login", ["idragomir", "dragomiri", "i. dragomir", "i dragomir", "dragomir i"])
def test_a_login_is_the_only_full_name_that_it_fits(login):
    assert same_people(["ileana dragomir", "ann ayers", login])[login] == "ileana dragomir"
    assert same_people(["ileana dragomir", "ion dragomir", login])[login] == login


def test_another_name_beside_a_child_is_kept_for_masking_and_a_role_is_not():
    assert beside("Ava Moss (Ellie), foster carer Jo Quill", brackets=True) == {"ellie", "quill"}
    assert beside("Ileana Dragomir (Northmere CYP) - Social Worker", brackets=False) == frozenset()


def test_the_pieces_of_a_hyphenated_name_and_short_ones_are_looked_for():
    finder = IdentifierFinder(["jo patel-roe", "li wu-marsh"])
    assert finder.masked("Ms Patel rang; Jo Patel-Roe came, and Li Wu-Marsh.") == (
        "Ms [name] rang; [name] [name] came, and [name] [name]."
    )
    assert finder.masked("Jo said so.", own=frozenset(name_parts("jo patel-roe"))) == "[name] said so."
    assert finder.masked("We saw Jo, LI and the Roe valley.") == "We saw Jo, LI and the [name] valley."


@pytest.mark.parametrize(
    "text",
    [
        "Seen in May at Long Park, West Bank; Rose garden visited.",
        "An assessment was made. No concerns. To be reviewed.",
        "Social Worker to visit; Team Manager agreed; Northmere policy followed.",
        "SW and CP chair met in Wells.",
    ],
)
def test_harmless_words_keep_their_words(text):
    people = ["Long, May - Social Worker", "An To (Team Manager)", "DRAGOMIR, Ileana (Northmere CYP)"]
    own = frozenset(name_parts(person("An To")))
    kept = {"May", "An", "No", "To", "Social", "Worker", "Team", "Manager", "Northmere", "SW", "CP"} & set(text.split())
    masked = IdentifierFinder(map(person, people)).masked(text, own=own)
    assert kept - {"May"} <= set(masked.split())


FIRST = st.sampled_from(("Ava", "Zoë", "Oisín", "Jean-Luc", "Jo", "Li", "Siobhán", "Mohammed"))
LAST = st.sampled_from(("Mossgrove", "O’Dwyerson", "Patel-Roe", "D’Souzala", "Kowalskaite", "Ngo-Wu"))
AROUND = st.sampled_from(
    (
        "{} {}", "12;#{} {}", "{} {} (Northmere CYP)", "Ms {} {}", "{} {} - Social Worker", "{} {}, IRO", "Mum: {} {}",
        "{} {} @ Northmere", "SW {} {}", "{} {} N104200", "{} {} dob 12/03/2015", "{} {} (sister of Ben)",
        "{} {} <x@y.z>",
    )
)  # fmt: skip  # a table, a line a row


@given(FIRST, LAST, AROUND, st.booleans())
def test_a_name_with_anything_around_it_is_masked_in_whole(first, last, around, upper):
    written = around.format(first.upper(), last.upper()) if upper else around.format(first, last)
    finder = IdentifierFinder([person(written)])
    assert finder.masked(f"It was {first} {last} who came.") == "It was [name] [name] who came."
    assert finder.masked(f"{last}’s view is here.") == "[name]’s view is here."

"""A person named where no column asks for one is known to the last sweep, and a title is not."""

import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from ilacs_audit.intake.returns.loose_names import names_in
from ilacs_audit.intake.returns.reading import identifiers
from tests.intake.conftest import HEADER, row

PLACES = {
    "a sheet name": "Zephyrine Vexmoor",
    "a cell of a hidden sheet": "Quillon Kvistgaard",
    "a note": "Ottoline O'Thrune",
    "the author of a note": "Isolde Pellotier",
    "the author of a workbook": "Xanthe Umbrecht",
    "who saved it last": "Peregrine Ndiyembe-Holt",
    "the name of a folder": "Thessaly Harrowgast",
    "the name of a file": "Bartholomew Zwolinsky",
    "who answered a note": "Fenwick Quenbyrd",
}


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """What the sweep is told of an evidence folder with one workbook in which nine people are named aside."""
    evidence = tmp_path_factory.mktemp("evidence")
    folder = evidence / PLACES["the name of a folder"]
    folder.mkdir()
    book = openpyxl.Workbook()
    book.active.title = "Return"
    for line in (HEADER, row()):
        book.active.append(line)
    told = f"The child is {PLACES['a note']}, ask her aunt"
    book.active["A2"].comment = Comment(told, PLACES["the author of a note"])
    book.create_sheet(PLACES["a sheet name"])
    hidden = book.create_sheet("Lookups")
    hidden.append([PLACES["a cell of a hidden sheet"]])
    hidden.sheet_state = "veryHidden"
    book.properties.creator = PLACES["the author of a workbook"]
    book.properties.lastModifiedBy = PLACES["who saved it last"]
    path = folder / f"Plans audit_{PLACES['the name of a file']} 2024-11.xlsx"
    book.save(path)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/persons/person.xml", f'<person displayName="{PLACES["who answered a note"]}"/>')
    return identifiers(evidence, words=frozenset({"plans"}))


@pytest.mark.parametrize("place", PLACES)
def test_a_name_is_known_from(place, known):
    assert PLACES[place] in known


def test_the_titles_of_a_workbook_are_nobody(known):
    people = {each for name in PLACES.values() for each in (name, name.casefold())}
    assert {each for each in known - people if not each[0].isdigit()} <= {
        "Ann Ayers",
        "ann ayers",
        "Bea Birch",
        "bea birch",
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rang Zelda Quill today", ["Rang Zelda", "Zelda Quill", "Rang Zelda Quill"]),
        ("QUILL, ZELDA", ["QUILL ZELDA"]),
        ("Łucja Żak", ["Łucja Żak"]),
        ("Nov 2024 Final Copy", []),
        ("Consent Team", []),
        ("spoke to Mum", []),
        ("A Very Long Heading In Capitals", []),
    ],
)
def test_two_to_four_words_with_capitals_are_a_name_unless_the_house_says_so(text, names):
    assert list(names_in(text, words=frozenset({"consent"}))) == names

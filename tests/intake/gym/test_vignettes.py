"""Extracts are invented: what could be about somebody is refused by its place, and never repeated."""

import pytest

from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.catalogue import load_standards
from ilacs_audit.intake.gym.vignettes import about_somebody, load_vignettes

HEAD = "vignettes:\n"


@pytest.fixture(scope="module")
def standards(root):
    return load_standards(root / "data" / "standards")


@pytest.fixture
def own(tmp_path, standards):
    def load(text, *, standard="VIS-2", why="It says so.", names=()):
        entry = f"  - id: own\n    theme: visits\n    text: {text!r}\n    asked:\n"
        (tmp_path / "own.yml").write_text(
            f"{HEAD}{entry}      - {{standard: {standard}, anchor: met, why: {why!r}}}\n", encoding="utf-8"
        )
        return load_vignettes(tmp_path, standards=standards, identifiers=names).kept

    return load


def test_the_extracts_that_come_with_the_package_are_short_balanced_and_about_nobody(root, standards):
    found, lacking = load_vignettes(root / "data" / "gym", standards=standards)
    assert lacking == ()
    assert len(found) >= 24
    assert all(60 <= len(each.text.split()) <= 120 for each in found)
    assert {each.theme for each in found} == {"visits", "assessments", "plans", "supervision", "strategy_meetings"}
    given = [asked.anchor for each in found for asked in each.asked]
    assert all(given.count(grade) >= len(given) / 4 for grade in set(given))
    assert all(asked.text == standards[asked.standard].text for each in found for asked in each.asked)
    assert all(standards[asked.standard].theme == each.theme for each in found for asked in each.asked)


@pytest.mark.parametrize(
    "text",
    [
        "The boy told Jayden that he was seen.",
        "Jayden was seen by the worker.",
        "The boy J was seen.",
        "The boy J.B. was seen.",
        "The child lives in Riverside with her mother.",
        "The boy met June at the school.",
        "The mother rang 01632 960871 about the child.",
        "The child is 943 476 5919 on the record.",
        "The child is at nm6 8xw with her mother.",
        "The child's record is 0038586.",
        "The mother wrote from anna@example.org to the school.",
        "The child, CIN204, was seen.",
        "The child was seen at St Mary's.",
    ],
)
def test_what_could_be_about_somebody_is_refused_and_not_repeated(own, text):
    with pytest.raises(CatalogueError) as no:
        own(text)
    assert "own.yml, extract own, text" in str(no.value)
    assert not any(each in str(no.value) for each in ("Jayden", "Riverside", "960871", "0038586", "CIN204", "anna"))


@pytest.mark.parametrize(
    "text",
    [
        "The child was seen on Monday by the GP, in March, and said: I want my bed.",
        "While the child was seen, the mother said that she was safe.",
        "No child was seen. The record says why.",
    ],
)
def test_ordinary_words_pass(own, text):
    assert own(text)[0].id == "own"


def test_the_reason_of_an_anchor_is_looked_through_too(own):
    with pytest.raises(CatalogueError, match="extract own, why"):
        own("The child was seen.", why="The worker told Kelly so.")


def test_a_name_of_the_councils_own_returns_is_refused_in_small_letters_too(own):
    with pytest.raises(CatalogueError, match="Somebody of your own returns is named in it"):
        own("The child was seen by priya nandra.", names=["Priya Nandra"])


def test_questions_on_standards_that_are_not_there_are_left_out_and_named(root, standards):
    visits = Standards((standards.theme("visits"),))
    kept, lacking = load_vignettes(root / "data" / "gym", standards=visits, known=[each.text for each in standards])
    assert {each.theme for each in kept} == {"visits"}
    assert all(asked.standard in visits for each in kept for asked in each.asked)
    assert set(lacking) & {each.id for each in visits} == set()
    assert len(lacking) > 3


def test_where_no_question_is_left_the_way_out_is_said_in_one_sentence(own):
    with pytest.raises(CatalogueError, match=r"None of 1 extract asks a standard that you have.*Take data/gym away"):
        own("The child was seen.", standard="VIS-99")


def test_an_id_is_used_once_in_all_files(own, tmp_path, standards):
    own("The child was seen.")
    (tmp_path / "more.yml").write_text((tmp_path / "own.yml").read_text("utf-8"), encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"Used twice: own\. Where: more.yml and own.yml"):
        load_vignettes(tmp_path, standards=standards)


def test_an_empty_folder_is_told(tmp_path, standards):
    with pytest.raises(CatalogueError, match="There are no extracts"):
        load_vignettes(tmp_path, standards=standards)


def test_in_a_pack_of_another_council_any_word_may_begin_a_sentence():
    assert not list(about_somebody("Handwriting was poor. It was read."))
    assert list(about_somebody("It was read by Jo.")) == ["Word 5 could be a name, initials or a place"]

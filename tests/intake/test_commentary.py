"""People's words are read as they were written, and a slip of form is told, not swallowed."""

from datetime import date

import pytest

from ilacs_audit.domain.about import Decision
from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.intake.commentary import Commentary, all_commentary, load_commentary


@pytest.fixture
def written(tmp_path):
    def write(text, *, name="2024-11.yml"):
        (tmp_path / "commentary").mkdir(exist_ok=True)
        (tmp_path / "commentary" / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def read(folder, about="plans-2024-11"):
    return load_commentary(folder, period="2024-11", about=about)


def test_words_have_a_paragraph_for_each_blank_line(written):
    found = read(written("plans-2024-11:\n  words: |\n    One.\n\n    Two.\n  by: Lead\n"))
    assert found.paragraphs == ("One.", "Two.")
    assert found.by == "Lead"


def test_where_nobody_wrote_there_are_no_words(tmp_path, written):
    assert read(tmp_path) == Commentary()
    assert read(written("consent-2024-11:\n  words: One.\n")) == Commentary()
    assert read(written("plans-2024-11:\n")) == Commentary()


@pytest.mark.parametrize("decisions", ["decisions: None.", "decisions: [None.]", "decisions:\n    - None.\n    - ''"])
def test_one_decision_is_one_decision_however_it_was_written(written, decisions):
    assert read(written(f"plans-2024-11:\n  {decisions}\n")).decisions == (Decision("None."),)


def test_a_decision_has_an_owner_and_a_day(written):
    said = "{what: Book it., owner: Lead, by: 2024-12-03}"
    found = read(written(f"plans-2024-11:\n  decisions:\n    - {said}\n    - 'Agree: to it'\n    - Agree - to it\n"))
    assert found.decisions[0] == Decision("Book it.", owner="Lead", by=date(2024, 12, 3))
    assert [each.what for each in found.decisions[1:]] == ["Agree: to it", "Agree - to it"]


@pytest.mark.parametrize(
    "owner", ["Head of front door", "LADO", "Assistant director, help and protection", "Head of quality & improvement"]
)
def test_a_post_is_a_role(written, owner):
    said = f"plans-2024-11:\n  decisions:\n    - {{what: Book it., owner: '{owner}'}}\n"
    assert read(written(said)).decisions[0].owner == owner


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("{owner: Lead}", "what"),
        ("{what: Book it., onwer: Lead}", "onwer"),
        ("{what: Book it., by: soon}", "'soon' is not a date"),
        ("{what: Book it., owner: Practice has improved}", "is not a role"),
        ("{what: Book it., owner: 71% of children}", "is not a role"),
        ("{what: Book it., owner: all files met CON}", "is not a role"),
        ("[Book it.]", "decisions"),
    ],
)
def test_a_decision_of_another_form_is_told(written, said, why):
    with pytest.raises(CatalogueError, match=why):
        read(written(f"plans-2024-11:\n  decisions:\n    - {said}\n"))


def test_an_empty_field_is_no_word(written):
    assert read(written("plans-2024-11:\n  words:\n  by:\n  decisions:\n")) == Commentary()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("plans-2024-11:\n  word: One.\n", "Unknown: word. Where: commentary/2024-11.yml, line 2, plans-2024-11"),
        ("plans-2024-11: One.\n", "'One.' stands where keys and values are wanted"),
        ("- One.\n", "not a list of entries by audit"),
        ("plans-2024-11: [\n", "not YAML"),
    ],
)
def test_another_form_is_refused_with_its_place(written, text, why):
    with pytest.raises(CatalogueError, match=why) as refusal:
        read(written(text))
    assert "2024-11.yml" in str(refusal.value)


def test_a_file_that_no_report_would_read_is_refused(written):
    with pytest.raises(CatalogueError, match="not named after a month"):
        list(all_commentary(written("plans-2024-11:\n", name="November.yml")))


def test_everything_that_was_written_is_found(written):
    folder = written("b:\n  words: B.\na:\n  words: A.\n")
    assert [(period, about, words.words) for period, about, words in all_commentary(folder)] == [
        ("2024-11", "b", "B."),
        ("2024-11", "a", "A."),
    ]

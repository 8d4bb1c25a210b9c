"""What a tool changes in a file leaves what people wrote beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.domain.errors import CatalogueError
from ilacs_audit.intake.yaml_files import edited, parse_yaml, read_yaml

TEXT = """# yaml-language-server: $schema=schemas/columns.json
# How returns say things.

fields:
  child_ref:   # the reference
    - "No. 0012"

# Ours since 2024.
standards:
  CON-1:
    - Was it a long question that goes on for more than eighty characters, as questions of forms often do here?
    - 'Yes: or no'
answers: {yes: [aye]}
"""


def test_comments_quotes_and_order_stay(tmp_path):
    path = tmp_path / "columns.yml"
    path.write_text(TEXT, encoding="utf-8")
    with edited(path) as content:
        content["standards"]["CON-1"].append("Is it?")
    assert path.read_text(encoding="utf-8") == TEXT.replace("'Yes: or no'\n", "'Yes: or no'\n    - Is it?\n")


def test_a_file_stays_as_it_was_where_the_change_fails(tmp_path):
    path = tmp_path / "columns.yml"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(KeyError), edited(path) as content:
        content["fields"] = {}
        content["nowhere"]["at all"] = 1
    assert path.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("text", [None, "", "# Ours.\n"])
def test_a_file_without_content_starts_as_a_section(tmp_path, text):
    path = tmp_path / "columns.yml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with edited(path) as content:
        content["ignore"] = ["Form no."]
    assert path.read_text(encoding="utf-8") == (text or "") + "ignore:\n  - Form no.\n"


def test_a_file_with_a_slip_is_not_changed(tmp_path):
    path = tmp_path / "columns.yml"
    path.write_text("fields: [\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="not YAML"), edited(path):
        pass
    assert path.read_text(encoding="utf-8") == "fields: [\n"


def test_a_file_saved_by_notepad_is_saved_as_utf_8(tmp_path):
    path = tmp_path / "columns.yml"
    path.write_bytes("teams:\n  Children’s: []\n".encode("cp1252"))
    with edited(path) as content:
        content["teams"]["Duty"] = []
    assert read_yaml(path) == {"teams": {"Children’s": [], "Duty": []}}


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufeff"), max_size=20)


@given(st.lists(WORDS, max_size=5))
def test_what_is_put_in_is_what_is_read(tmp_path_factory, words):
    path = tmp_path_factory.mktemp("kept") / "columns.yml"
    path.write_text(TEXT, encoding="utf-8")
    with edited(path) as content:
        content["ignore"] = words
    assert read_yaml(path)["ignore"] == words


@pytest.mark.parametrize("word", ["on", "no", "yes", "0012345", "12:30", "2024-11-18", "1e5", "1_000", "0x1F", ".5"])
def test_a_word_stays_what_was_written(word):
    assert parse_yaml(f"{word}: {word}\n", file="a.yml") == {word: word}

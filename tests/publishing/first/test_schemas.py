"""What an editor is told of a file is what its reader takes, and it is told in the file's first line."""

import json
from pathlib import Path

import pytest

from ilacs_audit.publishing.first.schemas import schema_line, schemas
from ilacs_audit.publishing.first.template import bare_workspace

ROOT = Path(__file__).parents[3]
EXAMPLE = [path for path in sorted((ROOT / "data").rglob("*.yml")) if "evidence" not in path.parts]
EDITED = ["reports.yml", *(path.relative_to(ROOT).as_posix() for path in EXAMPLE)]


def test_the_schemas_of_the_example_are_those_of_the_readers(request):
    """`make golden` writes them again, and the git diff is the review."""
    kept = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in (ROOT / "data/schemas").glob("*")}
    if request.config.getoption("--rewrite-golden"):
        for name, text in schemas().items():
            (ROOT / name).write_text(text, encoding="utf-8", newline="\n")
    else:
        assert kept == schemas()


@pytest.mark.parametrize("name", EDITED)
def test_a_file_that_people_edit_names_its_schema_in_its_first_line(name):
    first = (ROOT / name).read_text(encoding="utf-8").partition("\n")[0]
    assert first + "\n" == schema_line(name)
    assert ((ROOT / name).parent / first.rpartition("=")[2]).resolve().is_file()


def test_a_file_that_nobody_edits_names_none():
    assert schema_line("data/bank_holidays.csv") == schema_line("notes.yml") == ""


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("programme", {"id", "theme", "period", "selection", "population", "moderation", "rebase"}),
        ("standards", {"id", "text", "scale", "meets", "target", "comparable_with"}),
        ("exclusions", {"reason", "by", "file", "row", "child"}),
    ],
)
def test_a_schema_knows_the_keys_and_what_must_be_written(name, keys):
    entries = json.loads(schemas()[f"data/schemas/{name}.json"])["$defs"].values()
    assert any(keys <= set(each["properties"]) and each["additionalProperties"] is False for each in entries)
    needed = {"programme": ["id", "theme", "period"], "standards": ["id", "text"], "exclusions": ["reason", "by"]}[name]
    assert needed in [each.get("required") for each in entries]


def test_words_that_may_stand_somewhere_are_offered():
    audit = json.loads(schemas()["data/schemas/programme.json"])["$defs"]["Audit"]["properties"]
    assert audit["selection"]["enum"][:2] == ["random", "stratified"]


def test_a_workspace_without_the_example_has_the_schemas():
    assert set(schemas()) <= set(bare_workspace())

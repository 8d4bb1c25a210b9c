"""A notebook asks questions; the package answers them. These rules keep it so."""

import ast
import json
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EXPLORING = {"explore", "gym"}  # run by hand, or by a command of their own
LOGIC = (
    ast.FunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.While,
    ast.If,
    ast.IfExp,
    ast.Try,
    ast.With,
    ast.ListComp,
    ast.DictComp,
    ast.SetComp,
    ast.GeneratorExp,
)

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path, kind):
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


def source(cell):
    return "".join(cell["source"])


def test_there_are_notebooks_to_check():
    assert {"thematic", "dip_sample"} <= {path.stem for path in NOTEBOOKS}


@each_notebook
def test_no_cell_holds_logic(path):
    found = [
        type(node).__name__
        for cell in cells(path, "code")
        for node in ast.walk(ast.parse(source(cell)))
        if isinstance(node, LOGIC)
    ]
    assert found == []


@each_notebook
def test_no_cell_is_longer_than_eight_lines(path):
    assert max(len(source(cell).splitlines()) for cell in cells(path, "code")) <= 8


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if path.stem not in EXPLORING], ids=lambda path: path.stem)
def test_a_report_has_at_most_eight_code_cells(path):
    assert 0 < len(cells(path, "code")) <= 8


def test_each_question_of_the_notebook_for_exploring_is_one_statement():
    (path,) = (path for path in NOTEBOOKS if path.stem == "explore")
    asked = [ast.parse(source(cell)).body for cell in cells(path, "code") if not cell["metadata"].get("tags")]
    opening, *questions = asked
    assert len(opening) == 2  # the import, and the desk
    assert len(questions) > 7
    assert {len(statements) for statements in questions} == {1}


@each_notebook
def test_the_first_cell_is_prose_with_one_title(path):
    first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
    assert first["cell_type"] == "markdown"
    assert source(first).count("\n# ") + source(first).startswith("# ") == 1


@each_notebook
def test_one_cell_holds_the_parameters_each_typed_and_explained(path):
    tagged = [cell for cell in cells(path, "code") if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1
    for line in source(tagged[0]).splitlines():
        statement = ast.parse(line).body[0]
        assert isinstance(statement, ast.AnnAssign), line
        assert "  # " in line, line


@each_notebook
def test_nothing_is_imported_but_our_package(path):
    imported = [
        source_line
        for cell in cells(path, "code")
        for source_line in source(cell).splitlines()
        if source_line.startswith(("import ", "from "))
    ]
    assert imported == ["import ilacs_audit as ia"]


@each_notebook
def test_nothing_that_ran_is_kept(path):
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in cells(path, "code"))


@each_notebook
def test_every_name_it_asks_for_is_in_the_public_face(path):
    import ilacs_audit

    asked = {
        node.attr
        for cell in cells(path, "code")
        for node in ast.walk(ast.parse(source(cell)))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "ia"
    }
    assert asked <= set(ilacs_audit.__all__)


def test_every_scheduled_notebook_is_in_the_list_of_reports():
    reports = yaml.safe_load((ROOT / "reports.yml").read_text(encoding="utf-8"))
    listed = {each.get("notebook", name) for name, each in reports.items()}
    assert listed == {path.stem for path in NOTEBOOKS} - EXPLORING

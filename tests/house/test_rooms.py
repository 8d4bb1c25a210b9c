"""The walls of the house, checked in seconds: what `make check` runs beside the contracts of import-linter."""

import ast
import json
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "ilacs_audit"
FILES_A_FOLDER, LINES_A_MODULE, CELLS_A_NOTEBOOK = 15, 330, 8
EXPLORING = {"explore"}
FOLDERS = sorted({path.parent for path in PACKAGE.rglob("*.py")})
ROOMS = [folder for folder in FOLDERS if folder != PACKAGE]
NOTEBOOKS = sorted(path for path in (ROOT / "notebooks").glob("*.ipynb") if path.stem not in EXPLORING)
TESTS = sorted(path.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py"))
MIRRORED = [path for path in TESTS if path.parts[0] in {room.name for room in ROOMS if room.parent == PACKAGE}]

# Tests of a room as a whole: what its modules only hold together, seen from outside.
OF_A_WHOLE_ROOM = {
    "claims/prose/test_adversarial.py",
    "claims/prose/test_sentences.py",
    "claims/prose/test_unseen.py",
    "cli/test_check.py",
    "cli/test_explore.py",
    "cli/test_intake.py",
    "cli/test_publishing.py",
    "cli/test_same_words.py",
    "cli/test_refused_words.py",
    "desks/test_walk.py",
    "disclosure/gate/test_joint.py",
    "disclosure/gate/test_tau_argus.py",
    "disclosure/search/test_canaries.py",
    "display/charts/test_charts.py",
    "intake/returns/test_round_trip.py",
    "intake/test_catalogue_content.py",
    "intake/test_install.py",
    "publishing/owner/test_owners_walk.py",
    "publishing/run/test_faults.py",
    "stats/test_docstrings.py",
    "stats/test_facts.py",
}


def names(path):
    return str(path.relative_to(ROOT)) if path.is_absolute() else path.as_posix()


@pytest.fixture(scope="module")
def imports():
    """Each module of the package and what it imports, deferred imports counted."""
    graph = grimp.build_graph("ilacs_audit", include_external_packages=True, cache_dir=None)
    return {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}


def circle(imports):
    """The modules of a circle, or nothing."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as found:
        return found.args[1]
    return []


def test_no_modules_import_each_other_in_a_circle(imports):
    assert len(imports) > 200
    assert circle(imports) == []


def test_a_circle_would_be_found():
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) != []


def test_nothing_that_is_shipped_imports_the_tests(imports):
    assert "pandas" in imports
    assert "tests" not in imports


@pytest.mark.parametrize("folder", FOLDERS, ids=names)
def test_a_folder_can_be_taken_in_at_a_glance(folder):
    assert len(list(folder.glob("*.py"))) <= FILES_A_FOLDER


@pytest.mark.parametrize("room", ROOMS, ids=names)
def test_a_room_says_why_it_exists_and_holds_nothing_else_at_its_door(room):
    door = ast.parse((room / "__init__.py").read_text(encoding="utf-8"))
    said = ast.get_docstring(door) or ""
    assert said.split("\n")[0].endswith(".")
    if room.parent != PACKAGE:
        assert "\n" not in said, "One sentence is enough."
        assert len(door.body) == 1


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=names)
def test_a_module_can_be_read_in_one_sitting(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LINES_A_MODULE or holds_data_only(path)


def holds_data_only(path):
    made = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return not any(isinstance(node, made) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=names)
def test_a_report_is_prose_parameters_and_a_few_cells(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert sum(cell["cell_type"] == "code" for cell in cells) <= CELLS_A_NOTEBOOK


@pytest.mark.parametrize("path", MIRRORED, ids=names)
def test_tests_stand_where_what_they_test_stands(path):
    room, name = PACKAGE / path.parent, path.stem.removeprefix("test_")
    assert room.is_dir(), f"The package has no room {path.parent}."
    tested = (room / f"{name}.py").is_file() or (room / name).is_dir()
    assert tested or path.as_posix() in OF_A_WHOLE_ROOM


def test_every_test_of_a_whole_room_is_there():
    assert {path.as_posix() for path in TESTS} >= OF_A_WHOLE_ROOM

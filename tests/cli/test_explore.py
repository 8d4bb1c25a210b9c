"""The notebook for exploring runs from top to bottom as it comes, and shows what it promises."""

import json

import nbformat
import pytest

from ilacs_audit.engine.pool import Job, run_jobs
from ilacs_audit.engine.processes import can_fork


@pytest.fixture(scope="module", params=["consent-2024-11", "plans-2024-11"])
def explored(request, tmp_path_factory, root):
    executed = tmp_path_factory.mktemp("explored") / "explore.ipynb"
    parameters = {"workspace": str(root), "audit": request.param}
    engine = "fork" if can_fork() else "kernel"
    (outcome,) = run_jobs([Job("explore", root / "notebooks/explore.ipynb", parameters, executed)], engine=engine)
    assert outcome.status == "ok", outcome.problem
    return nbformat.read(executed, as_version=4)


def shown(notebook):
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return " ".join(json.dumps(output.get("data", {}), ensure_ascii=False) for output in outputs)


def test_every_cell_that_should_show_something_does(explored):
    silent = [cell.source for cell in explored.cells if cell.cell_type == "code" and not cell.outputs]
    assert all(" = " in source.splitlines()[-1] or source.startswith("audit: str") for source in silent)


def test_the_questions_are_answered_in_order(explored):
    said = shown(explored)
    words_of_all = ("cannot tell", "÷", "To tell 70% from 85%", "Work it out by hand")
    for words in (
        words_of_all
        if "CON-1" not in said
        else ("cannot tell", "The range allows for whatever they hold", "To tell 70% from 85%", "not met")
    ):
        assert words in said, words


def test_no_name_of_a_worker_is_shown(explored, root):
    people = (root / "data/example/registers/workforce.csv").read_text(encoding="utf-8").splitlines()[1:]
    said = shown(explored)
    assert not [name for name in (line.split(",")[0] for line in people) if name in said]


def test_nothing_of_it_is_scheduled(root):
    assert "explore" not in (root / "reports.yml").read_text(encoding="utf-8")

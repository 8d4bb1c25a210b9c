"""A notebook is given the parameters it declares and no others, and is read once however many reports it makes."""

import json

import pytest

from ilacs_audit.domain.errors import NotebookError
from ilacs_audit.engine.jobs import Job
from ilacs_audit.engine.notebook import opened
from ilacs_audit.engine.pool import run_jobs

DECLARED = 'period: str = ""  # such as period=2024-11\nas_of: str | None = None\naudience = "board"'


@pytest.fixture
def write(tmp_path):
    """Write a notebook of one cell, tagged or not, and give its path."""

    def written(source=DECLARED, *, tags=("parameters",), name="asks"):
        cell = {"cell_type": "code", "id": "a", "source": source, "metadata": {"tags": list(tags)}}
        book = {"cells": [{**cell, "execution_count": None, "outputs": []}], "metadata": {}}
        path = tmp_path / f"{name}.ipynb"
        path.write_text(json.dumps({**book, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
        return path

    return written


def problem(path, **parameters):
    [outcome] = run_jobs([Job("asks", path, parameters, path.with_suffix(".ran"))])
    assert not path.with_suffix(".ran").exists(), "the notebook was run"
    return outcome.problem


def test_every_parameter_of_the_tagged_cell_is_known_with_or_without_a_type(write):
    assert opened(write()).parameters == {"period", "as_of", "audience"}
    assert opened(write(tags=(), name="plain")).parameters is None


def test_an_unknown_parameter_is_refused_with_the_near_names_and_the_notebook(write):
    path = write()
    said = problem(path, perod="2024-11")
    assert said.startswith(f"The notebook has no parameter called perod. Where: {path}.")
    assert said.endswith("Did you mean period? Its parameters are as_of, audience, period.")
    assert "Did you mean" not in problem(path, zzz=1)


def test_a_notebook_without_the_tag_is_given_no_parameters(write):
    path = write(tags=())
    assert problem(path, period="2024-11").startswith("The notebook takes no parameters, and was given period.")
    assert run_jobs([Job("asks", path, {}, path.with_suffix(".ran"))])[0].status == "ok"


def test_a_cell_of_parameters_that_is_no_python_is_refused(write):
    assert problem(write("period = ")).startswith("The cell tagged `parameters` cannot be read.")


def test_a_notebook_is_read_once(write):
    path = write()
    first = opened(path)
    path.write_text("not a notebook")
    assert opened(path) is first
    with pytest.raises(NotebookError, match="not a notebook"):
        opened(path.with_name("asks.ipynb").rename(path.with_name("other.ipynb")))

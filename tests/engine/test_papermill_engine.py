"""Whichever route runs a notebook, the bytes are the same; real kernels and real forks only."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ilacs_audit.engine.environment import variables
from ilacs_audit.engine.jobs import Batch
from ilacs_audit.engine.pool import Job, run_jobs
from ilacs_audit.publishing.run.reports import PRELOAD

NOTEBOOKS = Path(__file__).parent / "notebooks"
SUCCEED = ("tables", "charts", "streams", "displays", "exits", "parameters", "awaits", "uses_pools", "surroundings")
FAIL = (
    "raises",
    "syntax_error",
    "exits_with_code",
    "tolerated_error",
    "wrong_magic",
    "leaves",
    "house_error",
    "secret_error",
)
FINISH = """
from dataclasses import dataclass

def count(job, notebook, *, extra=0):
    return {"job": job.id, "outputs": sum(len(cell.get("outputs", [])) for cell in notebook.cells) + extra}
"""


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Every fixture notebook, run by both routes: folder and outcomes by route."""
    place = tmp_path_factory.mktemp("both")
    (place / "finishing.py").write_text(FINISH)
    ran = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(place))
        # ipykernel behaves differently when it believes that it is being tested.
        patch.delenv("PYTEST_CURRENT_TEST", raising=False)
        for engine in ("fork", "kernel"):
            jobs = [Job(name, NOTEBOOKS / f"{name}.ipynb", {}, place / engine / name) for name in SUCCEED + FAIL]
            outcomes = run_jobs(jobs, engine=engine, finish="finishing:count", finish_options={"extra": 1}, timeout=60)
            ran[engine] = place / engine, {each.job_id: each for each in outcomes}
    return ran


@pytest.mark.parametrize("name", SUCCEED + FAIL)
def test_both_routes_leave_the_same_bytes(both, name):
    assert (both["fork"][0] / name).read_bytes() == (both["kernel"][0] / name).read_bytes()


@pytest.mark.parametrize("name", SUCCEED + FAIL)
def test_both_routes_tell_the_same_outcome_and_result(both, name):
    fork, kernel = (both[engine][1][name] for engine in ("fork", "kernel"))
    told = [(each.status, each.problem, each.failing_cell, each.result) for each in (fork, kernel)]
    assert told[0] == told[1]
    assert fork.status == ("ok" if name in SUCCEED else "crashed" if name == "leaves" else "failed")
    assert (fork.result is not None) == (name in SUCCEED)


def outputs(both, name, engine="fork"):
    cells = json.loads((both[engine][0] / name).read_text())["cells"]
    return [output for cell in cells for output in cell.get("outputs", [])]


def test_charts_appear_without_matplotlib_inline(both):
    images = [output for output in outputs(both, "charts") if "image/png" in output.get("data", {})]
    assert len(images) == 2


def test_the_alternative_text_of_a_chart_is_kept(both):
    described = [output["metadata"] for output in outputs(both, "charts") if output.get("metadata")]
    assert {"image/svg+xml": {"alt": "a line"}} in described


def test_wide_tables_are_cut_at_twenty_columns_as_in_a_notebook(both):
    table = "".join(outputs(both, "tables")[0]["data"]["text/html"])
    assert "3 rows × 30 columns" in table
    assert table.count("<th>column") == 20


def test_facts_travel_as_json_beside_the_html(both):
    found = outputs(both, "displays")
    facts = [each["data"].get("application/vnd.ilacs-audit+json") for each in found if "data" in each]
    assert {"value": 0.5, "pair": [1, 2], "none": None} in facts


def test_text_written_past_python_is_recorded(tmp_path):
    [outcome] = run_jobs([Job("text", NOTEBOOKS / "text_from_below.ipynb", {}, tmp_path / "ran")], preload=())
    cells = json.loads((tmp_path / "ran").read_text())["cells"]
    text = ["".join(output["text"]) for cell in cells for output in cell["outputs"]]
    assert outcome.status == "ok"
    assert text == ["above\nfrom below\n", "from a child\n"]


def test_process_numbers_and_times_are_not_kept(both):
    kept = (both["fork"][0] / "streams").read_text()
    assert "ipykernel_" not in kept
    assert "start_time" not in kept
    assert str(both["fork"][0]) not in kept


def test_a_process_pool_can_be_used_twice_by_functions_of_the_notebook(both):
    text = "".join("".join(each.get("text", [])) for each in outputs(both, "uses_pools"))
    assert text == "[0, 2, 4, 6]\n" * 3


def test_a_failed_notebook_is_kept_with_a_mark_at_the_failing_cell(both):
    kept = (both["fork"][0] / "raises").read_text()
    assert "papermill-error-cell" in kept
    assert "ZeroDivisionError" in kept
    assert both["fork"][1]["raises"].failing_cell == 4


def test_only_our_own_errors_bring_their_words_along(both):
    said = {name: both["fork"][1][name].problem for name in ("house_error", "secret_error")}
    assert said["house_error"].endswith("Two standards have one name. What to do: Rename one.")
    assert said["secret_error"] == "The notebook stopped in cell 1 with ValueError."


def test_a_second_run_leaves_the_same_bytes(both, tmp_path):
    names = [name for name in SUCCEED + FAIL if name != "uses_pools"]
    jobs = [Job(name, NOTEBOOKS / f"{name}.ipynb", {}, tmp_path / name) for name in names]
    run_jobs(jobs, workers=1, engine="fork")
    for name in names:
        assert (tmp_path / name).read_bytes() == (both["fork"][0] / name).read_bytes(), name


def run_bootstrapped(code, folder):
    """Run code in a process prepared as those that run notebooks are."""
    setup = (
        "import sys\nfrom ilacs_audit.engine.environment import UNWANTED\nsys.modules.update(dict.fromkeys(UNWANTED))\n"
    )
    command = [sys.executable, "-W", "error::DeprecationWarning", "-c", setup + code]
    return subprocess.run(command, env=variables(folder), capture_output=True, text=True, timeout=60)


def test_the_warm_parent_has_one_thread_and_no_messaging_context(tmp_path):
    code = f"""
from pathlib import Path
from ilacs_audit.engine.jobs import Batch
from ilacs_audit.engine.processes import threads
from ilacs_audit.engine.warm import made_warm
print(repr(made_warm(Batch(Path({str(tmp_path)!r}), 1, 1, preload={PRELOAD!r}), [])), threads())
"""
    assert run_bootstrapped(code, tmp_path).stdout == "'' 1\n"


def test_the_engine_can_be_imported_before_papermill_and_papermill_can_find_it(tmp_path):
    code = """
from ilacs_audit.engine.papermill_engine import FORK, KERNEL, register
register()
from papermill.engines import papermill_engines
print(papermill_engines.get_engine(FORK).__name__, papermill_engines.get_engine(KERNEL).__name__)
"""
    assert run_bootstrapped(code, tmp_path).stdout == "ForkEngine KernelEngine\n"


def test_papermill_itself_can_run_a_notebook_by_the_engine_but_not_two_in_one_process(tmp_path):
    code = f"""
import papermill, sys
from ilacs_audit.engine.papermill_engine import FORK, register
register()
run = lambda: papermill.execute_notebook({str(NOTEBOOKS / "parameters.ipynb")!r}, {str(tmp_path / "ran.ipynb")!r},
    parameters=dict(period="2024-12"), engine_name=FORK, progress_bar=False)
print("2024-12" in run().cells[2].outputs[0].text, file=sys.__stdout__)
try:
    run()
except Exception as error:
    print(error.what, file=sys.__stdout__)
"""
    said = run_bootstrapped(code, tmp_path).stdout
    assert said == "True\nThis process already runs a notebook, and two would share everything.\n"


def test_a_batch_can_be_pickled_with_what_it_carries():
    import pickle

    batch = Batch(Path("place"), 2, 300.0, finish_options={"pages": {"a": 1}})
    assert pickle.loads(pickle.dumps(batch)) == batch

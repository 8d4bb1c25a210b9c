"""Whatever a notebook or a person with `kill` does, the batch ends, says so, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

from ilacs_audit.domain.errors import NotebookError, UsageError
from ilacs_audit.engine import pool
from ilacs_audit.engine.jobs import checked
from ilacs_audit.engine.pool import CHARTS, Job, Warm, _charts, choose_route, run_jobs

NOTEBOOKS = Path(__file__).parent / "notebooks"
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """A place for temporary files of our own, found empty afterwards, with no process left that uses it."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr("tempfile.tempdir", str(place))
    yield place
    assert eventually(lambda: not processes(place)), "processes are left"
    assert eventually(lambda: not list(place.iterdir())), "temporary files are left"
    assert not list(tmp_path.rglob("*.partial-*")), "unfinished files are left"


def job(tmp_path, name, *, id="", **parameters):
    return Job(id or name, NOTEBOOKS / f"{name}.ipynb", parameters, tmp_path / "executed" / f"{id or name}.ipynb")


def processes(place):
    """Every process that was started with this place in its environment or command."""
    return [pid for pid in Path("/proc").glob("[0-9]*") if mentions(pid, str(place)) and pid.name != str(os.getpid())]


def mentions(process, text):
    try:
        return any(text.encode() in (process / file).read_bytes() for file in ("environ", "cmdline"))
    except OSError:
        return False


def eventually(condition, seconds=15.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def status(outcomes):
    return {each.job_id: each.status for each in outcomes}


def test_outcomes_come_in_the_order_of_the_jobs_whichever_ends_first(tmp_path):
    jobs = [job(tmp_path, "waits", id=f"waits-{seconds}", seconds=seconds) for seconds in (1.0, 0.0, 0.1)]
    heard = []
    outcomes = run_jobs(jobs, workers=2, preload=(), on_progress=heard.append)
    assert [each.job_id for each in outcomes] == ["waits-1.0", "waits-0.0", "waits-0.1"]
    assert heard[-1].job_id == "waits-1.0"
    assert all(each.status == "ok" and each.seconds > 0 and each.peak_memory_bytes > 2**20 for each in outcomes)


def test_no_jobs_make_no_outcomes():
    assert run_jobs([]) == []


@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_whatever_one_notebook_does_the_others_run(tmp_path, engine):
    names = ["raises", "hangs", "hangs_in_c", "prints_100_mb", "ends_its_process", "is_killed", "crashes", "waits"]
    if engine == "kernel":
        names.remove("prints_100_mb")
    outcomes = run_jobs([job(tmp_path, name) for name in names], engine=engine, timeout=8, preload=())
    assert status(outcomes) == {
        "raises": "failed",
        "hangs": "timeout",
        "hangs_in_c": "timeout",
        "ends_its_process": "crashed",
        "is_killed": "crashed",
        "crashes": "crashed",
        "waits": "ok",
        **({"prints_100_mb": "ok"} if "prints_100_mb" in names else {}),
    }
    found = {each.job_id: each for each in outcomes}
    late = "The notebook was still running after 8 seconds and was stopped. It was in cell 2."
    assert found["hangs"].problem == late
    assert found["ends_its_process"].failing_cell == 1
    assert all("Traceback" not in each.problem for each in outcomes)
    written = {path.stem for path in (tmp_path / "executed").iterdir()}
    assert {"raises", "waits"} <= written


def test_a_hundred_megabytes_of_print_become_one_and_a_note(tmp_path):
    [outcome] = run_jobs([job(tmp_path, "prints_100_mb")], preload=())
    kept = (tmp_path / "executed" / "prints_100_mb.ipynb").read_text()
    assert outcome.status == "ok"
    assert len(kept) < 1_200_000
    assert "[99000100 more characters were printed here and not kept]" in kept


def test_parameters_keep_their_type_and_unknown_ones_are_refused(tmp_path):
    from datetime import date

    given = {"period": "007", "as_of": date(2024, 11, 30), "share": 1e3, "teams": ("a", "b"), "note": 'say "x=1"'}
    outcomes = run_jobs(
        [job(tmp_path, "parameters", **given), job(tmp_path, "parameters", id="typo", perod="2024-11")], preload=()
    )
    assert outcomes[0].status == "ok"
    kept = (tmp_path / "executed" / "parameters.ipynb").read_text()
    assert "('007', '2024-11-30', 1000.0, ['a', 'b'], 'say \\\"x=1\\\"')" in kept
    assert outcomes[1].status == "failed"
    assert outcomes[1].problem.startswith("The notebook has no parameter called perod.")


def test_a_file_that_is_missing_or_no_notebook_fails_alone(tmp_path):
    (tmp_path / "text.ipynb").write_text("not a notebook")
    jobs = [Job("text", tmp_path / "text.ipynb", {}, tmp_path / "a"), Job("gone", tmp_path / "no", {}, tmp_path / "b")]
    outcomes = run_jobs([*jobs, job(tmp_path, "waits")], preload=())
    assert [each.status for each in outcomes] == ["failed", "failed", "ok"]
    assert outcomes[0].problem.startswith("The file is not a notebook.")
    assert outcomes[1].problem.startswith("The notebook cannot be read: No such file or directory.")


def test_jobs_that_would_write_over_each_other_are_refused(tmp_path):
    with pytest.raises(NotebookError, match="listed more than once: waits"):
        checked([job(tmp_path, "waits"), job(tmp_path, "waits")])
    with pytest.raises(NotebookError, match="cannot be written into a notebook"):
        checked([job(tmp_path, "waits", seconds=object())])


def test_a_place_that_cannot_be_written_fails_the_report_and_says_why(tmp_path):
    (tmp_path / "executed").write_text("a file where a folder is wanted")
    [outcome] = run_jobs([job(tmp_path, "waits")], preload=())
    assert (outcome.status, outcome.result) == ("failed", None)
    assert outcome.problem.startswith("A file could not be read or written:")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="mounts a small disk")
def test_a_full_disk_fails_the_report_and_leaves_no_part_of_it(tmp_path):
    disk = tmp_path / "executed"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        outcomes = run_jobs([job(tmp_path, "prints_100_mb"), job(tmp_path, "waits")], preload=(), workers=1)
        assert [path.name for path in disk.iterdir()] == ["waits.ipynb"]
    finally:
        subprocess.run(["umount", disk], check=True)
    assert outcomes[0].problem == "A file could not be read or written: No space left on device."
    assert outcomes[1].status == "ok"


STEPS = """
import os, pathlib, threading
from ilacs_audit.domain.errors import DisclosureError

warmed = []

def prepare(*, words="none"):
    warmed.extend([os.getpid(), words])

def where(job, notebook):
    return warmed == [os.getppid(), "none"], len(notebook.cells)

def told(job, notebook):
    return warmed[1:]

def refuse(job, notebook):
    raise DisclosureError("A cell is too small.")

def stumble(job, notebook):
    raise KeyError("Jane Doe")

def unsendable(job, notebook):
    return lambda: None
"""


@pytest.fixture
def steps(tmp_path, monkeypatch):
    """A module of the caller's, whose functions the children can find."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "steps.py").write_text(STEPS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "modules"))
    return tmp_path / "modules" / "steps.py"


def test_what_is_prepared_once_is_there_when_each_notebook_is_finished(tmp_path, steps):
    jobs = [job(tmp_path, "waits", id=name) for name in "ab"]
    outcomes = run_jobs(jobs, finish="steps:where", prepare="steps:prepare", preload=(), engine="fork")
    assert [each.result for each in outcomes] == [(True, 2), (True, 2)]


@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_a_file_of_the_callers_own_never_stands_for_a_library(tmp_path, monkeypatch, engine):
    (tmp_path / "six.py").write_text("raise SystemExit('the caller has a script of this name')")
    monkeypatch.chdir(tmp_path)
    [outcome] = run_jobs([job(tmp_path, "waits")], engine=engine)
    assert outcome.status == "ok"


@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_what_is_prepared_is_told_what_it_needs_to_know(tmp_path, steps, engine):
    options = {"prepare": "steps:prepare", "prepare_options": {"words": "the store"}, "engine": engine}
    [outcome] = run_jobs([job(tmp_path, "waits")], finish="steps:told", **options)
    assert outcome.result == ["the store"]


@pytest.mark.parametrize(
    ("function", "problem"),
    [
        ("refuse", "A cell is too small."),
        ("stumble", "The notebook ran, but making its page stopped with KeyError."),
        ("unsendable", "The page was made, but what was found out about it cannot be sent back."),
    ],
)
def test_a_page_that_cannot_be_made_fails_in_words_without_values(tmp_path, steps, function, problem):
    [outcome] = run_jobs([job(tmp_path, "waits")], finish=f"steps:{function}", preload=())
    assert (outcome.status, outcome.problem) == ("failed", problem)


def test_a_function_or_module_that_is_not_there_stops_the_batch_at_once(tmp_path, steps):
    with pytest.raises(NotebookError, match="no function called steps:nowhere"):
        run_jobs([job(tmp_path, "waits")], finish="steps:nowhere", preload=())
    with pytest.raises(NotebookError, match="module no_such_module"):
        run_jobs([job(tmp_path, "waits")], preload=("no_such_module",))


def test_an_edited_module_is_met_in_its_new_form_by_the_next_batch(tmp_path, steps):
    for answer in (1, 2):
        steps.write_text(f"def ask(job, notebook):\n    return {answer}\n# {'x' * answer}")
        [outcome] = run_jobs([job(tmp_path, "waits")], finish="steps:ask", preload=("steps",))
        assert outcome.result == answer


@pytest.mark.parametrize(
    "unsafe",
    [
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
        "import zmq\nzmq.Context.instance()",
    ],
)
def test_a_parent_with_threads_or_sockets_is_not_forked(tmp_path, steps, unsafe, caplog):
    steps.write_text(unsafe)
    with pytest.raises(NotebookError, match="cannot be forked here"):
        run_jobs([job(tmp_path, "waits")], preload=("steps",), engine="fork")
    caplog.set_level("INFO", logger=pool.__name__)
    [outcome] = run_jobs([job(tmp_path, "waits")], preload=("steps",))
    assert outcome.status == "ok"
    assert [record.message.startswith("Each notebook starts a kernel of its own") for record in caplog.records] == [
        True
    ]


def test_what_draws_charts_is_warmed_up_only_for_notebooks_that_name_it(tmp_path):
    assert _charts([job(tmp_path, "waits"), job(tmp_path, "charts")]) == CHARTS
    assert _charts([job(tmp_path, "waits"), job(tmp_path, "not_there")]) == ()


def test_the_route_is_chosen_by_what_the_system_can_do(monkeypatch):
    assert choose_route("kernel") == "kernel"
    monkeypatch.setattr(pool, "can_fork", lambda: False)
    assert choose_route() == "kernel"
    with pytest.raises(UsageError, match="cannot be forked on this system"):
        choose_route("fork")
    with pytest.raises(UsageError, match="not an engine"):
        choose_route("rocket")


def test_notebooks_share_no_state_and_draw_different_numbers(tmp_path):
    jobs = [job(tmp_path, name, id=f"{name}-{i}") for name in ("state", "draws_numbers") for i in (1, 2)]
    run_jobs(jobs, workers=1, preload=("numpy", "pandas"), engine="fork")
    kept = {each.id: each.executed.read_text() for each in jobs}
    assert kept["state-1"] == kept["state-2"]
    assert "False None 60 False" in kept["state-1"]
    first, second = (drawn(kept[f"draws_numbers-{i}"]) for i in (1, 2))
    assert all(one != other for one, other in zip(first, second, strict=True))


def drawn(executed):
    return nbformat.reads(executed, as_version=4).cells[0].outputs[0].text.split()


def test_kernels_that_start_together_leave_no_sockets_in_the_current_folder(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    jobs = [job(tmp_path, "waits", id=f"waits-{i}") for i in range(4)]
    outcomes = run_jobs(jobs, workers=2, engine="kernel", preload=())
    assert [each.status for each in outcomes] == ["ok"] * 4
    assert not list(Path().iterdir())


@linux_only
@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_processes_a_notebook_leaves_running_are_ended(tmp_path, engine):
    [outcome] = run_jobs([job(tmp_path, "starts_processes", marker=str(tmp_path))], engine=engine, preload=())
    assert outcome.status == "ok"
    assert not processes(tmp_path / "temporary")


def test_the_caller_may_have_threads_and_imports_no_notebook_machinery(tmp_path):
    code = f"""
import sys, threading, time
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
from pathlib import Path
from ilacs_audit.engine.pool import Job, run_jobs
job = Job("a", Path({str(NOTEBOOKS / "waits.ipynb")!r}), {{}}, Path({str(tmp_path / "a.ipynb")!r}))
print(run_jobs([job], engine="fork")[0].status, {{"papermill", "nbformat", "zmq"}} & set(sys.modules))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert (ran.stdout, ran.stderr) == ("ok set()\n", "")


# A shell that puts a job in the background lets it ignore Ctrl-C; the caller here takes it back.
CALLER = """
import signal
import sys
from pathlib import Path

signal.signal(signal.SIGINT, signal.default_int_handler)
from ilacs_audit.engine.pool import Job, run_jobs
notebook, marker, executed, engine = sys.argv[1:]
jobs = [Job(f"{i}", Path(notebook), {"marker": marker, "seconds": 60.0}, Path(executed) / f"{i}") for i in range(3)]
outcomes = run_jobs(jobs, workers=2, preload=(), engine=engine)
print([each.status for each in outcomes])
"""


@contextmanager
def caller(tmp_path, engine):
    """A program in the middle of a batch: two notebooks are running, and each has started processes."""
    notebook, marker = NOTEBOOKS / "starts_processes.ipynb", f"marker-{tmp_path}"
    command = [sys.executable, "-c", CALLER, notebook, marker, tmp_path / "out", engine]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert eventually(lambda: len(processes(marker)) >= 1 + 2 * 3, 40)
            yield process
        finally:
            process.kill()


@linux_only
@pytest.mark.parametrize("engine", ["fork", "kernel"])
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_is_left_when_the_caller_is_killed(tmp_path, temporary, engine, end):
    with caller(tmp_path, engine) as process:
        process.send_signal(end)
        process.wait()
        assert eventually(lambda: not processes(temporary))


@linux_only
@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_ctrl_c_ends_the_batch_in_order_and_tells_what_was_interrupted(tmp_path, temporary, engine):
    with caller(tmp_path, engine) as process:
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=30)[0] == "['interrupted', 'interrupted', 'interrupted']\n"
        assert process.returncode == 0


def run_in_thread(jobs, **options):
    """Run jobs beside the test, so that the test can do harm meanwhile."""
    outcomes = []
    thread = threading.Thread(target=lambda: outcomes.extend(run_jobs(jobs, preload=(), **options)))
    thread.start()
    return thread, outcomes


@linux_only
def test_a_killed_warm_process_costs_only_what_was_running(tmp_path, temporary):
    jobs = [job(tmp_path, "starts_processes", id="a", marker=f"marker-{tmp_path}", seconds=60.0)]
    jobs += [job(tmp_path, "waits", id=name) for name in "bcd"]
    thread, outcomes = run_in_thread(jobs, workers=1, engine="fork")
    assert eventually(lambda: len(processes(f"marker-{tmp_path}")) >= 3, 40)
    [warm] = [pid for pid in processes(temporary) if parent(pid) == os.getpid()]
    os.kill(int(warm.name), signal.SIGKILL)
    thread.join(60)
    assert status(outcomes) == {"a": "crashed", "b": "ok", "c": "ok", "d": "ok"}


@linux_only
def test_one_warm_process_serves_a_runs_batches_and_one_that_was_killed_between_them_is_replaced(tmp_path, temporary):
    found = []
    with Warm() as kept:
        for name in "abc":
            assert status(run_jobs([job(tmp_path, "waits", id=name)], engine="fork", warm=kept)) == {name: "ok"}
            found += [pid.name for pid in processes(temporary) if parent(pid) == os.getpid()]
            if name == "b":
                os.kill(int(found[-1]), signal.SIGKILL)
    assert len(found) == 3 and found[0] == found[1] != found[2]


@linux_only
@pytest.mark.parametrize("killed", [False, True])
def test_a_process_that_warms_up_ahead_serves_the_batch_and_one_that_died_of_it_is_replaced(tmp_path, steps, killed):
    with Warm() as kept:
        kept.begin(preload=("json",), prepare="steps:prepare")
        folder, _ = kept._at_work
        if killed:
            [begun] = [pid for pid in processes(folder) if parent(pid) == os.getpid()]
            os.kill(int(begun.name), signal.SIGKILL)
        (ended,) = run_jobs([job(tmp_path, "waits", id="a")], engine="fork", finish="steps:told", warm=kept)
        assert (ended.status, kept._at_work[0] == folder) == ("ok", not killed)
        assert ended.result == ([] if killed else ["none"])


@linux_only
def test_a_killed_child_costs_only_its_own_notebook(tmp_path, temporary):
    jobs = [job(tmp_path, "waits", id="a", seconds=60.0), job(tmp_path, "waits", id="b")]
    thread, outcomes = run_in_thread(jobs, workers=1, engine="fork")
    assert eventually(lambda: list(temporary.glob("*/job-0/stdout")), 40)
    [child] = [pid for pid in processes(temporary) if parent(pid) != os.getpid()]
    os.kill(int(child.name), signal.SIGKILL)
    thread.join(60)
    assert status(outcomes) == {"a": "crashed", "b": "ok"}
    assert "killed, by hand or because the machine ran out of memory" in outcomes[0].problem


def parent(process):
    return int((process / "stat").read_text().rpartition(")")[2].split()[1])


def test_what_a_killed_run_left_half_written_is_taken_away_by_the_next(tmp_path):
    leftover = tmp_path / "executed" / ".waits.ipynb.partial-4711"
    leftover.parent.mkdir()
    leftover.write_text("half")
    run_jobs([job(tmp_path, "waits")], preload=())
    assert [path.name for path in leftover.parent.iterdir()] == ["waits.ipynb"]

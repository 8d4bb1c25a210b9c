"""Reports sent to a real cluster come back as if they had been run here, even when a worker is killed on the way."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from ilacs_audit.disk.code import package_fingerprint
from ilacs_audit.domain.errors import NotebookError, UsageError
from ilacs_audit.engine import cluster as here
from ilacs_audit.engine.cluster import run_on_cluster
from ilacs_audit.engine.pool import Job, run_jobs
from tests.publishing import tiny

pytest.importorskip("distributed", reason="NOT TESTED: the extra [cluster] is not installed")
pytestmark = pytest.mark.filterwarnings("default")
FINISH = f"{__name__}:finish"
SECRET = "Jane Doe"
# The worker is the caller of the process that forked this one. Only the first attempt ends it.
FATAL = """
import os, signal, time
from pathlib import Path
mark = Path(evidence)
if not mark.exists():
    mark.touch()
    worker = int(Path(f"/proc/{os.getppid()}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(worker, signal.SIGKILL)
    time.sleep(60)
"""
NOTEBOOKS = {"calm": "print(period)", "fatal": FATAL, "raises": f"raise ValueError({SECRET!r})", "last": "period"}
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds the worker in /proc")


def finish(job, notebook, *, pages):
    """Make a page of a job, in a folder below that of its notebook."""
    path = Path(pages[job.id]["staged"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{job.id}: {len(notebook.cells)} cells")
    return {"words": pages[job.id]["words"]}


def jobs_in(folder, tmp_path):
    for name, code in NOTEBOOKS.items():
        tiny.write_notebook(tmp_path, name, code)
    told = {"period": "2024-11", "evidence": str(tmp_path / "killed")}
    return [Job(name, tmp_path / "notebooks" / f"{name}.ipynb", told, folder / f"{name}.ipynb") for name in NOTEBOOKS]


def options_for(folder):
    pages = {name: {"staged": str(folder / "staged" / f"{name}.html"), "words": "a"} for name in NOTEBOOKS}
    return {"finish": FINISH, "finish_options": {"pages": pages}, "preload": (), "timeout": 60.0}


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lasting(outcomes):
    """What must be the same wherever a job ran."""
    return [replace(each, seconds=0.0, peak_memory_bytes=0) for each in outcomes]


@pytest.fixture(scope="module")
def three_workers(tmp_path_factory):
    """The address of a scheduler with three worker processes, and the file of all they say."""
    folder = tmp_path_factory.mktemp("cluster")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    common = ["--no-dashboard", "--protocol", "tcp"]
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", str(port), *common]
    worker = ["worker", address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", *common]
    said = folder / "said.txt"
    begun = []
    try:
        with said.open("w") as out:
            for number, words in enumerate([scheduler, worker, worker, worker]):
                place = ["--local-directory", str(folder / f"w{number}")] if words is worker else []
                surroundings = {**os.environ, "PYTHONPATH": str(tiny.ROOT), "TMPDIR": str(folder)}
                begun.append(
                    subprocess.Popen(dask(*words, *place), stdout=out, stderr=out, env=surroundings, cwd=folder)
                )
        yield address, said
    finally:
        below = [each for one in begun for each in _tree(one.pid)]
        for process in reversed(begun):  # the scheduler last, or its workers wait for it
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    assert not [each for each in psutil.wait_procs(below, timeout=10)[1] if each.is_running()], "orphans"
    shutil.rmtree(folder)


def dask(*words):
    return [sys.executable, "-m", "dask", *words]


def _tree(pid):
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


@linux_only
def test_a_worker_is_killed_and_every_page_is_as_if_nothing_had_happened(three_workers, tmp_path):
    address, said = three_workers
    one, many = tmp_path / "one", tmp_path / "many"
    (tmp_path / "killed").touch()
    expected = run_jobs(jobs_in(one, tmp_path), **options_for(one))
    (tmp_path / "killed").unlink()
    told = []
    outcomes = run_on_cluster(
        jobs_in(many, tmp_path),
        scheduler=address,
        staging=f"file://{tmp_path}/shared",
        on_progress=told.append,
        **options_for(many),
    )
    assert (tmp_path / "killed").exists(), "no worker was killed"
    assert [each.status for each in outcomes] == ["ok", "ok", "failed", "ok"]
    assert lasting(outcomes) == lasting(expected)
    assert sorted(each.job_id for each in told) == sorted(NOTEBOOKS)
    assert files(many) == files(one)
    assert (many / "calm.ipynb").stat().st_mode & 0o777 == 0o600
    assert not files(tmp_path / "shared"), "places of attempts are left"
    assert SECRET not in said.read_text()
    assert _within(20, lambda: not list(said.parent.glob("ilacs-*"))), "a killed worker's notebooks left their folder"


def _within(seconds, true):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.1)
    return true()


def test_a_period_sent_to_a_cluster_has_the_bytes_of_one_made_here(three_workers, tmp_path):
    place = tiny.make(tmp_path / "work", notebooks={"dip_sample": tiny.FINE})
    tiny.publish(place, tmp_path / "here")
    ended = tiny.publish(place, tmp_path / "there", scheduler=three_workers[0])
    assert not ended.failed
    assert tiny.given(tmp_path / "there") == tiny.given(tmp_path / "here")
    assert not list((tmp_path / "there").rglob(".*"))


def test_a_task_that_runs_twice_leaves_two_attempts_and_writes_to_no_final_place(tmp_path):
    job = jobs_in(tmp_path / "out", tmp_path)[0]
    task = here.Task([job], {"preload": ()}, str(tmp_path / "attempts"), package_fingerprint())
    sent = []
    both = [threading.Thread(target=lambda: sent.append(here.run_task(task))) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert not job.executed.exists()
    (first, *_), (second, *_) = sent[0].files, sent[1].files
    assert first[0] != second[0]
    assert Path(first[0]).read_bytes() == Path(second[0]).read_bytes()
    assert first[1] == second[1] == str(job.executed)


def test_a_worker_with_another_version_says_so(tmp_path):
    sent = here.run_task(here.Task(jobs_in(tmp_path, tmp_path)[:1], {}, str(tmp_path / "attempts"), "another"))
    assert [each.status for each in sent.outcomes] == ["failed"]
    assert "another version of ilacs_audit" in sent.outcomes[0].problem


def test_nothing_is_raised_on_a_worker(tmp_path, monkeypatch):
    def breaks(*_, **__):
        raise RuntimeError(SECRET)

    monkeypatch.setattr(here, "run_jobs", breaks)
    task = here.Task(jobs_in(tmp_path, tmp_path)[:1], {}, str(tmp_path / "attempts"), package_fingerprint())
    assert here.run_task(task).outcomes[0].problem == "The worker stopped with RuntimeError."


def test_without_the_package_the_extra_is_named(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"ilacs_audit\[cluster\]"):
        run_on_cluster(jobs_in(tmp_path, tmp_path), scheduler="tcp://127.0.0.1:1")


def test_where_no_scheduler_answers_it_is_said_so(tmp_path):
    with pytest.raises(UsageError, match="no Dask scheduler"):
        run_on_cluster(jobs_in(tmp_path, tmp_path), scheduler="tcp://127.0.0.1:1", patience=1)


def test_jobs_that_would_write_over_each_other_are_refused(tmp_path):
    [job, *_] = jobs_in(tmp_path, tmp_path)
    assert run_on_cluster([], scheduler="tcp://127.0.0.1:1") == []
    with pytest.raises(NotebookError, match="more than once"):
        run_on_cluster([job, job], scheduler="tcp://127.0.0.1:1")

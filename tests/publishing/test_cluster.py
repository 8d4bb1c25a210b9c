"""Reports sent to a real cluster come back as if they had been run here, even when a worker is killed on the way."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from ilacs_audit.domain.errors import NotebookError, UsageError
from ilacs_audit.publishing import cluster as here
from ilacs_audit.publishing.cluster import run_on_cluster
from ilacs_audit.publishing.pool import Job, run_jobs

NOTEBOOKS = Path(__file__).parent / "notebooks"
FINISH = f"{__name__}:finish"
SECRET = "Jane Doe"


def finish(job, notebook, *, pages, folder):
    """Make a page of a job, in a folder below that of its notebook."""
    path = Path(pages[job.id]["staged"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{job.id}: {len(notebook.cells)} cells")
    return {"words": pages[job.id]["words"], "folder": folder}


def jobs_in(folder, *, repeats=1):
    named = [(name, f"{name}-{each}") for name in ("streams", "waits", "parameters") for each in range(repeats)]
    return [
        Job(id, NOTEBOOKS / f"{name}.ipynb", {}, folder / "private" / f"{id}.ipynb")
        for name, id in [*named, ("secret_error", "secret_error")]
    ]


def options_for(folder, jobs):
    pages = {each.id: {"staged": str(folder / "private" / "staged" / f"{each.id}.html"), "words": "a"} for each in jobs}
    return {"pages": pages, "folder": "elsewhere"}


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lasting(outcomes):
    """What must be the same wherever a job ran."""
    return [replace(each, seconds=0.0, peak_memory_bytes=0) for each in outcomes]


@pytest.fixture(scope="module")
def three_workers():
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None, silence_logs=False
    ) as made:
        yield made


def busy_worker(made):
    """The process of a worker that has a report in hand."""
    for address, worker in made.scheduler.workers.items():
        for nanny in made.workers.values():
            if nanny.worker_address == address and worker.processing:
                return nanny.pid
    return None


@pytest.mark.filterwarnings("default")
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_worker_is_killed_and_every_page_is_as_if_nothing_had_happened(three_workers, tmp_path, caplog, capfd):
    one, many = tmp_path / "one", tmp_path / "many"
    ours = jobs_in(one)
    expected = run_jobs(ours, finish=FINISH, finish_options=options_for(one, ours), preload=())
    killed = []

    def kill_one(_):
        pid = None if killed else busy_worker(three_workers)
        if pid:
            killed.append(pid)
            os.kill(pid, signal.SIGKILL)

    jobs = jobs_in(many)
    with caplog.at_level(logging.INFO):
        outcomes = run_on_cluster(
            jobs,
            scheduler=three_workers.scheduler_address,
            finish=FINISH,
            finish_options=options_for(many, jobs),
            timeout=60,
            preload=(),
            on_progress=kill_one,
        )
    assert len(killed) == 1
    assert lasting(outcomes) == lasting(expected)
    assert [each.status for each in outcomes] == ["ok"] * 3 + ["failed"]
    assert files(many) == files(one)
    assert not [path for path in many.rglob("*") if path.name.startswith(".")], "places of attempts are left"
    assert (many / "private" / "waits-0.ipynb").stat().st_mode & 0o777 == 0o600
    told = "".join([caplog.text, *capfd.readouterr(), *_logs(three_workers)])
    assert SECRET not in told


def _logs(made):
    return [str(lines) for lines in made.get_logs().values()]


@pytest.mark.filterwarnings("default")
def test_files_travel_by_an_fsspec_path_that_is_empty_afterwards(three_workers, tmp_path):
    staging = tmp_path / "shared"
    staging.mkdir()
    [job] = [each for each in jobs_in(tmp_path / "out") if each.id == "parameters-0"]
    [outcome] = run_on_cluster(
        [job], scheduler=three_workers.scheduler_address, staging=f"file://{staging}", preload=(), timeout=60
    )
    assert outcome.status == "ok"
    assert list(files(tmp_path / "out")) == ["private/parameters-0.ipynb"]
    assert list(staging.iterdir()) == []


def test_a_task_that_runs_twice_leaves_two_attempts_and_writes_to_no_final_place(tmp_path):
    [job] = [each for each in jobs_in(tmp_path) if each.id == "parameters-0"]
    settings = {"finish": None, "prepare": None, "timeout": 60.0, "preload": (), "finish_options": {}}
    task = here._Task(job, settings, str(tmp_path / "attempts"), here._installed())
    sent = [None, None]

    def once(number):
        sent[number] = here.run_task(task)

    both = [threading.Thread(target=once, args=(number,)) for number in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert not job.executed.exists()
    (first, *_), (second, *_) = sent[0].files, sent[1].files
    assert first[0] != second[0]
    assert Path(first[0]).read_bytes() == Path(second[0]).read_bytes()
    assert [here._taken(each, job).status for each in sent] == ["ok", "ok"]
    assert job.executed.read_bytes() == Path(first[0]).read_bytes()


def test_a_task_is_sent_what_is_its_own_and_no_other_page(tmp_path):
    jobs = jobs_in(tmp_path)
    own = here._own(options_for(tmp_path, jobs), jobs[0])
    assert list(own["pages"]) == [jobs[0].id]
    assert own["folder"] == "elsewhere"


def test_a_worker_with_another_version_refuses_in_words(tmp_path):
    [job, *_] = jobs_in(tmp_path)
    sent = here.run_task(here._Task(job, {}, str(tmp_path / "attempts"), "another"))
    assert sent.outcome.status == "failed"
    assert "another version of ilacs_audit" in sent.outcome.problem


def test_nothing_is_raised_on_a_worker(tmp_path, monkeypatch):
    def breaks(*_, **__):
        raise RuntimeError(SECRET)

    monkeypatch.setattr(here, "run_jobs", breaks)
    [job, *_] = jobs_in(tmp_path)
    settings = {"finish_options": {}}
    sent = here.run_task(here._Task(job, settings, str(tmp_path / "attempts"), here._installed()))
    assert sent.outcome.problem == "The worker stopped with RuntimeError."


def test_without_the_package_the_extra_is_named(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"ilacs_audit\[cluster\]"):
        run_on_cluster(jobs_in(tmp_path), scheduler="tcp://127.0.0.1:1")


@pytest.mark.filterwarnings("default")
def test_where_no_scheduler_answers_it_is_said_so(tmp_path):
    pytest.importorskip("distributed")
    with pytest.raises(UsageError, match="no Dask scheduler"):
        run_on_cluster(jobs_in(tmp_path), scheduler="tcp://127.0.0.1:1", patience=1)


def test_no_jobs_need_no_cluster():
    assert run_on_cluster([], scheduler="tcp://127.0.0.1:1") == []


def test_jobs_that_would_write_over_each_other_are_refused(tmp_path):
    [job, *_] = jobs_in(tmp_path)
    with pytest.raises(NotebookError, match="more than once"):
        run_on_cluster([job, job], scheduler="tcp://127.0.0.1:1")

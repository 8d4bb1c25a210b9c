"""What every test may lean on: the example published once, whoever asks first."""

import json
import os
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from ilacs_audit.engine import pool
from ilacs_audit.engine.environment import UNWANTED
from ilacs_audit.engine.processes import can_fork
from tests import nursery

ROOT = Path(__file__).parents[1]
AUDIENCES = ("internal", "board", "public")

# As in the processes that run notebooks: two seconds of every worker, for a grammar that nothing here asks for.
sys.modules.update(dict.fromkeys(UNWANTED))
# The same examples on every machine, and no clock: a slow runner is not a fault.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


def pytest_addoption(parser):
    parser.addoption(
        "--rewrite-golden", action="store_true", help="Write the golden measures again; read the git diff."
    )
    parser.addoption(
        "--everything", action="store_true", help="Try all where some are tried: pages, widths, sentences."
    )


SLOW = (
    "tests/browser/test_example_pages",
    "tests/disclosure/search/test_canaries",
    "tests/claims/prose/test_sentences",
    "tests/publishing/run",
    "tests/disclosure/gate/test_joint",  # from here on they wait for the example, which the first one publishes
    "tests/pages",
    "tests/publishing",
    "tests/cli",
    "tests/browser",
    "tests/engine",
    "tests/councils",
)


def pytest_collection_modifyitems(items):
    """Begin with the slow modules: a long one that starts last leaves every other worker waiting for it."""
    items.sort(key=_slow_first)


def _slow_first(item):
    places = [place for place, name in enumerate(SLOW) if item.nodeid.startswith(name)]
    return places[0] if places else len(SLOW)


@pytest.fixture(scope="session", autouse=True)
def no_key_of_the_machine():
    """Pseudonyms of the example come from its own key, whatever a council has set where the tests run."""
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.delenv("ILACS_AUDIT_KEY", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def warm_already():
    """Small runs fork their warm process from one that has imported everything; see `nursery`."""
    with pytest.MonkeyPatch.context() as patch:
        if can_fork():
            patch.setattr(pool, "_warm_process", nursery.warm_process)
        yield


@pytest.fixture
def from_nothing(monkeypatch):
    """The runs of this test start as those of a council do."""
    monkeypatch.setattr(pool, "_warm_process", nursery.from_nothing)


@pytest.fixture(scope="session")
def some(pytestconfig):
    """Every so-manieth of many that are alike, or all of them with `--everything`: `some(pages, every=3)`."""

    def chosen(items, *, every):
        return list(items) if pytestconfig.getoption("--everything") else list(items)[::every]

    return chosen


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """The outputs folder of November 2024 of the example, for every audience; made once for all workers."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    return _once(shared / "published", _publish)


def _publish(folder):
    from ilacs_audit.intake.workspace import load_workspace
    from ilacs_audit.publishing.run.batch import run

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "_warm_process", nursery.from_nothing)
        ended = run(
            "2024-11", workspace=load_workspace(ROOT), outputs=folder, as_of=date(2024, 11, 21), audiences=AUDIENCES
        )
    return {"failed": {each.job_id: each.problem for each in ended.failed}}


def _once(folder, make):
    """Let one process make the folder and the others wait for it."""
    done = folder / "made.json"
    try:
        folder.mkdir()
    except FileExistsError:
        _wait_for(done)
    else:
        done.write_text(json.dumps(make(folder)), encoding="utf-8")
    assert json.loads(done.read_text(encoding="utf-8"))["failed"] == {}
    return folder


def _wait_for(path, *, seconds=900):
    for _ in range(seconds * 5):
        if path.exists() and path.stat().st_size:
            return
        time.sleep(0.2)
    raise TimeoutError("The example was never published: look at the other worker's first error.")

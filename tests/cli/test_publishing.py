"""What was published is run again only if it must be, indexed, rebuilt, scheduled and let go by its commands."""

import json
import re
from datetime import date

import pytest

from ilacs_audit.publishing.run import rebuild
from tests.publishing import tiny

DIP, SECOND = "dip-sample-consent-2024-11", "second-consent-2024-11"
CHANGED = "is not what it was: install that version to compare"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A workspace of two small reports that was published; no test leaves it otherwise."""
    place = tiny.make(tmp_path_factory.mktemp("commands") / "our audits")
    tiny.publish(place, place / "outputs", as_of=date(2024, 11, 21))
    return place


@pytest.fixture
def at(published, say):
    """A command at that workspace."""
    return lambda *words: say(*words, "--workspace", published)


def archived(place, file):
    """Where the bytes of an input lie in the archive."""
    archive = place / "outputs" / "private" / "archive"
    known = json.loads((place / "outputs" / "private" / "board" / "2024-11" / "summaries.json").read_text())
    return archive / json.loads((archive / known[DIP]["made"]["inputs"]).read_text())["files"][file]


def test_a_quiet_run_runs_nothing_and_a_forced_one_makes_the_same_bytes(at, published):
    before = tiny.given(published / "outputs")
    quiet = at("run", "2024-11", "--as-of", "2024-11-21")
    assert (quiet.code, quiet.err) == (0, "")
    assert "Nothing has changed, so nothing new was published" in quiet.out
    log = published / "outputs" / "private" / "log" / "2024-11.log"
    assert log.read_text().splitlines()[-1].endswith("published=no kept=2")
    forced = at("run", "2024-11", "--as-of", "2024-11-21", "--force")
    assert (forced.code, log.read_text().splitlines()[-1].split()[-1]) == (0, "made=2")
    assert tiny.given(published / "outputs") == before


def test_the_index_is_written_again(at, published):
    before = tiny.given(published / "outputs")
    (published / "outputs" / "board" / "2024-11" / "index.html").unlink()
    said = at("index", "2024-11")
    assert (said.code, said.out.strip()) == (
        0,
        f"Published {published / 'outputs' / 'board' / '2024-11' / 'index.html'}",
    )
    assert tiny.given(published / "outputs") == before


def test_a_rebuild_has_the_same_bytes_names_a_page_that_has_not_and_what_changed_in_the_package(
    at, published, monkeypatch
):
    run, notebook = published / "outputs" / "board" / "2024-11" / "run.json", published / "notebooks" / "second.ipynb"
    given, code = run.read_text(), notebook.read_bytes()
    notebook.unlink()
    run.write_text(given.replace(json.loads(given)["pages"][f"{SECOND}.html"], "0" * 64))
    monkeypatch.setattr(rebuild, "package_fingerprint", lambda: "another")
    monkeypatch.setattr(rebuild, "versions", lambda: {})
    said = at("rebuild", "2024-11")
    assert (said.code, said.err.strip()) == (1, f"board: {SECOND}.html is different.")
    assert "board: 5 files are identical to what was published." in said.out
    assert CHANGED in said.out
    assert "pandas was " in said.out
    notebook.write_bytes(code)
    run.write_text(given)


def test_a_rebuild_names_what_is_missing(at, published):
    plan = archived(published, "workspace/data/plan.yml")
    kept = plan.read_bytes()
    plan.unlink()
    said = at("rebuild", "2024-11")
    assert said.code == 15
    assert "1 of the " in said.err
    assert "workspace/data/plan.yml" in said.err
    plan.write_bytes(kept)
    assert "was never published" in at("rebuild", "2024-10").err


def test_a_purge_only_lists_until_it_is_told_to_remove(at, published):
    assert "0 files and folders of months before 2024-09-01" in at("purge", "--before", "2024-09-01").out
    listed = at("purge", "--before", "2024-10-31")
    assert "Would remove private/store/answers/period=2024-09" in listed.out
    assert "Nothing was removed. Add --remove to remove them." in listed.out
    assert (published / "outputs" / "private" / "store" / "answers" / "period=2024-09").is_dir()
    assert at("purge").code == 2


@pytest.mark.parametrize("kind", ["cron", "systemd", "windows", "github", "airflow"])
def test_a_schedule_is_printed_for_the_workspace(at, published, kind):
    said = at("schedule", kind, "--audience", "public")
    assert (said.code, said.err) == (0, "")
    assert str(published.resolve()) in said.out
    assert {"unattended", "public"} <= set(re.findall(r"\w+", said.out))


def test_an_unknown_scheduler_is_refused(at):
    assert at("schedule", "sundial").code == 2


def test_a_run_is_sent_to_the_cluster_that_is_named(at, monkeypatch):
    from ilacs_audit.engine import cluster

    asked = []
    monkeypatch.setattr(cluster, "run_on_cluster", lambda jobs, **words: asked.append(words) or [])
    at(
        "run",
        "2024-11",
        "--as-of",
        "2024-11-21",
        "--force",
        "--scheduler",
        "tcp://elsewhere:8786",
        "--staging",
        "s3://bucket",
    )
    assert (asked[0]["scheduler"], asked[0]["staging"]) == ("tcp://elsewhere:8786", "s3://bucket")

"""A period is published whole, once, and only when something changed."""

import json
import shutil
import subprocess
import sys

import pytest

from ilacs_audit.domain.errors import LockedError, StaleInputError, UsageError
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.run.batch import rewrite_index
from tests.publishing import tiny

WITH_ALL = ("figures.xlsx", "index.html", "run.json")
DIP, SECOND = "dip-sample-consent-2024-11", "second-consent-2024-11"


def ran(ended):
    return [each.job_id for each in ended.outcomes]


def test_what_is_up_to_date_is_not_run_again_and_what_changed_is(place, outputs, tmp_path):
    first = tiny.given(outputs)
    assert set(first) == {f"{DIP}.html", f"{DIP}.csv", f"{SECOND}.html", f"{SECOND}.csv", *WITH_ALL}
    assert b"Figures as CSV" in first["index.html"] and first["index.html"].count(b"Toy decided.") == 1

    again = tiny.publish(place, outputs)
    assert (ran(again), again.published) == ([], False)
    assert tiny.given(outputs) == first

    assert ran(tiny.publish(place, outputs, force=True)) == [DIP, SECOND]
    assert tiny.given(outputs) == first

    tiny.write_notebook(place, "second", tiny.FINE.replace("Toy", "Other"))
    assert ran(tiny.publish(place, outputs)) == [SECOND]
    changed = tiny.given(outputs)
    assert changed[f"{DIP}.html"] == first[f"{DIP}.html"]
    tiny.publish(place, tmp_path / "full")
    assert changed == tiny.given(tmp_path / "full")

    (outputs / "board" / "2024-11" / f"{DIP}.html").write_text("altered by hand")
    assert ran(tiny.publish(place, outputs)) == [DIP]
    assert tiny.given(outputs) == changed

    (outputs / "board" / "2024-11" / "minutes.txt").write_text("somebody's own")
    (place / "reports.yml").write_text("dip_sample:\n  each: {audit: dip_sample}\n")
    assert ran(tiny.publish(place, outputs)) == []
    assert set(tiny.given(outputs)) == {f"{DIP}.html", f"{DIP}.csv", *WITH_ALL, "minutes.txt"}


def test_a_report_that_fails_keeps_its_page_tells_its_owner_and_no_reader(place, outputs):
    before = tiny.given(outputs)
    tiny.write_notebook(place, "second", "raise KeyError('Jane Doe')")
    ended = tiny.publish(place, outputs)
    after = tiny.given(outputs)
    assert [each.job_id for each in ended.failed] == [SECOND]
    assert after[f"{SECOND}.html"] == before[f"{SECOND}.html"]
    assert b"the newest run did not succeed" in after["index.html"]
    assert b"KeyError" not in b"".join(after.values())
    status = outputs / "private" / "status"
    note = (status / "what-to-do.txt").read_text()
    assert "KeyError" in note
    assert "What to do:" in note
    assert "Jane" not in note + (status / "status.html").read_text() + (status / "status.json").read_text()
    told = json.loads((status / "status.json").read_text())
    assert (told["exit_code"], told["counts"]) == (1, {"failed": 1, "kept": 1})
    assert "exit=1 published=yes failed=1 kept=1" in (outputs / "private" / "log" / "2024-11.log").read_text()

    tiny.write_notebook(place, "second", tiny.FINE)
    assert ran(tiny.publish(place, outputs)) == []  # the page that readers still have is the right one again
    assert tiny.given(outputs) == before
    assert "KeyError" not in (status / "what-to-do.txt").read_text()


def test_the_index_can_be_written_again_by_itself_and_keeps_the_day_of_its_evidence(place, tmp_path):
    tiny.publish(place, tmp_path / "out", as_of="2024-11-21")
    for name, content in tiny.given(tmp_path / "out").items():
        assert not name.endswith(".html") or b"As at 21 November 2024" in content, name
    before = tiny.given(tmp_path / "out")
    (tmp_path / "out" / "board" / "2024-11" / "index.html").unlink()
    rewrite_index("2024-11", workspace=load_workspace(place), outputs=tmp_path / "out", audience_id="board")
    assert tiny.given(tmp_path / "out") == before


def test_a_page_has_a_reference_that_can_be_read_aloud(outputs):
    page = tiny.given(outputs)[f"{DIP}.html"].decode()
    assert "Reference <b>dip-sample-consent, November 2024, board</b>." in page


def test_the_process_that_publishes_imports_no_notebook_machinery(place, tmp_path):
    """It would cost every command a second or two; the processes that run notebooks import it."""
    tallied = '"application/vnd.ilacs-audit+json": {"kind": "measures_table", "verdicts": {"met": 1}}'
    tiny.write_notebook(place, "second", f"{tiny.FINE}\ndisplay({{{tallied}}}, raw=True)\n")
    program = f"""
import sys, ilacs_audit.publishing.owner.schedule
from pathlib import Path
from tests.publishing import tiny
tiny.publish(Path({str(place)!r}), Path({str(tmp_path / "out")!r}))
print(*sys.modules)
"""
    said = subprocess.run([sys.executable, "-c", program], cwd=tiny.ROOT, capture_output=True, text=True, check=True)
    assert {"nbformat", "nbconvert", "papermill", "IPython", "zmq"} & set(said.stdout.split()) == set()


def test_a_scheduled_run_stops_where_nothing_is_new(place, outputs):
    with pytest.raises(StaleInputError, match="Nothing has changed since November 2024 was last published"):
        tiny.publish(place, outputs, unattended=True)
    shutil.rmtree(outputs / "board")
    assert ran(tiny.publish(place, outputs, unattended=True)) == [DIP, SECOND]


def test_a_second_run_is_refused_with_the_owner_and_the_age_of_the_first(place, tmp_path):
    from ilacs_audit.disk.lock import locked

    (tmp_path / "out" / "private").mkdir(parents=True)
    with locked(tmp_path / "out" / "private", name="outputs.lock"):
        with pytest.raises(LockedError, match=r"writing the outputs: process \d+ on .*, for 0 minutes"):
            tiny.publish(place, tmp_path / "out")
        with pytest.raises(LockedError):
            rewrite_index(
                "2024-11", workspace=tiny.load_workspace(place), outputs=tmp_path / "out", audience_id="board"
            )
    assert tiny.publish(place, tmp_path / "out").published


def test_a_report_nobody_knows_is_refused(place, tmp_path):
    with pytest.raises(UsageError, match="no report called nothing"):
        tiny.publish(place, tmp_path / "out", only=("nothing",))


def test_a_report_that_nobody_asked_for_is_not_said_to_have_failed(place, tmp_path):
    run = tiny.publish(place, tmp_path / "out", only=("second",))
    index = (tmp_path / "out" / "board" / "2024-11" / "index.html").read_text(encoding="utf-8")
    assert not run.failed
    assert "It has not been made yet." in index
    assert "could not be made" not in index

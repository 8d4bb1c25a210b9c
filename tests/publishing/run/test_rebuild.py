"""A period can be made again from what was kept, and one that cannot says what is missing."""

import json
import shutil
from datetime import date

import pytest

from ilacs_audit.domain.errors import StaleInputError
from ilacs_audit.publishing.run.rebuild import rebuild
from ilacs_audit.publishing.run.retention import purge
from tests.publishing import tiny


@pytest.fixture(scope="module")
def two_runs(first_run, tmp_path_factory):
    place = shutil.copytree(first_run, tmp_path_factory.mktemp("again"), dirs_exist_ok=True) / "work"
    tiny.write_notebook(place, "second", "raise KeyError")
    tiny.publish(place, place.parent / "out")  # one page is now of earlier inputs than the other
    for notebook in (place / "notebooks").iterdir():
        notebook.unlink()
    return place.parent / "out"


@pytest.fixture
def outputs(two_runs, tmp_path):
    return shutil.copytree(two_runs, tmp_path / "out")


def test_every_byte_comes_out_again_though_the_workspace_has_gone(outputs):
    before = tiny.given(outputs)
    made = rebuild("2024-11", outputs=outputs, preload=())
    assert (made.different, made.remarks) == ((), ())
    assert set(made.identical) == set(before) - {"run.json"}
    assert tiny.given(outputs) == before
    assert all((made.folder / name).read_bytes() == before[name] for name in made.identical)


def test_what_is_missing_is_named(outputs):
    archive = outputs / "private" / "archive"
    [name] = {each["made"]["inputs"] for each in summaries(outputs).values()} & {
        summaries(outputs)["dip-sample-consent-2024-11"]["made"]["inputs"]
    }
    files = json.loads((archive / name).read_text())["files"]
    (archive / files["workspace/data/plan.yml"]).write_text("altered")
    with pytest.raises(StaleInputError, match=r"1 of the \d+ inputs .* workspace/data/plan.yml"):
        rebuild("2024-11", outputs=outputs, preload=())
    with pytest.raises(StaleInputError, match="October 2024 was never published"):
        rebuild("2024-10", outputs=outputs)


def test_a_purge_lists_then_removes_by_month_and_leaves_readers_their_pages(outputs):
    before = tiny.given(outputs)
    assert {path.name for path in purge(outputs, before=date(2024, 11, 30))} >= {"period=2024-09"}
    assert not any("2024-11" in path.name for path in purge(outputs, before=date(2024, 11, 30)))
    listed = purge(outputs, before=date(2024, 12, 1))
    assert all(path.exists() for path in listed)
    assert purge(outputs, before=date(2024, 12, 1), remove=True) == listed
    assert not any(path.exists() for path in listed)
    assert not list((outputs / "private" / "archive").iterdir())
    assert not (outputs / "private" / "board" / "2024-11").exists()
    assert tiny.given(outputs) == before
    with pytest.raises(StaleInputError, match="purged"):
        rebuild("2024-11", outputs=outputs)
    assert purge(outputs, before=date(2024, 12, 1), remove=True, pages=True) == [outputs / "board" / "2024-11"]


def summaries(outputs):
    return json.loads((outputs / "private" / "board" / "2024-11" / "summaries.json").read_text())

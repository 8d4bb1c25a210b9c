"""The archive, the manifest and the last look at the inputs speak of the same files."""

import json

from ilacs_audit.publishing.run.archive import Archive
from ilacs_audit.publishing.run.inputs import find_inputs
from tests.publishing import tiny


def test_archive_and_manifest_list_the_same_files_and_no_lock_file_of_excel(tmp_path):
    place, outputs = tiny.make(tmp_path / "work"), tmp_path / "out"
    evidence = place / "data" / "evidence"
    (evidence / "returns" / "2024-11" / "~$open.xlsx").write_text("QA")
    (evidence / ".DS_Store").write_text("")
    tiny.publish(place, outputs)
    told = json.loads((outputs / "board" / "2024-11" / "run.json").read_text())["inputs"]
    known = json.loads((outputs / "private" / "board" / "2024-11" / "summaries.json").read_text())
    [kept] = {each["made"]["inputs"] for each in known.values()}
    archived = Archive(outputs / "private" / "archive").run(kept)["files"]
    assert len(told) == len(archived)
    ours = {name for name in told if name.startswith("workspace/")}
    assert {told[name] for name in ours} == {archived[name] for name in ours}
    assert not any("~$" in name or "DS_Store" in name for name in archived)


def test_the_names_of_returns_stay_out_of_the_manifest(tmp_path):
    place = tiny.make(tmp_path / "work")
    told = find_inputs(place, place / "data" / "evidence").told(b"key")
    assert [name for name in told if name.startswith("evidence/")] == ["evidence/001", "evidence/002", "evidence/003"]


def test_a_leaked_return_cannot_be_held_against_the_shared_manifest(place, outputs):
    """A plain hash would say of a copy that it is the real one; two councils' keys give two marks."""
    found = find_inputs(place, place / "data" / "evidence")
    plain = {mark for name, mark in found.marks.items() if name.startswith("evidence/")}
    ours, theirs = (
        {mark for name, mark in found.told(key).items() if name.startswith("evidence/")} for key in (b"ours", b"theirs")
    )
    assert len(ours) == len(theirs) == len(plain) == 3
    assert not ours & theirs
    assert not (ours | theirs) & plain
    shared = "".join(path.read_text(errors="replace") for path in (outputs / "board").rglob("*") if path.is_file())
    assert not [mark for mark in plain if mark in shared]


def test_a_file_that_comes_goes_or_changes_is_noticed(tmp_path):
    place = tiny.make(tmp_path / "work")
    found = find_inputs(place, place / "data" / "evidence")
    assert not found.moved()
    late = place / "data" / "evidence" / "late.csv"
    late.write_text("1")
    assert found.moved()
    late.unlink()
    assert not found.moved()
    mine = place / "notebooks" / "explore-Copy1.ipynb"
    mine.write_text("saved by JupyterLab, with comments in it")
    assert not found.moved() and mine not in find_inputs(place, place / "data" / "evidence").files.values()
    (place / "reports.yml").write_text("")
    assert found.moved()

"""Every finished file was searched for everybody who came in; none is searched for the same people twice."""

import json
import os
from types import SimpleNamespace

import openpyxl
import pytest
from openpyxl.comments import Comment

from ilacs_audit.domain.errors import DisclosureError
from ilacs_audit.publishing.edition import searching
from ilacs_audit.publishing.edition.searching import People


@pytest.fixture
def edition(tmp_path):
    (tmp_path / "staged").mkdir()
    for name in ("one.html", "two.html"):
        (tmp_path / "staged" / name).write_text(f"<p>{name}</p>")
    return SimpleNamespace(private=tmp_path, staged=tmp_path / "staged")


@pytest.fixture
def searched(monkeypatch):
    """The names of the files that each search opens."""
    seen, real = [], searching.scan

    def watched(files, names):
        seen.append([path.name for path in files])
        return real(files, names)

    monkeypatch.setattr(searching, "scan", watched)
    return seen


def people(root, *names, inputs):
    workspace = SimpleNamespace(evidence=root / "data" / "example", identifiers=lambda: frozenset(names))
    return People(workspace, inputs)


def test_only_a_file_that_changed_is_searched_while_people_are_the_same(root, edition, searched):
    searching.search(edition, people(root, "Anna Jones", inputs="1"))
    searching.search(edition, people(root, "Anna Jones", inputs="2"))
    (edition.staged / "two.html").write_text("<p>else</p>")
    searching.search(edition, people(root, "Anna Jones", inputs="3"))
    assert searched == [["one.html", "two.html"], ["two.html"]]


def test_where_somebody_came_in_every_file_is_searched_and_a_name_that_stood_there_is_found(root, edition, searched):
    (edition.staged / "one.html").write_text("<p>Berta Quill</p>")
    searching.search(edition, people(root, "Anna Jones", inputs="1"))
    for _ in range(2):
        with pytest.raises(DisclosureError, match="1 identifiers were found"):
            searching.search(edition, people(root, "Anna Jones", "Berta Quill", inputs="2"))
    assert searched == [["one.html", "two.html"]] * 3


def test_nobody_is_read_again_where_no_input_moved_and_no_name_is_written(root, edition, searched):
    searching.search(edition, people(root, "Anna Jones", inputs="1"))

    def unread():
        raise AssertionError("read again")

    searching.search(edition, People(SimpleNamespace(identifiers=unread), "1"))
    told = (edition.private / "searched.json").read_text()
    assert set(json.loads(told)) == {"code", "files", "inputs", "people"}
    assert "nna" not in told
    assert len(searched) == 1


WORKBOOK = [["Case ID", "Child's name", "Team"], ["0038586", "Jayden Taylor", "Duty"], ["0038587", "Zoë Quill", "Duty"]]
PAGE = "<p>All was well. <b>Jayden</b> T. was not seen<br>alone. The end.</p><td title='Zoe Quill'>See case 38586.</td>"


@pytest.fixture
def refused(tmp_path, edition):
    """What a refusal says to a log and what to the owner, with the folder of the evidence."""
    evidence = tmp_path / "evidence"
    (evidence / "returns").mkdir(parents=True)
    book = openpyxl.Workbook()
    for line in WORKBOOK:
        book.active.append(line)
    book.active["C3"].comment = Comment("Zoë Quill moved", "QA")
    book.save(evidence / "returns" / "plans.xlsx")
    (evidence / "authority.yml").write_text("name: Northmere\nexample: true\n")
    (edition.staged / "two.html").write_text(PAGE)
    workspace = SimpleNamespace(
        evidence=evidence, identifiers=lambda: frozenset(("Jayden Taylor", "0038586", "Zoë Quill"))
    )
    with pytest.raises(DisclosureError) as error:
        searching.search(edition, People(workspace, "1"))
    return str(error.value), (edition.private / "found.txt"), evidence


def test_the_owner_is_told_who_in_which_sentence_and_from_which_row(refused):
    told = refused[1].read_text(encoding="utf-8")
    assert 'Found: Jayden Taylor (name)\n  Sentence: "Jayden T. was not seen' in told
    assert "Came in: returns/plans.xlsx, sheet 'Sheet', row 2, column B" in told
    assert 'Found: 0038586 (reference, number or address)\n  Sentence: "See case 38586."' in told
    assert "Found: Zoë Quill (name)\n  Sentence: in the code of the page, not in its text (in a tag)" in told
    assert "note on C3" in told
    assert '"Duty 3: [Taylor Team]"' in told


def test_a_log_is_told_the_page_and_where_to_read_on_and_nobodys_name(refused):
    said, note, evidence = refused
    assert "two.html" in said
    assert "found.txt" in said
    for each in ("Jayden", "Taylor", "Quill", "38586", "plans"):
        assert each not in said
    assert note.parent == evidence.parent
    if os.name == "posix":
        assert note.stat().st_mode & 0o077 == 0


def test_what_the_owner_was_told_goes_when_the_search_passes(refused, edition, root):
    (edition.staged / "two.html").write_text("<p>two</p>")
    searching.search(edition, people(root, "Anna Jones", inputs="2"))
    assert not refused[1].exists()

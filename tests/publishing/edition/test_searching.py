"""Every finished file was searched for everybody who came in; none is searched for the same people twice."""

import json
from types import SimpleNamespace

import pytest

from ilacs_audit.domain.errors import DisclosureError
from ilacs_audit.publishing.edition import searching
from ilacs_audit.publishing.edition.people import People


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

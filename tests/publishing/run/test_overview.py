"""The front page is made last, of what the other pages released, and only where something of that has moved."""

import shutil

import pytest
import yaml

from ilacs_audit.publishing.run.batch import rewrite_index
from ilacs_audit.publishing.run.rebuild import rebuild
from tests.publishing import rounds, tiny

NOTEBOOK = "overview.ipynb"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A month of one area, published for the board."""
    place = rounds.make(tmp_path_factory.mktemp("front") / "work", themes=("visits",))
    for month in (rounds.BEFORE, rounds.NOW):
        rounds.send(place, "visits", month, {"North": (9, 11), "South": (6, 14)})
    assert not rounds.publish(place).failed
    return place


@pytest.fixture
def place(published, tmp_path):
    return shutil.copytree(published, tmp_path / "work")


def given(place):
    return tiny.given(place / "outputs")


def status(ended):
    return {each.report: each.status for each in ended.entries}


def test_it_answers_the_boards_question_and_is_taken_over_until_something_moves(place):
    first = given(place)
    assert b"Is practice good enough for children?" in first["index.html"]
    assert b"15 of 40" in first["index.html"]
    again = rounds.publish(place)
    assert (again.outcomes, again.published) == ((), False)

    programme = yaml.safe_load((place / "data" / "programme.yml").read_text())
    programme["audits"][-1]["next"] = {"on": "2025-02-10", "size": 40}
    (place / "data" / "programme.yml").write_text(yaml.safe_dump(programme))
    rounds.publish(place, only=("overview",))
    assert b"10 February 2025" in given(place)["index.html"]


def test_it_comes_out_again_by_every_route(place):
    before = given(place)
    (place / "outputs" / "board" / rounds.NOW / "index.html").unlink()
    work = rounds.load_workspace(place)
    rewrite_index(rounds.NOW, workspace=work, outputs=place / "outputs", audience_id="board", engine="kernel")
    assert given(place) == before
    made = rebuild(rounds.NOW, outputs=place / "outputs")
    assert made.different == () and "index.html" in made.identical


def test_where_it_fails_readers_get_the_list_of_pages_until_it_can_be_made(place):
    before, notebook = given(place), place / "notebooks" / NOTEBOOK
    sound = notebook.read_text(encoding="utf-8")
    notebook.write_text(sound.replace("ia.practice(front)", "1 / 0"), encoding="utf-8")
    ended = rounds.publish(place)
    assert (status(ended)["overview"], ended.exit_code) == ("failed", 1)
    listed = given(place)["index.html"].decode()
    assert "What the audits found in November 2024" in listed and "thematic-visits.html" in listed
    assert "ZeroDivision" not in listed
    assert status(rounds.publish(place))["overview"] == "failed"  # it is tried again
    notebook.write_text(sound, encoding="utf-8")
    assert status(rounds.publish(place))["overview"] == "made"
    assert given(place)["index.html"] == before["index.html"]


def test_a_workspace_without_it_has_the_list_of_pages(place):
    (place / "reports.yml").write_text("thematic:\n  each: {theme: all}\n", encoding="utf-8")
    ended = rounds.publish(place)
    assert set(status(ended)) == {"thematic-visits"}
    assert b"What the audits found" in given(place)["index.html"]

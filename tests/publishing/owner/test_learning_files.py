"""What is read before a theme is released: phrases and comments, for their owner alone, and names in neither."""

import csv
import io
import os

import pytest

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.catalogue.faults import read_as
from ilacs_audit.domain.catalogue.learning import Learning
from ilacs_audit.publishing.outputs import Outputs
from ilacs_audit.publishing.owner import learning_files
from tests import build

SAID = ["Plan was late and the school rang.", "The plan was late and the school rang twice.", "plan was late, [name]"]
THEME = {"id": "late", "wording": "Plans came late.", "kind": "practice", "phrases": ["school rang"]}


@pytest.fixture
def written(tmp_path, monkeypatch):
    def write(said):
        told = build.answers(*((f"c{at}", "PLN-1", "yes") for at, _ in enumerate(said)))
        told = told.assign(comment=said, rater_ref=[f"a{at}" for at, _ in enumerate(said)])
        monkeypatch.setattr(learning_files, "read_answers", lambda store, period: type("", (), {"table": told}))
        themes = read_as(Learning, {"themes": [THEME]}, file="learning.yml").themes
        outputs = Outputs(tmp_path / "a folder with spaces")
        learning_files.write_learning_files(tmp_path, Period.parse("2024-11"), outputs, themes=themes)
        return {path.name: path for path in outputs.learning.glob("*.csv")}

    return write


def rows(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))[1:]


def test_phrases_of_no_theme_and_the_comments_of_one_that_is_not_released_stand_in_private(written):
    made = written(SAID)
    assert rows(made["phrases.csv"]) == [["plan was late", "3", "1"]]
    assert [line[:2] + line[3:] for line in rows(made["files.csv"])] == [
        ["late", "not yet", "c0", SAID[0]],
        ["late", "not yet", "c1", SAID[1]],
    ]
    assert os.name == "nt" or {path.stat().st_mode & 0o077 for path in made.values()} == {0}


def test_without_a_comment_nothing_is_written(written):
    assert written(["", " "]) == {}

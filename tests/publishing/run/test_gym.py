"""The notebook of the gym makes one private page; what is sent to others is a file of its own."""

import pytest

from ilacs_audit.domain.errors import NotebookError
from ilacs_audit.intake.gym.reading import load_gym
from ilacs_audit.publishing.run.gym import make_page, write_fixes, write_results
from tests.graders import filled, pack, with_key


@pytest.fixture
def folder(tmp_path):
    made = with_key(tmp_path / "gym", pack())
    filled(tmp_path / "gym" / "a.xlsx", made)
    filled(tmp_path / "gym" / "b.xlsx", made, reader="R01", grades={"1a": "not met", "2a": None})
    return tmp_path / "gym"


def test_the_page_is_made_by_the_notebook(folder, root):
    path = make_page(folder, notebook=root / "notebooks" / "gym.ipynb", council="Northmere", pack=pack().code)
    html = path.read_text(encoding="utf-8")
    assert "Would another auditor have given the same grade?" in html
    assert all(each in html for each in ("Northmere", "K27", "R01", "For those who lead the gym only", "no-grade"))
    assert "a.xlsx" not in html
    assert "<script" not in html


def test_a_notebook_that_fails_says_where_to_look(folder, root):
    with pytest.raises(NotebookError, match="Open the notebook"):
        make_page(folder, notebook=root / "notebooks" / "gym.ipynb", council="Northmere", pack="P9-none")


def test_what_the_command_writes_is_not_read_again(folder):
    loaded = load_gym(folder, council="Northmere")
    write_results(loaded, folder, council="Northmere")
    assert write_fixes(loaded, folder).name == "fix-list.xlsx"
    again = load_gym(folder, council="Called otherwise")
    assert len(again.table) == len(loaded.table) == 11
    assert again.problems["rule"].tolist() == ["no-grade"]


def test_an_earlier_list_of_faults_goes_when_there_is_none(folder):
    write_fixes(load_gym(folder), folder)
    (folder / "b.xlsx").unlink()
    assert write_fixes(load_gym(folder), folder) is None
    assert not (folder / "fix-list.xlsx").exists()

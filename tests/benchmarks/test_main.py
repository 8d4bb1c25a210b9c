"""One command makes every table of docs/ again."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks.measuring import DOCS, put, written

MARK = re.compile(r"<!-- (\w+): begin -->(.*?)<!-- \1: end -->", re.S)
MARKED = {name: text for page in sorted(DOCS.glob("*.md")) for name, text in MARK.findall(page.read_text())}


def test_every_table_between_marks_is_made_by_the_one_command_and_every_table_made_has_its_marks():
    assert len(MARKED) > 15
    assert set(MARKED) == {*command.SIMULATED, *command.SPEED, *command.LONG}


@pytest.mark.parametrize("name", command.SIMULATED)
def test_a_simulated_table_is_written_under_its_own_name_and_says_which_command_made_it(name):
    module = find_spec(f"benchmarks.{name}.__main__" if name == "adversary" else f"benchmarks.{name}").origin
    code = Path(module).read_text(encoding="utf-8")
    assert re.search(rf'put\([^\n]*name="{name}"\)|told\([^\n]*"{name}"', code)
    assert f"python -m benchmarks.{name}" in MARKED[name]


def test_a_name_runs_that_table_alone_and_none_runs_all_that_are_simulated(monkeypatch, capsys):
    ran = []
    monkeypatch.setattr(command, "made", lambda name: ran.append(name) or int(name == "gym"))
    assert command.main(["missing"]) == 0
    assert ran == ["missing"]
    assert command.main([]) == 1  # one of them broke a promise, and the others were made all the same
    assert ran[1:] == [*command.SIMULATED]
    assert "gym: a promise is broken" in capsys.readouterr().out
    assert command.main(["luck"]) == 2
    assert "Not a benchmark: luck" in capsys.readouterr().err


def test_a_table_without_its_marks_is_refused():
    with pytest.raises(ValueError, match="marks"):
        written("no marks", "new", "luck")
    with pytest.raises(ValueError, match="luck"):
        put("new", name="luck")

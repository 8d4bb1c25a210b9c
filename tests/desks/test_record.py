"""The record of a desk, where two write at once: nothing of either is lost."""

import subprocess
import sys
from pathlib import Path

import pytest

import ilacs_audit as ia
from ilacs_audit.desks.record import entries
from ilacs_audit.domain.errors import UsageError
from tests.desks.northmere import AUDIT, workspace

ROOT = Path(__file__).parents[2]
WRITES = 25
# A desk of its own in a process of its own; one that is refused writes the line again, as its words say.
WRITER = f"""
import sys, time
from datetime import date
from pathlib import Path
from ilacs_audit.desks.record import Writer, recorded
from ilacs_audit.domain.errors import LockedError
evidence, name = Path(sys.argv[1]), sys.argv[2]
file, who = evidence / "both.csv", Writer("Audit officer", date(2024, 11, 21))
for each in range({WRITES}):
    while True:
        try:
            with recorded(evidence, file, who=who, what="tag", audit="a", done=f"{{name}} {{each}}"):
                file.write_bytes((file.read_bytes() if file.exists() else b"") + f"{{name}} {{each}}\\n".encode())
            break
        except LockedError:
            time.sleep(0.01)
"""


def test_two_processes_lose_no_line_and_no_entry(tmp_path):
    each = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name], cwd=ROOT) for name in ("one", "two")]
    assert [process.wait(timeout=120) for process in each] == [0, 0]
    expected = sorted(f"{name} {number}" for name in ("one", "two") for number in range(WRITES))
    assert sorted((tmp_path / "both.csv").read_text(encoding="utf-8").splitlines()) == expected
    assert sorted(entry.done for entry in entries(tmp_path)) == expected


def test_a_desk_keeps_what_another_wrote_after_it_had_read(tmp_path, monkeypatch):
    folder, who = workspace(tmp_path), {"role": "Audit officer", "today": "2024-11-21"}
    one, two = (ia.desk(AUDIT, as_of="2024-11-21", workspace=folder, **who) for _ in range(2))
    two.work = one.work  # both had read the same
    one.write("Twelve of 17 files met CON-1.", accept=True)
    said = str(two.write("We cannot tell yet whether anything has changed.", accept=True))
    assert "Twelve of 17" in said and "We cannot tell yet" in said
    one.tag("CON-5", kind="recording", words="The form offers nothing else")
    assert str(two.why("CON-5")).startswith("“CON-5” is a matter of recording")
    evidence = folder / "data" / "example"
    actions, early = (evidence / "registers" / "actions.csv").read_bytes(), [entries(evidence)[:-1]]
    monkeypatch.setattr("ilacs_audit.desks.desk.entries", lambda _: early.pop() if early else entries(evidence))
    with pytest.raises(UsageError, match="Another desk wrote at this moment"):
        two.add_action("Change the form", owner="Head of front door", due="2024-12-20", standard="CON-5")
    assert (evidence / "registers" / "actions.csv").read_bytes() == actions
    assert [each.what for each in entries(evidence)] == ["words", "words", "tag"]

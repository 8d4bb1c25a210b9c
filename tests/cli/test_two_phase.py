"""An audit drawn in two parts, from its draw to its pages: what each part says, and what both say of the list."""

import openpyxl
import pytest

PLANS, LISTED = "plans-2024-11", 110
STRATA = "strata: [{name: flagged, size: 12, drawn: 12}, {name: the rest, size: 98, drawn: 52}]"


@pytest.fixture
def flagged(small):
    """The example's audit of plans, as if the first twelve files of its return had been flagged beforehand."""
    programme = small / "data" / "programme.yml"
    head, tail = programme.read_text(encoding="utf-8").split(f"id: {PLANS}")
    tail = tail.replace("selection: random", f"selection: two_phase\n    {STRATA}", 1)
    programme.write_text(f"{head}id: {PLANS}{tail}", encoding="utf-8")
    example = small / "data" / "example"
    (path,) = (example / "returns" / "2024-11").glob("Plans*Nov*")
    cells = [row[0] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=7, values_only=True)]
    files = [*dict.fromkeys(str(cell) for cell in cells if cell is not None and str(cell).strip().isdigit())]
    lines = [f"A,{each},Team,{'flagged' if at < 12 else 'the rest'}" for at, each in enumerate(files)]
    (example / "draws" / f"{PLANS}.csv").write_text("\n".join(("auditor,child ref,team,stratum", *lines)))
    return small


def test_the_page_says_what_each_part_of_the_list_can_say(say, flagged):
    asked = ("--only", "thematic-plans", "--as-of", "2024-11-21", "--jobs", 1, "--workspace", flagged)
    said = say("run", "2024-11", *asked, "--audience", "board", "--audience", "public")
    assert said.code == 0, said.out + said.err
    board, public = (
        (flagged / "outputs" / edition / "2024-11" / "thematic-plans.html").read_text(encoding="utf-8")
        for edition in ("board", "public")
    )
    assert "What each part of the list can say" in board and "What each part of the list can say" not in public
    assert "they cannot speak for all" not in public and "are not shown in this edition" in public
    assert "Rely on the verdicts, and not on the share of what was read" in board
    assert f"of {LISTED} children" in board and "the rest" in board and "the rest</" not in public

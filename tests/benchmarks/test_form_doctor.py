"""The form doctor finds what was planted by somebody who does not know it, in a few forms of the benchmark."""

import ast
from pathlib import Path

from benchmarks import planted_form
from benchmarks.form_doctor import COMMAND, DESIGNS, NULLS, false_forms, measured, table
from benchmarks.measuring import METHODS


def test_the_planter_knows_nothing_of_the_doctor():
    read = ast.parse(Path(planted_form.__file__).read_text(encoding="utf-8"))
    named = [each.module for each in ast.walk(read) if isinstance(each, ast.ImportFrom)]
    assert [each for each in named if "analysis" in each or "stats" in each.split(".")[:2]] == []


def test_faults_are_found_few_are_named_wrongly_and_the_shorter_form_says_the_same():
    found = measured(DESIGNS[0], forms=3)
    assert found.mean.dead + found.mean.copies + found.mean.ambiguous >= 21
    assert found.mean.wrong <= 2
    assert min(found.mean.standards, found.mean.files) >= 0.95
    assert found.mean.left >= 10


def test_where_nothing_is_planted_nothing_is_found():
    none = measured(next(each for each in DESIGNS if not each.dead), forms=2)
    assert (none.mean.wrong, none.mean.left) == (0, 0)


def test_answers_of_one_child_that_hang_together_are_no_duplicates():
    assert sum(false_forms(files, 15, 0.5, forms=4) for files in (12, 25)) == 0


def test_a_question_on_which_readers_part_is_planted_so_that_luck_explains_their_agreement():
    plant = planted_form.planted(planted_form.Design("check"), 3)
    both = plant.answers.pivot_table(
        index=["audit_id", "child_ref", "standard_id"], columns="role", values="answer", aggfunc="last"
    ).dropna()
    same = (both["auditor"] == both["moderator"]).groupby("standard_id").mean()
    ordinary = same.drop(["grade", *plant.ambiguous, *plant.dead])
    assert same[[*plant.ambiguous]].mean() < 0.6
    assert 0.85 <= ordinary.mean() <= 0.92


def test_the_published_table_holds_a_row_for_every_design_and_each_promise_was_kept():
    page = METHODS.read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if any(line.startswith(f"| {each.name} |") for each in DESIGNS)]
    assert len(rows) == len(DESIGNS)
    rows += [line for line in page.splitlines() if any(line.startswith(f"| {each[0]} | {each[1]} |") for each in NULLS)]
    assert len(rows) == len(DESIGNS) + len(NULLS)
    assert all(line.endswith("| yes |") for line in rows)
    assert COMMAND in table([])

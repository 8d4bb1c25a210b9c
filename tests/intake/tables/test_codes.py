"""A code among the answers is asked about once, and means on each scale what a person said there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.tables.columns import ColumnMap, read_columns
from ilacs_audit.intake.tables.learnt import Said, Teaching
from ilacs_audit.intake.tables.proposals import propose
from ilacs_audit.intake.tables.shown import open_returns
from tests.intake.conftest import HEADER, KEY, row

Make = Callable[..., Path]
ROWS = [HEADER, row("0012345", "01", "02"), row("0012346", "01", "01"), row("0012347", "Met", 99)]


def asked_about(path: Path, standards: Standards, columns: ColumnMap | None = None) -> dict[str, tuple[str, ...]]:
    seen = open_returns(path, standards=standards).seen(columns or ColumnMap())
    return {each.spelling: each.options for each in propose(seen) if each.options}


def taught(path: Path, standards: Standards, told: dict[str, str], entry: dict[str, Any]) -> list[str]:
    """Say what codes mean; `entry` then says it, and what could not be taken is told."""
    teaching = Teaching(open_returns(path, standards=standards), read_columns(entry, file="columns.yml"))
    return [each.what for each in teaching.taken([Said(*each) for each in told.items()], entry)[1]]


def test_a_code_is_asked_about_once_with_the_answers_it_could_mean(workbook: Make, standards: Standards) -> None:
    found = asked_about(workbook("plans.xlsx", ROWS), standards)
    assert found == dict.fromkeys(("01", "02", "99"), ("met", "partly met", "not met", "not applicable"))


def test_what_is_accepted_of_a_code_is_kept_and_read(workbook: Make, standards: Standards) -> None:
    path = workbook("plans.xlsx", ROWS)
    told = {"01": "Met", "02": "not met", "99": "not applicable"}
    entry: dict[str, Any] = {}
    assert taught(path, standards, told, entry) == []
    kept = read_columns(entry, file="columns.yml")
    loaded = load_returns(path, standards=standards, columns=kept, key=KEY)
    assert loaded.table["answer"].tolist() == ["met", "not met", "met", "met", "met", "not applicable"]
    assert asked_about(path, standards, kept) == {}


def test_a_code_means_no_answer_of_another_scale(workbook: Make, standards: Standards) -> None:
    path, entry = workbook("plans.xlsx", ROWS), dict[str, Any]()
    bad = taught(path, standards, {"01": "outstanding"}, entry)
    assert (bad, entry) == (["'outstanding' is no answer where '01' stands."], {})


def test_a_code_keeps_its_meaning_on_another_scale(workbook: Make, standards: Standards) -> None:
    entry: dict[str, Any] = {"answers": {"outstanding": ["01"], "not met": ["01"]}}
    assert taught(workbook("plans.xlsx", ROWS), standards, {"01": "met"}, entry) == []
    assert entry["answers"] == {"outstanding": ["01"], "not met": [], "met": ["01"]}


@pytest.mark.parametrize("said", ["Ann Ayers", "Ann", "0012345", "7/11/24 call to school", "Met/Not met"])
def test_what_could_be_a_person_or_a_sentence_or_two_answers_is_never_shown(
    workbook: Make, standards: Standards, said: str
) -> None:
    rows = [HEADER, *(row(f"00123{n}", said, "Met") for n in range(40, 45))]
    assert said not in asked_about(workbook("plans.xlsx", rows), standards)


def test_a_word_that_stands_often_is_asked_about_and_a_lone_one_is_not(workbook: Make, standards: Standards) -> None:
    rows = [HEADER, *(row(f"00123{n}", "Compliant", "Zebedee" if n == 41 else "Met") for n in range(40, 45))]
    assert list(asked_about(workbook("plans.xlsx", rows), standards)) == ["Compliant"]

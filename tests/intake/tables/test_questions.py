"""What an exporter adds beside the form's own questions gives way to them, and nobody in it is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.identity.pseudonyms import pseudonym
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.returns.reading import identifiers
from tests.intake.conftest import DAY, HEADER, KEY, row

Make = Callable[..., Path]
FORMS = ("ID", "Start time", "Completion time", "Email", "Name")
CLOCK = (1, f"{DAY} 09:00:00", f"{DAY} 09:40:00", "anonymous")


@pytest.mark.parametrize("who", ["", "Cara Dunn"])
def test_the_name_that_forms_adds_gives_way_to_the_forms_own_auditor(
    workbook: Make, standards: Standards, who: str
) -> None:
    path = workbook("plans.xlsx", [[*FORMS, *HEADER], [*CLOCK, who, *row()]])
    loaded = load_returns(path, standards=standards, key=KEY)
    assert loaded.problems.empty
    assert set(loaded.table["rater_ref"]) == {pseudonym("bea birch", kind="person", key=KEY.encode())}


def test_without_another_auditor_the_name_that_forms_adds_is_read(workbook: Make, standards: Standards) -> None:
    header, cells = [each for each in HEADER if each != "Auditor"], row()
    path = workbook("plans.xlsx", [[*FORMS, *header], [*CLOCK, "Cara Dunn", *cells[:3], *cells[4:]]])
    loaded = load_returns(path, standards=standards, key=KEY)
    assert set(loaded.table["rater_ref"]) == {pseudonym("cara dunn", kind="person", key=KEY.encode())}


@pytest.mark.parametrize("other", ["Name", "Audited by"])
def test_whoever_stands_in_a_column_of_people_that_was_not_read_is_masked_and_searched_for(
    workbook: Make, standards: Standards, other: str
) -> None:
    header = [*FORMS[:4], other, *HEADER, "Comments"]
    path = workbook("plans.xlsx", [header, [*CLOCK, "Cara Dunn", *row(), "Cara Dunn knows the family."]])
    loaded = load_returns(path, standards=standards, key=KEY)
    assert "Cara" not in loaded.table["comment"].str.cat()
    assert "Cara Dunn" in identifiers(path, standards=standards)


def test_an_empty_column_contends_with_nobody(workbook: Make, standards: Standards) -> None:
    path = workbook("plans.xlsx", [[*HEADER, "Audited by"], [*row(), ""]])
    loaded = load_returns(path, standards=standards, key=KEY)
    assert (len(loaded.table), len(loaded.problems)) == (2, 0)

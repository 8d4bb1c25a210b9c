"""Names and references become keyed pseudonyms, the same for the same person, and go no further."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.identity.people import person, same_people
from ilacs_audit.intake.identity.pseudonyms import (
    KEY_VARIABLE,
    find_key,
    pseudonym,
    pseudonymise,
)
from ilacs_audit.intake.identity.references import reference
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.returns.reading import identifiers
from tests.intake.conftest import HEADER, KEY, row


@pytest.mark.parametrize("written", ["0038586", "ref 0038586", "Ref: 0038586", " 0038586\xa0", "003 8586"])
def test_a_reference_is_one_reference_however_it_is_typed(written: str) -> None:
    assert reference(written) == "0038586"


def test_leading_zeros_are_part_of_a_reference() -> None:
    assert reference("0012345") != reference(12345.0) == "12345"


@pytest.mark.parametrize(
    "written", ["Jonathan Collins", "Collins, Jonathan", "JONATHAN  COLLINS", "jonathan.collins@x.example"]
)
def test_a_name_is_one_person_however_it_is_typed(written: str) -> None:
    assert person(written) == "jonathan collins"


def test_curly_and_straight_apostrophes_are_one_name() -> None:
    assert person("Niamh O’Dowd") == person("Niamh O'Dowd")


def test_an_initial_stands_for_the_only_full_name_it_fits() -> None:
    people = same_people(
        [person(name) for name in ("L. Franklin", "Lucy Franklin", "J. Jones", "Joan Jones", "Jo Jones")]
    )
    assert people["l. franklin"] == "lucy franklin"
    assert people["j. jones"] == "j. jones"


@given(st.text(min_size=1), st.text(min_size=1), st.binary(min_size=1))
def test_pseudonyms_are_stable_and_differ_where_names_differ(one: str, other: str, key: bytes) -> None:
    first = pseudonym(one, kind="child", key=key)
    assert first == pseudonym(one, kind="child", key=key)
    assert len(first) == 14 and first.startswith("C-")
    assert (first == pseudonym(other, kind="child", key=key)) == (one == other)


def test_another_key_gives_another_pseudonym() -> None:
    assert pseudonym("0012345", kind="child", key=b"a") != pseudonym("0012345", kind="child", key=b"b")


def test_pseudonymise_replaces_the_named_columns_only() -> None:
    table = pd.DataFrame(
        {"Child": ["0012345", "ref 0012345", None], "Worker": ["Ann Ayers", "Ayers, Ann", ""], "n": [1, 2, 3]}
    )
    hidden = pseudonymise(table, columns={"Child": "child", "Worker": "person"}, key=KEY)
    assert hidden["Child"].tolist()[0] == hidden["Child"].tolist()[1]
    assert hidden["Worker"].nunique() == 2
    assert hidden["Child"].tolist()[2] == hidden["Worker"].tolist()[2] == ""
    assert hidden["n"].tolist() == [1, 2, 3]


def test_without_a_key_nothing_is_read(
    workbook: Callable[..., Path], standards: Standards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    path = workbook("plans.xlsx", [HEADER, row()])
    with pytest.raises(ReturnsError, match="no key"):
        load_returns(path, standards=standards)


def test_the_example_authority_has_a_public_key(
    workbook: Callable[..., Path], standards: Standards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    path = workbook("plans.xlsx", [HEADER, row()])
    (path.parent / "authority.yml").write_text("name: Northmere\nexample: true\n")
    assert len(load_returns(path.parent, standards=standards).table) == 2


def test_the_key_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    assert find_key(None) == KEY.encode()


def test_no_identifier_of_the_return_is_in_the_answers(workbook: Callable[..., Path], standards: Standards) -> None:
    header = [*HEADER, "Child’s name", "DOB", "Comments"]
    said = "Zelda Quill (0012345) rang 01632 960871; Ann Ayers will visit. Born 12/03/2015."
    path = workbook("plans.xlsx", [header, [*row(), "Zelda Quill", "12/03/2015", said]])
    table = load_returns(path, standards=standards, key=KEY).table
    text = table.astype(str).to_csv()
    known = identifiers(path)
    for secret in ("Zelda", "Quill", "0012345", "960871", "Ayers", "Birch", "12/03/2015"):
        assert secret not in text
    assert {"Zelda Quill", "0012345", "Ann Ayers", "Bea Birch", "12/03/2015", "01632 960871"} <= known


def test_a_worker_is_the_unit_of_a_supervision_audit(workbook: Callable[..., Path], standards: Standards) -> None:
    rows = [["Worker", "Supervisor", "Agreement on file", "Signed by both"], ["Ann Ayers", "B. Birch", "y", "n"]]
    table = load_returns(workbook("sup.xlsx", rows), standards=standards, key=KEY).table
    assert table["child_ref"].tolist() == table["worker_ref"].tolist()
    assert table["child_ref"].str.startswith("P-").all()

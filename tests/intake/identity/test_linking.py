"""Records are linked by name and date of birth, and what did not link is counted."""

from __future__ import annotations

import sys
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from ilacs_audit.domain.errors import UsageError
from ilacs_audit.intake.identity import linking
from ilacs_audit.intake.identity.linking import can_weigh, link_records

ON = ("name", "born")


def people(*rows: tuple[str, object], start: int = 0) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(ON), index=range(start, start + len(rows)), dtype=object)


def link(left: pd.DataFrame, right: pd.DataFrame, **options):
    return link_records(left, right, on=options.pop("on", ON), threshold=options.pop("threshold", 1.0), **options)


def test_the_same_name_and_birth_date_link_however_they_are_written():
    left = people(("Collins, Jonathan", "03/12/2015"), ("Zoë  O’Hara", date(2016, 1, 2)))
    right = people(("zoë o'hara", "2016-01-02"), ("JONATHAN COLLINS", 42341), start=10)
    linked = link(left, right)
    assert linked.pairs[["left", "right"]].to_numpy().tolist() == [[0, 11], [1, 10]]
    assert (linked.matched, linked.of, linked.rate, linked.ambiguous) == (2, 2, 1.0, 0)
    assert set(linked.pairs["rule"]) == {"same name and date of birth"}


def test_another_birth_date_or_none_does_not_link_and_is_counted():
    left = people(("A Lee", "03/12/2015"), ("B Lee", ""), ("", "03/12/2015"), ("C Lee", "12/31/2015"))
    linked = link(left, people(("A Lee", "12/03/2015"), ("B Lee", ""), ("", "03/12/2015"), ("C Lee", "31/12/2015")))
    assert (linked.matched, linked.of, linked.rate) == (0, 4, 0.0)
    assert linked.pairs.columns.tolist() == ["left", "right", "score", "rule"]


def test_two_possible_partners_are_not_linked_but_counted():
    twins = people(("A Lee", "03/12/2015"), ("A Lee", "03/12/2015"), ("B Lee", "03/12/2015"))
    one = people(("A Lee", "03/12/2015"), ("B Lee", "03/12/2015"))
    assert (link(one, twins).matched, link(one, twins).ambiguous) == (1, 1)
    assert (link(twins, one).matched, link(twins, one).ambiguous) == (1, 2)


def test_the_result_holds_no_name_and_does_not_touch_the_tables():
    left, right = people(("Ann Lee", "03/12/2015")), people(("Ann Lee", "03/12/2015"))
    before = left.copy()
    assert "ann" not in link(left, right).pairs.to_csv().casefold()
    pd.testing.assert_frame_equal(left, before)


def test_columns_may_have_other_names_on_the_right():
    right = people(("A Lee", "03/12/2015")).rename(columns={"name": "Full name", "born": "DOB"})
    assert link(people(("A Lee", "03/12/2015")), right, on={"name": "Full name", "born": "DOB"}).matched == 1


def test_an_empty_table_has_no_rate():
    assert link(people(), people(("A Lee", "03/12/2015"))).rate is None


@pytest.mark.parametrize("wrong", [{"on": ("name", "dob")}, {"on": ("name",)}, {"threshold": 0}, {"threshold": 1.5}])
def test_a_wrong_call_is_refused(wrong):
    with pytest.raises(UsageError):
        link(people(("A", "")), people(("A", "")), **wrong)


def test_without_the_extra_the_message_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "splink", None)
    with pytest.raises(UsageError, match=r"extra 'link'.*ilacs_audit\[link\]"):
        link(people(("A Lee", "03/12/2015")), people(("A Leigh", "03/12/2015")), threshold=0.9)


@pytest.mark.parametrize("broken", [ModuleNotFoundError("duckdb"), OSError("a library is not there"), AttributeError()])
def test_half_an_installation_counts_as_none(broken, monkeypatch):
    def load(name):
        raise broken

    monkeypatch.setattr(linking, "importlib", SimpleNamespace(import_module=load))
    assert not can_weigh()


def test_misspelt_names_are_linked_by_probability_and_strangers_are_not():
    pytest.importorskip("splink", reason="NOT TESTED: the extra [link] is not installed (pip install splink)")
    firsts = ["amara", "bronagh", "chidi", "dilys", "efua", "fergus", "gwen", "hana", "idris", "jun", "kofi", "leila"]
    lasts = ["achterberg", "barrowclough", "cartwright", "dunkerley", "entwistle", "farnworth", "greenhalgh", "hesketh"]
    days = pd.date_range("2010-01-01", periods=96, freq="37D").strftime("%d/%m/%Y")
    names = [f"{first} {last}" for first in firsts for last in lasts]
    left = people(*zip(names[:80], days[:80], strict=True))
    right = people(*zip(names[16:], days[16:], strict=True), start=1000)
    for row in range(1000, 1064, 8):
        first, last = right.loc[row, "name"].split(" ")
        right.loc[row, "name"] = f"{first}{first[-1]} {last}"
    linked = link(left, right, threshold=0.9)
    assert linked.matched > link(left, right).matched
    wrong = [(mine, other) for mine, other in linked.pairs[["left", "right"]].to_numpy() if mine - 16 != other - 1000]
    assert wrong == []
    assert set(linked.pairs["rule"]) == {"same name and date of birth", "probability"}
    assert linked.pairs["left"].is_unique
    assert linked.pairs["right"].is_unique

"""Counting a store by the codes of its words gives what counting its answers one by one gives."""

from __future__ import annotations

import weakref

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.analysis.audits.over_time import compliance_over_time, counted_over_time
from ilacs_audit.disk.writing import write_json
from ilacs_audit.domain.counting import missing_answers, read_by, tally
from ilacs_audit.domain.schemas import ANSWER_COLUMNS
from ilacs_audit.domain.standards import OVERALL
from ilacs_audit.intake.store.counts import count_answers
from ilacs_audit.intake.store.reading import ANSWERS, MANIFEST, SCHEMA_VERSION, audit_file, read_answers, write_table
from ilacs_audit.intake.store.update import compile_store
from ilacs_audit.intake.workspace import load_workspace


@pytest.fixture(scope="module")
def work(root):
    return load_workspace(root)


@pytest.fixture(scope="module")
def store(work, tmp_path_factory):
    folder = tmp_path_factory.mktemp("counts") / "store"
    catalogue = {"standards": work.standards, "programme": work.programme, "columns": work.columns}
    compile_store(work.evidence, folder, **catalogue, key=None)
    return folder


def by_rows(answers, standards, role="auditor"):
    ours = read_by(answers, role=role)
    return tally(ours[ours["standard_id"] != OVERALL], by=["standard_id", "period"], standards=standards)


def same(found, expected):
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


@pytest.mark.parametrize("role", ["auditor", "moderator"])
def test_the_example_is_counted_as_it_is_from_its_rows(work, store, role):
    expected = by_rows(read_answers(store).table, work.standards, role)
    assert len(expected) > 5
    same(count_answers(store, standards=work.standards, role=role), expected)


def test_a_standard_unknown_to_the_catalogue_is_judged_by_the_common_words(store):
    same(count_answers(store, standards=None), by_rows(read_answers(store).table, None))


def test_only_the_periods_asked_for_are_counted(work, store):
    found = count_answers(store, standards=work.standards, periods="2024-09")
    same(found, by_rows(read_answers(store, period="2024-09").table, work.standards))
    assert set(found["period"]) == {"2024-09"}


def test_compliance_over_time_is_the_same_from_counts_and_from_rows(work, store):
    answers = read_answers(store).table
    expected, gone = compliance_over_time(answers, standards=work.standards), missing_answers(read_by(answers))
    counts = count_answers(store, standards=work.standards)
    counts["missing"] = [gone[each] for each in zip(counts["standard_id"], counts["period"], strict=True)]
    found = counted_over_time(counts, standards=work.standards)
    pd.testing.assert_frame_equal(found, expected)


def test_a_role_that_nobody_had_gives_an_empty_table_with_its_columns(work, store):
    found = count_answers(store, standards=work.standards, role="nobody")
    assert found.empty
    assert list(found.columns) == ["standard_id", "period", "met", "applies", "read"]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["S-1", "S-2", OVERALL]),
        st.sampled_from(["", "Police"]),
        st.sampled_from(["auditor", "moderator"]),
        st.sampled_from(["met", "partly met", "not met", "not applicable", "yes"]),
        st.sampled_from([None, "2024-09-01", "2024-09-02"]),
    ),
    max_size=40,
)


@given(audits=st.lists(ROWS, min_size=1, max_size=3), group=st.integers(1, 50))
def test_any_audits_with_repeated_children_are_counted_as_from_rows(tmp_path_factory, audits, group):
    folder = tmp_path_factory.mktemp("any")
    entries = {}
    for number, rows in enumerate(audits):
        period, table = f"2024-0{1 + number // 2}", audit_file("answers", f"2024-0{1 + number // 2}", f"audit-{number}")
        write_table(folder / table, _answers(rows, f"audit-{number}"), ANSWERS)
        _in_groups(folder / table, group)
        entries[f"audit-{number}"] = {"period": period, "table": table}
    write_json(folder / MANIFEST, {"schema": SCHEMA_VERSION, "audits": entries, "returns": {}})
    expected = by_rows(read_answers(folder, audits=list(entries)).table, None)
    same(count_answers(folder, standards=None), expected)


def _answers(rows, audit):
    names = ["child_ref", "standard_id", "agency", "role", "answer", "audited_on"]
    frame = pd.DataFrame(rows, columns=names).reindex(columns=list(ANSWER_COLUMNS))
    words = frame.columns.difference(["audited_on", "standard_version"])
    frame[words] = frame[words].astype(object).where(frame[words].notna(), "")
    days = pd.to_datetime(frame["audited_on"]).astype("datetime64[ns]")
    return frame.assign(audit_id=audit, standard_version=1, audited_on=days)


def _in_groups(path, size):
    """Write a file again in small row groups, whose words have codes of their own."""
    pq.write_table(pq.read_table(path, partitioning=None), path, row_group_size=size)


def test_a_store_is_counted_one_audit_at_a_time(store, monkeypatch):
    opened, at_once, real = weakref.WeakSet(), [], pq.ParquetFile

    def watched(*path, **options):
        file = real(*path, **options)
        opened.add(file)
        at_once.append(len(opened))
        return file

    monkeypatch.setattr(pq, "ParquetFile", watched)
    count_answers(store, standards=None)
    assert len(at_once) > 2
    assert set(at_once) == {1}

"""A view of a database is a source like a file; it is only ever read.

SQLite is tested always. PostgreSQL is tested for real, on a cluster that the test starts and stops,
where the machine has its server program; where it has not, the skipped test says so.
"""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from ilacs_audit.domain.errors import ReturnsError, UsageError
from ilacs_audit.domain.programme import read_programme
from ilacs_audit.domain.standards import Standards, read_theme
from ilacs_audit.intake.database import load_sql
from ilacs_audit.intake.identity.pseudonyms import pseudonym
from ilacs_audit.intake.tables.columns import ColumnMap
from tests.intake.install import SERVER, program

pytest.importorskip("sqlalchemy", reason="the extra [sql] is not installed: pip install -r requirements/dev.txt")

KEY = b"a key of the tests"
SCHEMA = """
create table visit (person_id text, team text, worker text, visited date, alone text, fee numeric);
insert into visit values ('0038586', 'Duty', 'Ann Lee', '2024-12-03', 'Yes', 1.50);
insert into visit values ('0038587', 'Duty', 'Ann Lee', '2024-12-04', 'Seen', null);
create view quality_visits as
  select person_id as "Child ID", team, worker, visited as "Visit date", alone as "Seen alone" from visit;
create view consent_return as
  select person_id as "Case ID", team as "Team", worker as "Worker", 'Bea Auditor' as "Auditor",
  visited as "Date audited", case when alone = 'Yes' then 'Yes' else 'No' end as "Consent is evidenced."
  from visit;
"""
STANDARD = {
    "id": "CON-1", "version": 1, "text": "Consent is evidenced.", "plain": "p", "scale": "yes_no", "target": "0.9",
    "kind": "quality", "records": "recorded", "applies_to": "every file", "areas": ["A2"],
    "source": {"kind": "local", "text": "tests"},
}  # fmt: skip  # a table, a line a row
THEME = {"theme": "consent", "title": "C", "question": "?", "edition": 1, "areas": ["A2"], "standards": [STANDARD]}
STANDARDS = Standards((read_theme(THEME, file="consent.yml"),))
AUDIT = {
    "id": "consent-2024-12", "title": "Consent", "theme": "consent", "kind": "dip_sample", "period": "2024-12",
    "on": date(2024, 12, 3), "selection": "random", "intended": 2, "edition": 1, "returns": [],
    "population": {"list": "cases", "size": 40},
}  # fmt: skip  # a table, a line a row


@pytest.fixture
def sqlite(tmp_path) -> str:
    path = tmp_path / "case system.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(SCHEMA)
    connection.close()
    return f"sqlite:///{path}"


def _as_user(*command: str) -> list[str]:
    """PostgreSQL refuses to run as root, so root lends the command to an ordinary user."""
    return ["runuser", "-u", "nobody", "--", *command] if os.geteuid() == 0 else list(command)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def postgres(tmp_path_factory) -> Iterator[str]:
    initdb, pg_ctl = map(program, SERVER)
    if sys.platform == "win32" or not (initdb and pg_ctl):
        pytest.skip("NOT TESTED: no PostgreSQL server here (python -m tests.intake.install); SQLite was tested")
    pytest.importorskip("psycopg", reason="NOT TESTED: the driver psycopg is not installed")
    folder = Path("/tmp") / f"ilacs_audit_postgres_{os.getpid()}"
    folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    data, port = str(folder / "data"), _free_port()
    options = f"-h 127.0.0.1 -p {port} -k {folder} -F"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 60, "cwd": "/"}
    try:
        subprocess.run(_as_user(initdb, "-D", data, "-U", "council", "-A", "trust", "--no-sync"), **quiet)
        subprocess.run(_as_user(pg_ctl, "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start"), **quiet)
        url = f"postgresql+psycopg://council@127.0.0.1:{port}/postgres"
        _fill(url)
        yield url
    finally:
        subprocess.run(_as_user(pg_ctl, "-D", data, "-m", "immediate", "-w", "stop"), **quiet | {"check": False})
        shutil.rmtree(folder, ignore_errors=True)


def _fill(url: str) -> None:
    import sqlalchemy

    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        for statement in filter(str.strip, SCHEMA.split(";")):
            connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request) -> str:
    return str(request.getfixturevalue(request.param))


def test_a_view_is_read_as_a_register_with_pseudonyms(database):
    loaded = load_sql(database, view="quality_visits", register="visits", key=KEY)
    assert loaded.table["child_ref"].tolist() == [
        pseudonym(each, kind="child", key=KEY) for each in ("0038586", "0038587")
    ]
    assert loaded.table["visited_on"].tolist() == [pd.Timestamp("2024-12-03"), pd.Timestamp("2024-12-04")]
    assert loaded.table["seen_alone"].tolist() == ["yes", "unknown"]
    assert "Ann Lee" not in loaded.table.to_csv()
    assert loaded.problems.query("rule == 'not yes or no'")["row"].tolist() == [3]


def test_a_query_is_read_as_the_return_of_an_audit(database):
    programme = read_programme([AUDIT], file="programme.yml")
    options = {"standards": STANDARDS, "programme": programme, "audit": "consent-2024-12", "columns": ColumnMap()}
    loaded = load_sql(database, query="select * from consent_return;", key=KEY, **options)
    assert loaded.table["audit_id"].tolist() == ["consent-2024-12"] * 2
    assert loaded.table["period"].tolist() == ["2024-12"] * 2
    assert loaded.table["answer"].tolist() == ["yes", "no"]
    assert loaded.table["child_ref"].tolist() == [
        pseudonym(each, kind="child", key=KEY) for each in ("0038586", "0038587")
    ]


def test_a_view_without_a_programme_is_an_audit_of_its_own_name(database):
    loaded = load_sql(database, view="consent_return", standards=STANDARDS, key=KEY)
    assert set(loaded.table["audit_id"]) == {"consent_return"}


def test_numbers_and_a_cast_in_a_query_are_read(database):
    query = """select 's' as survey_id, '2024-12-03' as "on", 10 as sent, cast(4.0 as numeric) as returned,
               ':not a bind' as question, 3 as positive"""
    found = load_sql(database, query=query, register="survey", key=KEY).table.iloc[0]
    assert (found["sent"], found["returned"], found["question"]) == (10, 4, ":not a bind")


@pytest.mark.parametrize(
    "query",
    ["delete from visit", "select 1; delete from visit", "update visit set team = 'x'", "", "drop view quality_visits"],
)
def test_what_does_not_only_read_is_refused_before_the_database_is_asked(sqlite, query):
    with pytest.raises(UsageError, match="only one that reads"):
        load_sql(sqlite, query=query, register="visits", key=KEY)


def test_a_query_that_writes_in_disguise_is_refused_by_postgresql(postgres):
    query = "with gone as (delete from visit returning person_id) select * from gone"
    with pytest.raises(ReturnsError, match="refused the query"):
        load_sql(postgres, query=query, register="visits", key=KEY)
    with pytest.raises(ReturnsError, match="refused the query"):
        load_sql(postgres, query="select * into copy from visit", register="visits", key=KEY)
    assert len(load_sql(postgres, view="public.quality_visits", register="visits", key=KEY).table) == 2


def test_sqlite_is_told_to_refuse_writing(sqlite):
    with pytest.raises(ReturnsError, match="refused the query"):
        load_sql(sqlite, query="with x as (select 1) insert into visit select * from visit", register="visits", key=KEY)
    assert len(load_sql(sqlite, view="quality_visits", register="visits", key=KEY).table) == 2


def test_a_view_that_is_not_there_is_said_without_the_address(sqlite):
    with pytest.raises(ReturnsError, match="refused the query") as refused:
        load_sql(sqlite, view="absent", register="visits", key=KEY)
    assert "case system" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_database_that_does_not_answer_is_said_without_the_password():
    pytest.importorskip("psycopg")
    with pytest.raises(ReturnsError, match="cannot be reached") as refused:
        load_sql("postgresql+psycopg://me:hunter2@127.0.0.1:1/x", view="v", register="visits", key=KEY)
    assert "hunter2" not in str(refused.value)


def test_a_driver_that_is_not_installed_is_named_with_what_to_do(sqlite):
    with pytest.raises(UsageError, match=r"MySQLdb.*ilacs_audit\[sql\]"):
        load_sql("mysql://me@localhost/x", view="v", register="visits", key=KEY)


def test_without_the_extra_the_message_names_it(sqlite, monkeypatch):
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(UsageError, match=r"extra 'sql'.*pip install"):
        load_sql(sqlite, view="quality_visits", register="visits", key=KEY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"view": "v"},
        {"view": "v", "register": "visits", "standards": STANDARDS},
        {"view": "v", "register": "vists"},
        {"register": "visits"},
        {"register": "visits", "view": "v", "query": "select 1"},
    ],
)
def test_a_call_that_does_not_say_what_to_read_is_refused(sqlite, wrong):
    with pytest.raises(UsageError):
        load_sql(sqlite, key=KEY, **wrong)


def test_without_a_key_nothing_is_asked(sqlite, monkeypatch):
    monkeypatch.delenv("ILACS_AUDIT_KEY", raising=False)
    with pytest.raises(ReturnsError, match="no key"):
        load_sql(sqlite, view="quality_visits", register="visits")


def test_the_rows_leave_no_file_behind(sqlite, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    load_sql(sqlite, view="consent_return", standards=STANDARDS, key=KEY)
    assert [path.name for path in tmp_path.iterdir()] == ["case system.db"]

"""The views of a database are evidence like files; a database is only ever read, and no password is ever seen.

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
from urllib.parse import quote

import pandas as pd
import pytest

import ilacs_audit as ia
from ilacs_audit.domain.errors import CatalogueError, ReturnsError, UsageError
from ilacs_audit.domain.programme import read_programme
from ilacs_audit.domain.standards import Standards, read_theme
from ilacs_audit.intake.database import PASSWORD, load_database, without_password
from ilacs_audit.intake.identity.pseudonyms import pseudonym
from ilacs_audit.intake.loading import load_register, load_returns
from tests.intake.install import SERVER, program

pytest.importorskip("sqlalchemy", reason="the extra [sql] is not installed: pip install -r requirements/dev.txt")

KEY = b"a key of the tests"
SECRET = "hunter2 of Northmere"
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
create view quality_survey as select 's' as survey_id, '2024-12-03' as "on", 10 as sent, cast(4.0 as numeric) as
  returned, 'Were you heard?' as question, 3 as positive;
create view other_way_round as select * from quality_visits order by 1 desc;
create view nameless as select team, visited as "Visit date" from visit;
create view ssd_cp_visits as select person_id as cppv_person_id, visited as cppv_cp_visit_date, 'Y' as
  cppv_cp_visit_seen, 'N' as cppv_cp_visit_seen_alone from visit;
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
    "on": date(2024, 12, 3), "selection": "random", "intended": 2, "edition": 1, "returns": ["consent*"],
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


@pytest.fixture
def postgres(server, monkeypatch) -> str:
    monkeypatch.setenv(PASSWORD, SECRET)
    return str(server)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    initdb, pg_ctl = map(program, SERVER)
    if sys.platform == "win32" or not (initdb and pg_ctl):
        pytest.skip("NOT TESTED: no PostgreSQL server here (python -m tests.intake.install); SQLite was tested")
    pytest.importorskip("psycopg", reason="NOT TESTED: the driver psycopg is not installed")
    folder = Path("/tmp") / f"ilacs_audit_postgres_{os.getpid()}"
    folder.mkdir(mode=0o700)
    (folder / "password").write_text(SECRET, encoding="utf-8")
    if os.geteuid() == 0:
        for each in (folder, folder / "password"):
            shutil.chown(each, "nobody")
    data, port = str(folder / "data"), _free_port()
    options = f"-h 127.0.0.1 -p {port} -k {folder} -F"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 60, "cwd": "/"}
    try:
        access = ("-U", "council", "-A", "scram-sha-256", "--pwfile", str(folder / "password"))
        subprocess.run(_as_user(initdb, "-D", data, *access, "--no-sync"), **quiet)
        subprocess.run(_as_user(pg_ctl, "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start"), **quiet)
        url = f"postgresql+psycopg://council@127.0.0.1:{port}/postgres"
        _fill(url.replace("council@", f"council:{quote(SECRET)}@"))
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


CHILDREN = [pseudonym(each, kind="child", key=KEY) for each in ("0038586", "0038587")]


@pytest.fixture
def views(tmp_path):
    """Write views.yml into an evidence folder, a line a view: `views("visits: quality_visits")` gives the file."""

    def write(*registers: str, returns: tuple[str, ...] = ()) -> Path:
        folder = tmp_path / "evidence"
        folder.mkdir(exist_ok=True)
        told = [
            line
            for part, lines in (("registers:", registers), ("returns:", returns))
            if lines
            for line in (part, *("  " + each for each in lines))
        ]
        (folder / "views.yml").write_text("\n".join(told), encoding="utf-8")
        return folder / "views.yml"

    return write


def kept(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet"))


def test_a_view_is_read_as_a_register_with_pseudonyms(database, views):
    evidence = load_database(database, views=views("visits: quality_visits"))
    loaded = load_register("visits", evidence, key=KEY)
    assert loaded.table["child_ref"].tolist() == CHILDREN
    assert loaded.table["visited_on"].tolist() == [pd.Timestamp("2024-12-03"), pd.Timestamp("2024-12-04")]
    assert loaded.table["seen_alone"].tolist() == ["yes", "unknown"]
    assert "Ann Lee" not in loaded.table.to_csv()
    assert loaded.problems.query("rule == 'not yes or no'")["row"].tolist() == [3]


def test_a_view_is_read_as_the_return_of_an_audit_that_claims_it(database, views):
    evidence = load_database(database, views=views(returns=("consent-2024-12: consent_return",)))
    programme = read_programme([AUDIT], file="programme.yml")
    loaded = load_returns(evidence, standards=STANDARDS, programme=programme, key=KEY)
    assert loaded.table["audit_id"].tolist() == ["consent-2024-12"] * 2
    assert loaded.table["answer"].tolist() == ["yes", "no"]
    assert loaded.table["child_ref"].tolist() == CHILDREN


def test_numbers_are_read_and_a_table_of_the_data_model_fills_its_register(database, views):
    evidence = load_database(database, views=views("survey: quality_survey", "ssd_cp_visits: ssd_cp_visits"))
    survey = load_register("survey", evidence, key=KEY).table.iloc[0]
    assert (survey["sent"], survey["returned"], survey["question"]) == (10, 4, "Were you heard?")
    visits = load_register("visits", evidence, key=KEY).table
    assert visits["child_ref"].tolist() == CHILDREN
    assert set(visits["plan_type"]) == {"child protection"}


def test_the_same_rows_are_the_same_bytes_in_whatever_order_they_come(database, views):
    told = []
    for view in ("quality_visits", "other_way_round"):
        (path,) = load_database(database, views=views(f"visits: {view}")).rglob("*.parquet")
        told.append(path.read_bytes())
    assert told[0] == told[1]


def test_a_view_that_is_named_no_more_leaves_and_files_of_ones_own_stay(sqlite, views):
    evidence = load_database(sqlite, views=views("visits: quality_visits", "survey: quality_survey"))
    own = evidence / "registers" / "tracker.csv"
    own.write_text("child_ref\n", encoding="utf-8")
    assert kept(evidence) == ["registers/survey.view.parquet", "registers/visits.view.parquet"]
    load_database(sqlite, views=views("survey: quality_survey"))
    assert kept(evidence) == ["registers/survey.view.parquet"]
    assert own.is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_what_was_read_is_for_its_owner_alone(sqlite, views):
    (path,) = load_database(sqlite, views=views("visits: quality_visits")).rglob("*.parquet")
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("lines", "wrong", "says"),
    [
        (("visits: quality_visits", "survey: absent"), ReturnsError, "refused a view"),
        (("visits: quality_visits", "cases: nameless"), ReturnsError, "cannot do without: child_ref"),
        (("visits: quality_visits", "vists: quality_visits"), CatalogueError, "Did you mean 'visits'"),
        (("visits: quality_visits; drop table visit",), ReturnsError, "refused a view"),
        ((), CatalogueError, "names no view"),
    ],
)
def test_where_one_view_cannot_be_used_nothing_is_replaced_and_the_view_is_named(sqlite, views, lines, wrong, says):
    evidence = load_database(sqlite, views=views("visits: quality_visits"))
    (path,) = evidence.rglob("*.parquet")
    path.write_bytes(b"of last month")
    with pytest.raises(wrong, match=says) as refused:
        load_database(sqlite, views=views(*lines))
    assert refused.value.where.startswith(("view absent", "view nameless", "view quality_visits; drop", "views.yml"))
    assert "case system" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert path.read_bytes() == b"of last month"


def test_a_view_that_writes_in_disguise_is_refused_by_the_database(postgres, views):
    """A function called by a view may write; the session was told to refuse."""
    import sqlalchemy

    engine = sqlalchemy.create_engine(postgres.replace("council@", f"council:{quote(SECRET)}@"))
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "create or replace function gone() returns text language plpgsql as "
            "$$ begin delete from visit; return 'x'; end $$"
        )
        connection.exec_driver_sql("create or replace view wiped as select gone() as person_id, visited from visit")
    engine.dispose()
    with pytest.raises(ReturnsError, match=r"refused a view.*may only read"):
        load_database(postgres, views=views("visits: wiped"))
    assert load_database(postgres, views=views("visits: public.quality_visits"))


def test_sqlite_is_told_to_refuse_writing(sqlite, views, monkeypatch):
    import sqlalchemy

    rows = sqlalchemy.table("visit", sqlalchemy.column("person_id"))
    monkeypatch.setattr(sqlalchemy, "select", lambda _: rows.delete().returning(rows.c.person_id))
    monkeypatch.setattr(sqlalchemy.sql.dml.Delete, "select_from", lambda delete, _: delete, raising=False)
    with pytest.raises(ReturnsError, match=r"refused a view.*may only read"):
        load_database(sqlite, views=views("visits: quality_visits"))
    monkeypatch.undo()
    assert (
        len(load_register("visits", load_database(sqlite, views=views("visits: quality_visits")), key=KEY).table) == 2
    )


@pytest.mark.parametrize("form", ["sqlite:///{}", "sqlite:///file:{}?uri=true", "sqlite:///file:{}?mode=rwc&uri=true"])
def test_a_mistyped_path_makes_no_database_and_is_told(tmp_path, views, form):
    path = tmp_path / "case sytem.db"
    with pytest.raises(ReturnsError, match=r"cannot be reached.*no file is there") as refused:
        load_database(form.format(path), views=views("visits: quality_visits"))
    assert not path.exists()
    assert "sytem" not in str(refused.value)


def test_a_value_that_cannot_be_read_is_told_as_one_and_not_as_a_matter_of_rights(sqlite, views):
    with sqlite3.connect(sqlite.removeprefix("sqlite:///")) as connection:
        connection.execute("create view odd as select person_id, cast(x'ff' as text) as visited from visit")
    connection.close()
    with pytest.raises(ReturnsError, match=r"a value of a view that cannot be read.*infinity") as refused:
        load_database(sqlite, views=views("visits: odd"))
    assert (refused.value.where, "rights" in str(refused.value)) == ("view odd, registers visits", False)


@pytest.mark.parametrize("value", ["timestamp 'infinity'", "date '0044-03-15 BC'"])
def test_a_date_that_no_calendar_here_holds_is_told_as_a_value(postgres, views, value):
    import sqlalchemy

    engine = sqlalchemy.create_engine(postgres.replace("council@", f"council:{quote(SECRET)}@"))
    with engine.begin() as connection:
        connection.exec_driver_sql("drop view if exists odd")
        connection.exec_driver_sql(f"create view odd as select person_id, {value} as visited from visit")
    engine.dispose()
    with pytest.raises(ReturnsError, match="a value of a view that cannot be read"):
        load_database(postgres, views=views("visits: odd"))


def test_an_empty_view_replaces_no_copy_that_holds_rows(sqlite, views):
    with sqlite3.connect(sqlite.removeprefix("sqlite:///")) as connection:
        connection.execute("create view nobody as select * from quality_visits where 0")
    connection.close()
    evidence = load_database(sqlite, views=views("visits: quality_visits"))
    (path,) = evidence.rglob("*.parquet")
    before = path.read_bytes()
    with pytest.raises(ReturnsError, match=r"no row.*delete registers/visits.view.parquet and run again"):
        load_database(sqlite, views=views("visits: nobody"))
    assert path.read_bytes() == before
    path.unlink()
    for _ in range(2):  # a copy that is empty too is replaced
        assert load_register("visits", load_database(sqlite, views=views("visits: nobody")), key=KEY).table.empty


def test_a_database_that_does_not_answer_is_said_without_address_or_password(views, monkeypatch):
    pytest.importorskip("psycopg", reason="NOT TESTED: the driver psycopg is not installed")
    monkeypatch.setenv(PASSWORD, "hunter2")
    with pytest.raises(ReturnsError, match="cannot be reached") as refused:
        load_database("postgresql+psycopg://me@127.0.0.1:1/secretive", views=views("visits: v"))
    assert not [word for word in ("hunter2", "secretive", "127.0.0.1") if word in str(refused.value)]


def test_a_wrong_password_is_told_as_such_and_not_repeated(postgres, views, monkeypatch):
    monkeypatch.setenv(PASSWORD, "another word")
    with pytest.raises(ReturnsError, match=f"cannot be reached.*the password in {PASSWORD}") as refused:
        load_database(postgres, views=views("visits: quality_visits"))
    assert "another word" not in str(refused.value)


def test_the_password_of_the_environment_opens_the_database_and_is_kept_nowhere(postgres, views):
    evidence = load_database(postgres, views=views("visits: quality_visits"))
    assert not [path for path in evidence.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://me:hunter2@127.0.0.1:1/x",
        "postgresql+psycopg://me:@127.0.0.1:1/x",
        "postgresql+psycopg://me@127.0.0.1:1/x?password=hunter2",
        "mssql+pyodbc:///?odbc_connect=DRIVER%3DX%3BUID%3Dme%3BPWD%3Dhunter2",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(views, address):
    for take in (without_password, lambda each: load_database(each, views=views("visits: v"))):
        with pytest.raises(UsageError, match=PASSWORD) as refused:
            take(address)
        assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://me@localhost/x", r"MySQLdb.*ilacs_audit\[sql\]"),
        ("nosuch://me@localhost/x", "kind of database that is not known"),
        ("postgresql://me@localhost:port/x", "cannot be read"),
        ("://", "cannot be read"),
    ],
)
def test_an_address_that_leads_nowhere_is_said_with_what_to_do(views, address, says):
    with pytest.raises(UsageError, match=says) as refused:
        load_database(address, views=views("visits: v"))
    assert refused.value.fix


def test_without_the_extra_the_message_names_it(sqlite, views, monkeypatch):
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(UsageError, match=r"extra 'sql'.*pip install"):
        load_database(sqlite, views=views("visits: quality_visits"))


def test_without_a_file_of_views_it_is_said_what_to_write(sqlite, tmp_path):
    with pytest.raises(UsageError, match=r"No file names the views.*visits: audit.visits"):
        load_database(sqlite, views=tmp_path / "views.yml")


def test_a_notebook_takes_an_address_where_it_takes_a_folder(sqlite, tmp_path, monkeypatch):
    monkeypatch.setenv("ILACS_AUDIT_KEY", "a key of the tests")
    own = tmp_path / "data" / "evidence"
    own.mkdir(parents=True)
    (own / "authority.yml").write_text("name: Viewshire\n", encoding="utf-8")
    (own / "views.yml").write_text("registers:\n  visits: quality_visits\n", encoding="utf-8")
    about = {"period": "2024-12", "as_of": "2024-12-31", "audience": "internal", "workspace": tmp_path}
    work = ia.open_evidence(evidence=sqlite, **about)
    assert work.register("visits")["child_ref"].tolist() == CHILDREN

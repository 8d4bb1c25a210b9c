"""A database is a source of every command that takes evidence; its password is printed and stored nowhere."""

import re
import sqlite3

import pytest

from ilacs_audit.intake.database import PASSWORD

pytest.importorskip("sqlalchemy", reason="the extra [sql] is not installed: pip install -r requirements/dev.txt")
SECRET = "hunter2"


@pytest.fixture
def address(tmp_path):
    path = tmp_path / "case system.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table visit (person_id text, team text, plan text, visited text)")
        rows = [(f"00{1000 + child}", "Duty", "CP", f"2024-11-{1 + child % 20:02d}") for child in range(40)]
        connection.executemany("insert into visit values (?, ?, ?, ?)", rows)
        connection.execute("create view audit_visits as select person_id, team, plan, visited as visited_on from visit")
    connection.close()
    return f"sqlite:///{path}"


@pytest.fixture
def views(tmp_path, monkeypatch):
    monkeypatch.setenv("ILACS_AUDIT_KEY", "a key of the tests")
    monkeypatch.setenv(PASSWORD, SECRET)
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    (evidence / "authority.yml").write_text("name: Viewshire\n", encoding="utf-8")
    (evidence / "views.yml").write_text("registers:\n  visits: audit_visits\n", encoding="utf-8")
    return evidence / "views.yml"


def test_a_page_is_published_from_a_view_and_neither_address_nor_password_is_in_any_file(small, say, address, views):
    source = ("--evidence", address, "--views", views, "--workspace", small)
    limits = small / "data" / "limits.yml"
    limits.write_text(limits.read_text(encoding="utf-8").replace("Northmere", "Viewshire"), encoding="utf-8")
    said = say("run", "2024-11", "--only", "timeliness", "--as-of", "2024-11-21", *source)
    assert said.code == 0, said.err
    shown = (small / "outputs" / "board" / "2024-11" / "timeliness.csv").read_text(encoding="utf-8")
    assert re.search(r"cp_visited_in_time,visits,,all,10 working days,2024-11,28,40,", shown)
    again = say("run", "2024-11", "--only", "timeliness", "--as-of", "2024-11-21", *source)
    assert "Nothing has changed" in again.out  # the same rows are the same evidence
    rebuilt = say("rebuild", "2024-11", "--workspace", small)
    assert rebuilt.code == 0, rebuilt.err
    hidden = (SECRET.encode(), address.removeprefix("sqlite:///").encode())
    files = [path for home in (small, views.parent) for path in home.rglob("*") if path.is_file()]
    assert len(files) > 50
    assert not [path for path in files if any(word in path.read_bytes() for word in hidden)]
    assert not [word for word in (SECRET, address) if word in said.out + said.err + again.out + rebuilt.out]


def test_a_recipe_holds_the_address_and_refuses_a_password_in_it(small, say, views):
    about = ("schedule", "cron", "--workspace", small, "--views", views, "--evidence")
    said = say(*about, "postgresql+psycopg://audit@server/mosaic")
    assert f"--evidence postgresql+psycopg://audit@server/mosaic --views {views.resolve()}" in said.out
    refused = say(*about, f"postgresql+psycopg://audit:{SECRET}@server/mosaic")
    assert refused.code == 2
    assert PASSWORD in refused.err
    assert SECRET not in refused.out + refused.err


def test_a_database_that_does_not_answer_ends_with_11_and_nothing_is_published(small, say, views):
    pytest.importorskip("psycopg", reason="NOT TESTED: the driver psycopg is not installed")
    nobody = ("--evidence", "postgresql+psycopg://audit@127.0.0.1:1/mosaic", "--views", views)
    said = say("run", "2024-11", "--workspace", small, *nobody)
    assert said.code == 11
    assert "cannot be reached" in said.err
    assert not [word for word in ("127.0.0.1", SECRET, "Traceback") if word in said.err]
    assert not (small / "outputs").exists()


def test_without_views_the_file_of_the_workspace_is_asked_for(small, say, address):
    said = say("check", "--workspace", small, "--evidence", address)
    assert said.code == 2
    assert "No file names the views of the database. Where: views.yml." in said.err

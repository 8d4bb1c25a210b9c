"""The command shows what it saw without a name, asks where somebody is there, and takes answers from files."""

from importlib import import_module

import pytest

from tests.publishing.first.forms import form


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Pages are tested where they are made; here a page is a name."""
    from dataclasses import replace

    from ilacs_audit.publishing.first import audit

    monkeypatch.setenv("ILACS_AUDIT_KEY", "a secret of this test")
    monkeypatch.setattr(audit, "_published", lambda made, root, *_: replace(made, pages=(root / "page.html",)))


def test_nobody_is_named_and_each_default_is_told_where_nobody_can_be_asked(tmp_path, say):
    workbook = form(tmp_path / "Consent Nov 2024.xlsx", extra=[("Ava Moss", "she said so")])
    said = say("new", workbook, "--workspace", tmp_path / "ours")
    assert said.code == 0, said.err
    assert "How were the files chosen? Taken: don't know." in said.out
    assert "36 answers read" in said.out
    assert not [name for name in ("Zelda", "Moss", "Smythe", "Lomax", "0031000") if name in said.out]


def test_answers_come_from_a_file_and_an_option_wins(tmp_path, say):
    told = tmp_path / "answers.yml"
    told.write_text("title: Consent\nmonth: 2024-10\ntarget: 90%\nlisted: 40\nmet: [yes, partly]\n", encoding="utf-8")
    workbook = form(tmp_path / "form.xlsx")
    said = say("new", workbook, "--answers", told, "--month", "2024-11", "--workspace", tmp_path / "ours")
    assert said.code == 0, said.err
    programme = (tmp_path / "ours" / "data" / "programme.yml").read_text(encoding="utf-8")
    assert "consent-2024-11" in programme
    assert "size: 40" in programme


def test_a_person_is_asked_again_where_an_answer_cannot_be(tmp_path, say, monkeypatch):
    monkeypatch.setattr(import_module("ilacs_audit.cli.new"), "someone_is_there", lambda: True)
    workbook = form(tmp_path / "Consent Nov 2024.xlsx")
    answers = ["Testshire", "", "", "", "", "", "", "a lot", "90%", "random", "5", "84", "", ""]
    said = say("new", workbook, "--workspace", tmp_path / "ours", answers="\n".join(answers))
    assert said.code == 0, said.err
    assert "'a lot' is not a target" in said.out
    assert "the workbook has 12 rows" in said.out
    assert "name: Testshire" in (tmp_path / "ours" / "data" / "evidence" / "authority.yml").read_text(encoding="utf-8")


def test_an_unknown_answer_ends_with_a_sentence(tmp_path, say):
    said = say("new", form(tmp_path / "Consent Nov 2024.xlsx"), "--workspace", tmp_path / "ours", "--target", "most")
    assert said.code == 2
    assert "is not a target" in said.err


def test_a_list_of_points_becomes_a_plan_and_a_plan_that_is_there_is_asked_about(tmp_path, say, monkeypatch):
    points, ours = tmp_path / "points.txt", tmp_path / "ours"
    points.write_text("- The quality of plans.\n- The supply of homes.\n", encoding="utf-8")
    said = say("new", "--plan", points, "--workspace", ours)
    assert said.code == 0, said.err
    assert "2 of 2 points placed" in said.out and "A2: no data supplied." in said.out
    refused = say("new", "--plan", points, "--workspace", ours)
    assert refused.code == 2 and "--replace" in refused.err
    monkeypatch.setattr(import_module("ilacs_audit.cli.new"), "someone_is_there", lambda: True)
    assert say("new", "--plan", points, "--workspace", ours, answers="n\n").code == 2
    assert say("new", "--plan", points, "--workspace", ours, answers="y\n").code == 0


def test_nothing_given_is_told_in_a_sentence(say):
    assert "Give a workbook, or --plan" in say("new").err

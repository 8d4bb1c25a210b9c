"""A new workspace works where it stands, whatever its folder is called."""

import shutil
import subprocess
import sys

import pytest

from ilacs_audit.publishing.first.template import is_untouched
from tests.cli.conftest import few_returns


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    from click.testing import CliRunner

    from ilacs_audit.cli import main

    folder = tmp_path_factory.mktemp("somebody") / "Our audits (2024)" / "new one"
    return folder, CliRunner().invoke(main, ["init", "--example", str(folder)])


def test_a_new_workspace_holds_the_example_and_nothing_else(made, root):
    folder, said = made
    assert said.exit_code == 0, said.output
    assert {path.name for path in folder.iterdir()} == {"data", "notebooks", "reports.yml", ".gitignore"}
    assert not list(folder.rglob("evidence"))
    example = root / "data" / "example"
    ours = {path.relative_to(example): path.read_bytes() for path in example.rglob("*") if path.is_file()}
    copied = folder / "data" / "example"
    assert {path.relative_to(copied): path.read_bytes() for path in copied.rglob("*") if path.is_file()} == ours


def test_without_the_example_there_is_one_finished_audit_to_copy_that_publishes_and_goes_for_ones_own(tmp_path, say):
    folder = tmp_path / "Côte d'Our (new)"
    assert say("init", folder).code == 0
    rows = [path.name for path in (folder / "data" / "example").rglob("*") if path.is_file()]
    assert sorted(rows) == ["Consent dip sample - Sept 2024(1-20).xlsx", "authority.yml"]
    assert {path.stem for path in (folder / "data" / "standards").iterdir()} == {"consent"}
    assert say("check", "--workspace", folder).code == 0
    done = say("run", "2024-09", "--as-of", "2024-09-30", "--only", "dip-sample-consent-2024-09", "--workspace", folder)
    page = folder / "outputs" / "board" / "2024-09" / "dip-sample-consent-2024-09.html"
    assert done.code == 0 and "9 of 20" in page.read_text(encoding="utf-8")
    assert is_untouched(folder / "data" / "programme.yml"), "A council's own first audit takes its place."


def test_the_next_command_can_be_copied_although_the_folder_has_spaces(made):
    folder, said = made
    assert f'ilacs-audit check --workspace "{folder}"' in said.output


def test_a_new_workspace_lists_what_a_month_holds(made, say):
    folder, _ = made
    said = say("list", "2024-11", "--workspace", folder)
    assert said.code == 0
    assert "dip-sample-consent-2024-11" in said.out


def test_a_new_workspace_publishes_a_report(made, say, tmp_path):
    folder = few_returns(shutil.copytree(made[0], tmp_path / "Our audits (2024)"))
    asked = ("--only", "dip-sample-consent-2024-11", "--as-of", "2024-11-21", "--jobs", 1)
    said = say("run", "2024-11", *asked, "--workspace", folder)
    assert said.code == 0, said.err
    page = folder / "outputs" / "board" / "2024-11" / "dip-sample-consent-2024-11.html"
    assert "<h1" in page.read_text(encoding="utf-8")


def test_a_folder_that_holds_something_is_left_alone(tmp_path, say):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    said = say("init", tmp_path)
    assert said.code == 2
    assert "is not empty" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_month_that_does_not_exist_ends_with_2(made, say):
    folder, _ = made
    said = say("list", "2024-13", "--workspace", folder)
    assert said.code == 2
    assert "Traceback" not in said.err


def test_a_folder_that_is_no_workspace_is_said_to_be_none(tmp_path, say):
    said = say("list", "2024-11", "--workspace", tmp_path)
    assert said.code == 12
    assert "What to do:" in said.err


def test_our_own_failure_is_one_sentence_without_the_value(monkeypatch):
    from click.testing import CliRunner

    from ilacs_audit.claims.sentences import power
    from ilacs_audit.cli import main

    def fails(*_, **__):
        raise KeyError("Zebedee Quillfeather")

    monkeypatch.setattr(power, "power_card", fails)
    said = CliRunner().invoke(main, ["plan"])
    assert said.exit_code == 1
    assert "The program itself failed: KeyError" in said.stderr
    assert "Zebedee" not in said.output


COMMANDS = [
    ["check"],
    ["check", "--learn"],
    ["list", "2024-11"],
    ["intake"],
    ["run", "2024-11", "--as-of", "2024-11-21"],
]
SLIPS = [
    ("data/programme.yml", "intended: 20", "intended: twelve", "line 25, audit consent-2024-09, intended"),
    ("data/standards/consent.yml", "version: 1", "version: one", "line 11, standard CON-1, version"),
    ("data/columns.yml", "CON-1:", "CON-0:", "standards, CON-0"),
    ("data/plan.yml", "needs:", "neds:", "line 14, area A1, neds"),
]


EACH = [*((command, *SLIPS[0]) for command in COMMANDS), *((["list", "2024-11"], *slip) for slip in SLIPS[1:])]


@pytest.mark.parametrize(("command", "name", "old", "new", "place"), EACH)
def test_a_slip_in_the_catalogue_ends_every_command_with_12_and_its_place(small, say, command, name, old, new, place):
    path = small / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    said = say(*command, "--workspace", small)
    assert said.code == 12
    assert place in said.err and "What to do: " in said.err
    assert "itself failed" not in said.err


def test_check_tells_the_slips_of_every_file_at_once(small, say):
    for name, old, new in [
        ("data/programme.yml", "intended: 20", "intended: twelve"),
        ("data/example/exclusions.yml", "row: 19", "row: last"),
        ("data/example/authority.yml", "example: true", "example: perhaps"),
        ("data/example/commentary/2024-11.yml", "words:", "wrods:"),
        ("data/bank_holidays.csv", "2024-12-25", "Christmas"),
        ("reports.yml", "theme: all", "theme: every"),
    ]:
        text = (small / name).read_text(encoding="utf-8")
        assert old in text
        (small / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    said = say("check", "--workspace", small)
    assert said.code == 12
    told = (
        "'twelve'",
        "'last'",
        "'perhaps'",
        "Did you mean 'words'?",
        "'Christmas' is not a date",
        "'theme: every' is not a way",
    )
    assert all(each in said.err for each in told), said.err


def test_help_does_not_wait_for_what_only_changes_files():
    loaded = "import sys; from ilacs_audit.cli import main; print('ruamel.yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True).stdout.strip() == "False"

"""A council that hands over an Annex A and nothing else gets its page on timeliness, with the figures of the lists."""

import shutil
from datetime import date

import pytest

from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.run.batch import run
from tests.intake.annex_a.workbook import REFERENCE, on, rows, save, who
from tests.pages.reading import page
from tests.pages.test_registers import lines

# The dates of the public sample workbook (SocialFinanceDigitalLabs/liia-tools-pipeline, Annex_A_2024_Jan.xlsx).
ASSESSED = [("2019-05-16", "2021-02-08"), ("2019-10-30", "2021-01-19"), ("2019-12-26", "2020-11-11")]
ASSESSED += [("2020-02-26", "2021-02-02")] * 2


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    folder = tmp_path_factory.mktemp("annex") / "evidence"
    (folder / "registers").mkdir(parents=True)
    (folder / "authority.yml").write_text("name: Lists Only\n", encoding="utf-8")
    lists = rows()
    lists[4] = [
        [*who(200 + place, "2012-08-08"), "b) No", on(start), "Yes", on(end), "a) Yes", "Duty", "Wanda Workerson"]
        for place, (start, end) in enumerate(ASSESSED)
    ]
    save(folder / "registers", lists)
    return folder


@pytest.fixture(scope="module")
def council(tmp_path_factory, root):
    """A workspace with limits of its own, since no page judges by those of the invented council."""
    folder = tmp_path_factory.mktemp("council")
    shutil.copytree(root / "data", folder / "data", ignore=shutil.ignore_patterns("example"))
    shutil.copytree(root / "notebooks", folder / "notebooks")
    shutil.copy2(root / "reports.yml", folder)
    limits = folder / "data" / "limits.yml"
    limits.write_text(limits.read_text(encoding="utf-8").replace("Northmere", "Lists Only"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def timeliness(evidence, tmp_path_factory, council):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ILACS_AUDIT_KEY", "a key of the tests")
        outputs = tmp_path_factory.mktemp("published")
        work = load_workspace(council, evidence=evidence)
        run("2021-03", workspace=work, outputs=outputs, as_of=REFERENCE, only=("timeliness",), audiences="internal")
    return page(outputs / "internal" / "2021-03" / "timeliness.html")


def test_conferences_assessments_and_the_visits_of_exactly_ten_working_days_stand_on_the_page(timeliness):
    shown = lines(timeliness)
    assert shown["Conferences in time"][-1] == (3, 3)
    assert shown["Assessments in time"][-1] == (0, 5)
    assert shown["The last visit alone in time, child protection, of those with one in the log"][-1] == (2, 2)
    told = timeliness.path.with_suffix(".csv").read_text(encoding="utf-8")
    assert "None of 5 assessments were authorised within 45 working days of the start. March 2021." in told
    assert (
        "Working Together 2018, paragraph 82, as cited by the Family Rights Group, of July 2018" in timeliness.main.text
    )


def test_what_an_annex_a_does_not_say_is_not_on_the_page(timeliness):
    assert "written up" not in timeliness.main.text.partition("Method ")[0]
    assert "Workerson" not in timeliness.path.read_text(encoding="utf-8")


def test_check_reads_every_list_and_says_of_which_day_the_workbook_speaks(evidence, tmp_path, monkeypatch):
    from click.testing import CliRunner

    from ilacs_audit.cli import main

    monkeypatch.setenv("ILACS_AUDIT_KEY", "a key of the tests")
    words = ["check", "--evidence", str(evidence), "--outputs", str(tmp_path)]
    said = CliRunner().invoke(main, words)
    assert said.exit_code == 0
    assert "The Annex A speaks of 16 March 2021" in said.stdout
    assert "--as-of 2021-03-16" in said.stdout
    assert "two dates of birth" in said.stdout  # of lists that no register is read from
    other = CliRunner().invoke(main, [*words, "--as-of", str(date(2021, 3, 31))]).stdout
    assert "reference date" in other

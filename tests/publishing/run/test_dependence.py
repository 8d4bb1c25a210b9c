"""A page is made again when the answer to a question that its report asked has moved, and else never."""

import shutil
from datetime import date

import pytest
import yaml

from ilacs_audit.domain.audiences import audience
from ilacs_audit.domain.calendar import Period
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.edition.edition import Edition
from ilacs_audit.publishing.run.asked import Plan
from ilacs_audit.publishing.run.dependence import Ground
from ilacs_audit.publishing.run.inputs import find_inputs
from ilacs_audit.publishing.run.make import compile_evidence
from ilacs_audit.publishing.timetable import plan_reports
from tests.publishing import asking, tiny

EDITIONS = ("internal", "board", "public")
DIP, SILENT = "dip-sample-consent-2024-11", "silent-consent-2024-11"
CONSENT, PLANS, THEME = "reaudit-consent-2024-11", "reaudit-plans-2024-11", "thematic-plans"
ALL = {DIP, SILENT, CONSENT, PLANS, THEME}


@pytest.fixture(scope="module")
def original(tmp_path_factory, root):
    """A workspace that was published for three audiences, with its outputs inside."""
    place = asking.make(root, tmp_path_factory.mktemp("dependence") / "work")
    ended = tiny.publish(place, place / "outputs", audiences=EDITIONS)
    assert (len(ended.outcomes), ended.failed) == (len(EDITIONS) * len(ALL), ())
    return place


def due(place):
    """The pages of each edition that a run would make again."""
    work, month = load_workspace(place), Period(2024, 11)
    ground = Ground(work, compile_evidence(work, place / "outputs").store, find_inputs(work.root, work.evidence))
    reports, absent = plan_reports(work, month)
    assert {each.id for each in reports} == ALL
    return [
        ALL - Plan(edition, reports, absent, ground).fresh.keys()
        for edition in (
            Edition(place / "outputs", month, audience(name), work.authority.name, date(2024, 11, 30))
            for name in EDITIONS
        )
    ]


def edit(file, change):
    """Change one YAML file of a workspace by a function of its content."""

    def made(place, root):
        path = place / "data" / file
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        change(content)
        path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")

    return made


def of_audit(name, **values):
    return edit(
        "programme.yml", lambda told: next(each for each in told["audits"] if each["id"] == name).update(values)
    )


def appended(file, text):
    def made(place, root):
        path = place / file
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    return made


def without(pattern):
    return lambda place, root: next((place / "data" / "evidence" / "returns").rglob(pattern)).unlink()


def arrives(file):
    return lambda place, root: shutil.copy(root / "data" / "example" / file, place / "data" / "evidence" / file)


def in_register(name):
    """The last row of a register is taken out."""

    def made(place, root):
        path = place / "data" / "evidence" / "registers" / f"{name}.csv"
        path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")

    return made


def a_lock_file_of_excel(place, root):
    (place / "data" / "evidence" / "returns" / "2024-11" / "~$Plans and planning audit Nov 24 v2.xlsx").write_text("QA")


WORDS = "evidence/commentary/2024-11.yml"
CHANGES = {
    "a return": (without("Consent*Nov*"), {DIP, CONSENT, SILENT}),
    "a return of the round before": (without("Consent*Sept*"), {DIP, CONSENT, SILENT}),
    "a return that was not there": (arrives(asking.LATE), {PLANS, THEME, SILENT}),
    "a return of another audit": (without("s47*"), {SILENT}),
    "a register": (in_register("training"), {DIP, SILENT}),
    "a register that was not there": (arrives("registers/workforce.csv"), {CONSENT, PLANS, SILENT}),
    "a register that nobody asks for": (in_register("meetings"), {SILENT}),
    "the protocol": (of_audit("consent-2024-11", intended=60), {DIP, CONSENT, THEME, SILENT}),
    "the protocol of the round before": (of_audit("plans-2024-09", intended=60), {PLANS, THEME, SILENT}),
    "the protocol of another audit": (of_audit("s47-2024-09", intended=60), {SILENT}),
    "a standard": (edit("standards/consent.yml", lambda told: told.update(question="Else?")), {DIP, SILENT}),
    "words": (edit(WORDS, lambda told: told["consent-2024-11"].update(words="Else.")), {DIP, CONSENT, SILENT}),
    "words about another audit": (edit(WORDS, lambda told: told.pop("plans-2024-11")), {PLANS, THEME, SILENT}),
    "words of another month": (
        lambda place, root: (place / "data" / "evidence" / "commentary" / "2024-12.yml").write_text("{}"),
        {SILENT},
    ),
    "an exclusion": (edit("evidence/exclusions.yml", lambda told: told.clear()), {DIP, CONSENT, SILENT}),
    "a name of a column that nothing uses": (
        edit("columns.yml", lambda told: told["ignore"].append("Lunch")),
        {SILENT},
    ),
    "a name of a team": (
        edit("columns.yml", lambda told: told["teams"].update({"First Assessment": ["Duty & Assessment 1"]})),
        {DIP, CONSENT, SILENT},
    ),
    "the authority": (edit("evidence/authority.yml", lambda told: told.update(name="Elsewhere")), ALL),
    "the plan": (appended("data/plan.yml", "\n# looked at\n"), {CONSENT, PLANS, SILENT}),
    "a bank holiday": (appended("data/bank_holidays.csv", "2031-12-25\n"), {THEME, SILENT}),
    "a notebook": (lambda place, root: tiny.write_notebook(place, "silent", tiny.FINE + "\n"), {SILENT}),
    "the timetable": (appended("reports.yml", "\n# looked at\n"), set()),
    "a lock file of Excel": (a_lock_file_of_excel, set()),
    "nothing": (lambda place, root: None, set()),
}


@pytest.mark.parametrize("name", CHANGES)
def test_exactly_the_pages_that_a_change_moves_are_made_again_in_every_edition(original, root, tmp_path, name):
    change, moved = CHANGES[name]
    place = tmp_path / "work"
    shutil.copytree(original, place)
    change(place, root)
    assert due(place) == [moved] * len(EDITIONS)


def test_what_is_not_made_again_would_come_out_the_same(original, root, tmp_path):
    place = tmp_path / "work"
    shutil.copytree(original, place)
    before = {name: tiny.given(place / "outputs", name) for name in EDITIONS}
    for name in ("a return of another audit", "the protocol of another audit", "a name of a column that nothing uses"):
        CHANGES[name][0](place, root)
    ended = tiny.publish(place, place / "outputs", audiences=EDITIONS, force=True)
    assert len(ended.outcomes) == len(EDITIONS) * len(ALL)
    for name in EDITIONS:
        after = tiny.given(place / "outputs", name)
        assert {file for file in after if after[file] != before[name][file]} == {"run.json"}


def test_a_late_return_is_run_for_its_own_reports_in_every_edition(original, root, tmp_path):
    place = tmp_path / "work"
    shutil.copytree(original, place)
    CHANGES["a return that was not there"][0](place, root)
    ended = tiny.publish(place, place / "outputs", audiences=EDITIONS)
    assert sorted(each.job_id for each in ended.outcomes) == sorted([PLANS, THEME, SILENT] * len(EDITIONS))
    assert {each.status for each in ended.entries} == {"made", "kept"}
    assert due(place) == [set()] * len(EDITIONS)

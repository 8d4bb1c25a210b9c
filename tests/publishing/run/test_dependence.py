"""A report depends on what its notebook shows that it reads: what is not run again would come out the same."""

import ast
import json
import shutil
from functools import partial

import pytest
import yaml

from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.programme import Programme
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.run.dependence import Ground
from ilacs_audit.publishing.run.make import compile_evidence
from ilacs_audit.publishing.timetable import Report
from tests.publishing import tiny
from tests.publishing.run.test_reads import START

RETURNS = ("Consent dip sample*", "Plans and planning audit*")
REPORTS = (("dip_sample", "consent-2024-11"), ("reaudit", "consent-2024-11"), ("thematic", "plans-2024-11"))
PLANS = "thematic plans-2024-11"
ALL = {" ".join(each) for each in REPORTS}
CONSENT = ALL - {PLANS}


def marks(place, outputs, reports):
    """The fingerprint of each report, and the store that its notebook would read."""
    work = load_workspace(place)
    ground = Ground(work, compile_evidence(work, outputs).store, Period(2024, 11))
    found = [
        Report(" ".join(each), each[0], place / "notebooks" / f"{each[0]}.ipynb", "", {"audit": each[1]})
        for each in reports
    ]
    return {each.id: ground.fingerprint(each, as_of="2024-11-30", audience="board") for each in found}


def test_a_late_return_moves_only_the_reports_that_read_it(tmp_path):
    place = tiny.make(tmp_path / "work")
    tiny.write_notebook(place, "second", START + 'now = returns.table[returns.table["audit_id"] == audit]')
    later = next((place / "data" / "evidence" / "returns" / "2024-11").iterdir())
    held = shutil.move(later, tmp_path / later.name)

    asked = [(name, audit) for name in ("dip_sample", "second") for audit in tiny.AUDITS]
    now = partial(marks, place, tmp_path / "out", asked)
    before = now()
    assert now() == before
    shutil.move(held, later)
    moved = {name for name, mark in now().items() if mark != before[name]}
    assert moved == {"dip_sample consent-2024-09", "dip_sample consent-2024-11", "second consent-2024-11"}


@pytest.fixture(scope="module")
def original(tmp_path_factory, root):
    """Two chains of the example with their real notebooks, a page of each made from them."""
    place = tmp_path_factory.mktemp("dependence") / "work"
    shutil.copytree(root / "data", place / "data", ignore=shutil.ignore_patterns("returns"))
    shutil.copytree(root / "notebooks", place / "notebooks")
    shutil.copy(root / "reports.yml", place)
    for path in [path for name in RETURNS for path in (root / "data" / "example" / "returns").rglob(name)]:
        folder = place / "data" / "example" / "returns" / path.parent.name
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, folder)
    found = marks(place, place / "outputs", REPORTS)
    return place, found, {" ".join(each): page(place, *each) for each in REPORTS}


def page(place, name, audit):
    """What the cells of a notebook show, run here; a function that walks the whole programme is an error."""
    folders = {
        "workspace": place,
        "evidence": place / "data" / "example",
        "store": place / "outputs" / "private" / "store",
    }
    told = {"audit": audit, "period": "2024-11", "as_of": "2024-11-30", "audience": "board"}
    cells = json.loads((place / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    space, shown = {}, []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Programme, "__iter__", None)
        patch.setattr(Programme, "in_period", None)
        for code in ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]:
            tree = ast.parse(code)
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, name, "exec"), space)
            space |= {key: str(value) for key, value in {**told, **folders}.items()} if not shown else {}
            shown.append(eval(compile(ast.Expression(last.value), name, "eval"), space)._repr_html_() if last else "")
    return shown


def edit(file, change):
    """Change one YAML file of a workspace by a function of its content."""

    def made(place):
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
    return lambda place: (place / file).write_text((place / file).read_text(encoding="utf-8") + text, encoding="utf-8")


def without(pattern):
    return lambda place: next((place / "data" / "example").rglob(pattern)).unlink()


def none_that_count(place):
    """Edits of everything that none of the reports reads."""
    of_audit("s47-2024-11", intended=99)(place)
    for file in ("data/plan.yml", "data/columns.yml", "reports.yml"):
        appended(file, "\n# looked at\n")(place)
    appended("data/bank_holidays.csv", "2031-12-25\n")(place)


CHANGES = {
    "none that count": (none_that_count, set()),
    "plans audit": (of_audit("plans-2024-11", intended=99), {PLANS}),
    "consent audit": (of_audit("consent-2024-11", intended=99), CONSENT),
    "words": (edit("example/commentary/2024-11.yml", lambda told: told.pop("plans-2024-11")), {PLANS}),
    "standards": (edit("standards/consent.yml", lambda told: told.update(question="Asked otherwise?")), ALL),
    "authority": (edit("example/authority.yml", lambda told: told.update(name="Elsewhere")), ALL),
    "plans return": (without("2024-11/Plans*"), {PLANS}),
    "consent return": (without("2024-11/Consent*"), CONSENT),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_an_input_does_not_move_would_come_out_the_same(original, tmp_path, name):
    (first, before, pages), (change, moved) = original, CHANGES[name]
    place = tmp_path / "work"
    shutil.copytree(first, place)
    change(place)
    after = marks(place, place / "outputs", REPORTS)
    assert {name for name in after if after[name] != before[name]} == moved
    for each in REPORTS:
        if " ".join(each) not in moved:
            assert page(place, *each) == pages[" ".join(each)]

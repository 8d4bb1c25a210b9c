"""Text that a stranger typed is shown harmlessly or refused: on pages, in data files, in notebooks, on disk."""

import csv
import io
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

import ilacs_audit as ia
from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import AuditError, CatalogueError, UsageError
from ilacs_audit.domain.measures import measures
from ilacs_audit.domain.programme import read_programme
from ilacs_audit.domain.standards import read_theme
from ilacs_audit.engine.jobs import Job
from ilacs_audit.engine.pool import run_jobs
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.intake.yaml_files import read_yaml
from ilacs_audit.publishing.edition.figures_csv import measures_csv
from ilacs_audit.publishing.run.batch import run
from tests.pages.reading import page

SCRIPT = "<script>document.title='ran'</script>"
HOSTILE = {
    "script": SCRIPT,
    "attribute": '" onload="alert(1)" x="',
    "tag end": "</td></table></main><h1>Met</h1>",
    "image": "<img src=x onerror=alert(1)>",
    "link": '<a href="javascript:alert(1)">x</a>',
    "template": "{{ 7 * 191 }}{% for x in ().__class__.__mro__ %}{{ x }}{% endfor %}",
    "formula": '=HYPERLINK("https://example.org/?"&A1)',
    "formula after a space": " \u200b=1+1",
    "wide formula": "＝1+1",
    "command": "+cmd|' /C calc'!A0",
    "latex": "\\input{/etc/passwd}$\\href{javascript:x}{y}$",
    "markdown": "[x](javascript:alert(1)) ![y](https://example.org/z.png)",
    "path": "../../../../etc/passwd",
    "right to left": "not \u202etem\u202c met",
    "zero width": "M\u200be\u200bt",
    "control": "a\x00b\x1b[31mc",
    "entity": "&lt;script&gt;&#x3c;script&#x3e;",
    "style": "</style><style>main{display:none}</style>",
    "comment": "<!-- x --><![CDATA[ x",
    "long": "A" * 60_000,
}


def records(text):
    about = {"theme": "consent", "standard_id": "S-1", "period": "2024-11", "numerator": 12, "denominator": 30}
    for group, level in (("all", "all"), ("team", text), ("team", "Duty")):
        yield {"measure": "compliance", "group": group, "level": level, "value": 0.4, "note": text, **about}
    yield {"measure": "set_aside", "group": "audit", "level": "a", "period": "2024-11", "numerator": 7, "note": text}
    yield {
        "measure": "reach",
        "group": "intervention",
        "level": text,
        "period": "2024-11",
        "numerator": 9,
        "note": text,
    }


def drawn(text):
    """Every piece of a page that shows a stranger's words, as one page."""
    released = release(measures(records(text)), audience="board")
    pieces = [
        ia.title(text, answer=text),
        ia.trust_box(released),
        ia.measures_table(released, caption=text, finding=text),
        ia.heat_map(released[released["group"] == "team"], caption=text),
        ia.evidence_table(released, caption=text, finding=text),
        ia.reach_table(released, caption=text),
        ia.commentary(released, written=[f"We will ask the county's team for {text}"], by=text),
        ia.decisions([text], heading=text),
        ia.provenance(released, method=[text], heading=text),
    ]
    return "\n".join(piece.html for piece in pieces), measures_csv(released.to_dict("records"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return shape(drawn("plain")[0], tmp_path_factory.mktemp("plain"))


def shape(html, folder):
    """The elements and the names of their attributes: what a text must not change."""
    path = folder / "page.html"
    path.write_text(f"<!doctype html><html><body>{html}</body></html>", encoding="utf-8", errors="surrogateescape")
    read = page(path)
    return [(each.name, *sorted(each.attrs)) for each in read.root.walk()], read


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_strangers_words_change_no_element_of_a_page(kind, plain, tmp_path):
    html, _ = drawn(HOSTILE[kind])
    elements, read = shape(html, tmp_path)
    assert elements == plain[0]
    assert read.faults == ()
    assert "1337" not in read.root.text
    assert not set(html) & {"\u202e", "\u200b", "\x00", "\x1b"}
    assert len(html) < 1_000_000


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_cell_of_a_data_file_is_a_formula(kind):
    table = list(csv.reader(io.StringIO(drawn(HOSTILE[kind])[1].decode())))
    cells = [cell for line in table for cell in line]
    assert [
        cell for cell in cells if cell.strip(" \u200b").startswith(("=", "+", "@", "-", "＝")) and not number(cell)
    ] == []


def number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    "text", ["../../evil", "a/b", "..", "a\\b", "", ".hidden", "x" * 200, "a b", "é", "a\nb", "a.html"]
)
def test_an_id_that_is_a_path_is_refused(text, root):
    audits = read_yaml(root / "data" / "programme.yml")["audits"]
    with pytest.raises(CatalogueError) as refused:
        read_programme([{**audits[0], "id": text}], file="programme.yml")
    assert len(str(refused.value)) < 400
    theme = read_yaml(root / "data" / "standards" / "consent.yml")
    with pytest.raises(CatalogueError):
        read_theme({**theme, "theme": text}, file="consent.yml")


@pytest.mark.parametrize("text", ["../2024-11", "2024-11/../..", "2024-13", "2024-11\n", "２０２４-11", "", "/etc"])
def test_a_period_that_is_not_a_month_is_refused(text):
    with pytest.raises(UsageError):
        Period.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "!!python/object/apply:os.system ['touch pwned']",
        "a: !!python/name:os.system",
        "!!python/object/new:subprocess.Popen [[touch, pwned]]",
        "a: !include /etc/passwd",
    ],
)
def test_yaml_that_makes_objects_is_refused(text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError):
        read_yaml(path)
    assert [each.name for each in tmp_path.iterdir()] == ["plan.yml"]


CODE = (
    '"; import os; os.system("touch PWNED"); x = "',
    "__import__('os').system('touch PWNED')",
    "\n\nimport os\nos.system('touch PWNED')\n",
    "'''\nimport os; os.system('touch PWNED')\n'''",
    "%system touch PWNED",
    "!touch PWNED",
    "{{ cookiecutter }} {% raw %}",
)


@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_a_parameter_that_carries_code_is_a_word(engine, tmp_path):
    codes = [each.replace("PWNED", str(tmp_path / "pwned")) for each in CODE]
    source = "import json, pathlib\npathlib.Path(told).write_text(json.dumps(audit))"
    parameters = cell("a", 'audit: str = ""\ntold: str = ""', tags=["parameters"])
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [parameters, cell("b", source)]}
    path = tmp_path / "asks.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    told = [tmp_path / f"{number}.json" for number in range(len(codes))]
    jobs = [
        Job(each.stem, path, {"audit": code, "told": str(each)}, each.with_suffix(".ipynb"))
        for code, each in zip(codes, told, strict=True)
    ]
    ended = run_jobs(jobs, engine=engine, workers=1)
    assert [each.problem for each in ended if each.status != "ok"] == []
    assert [json.loads(each.read_text(encoding="utf-8")) for each in told] == codes
    assert not (tmp_path / "pwned").exists()


def cell(name, source, *, tags=()):
    about = {"metadata": {"tags": list(tags)}, "execution_count": None, "outputs": []}
    return {"cell_type": "code", "id": name, "source": source, **about}


@pytest.fixture(scope="module")
def spoilt(root, tmp_path_factory):
    """A workspace with hostile words wherever a person may type, and its board edition of two reports."""
    folder, outputs = tmp_path_factory.mktemp("spoilt"), tmp_path_factory.mktemp("outputs")
    for part in ("data", "notebooks"):
        shutil.copytree(root / part, folder / part)
    shutil.copy2(root / "reports.yml", folder / "reports.yml")
    rewrite(folder / "data" / "standards" / "consent.yml", spoil_theme)
    rewrite(folder / "data" / "programme.yml", spoil_programme)
    rewrite(folder / "data" / "example" / "authority.yml", lambda entry: {**entry, "name": f"North{SCRIPT}mere"})
    spoil_return(folder / "data" / "example" / "returns" / "2024-11" / "referral audit 2024-11.csv")
    ended = run(
        "2024-11",
        workspace=load_workspace(folder),
        outputs=outputs,
        as_of=date(2024, 11, 21),
        audiences=("board",),
        only=("dip-sample-consent-2024-11", "dip-sample-referrals-2024-11"),
    )
    assert [each.problem for each in ended.failed] == []
    return outputs


def rewrite(path, change):
    path.write_text(yaml.safe_dump(change(yaml.safe_load(path.read_text(encoding="utf-8")))), encoding="utf-8")


def spoil_theme(theme):
    for number, standard in enumerate(theme["standards"]):
        kind = list(HOSTILE)[number % len(HOSTILE)]
        standard["plain"] = f"Plain {HOSTILE[kind]}"
    return {**theme, "question": f"Is consent sought? {SCRIPT}{{{{ 7 * 191 }}}}"}


def spoil_programme(programme):
    for audit in programme["audits"]:
        if audit["id"] == "consent-2024-11":
            audit["title"] = f"Consent {SCRIPT}"
            for each in audit.get("interventions", ()):
                each["title"] = f"{each['title']} {HOSTILE['image']}"
    return programme


def spoil_return(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *lines = csv.reader(file)
    words = [each[:200] for each in HOSTILE.values() if "\x00" not in each]
    for number, line in enumerate(lines):
        line[2] = f"Team {words[number % len(words)]}"
        line[4] = f"Ada {words[number % 5]} Byron"
        line[-1] = words[number % len(words)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *lines])


def test_pages_of_a_spoilt_workspace_hold_words_and_no_code(spoilt):
    pages = [page(path) for path in sorted((spoilt / "board" / "2024-11").glob("*.html"))]
    assert len(pages) == 4
    for each in pages:
        assert each.faults == (), each.path.name
        assert each.root.all("script", "img", "iframe", "form") == []
        assert [name for node in each.root.walk() for name in node.attrs if name.startswith("on")] == []
        assert [
            a.attrs["href"]
            for a in each.root.all("a")
            if not a.attrs["href"].startswith(("#", "dip", "them", "index", "improvement", "figures"))
        ] == []
        assert len(each.root.all("style")) == len(each.root.all("main")) == len(each.root.all("h1")) == 1
        assert "1337" not in each.main.text
        assert not set(each.source) & {"\u202e", "\u200b", "\x1b"}, each.path.name
    assert any("<script>" in each.main.text for each in pages), "The words were not shown at all."


def test_a_spoilt_workspace_writes_only_where_it_may(spoilt):
    made = {path.relative_to(spoilt).parts[0] for path in spoilt.rglob("*")}
    assert made <= {"board", "private", "ledger.json", "archive"}
    assert isinstance(spoilt, Path)
    assert issubclass(CatalogueError, AuditError)

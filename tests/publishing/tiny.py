"""A workspace of two small reports, so that whole runs can be tested in seconds."""

import json
import shutil
from pathlib import Path

import yaml

from ilacs_audit.intake.workspace import load_workspace

ROOT = Path(__file__).parents[2]
AUDITS = ("consent-2024-09", "consent-2024-11")
PARAMETERS = "\n".join(
    f'{name}: str = ""' for name in ("audit", "period", "as_of", "audience", "workspace", "evidence", "store")
)
FINE = """
from IPython.display import display
said = {"kind": "title", "question": "Toy?", "answer": "Toy."}
display({"text/html": "<h1>Toy</h1>", "application/vnd.ilacs-audit+json": said}, raw=True)
asked = {"kind": "decisions", "asked": ["Toy decided."]}
display({"text/html": "", "application/vnd.ilacs-audit+json": asked}, raw=True)
"""


def make(place, *, notebooks=None):
    """A workspace with the consent dip sample of November 2024 and the notebooks given, each one report."""
    chosen = notebooks or {"dip_sample": FINE, "second": FINE}
    shutil.copytree(ROOT / "data", place / "data", ignore=shutil.ignore_patterns("example"))
    programme = yaml.safe_load((ROOT / "data" / "programme.yml").read_text(encoding="utf-8"))
    kept = {**programme, "audits": [each for each in programme["audits"] if each["id"] in AUDITS]}
    (place / "data" / "programme.yml").write_text(yaml.safe_dump(kept), encoding="utf-8")
    (place / "reports.yml").write_text(
        yaml.safe_dump({name: {"each": {"audit": "dip_sample"}} for name in chosen}, sort_keys=False), encoding="utf-8"
    )
    for name, code in chosen.items():
        write_notebook(place, name, code)
    returns = place / "data" / "evidence" / "returns"
    returns.mkdir(parents=True)
    shutil.copy(ROOT / "data" / "example" / "authority.yml", returns.parent / "authority.yml")
    for path in sorted((ROOT / "data" / "example" / "returns").rglob("Consent*")):
        (returns / path.parent.name).mkdir(exist_ok=True)
        shutil.copy(path, returns / path.parent.name / path.name)
    return place


def write_notebook(place, name, code):
    """Write one notebook of two cells: the parameters, and the code."""
    cells = [_cell(PARAMETERS, ["parameters"]), _cell(code, [])]
    book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (place / "notebooks").mkdir(exist_ok=True)
    (place / "notebooks" / f"{name}.ipynb").write_text(json.dumps(book), encoding="utf-8")


def _cell(source, tags):
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": f"c{len(source)}",
        "metadata": {"tags": tags},
        "outputs": [],
        "source": source,
    }


def publish(place, outputs, **options):
    """Run November 2024 of such a workspace."""
    from ilacs_audit.publishing.run.batch import run

    return run("2024-11", workspace=load_workspace(place), outputs=outputs, preload=(), **options)


def given(outputs, audience="board"):
    """What readers have: each file and its bytes."""
    folder = outputs / audience / "2024-11"
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())} if folder.is_dir() else {}

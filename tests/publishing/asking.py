"""A workspace of two chains of audits whose small reports show, and tell, what they were handed."""

import shutil

import yaml

from tests.publishing import tiny

ASKS = """
import json
from ilacs_audit.disk.fingerprints import fingerprint
from ilacs_audit.intake.handed import Handed
from ilacs_audit.intake.workspace import load_workspace
from IPython.display import display

handed = Handed(load_workspace(workspace, evidence=evidence, store=store))
def text(frame):
    return frame.to_csv(index=False)
answers = [text(part) for part in handed.answers([audit, *(each.id for each in handed.chain(audit))])]
found = [handed.protocol(audit), answers, handed.words(period, audit)]
{more}
told = {{"kind": "handed", "asked": [[question, list(about)] for question, about in handed.asked]}}
said = {{"kind": "title", "question": "Toy?", "answer": "Toy."}}
html = "<h1>Toy</h1><p>" + fingerprint(found) + "</p>"
display({{"text/html": html, "application/vnd.ilacs-audit+json": said}}, raw=True)
display({{"text/html": "<p></p>", "application/vnd.ilacs-audit+json": told}}, raw=True)
"""
NOTEBOOKS = {
    "dip_sample": (
        "audit: dip_sample",
        'found += [text(handed.register("training", as_of=as_of)), handed.standards()]',
    ),
    "reaudit": ("audit: re_audit", 'found += [text(handed.register("workforce", as_of=as_of)), handed.plan()]'),
    "thematic": ("theme: all", "found += [handed.alongside(audit), handed.series(audit), handed.holidays()]"),
    "silent": ("audit: dip_sample", ""),
}
AUDITS = ("consent-2024-09", "consent-2024-11", "plans-2024-09", "plans-2024-11", "s47-2024-09")
RETURNS = ("Consent dip sample*", "Plans and planning audit Nov*", "s47 audit Q2*")
LATE = "returns/2024-09/Plans and planning audit Sept 24.xlsx"


def make(root, place):
    """Two chains of audits and one audit apart; a return and a register that reports ask for are not there yet."""
    example, evidence = root / "data" / "example", place / "data" / "evidence"
    shutil.copytree(root / "data", place / "data", ignore=shutil.ignore_patterns("example"))
    shutil.copytree(example, evidence, ignore=shutil.ignore_patterns("returns", "workforce.csv"))
    programme = yaml.safe_load((root / "data" / "programme.yml").read_text(encoding="utf-8"))
    kept = {**programme, "audits": [each for each in programme["audits"] if each["id"] in AUDITS]}
    (place / "data" / "programme.yml").write_text(yaml.safe_dump(kept), encoding="utf-8")
    for path in [path for name in RETURNS for path in (example / "returns").rglob(name)]:
        (evidence / "returns" / path.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(path, evidence / "returns" / path.parent.name)
    timetable = {}
    for name, (each, more) in NOTEBOOKS.items():
        key, _, value = each.partition(": ")
        timetable[name] = {"each": {key: value}}
        tiny.write_notebook(place, name, ASKS.format(more=more) if more else tiny.FINE)
    (place / "reports.yml").write_text(yaml.safe_dump(timetable, sort_keys=False), encoding="utf-8")
    return place

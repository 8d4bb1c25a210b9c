"""An invented round of audits as released measures, and the page it makes."""

import itertools
from datetime import date
from pathlib import Path

import nbformat
import pandas as pd
from nbconvert.exporters.templateexporter import TemplateExporter

from ilacs_audit import display
from ilacs_audit.domain.audiences import AUDIENCES
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.measures import measures
from ilacs_audit.domain.programme import read_programme
from ilacs_audit.domain.standards import Standards, read_theme

TEMPLATES = Path(display.__file__).parents[1] / "publishing" / "templates"
TEXTS = {
    "C1": ("Informed consent is evidenced before the assessment starts", 0.9, True),
    "C2": ("The family is told what will be shared, with whom and why", 0.8, False),
    "C3": ("The practitioner persists and challenges when consent is withdrawn", 0.8, False),
    "C4": ("A manager records oversight before closing on withdrawn consent", 0.7, True),
    "C5": ("A service manager agrees before closing on withdrawn consent", 0.999, True),
    "C6": ("The consent form is dated and on the child's file", 0.8, False),
    "C7": ("The child's own view of the help offered is recorded", 0.8, False),
}
RESULTS = (
    ("C1", 27, 38, 56, 78, 96, "not met", None),
    ("C2", 30, 38, 64, 84, 96, "cannot tell", 67),
    ("C3", 15, 19, 0.57, 0.91, None, "cannot tell", 412),
    ("C4", 18, 19, 0.75, 0.99, None, "met", None),
    ("C5", 7, 19, 0.19, 0.59, None, "not met", None),
    ("C6", 36, 38, 82, 94, 96, "met", None),
    ("C7", 21, 38, 41, 65, 96, "not met", None),
)


def released(records, *, audience="board", status="shown"):
    made = measures({"period": "2024-11", "group": "all", "level": "all", **each} for each in records)
    for name, value in (("audience", audience), ("status", status)):
        given = made.get(name, pd.Series("", index=made.index))
        made[name] = [one or value for one in given]
    return made


def standards():
    entries = [
        {
            "id": code,
            "version": 2,
            "text": text,
            "plain": text,
            "scale": "yes_no",
            "target": target,
            "critical": critical,
            "kind": "compliance",
            "records": "done",
            "applies_to": "every file",
            "areas": ["A2"],
            "source": {"text": "Local", "kind": "local"},
        }
        for code, (text, target, critical) in TEXTS.items()
    ]
    theme = {
        "theme": "consent",
        "title": "Consent",
        "question": "Is consent sought, evidenced and overseen?",
        "edition": 2,
        "areas": ["A2"],
        "standards": entries,
    }
    return Standards((read_theme(theme, file="consent.yml"),))


def programme():
    common = {"theme": "consent", "kind": "dip_sample", "selection": "random", "edition": 2}
    return read_programme(
        [
            {
                **common,
                "id": "consent-2024-09",
                "title": "Consent dip sample",
                "period": "2024-09",
                "on": date(2024, 9, 10),
                "intended": 20,
            },
            {
                **common,
                "id": "consent-2024-11",
                "title": "Consent re-audit",
                "kind": "re_audit",
                "period": "2024-11",
                "on": date(2024, 11, 18),
                "intended": 40,
                "baseline": "consent-2024-09",
                "chosen_because_worst": True,
                "with_practitioner": False,
                "interventions": [
                    {
                        "id": "w",
                        "title": "Workshops",
                        "on": date(2024, 9, 11),
                        "until": date(2024, 9, 13),
                        "kind": "training",
                    },
                    {
                        "id": "o",
                        "title": "One-to-one support",
                        "on": date(2024, 9, 16),
                        "until": date(2024, 10, 25),
                        "kind": "support",
                    },
                ],
            },
        ],
        file="programme.yml",
    )


def compliance_records():
    for code, met, read, low, high, population, verdict, needs in RESULTS:
        whole = population is not None
        yield {
            "measure": "compliance",
            "theme": "consent",
            "standard_id": code,
            "numerator": met,
            "denominator": read,
            "population": population,
            "value": met / read,
            "lower": low / population if whole else low,
            "upper": high / population if whole else high,
            "confidence": 0.95,
            "method": "hypergeometric" if whole else "wilson",
            "selection": "random",
            "direction": "higher",
            "target": 1.0 if code == "C5" else TEXTS[code][1],
            "verdict": verdict,
            "files_to_tell": needs,
        }
        if read == 19:
            yield {"measure": "not_applicable", "theme": "consent", "standard_id": code, "numerator": 19}


def trust_records():
    return [
        {"measure": "returned", "numerator": 38, "denominator": 40, "population": 96, "selection": "random"},
        {"measure": "auditors", "numerator": 6},
        {"measure": "moderated", "numerator": 9, "denominator": 38},
        {"measure": "marked_down", "numerator": 2, "denominator": 9},
        {"measure": "marked_up", "numerator": 0, "denominator": 9},
        {"measure": "set_aside", "numerator": 2, "note": "auditor held the case"},
        {"measure": "comparable", "numerator": 6, "denominator": 7, "note": "C5 is new this round"},
    ]


def report(fragments, *, audience="board", title="Consent dip sample"):
    """The page that the real template makes of an executed notebook with these fragments."""
    cells = [_cell(number, each) for number, each in zip(itertools.count(), fragments, strict=False)]
    cells.append(nbformat.v4.new_markdown_cell("Seen in the lab only.", id="lab"))
    noise = nbformat.v4.new_output("stream", name="stderr", text="A WARNING FOR DEVELOPERS")
    cells.append(nbformat.v4.new_code_cell("print('CODE')", outputs=[noise], id="noise"))
    notebook = nbformat.v4.new_notebook(cells=cells)
    exporter = TemplateExporter(
        template_name="report", extra_template_basedirs=[str(TEMPLATES)], file_extension=".html"
    )
    context = {
        "authority": "Northmere",
        "period_words": Period.parse("2024-11").words,
        "audience": audience,
        "audience_title": AUDIENCES[audience].title,
        "title": title,
        "index_href": "index.html",
        "reference": "N24-11-CON",
    }
    html, _ = exporter.from_notebook_node(notebook, resources={"ilacs": context})
    return html


def _cell(number, each):
    bundle = each._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=bundle)
    return nbformat.v4.new_code_cell("SECRET = 1", outputs=[output], id=f"cell-{number}")

"""An executed notebook becomes one self-contained page.

Only the HTML that our own display functions made is shown. Code, streams and errors never
reach a reader.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode

from ilacs_audit.analysis.audits.reaudit import reaudit_impact
from ilacs_audit.claims.prose.linter import lint_prose
from ilacs_audit.claims.prose.rules import parts, rule
from ilacs_audit.claims.sentences.registers import told_of
from ilacs_audit.disclosure.safe_text import safe_text
from ilacs_audit.disk.code import package_fingerprint
from ilacs_audit.disk.writing import write_whole
from ilacs_audit.display.dress import SHEETS, undressed
from ilacs_audit.display.fragments import environment
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.errors import AuditError
from ilacs_audit.domain.measures import measures
from ilacs_audit.intake.handed import Handed
from ilacs_audit.intake.problems import problems_table
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.pages import TEMPLATES
from ilacs_audit.stats.comparison import boschloo

_PROSE = "Practice has improved for 12 of 30 families."  # asks for nearly every rule, which compiles it
_CHOICE = 'id="ia-only-'  # of a box by which a reader narrows the page, without which nothing is narrowed
_NARROWED = '<h2 class="ia-narrowed">Narrowed to what you chose</h2>'
DATA = "application/vnd.ilacs-audit+json"
_PAST_THE_AUDIT = re.compile(r"\bia\.load_|\bread_\w+\(|\bopen\(")


def render(notebook: NotebookNode, *, facts: Mapping[str, str]) -> bytes:
    """Turn an executed notebook into the bytes of its page.

    `facts` are the words of the page's frame: authority, period, edition, title, reference.
    """
    text, _ = _exporter().from_notebook_node(
        notebook, resources={"ilacs": {name: safe_text(each) for name, each in facts.items()}}
    )
    return (str(text) if _CHOICE in text else str(text).replace(_NARROWED, "")).encode()


def summary(notebook: NotebookNode) -> dict[str, Any]:
    """What a page says of itself: its answer, the decisions asked, each measure shown, and what it was handed."""
    # Plain dicts: a notebook's own kind would have the caller import, for two seconds, what reads notebooks.
    told = json.loads(json.dumps(list(_pieces(notebook))))
    opening: dict[str, Any] = next((each for each in told if each["kind"] == "title"), {})
    asking: dict[str, Any] = next((each for each in told if each["kind"] == "decisions"), {})
    shown = (each for piece in told for each in piece.get("released", ()))
    handed = [each["asked"] for each in told if each["kind"] == "handed"]
    by_itself = any(cell.cell_type == "code" and _PAST_THE_AUDIT.search(cell.source) for cell in notebook.cells)
    return {
        **{name: opening.get(name, "") for name in ("question", "answer", "reference")},
        "asked": asking.get("asked", []),
        "words": next((each["words"] for each in told if "words" in each), {}),
        "statuses": next((each["statuses"] for each in told if "statuses" in each), []),
        "released": list({json.dumps(each, sort_keys=True): each for each in shown}.values()),
        # None where the report does not tell what it asked, or reads past its opened audit.
        "handed": [question for asked in handed for question in asked] if handed and not by_itself else None,
    }


def _pieces(notebook: NotebookNode) -> Iterator[dict[str, Any]]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if DATA in output.get("data", {}):
                yield output["data"][DATA]


def finish_page(job: Any, notebook: NotebookNode, *, pages: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Render a job's page into its staging place, in the process that ran it, and report its summary."""
    facts = pages[job.id]
    write_whole(Path(facts["staged"]), render(notebook, facts=facts))
    return summary(notebook)


def prepare(*, workspace: str = "", evidence: str = "", store: str = "", audits: Sequence[str] = ()) -> None:
    """Do once what is slow the first time, so that no report pays for it: the rules of prose above all.

    Templates, the tables of exact tests and the schemas of intake are the rest of it.
    Given a workspace, its catalogue, its registers and the answers of these audits are read as well, and the exact
    tests of their changes are made, which every edition asks for again. What cannot be read is left for
    the report that asks for it, whose owner is then told.
    """
    boschloo(7, 9, 2, 10)
    lint_prose(_PROSE, measures([]))
    for name in parts():
        rule(name)
    told_of()
    problems_table([])
    package_fingerprint()
    for name in environment().list_templates():
        environment().get_template(name)
    render(NotebookNode(cells=[], metadata={}, nbformat=4, nbformat_minor=5), facts={})  # type: ignore[no-untyped-call]  # nbformat
    with suppress(AuditError, OSError):
        if workspace:
            handed = Handed(load_workspace(workspace, evidence=evidence, store=store))
            handed.read_ahead(audits)
            for each in map(handed.protocol, audits):
                about = {"period": str(each.period), "as_of": str(each.until), "audience": "internal"}
                reaudit_impact(Dossier(handed, each.id, **about))


@cache
def _exporter() -> TemplateExporter:
    exporter: Any = TemplateExporter
    made: TemplateExporter = exporter(
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
        extra_template_paths=[str(SHEETS)],
        filters={"undressed": undressed},
        file_extension=".html",
        # None of the eleven does anything here, and the whole notebook is validated after each.
        default_preprocessors=[],
    )
    return made

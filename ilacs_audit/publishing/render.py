"""An executed notebook becomes one self-contained page.

Only the HTML that our own display functions made is shown. Code, streams and errors never
reach a reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode

from ilacs_audit.publishing.files import write_whole

TEMPLATES = Path(__file__).parent / "templates"
DATA = "application/vnd.ilacs-audit+json"


def render(notebook: NotebookNode, *, facts: Mapping[str, str]) -> bytes:
    """Turn an executed notebook into the bytes of its page.

    `facts` are the words of the page's frame: authority, period, edition, title, reference.
    """
    body, _ = _exporter().from_notebook_node(notebook, resources={"ilacs": dict(facts)})
    return str(body).encode()


def summary(notebook: NotebookNode) -> dict[str, Any]:
    """Gather what the page says of itself for the index: headline, verdict counts, measures."""
    gathered: dict[str, Any] = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            gathered |= output.get("data", {}).get(DATA, {})
    return gathered


def finish_page(job: Any, notebook: NotebookNode, *, pages: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Render a job's page into its staging place, in the process that ran it, and report its summary."""
    facts = pages[job.id]
    write_whole(Path(facts["staged"]), render(notebook, facts=facts))
    return summary(notebook)


@cache
def _exporter() -> TemplateExporter:
    return TemplateExporter(template_name="report", extra_template_basedirs=[str(TEMPLATES)], file_extension=".html")

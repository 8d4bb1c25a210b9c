"""Pages that no notebook makes, such as the index and the owner's status, are written from templates here."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ilacs_audit.disclosure.safe_text import printed
from ilacs_audit.display.dress import SHEETS, undressed

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **facts: Any) -> bytes:
    """Write a page of its own, such as the index or the owner's status, from its template."""
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, TEMPLATES / "report", SHEETS]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["undressed"] = undressed
    return str(environment.get_template(template).render(**facts)).encode()

"""What the warm process does once before it forks, so that no report pays for it again."""

from collections.abc import Sequence
from contextlib import suppress

from ilacs_audit.domain.errors import AuditError
from ilacs_audit.intake.handed import Handed
from ilacs_audit.intake.workspace import load_workspace
from ilacs_audit.publishing.edition import page


def prepare(*, workspace: str, evidence: str, store: str, audits: Sequence[str]) -> None:
    """Make ready what draws pages, and read the catalogue and the answers of these audits.

    What cannot be read is left for the report that asks for it, whose owner is then told.
    """
    page.prepare()
    with suppress(AuditError, OSError):
        Handed(load_workspace(workspace, evidence=evidence, store=store)).read_ahead(audits)

"""What of a programme contradicts itself from one audit to another: a re-audit and the round before it."""

from collections.abc import Iterator, Sequence
from typing import Any

from ilacs_audit.domain.catalogue.faults import at
from ilacs_audit.domain.errors import CatalogueError, near, quoted


def baselines(planned: Sequence[Any], content: object, *, file: str) -> Iterator[CatalogueError]:
    """Faults of baselines: one comes before the round that re-audits it, and asks of the same theme."""
    audits = {audit.id: audit for audit in planned}
    for number, audit in enumerate(planned):
        if audit.baseline is None:
            continue
        baseline, told = audits.get(audit.baseline), quoted(audit.baseline)
        if baseline is None:
            what, fix = f"There is no audit {told}.", near(audit.baseline, audits, otherwise="Correct the id.")
        elif baseline.on >= audit.on:
            what, fix = f"The baseline {told} is not before the re-audit.", "Correct one of the dates."
        elif baseline.theme != audit.theme:
            what, fix = f"The baseline {told} is of another theme.", "Name a baseline of the same theme."
        else:
            continue
        yield CatalogueError(what, where=at(content, ("audits", number, "baseline"), file=file), fix=fix)

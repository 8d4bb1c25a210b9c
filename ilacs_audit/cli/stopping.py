"""The command between two files: where the reading of an audit is, and whether it may stop."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ilacs_audit.cli.options import evidence_option, outputs_option, workspace_option
from ilacs_audit.domain.errors import UsageError

if TYPE_CHECKING:
    from ilacs_audit.domain.about import Dossier


TARGET_WAS = (
    "{code}: its target was {was} when the first returns were read and is another one now, so nothing is decided."
)


@click.command()
@click.argument("audit")
@workspace_option
@evidence_option
@outputs_option
def stop(audit: str, workspace: Path, evidence: Path | None, outputs: Path) -> None:
    """Say of each standard of AUDIT whether the files read so far decide it: stop, or go on."""
    from ilacs_audit.intake.open_audit import open_audit
    from ilacs_audit.intake.store.reading import moved_targets
    from ilacs_audit.intake.workspace import load_workspace
    from ilacs_audit.publishing.outputs import Outputs

    protocol = load_workspace(workspace, evidence=evidence).programme[audit]
    if protocol.stopping != "sequence":
        fix = "Write stopping: sequence in the programme before the first file is read, or read all that were drawn."
        raise UsageError(f"The size of {audit} was decided beforehand, so reading on changes nothing.", fix=fix)
    about = {"period": str(protocol.period), "as_of": str(protocol.until), "audience": "internal"}
    work = open_audit(audit, workspace=str(workspace), evidence=str(evidence or ""), **about)
    today = {each.id: str(each.target or "") for each in work.standards}
    for line in _told(work, moved_targets(Outputs(outputs).store, audit, today)):
        click.echo(line)


def _told(work: "Dossier", moved: Mapping[str, str]) -> Iterator[str]:
    from ilacs_audit.analysis.stopping import DECIDED, EVIDENCE, stopping, waiting, why_not
    from ilacs_audit.claims.sentences.draws.until_known import go_on_words, stopped_words
    from ilacs_audit.claims.words import percent
    from ilacs_audit.domain.measures import rows

    if reason := why_not(work):
        yield reason
        ours = work.problems[work.problems["rule"].isin(["two-draws", "draw-changed", "draw-differs"])]
        yield from (f"{told} {fix}" for told, fix in ours[["message", "fix"]].drop_duplicates().itertuples(index=False))
        return
    yield from waiting(work)
    yield from (TARGET_WAS.format(code=code, was=percent(float(was)) if was else "none") for code, was in moved.items())
    found = [row for row in rows(stopping(work)) if row.measure != EVIDENCE and row.standard_id not in moved]
    for row in found:
        yield stopped_words(row) if row.measure == DECIDED else go_on_words(row)
    left, known = sum(row.measure != DECIDED for row in found), {row.standard_id for row in found}
    others = [each for each in (work.topic.standards if work.topic else ()) if each.id not in known]
    apart = [
        each.id for each in others if each.id not in moved and (not each.target or each.applies_to != "every file")
    ]
    if apart:
        yield f"{', '.join(apart)}: not every file is asked, so no reading order decides it."
    if left or not found:
        yield f"Go on: {left} of {len(found)} are not decided."
    else:
        rest = f"; the verdict on {', '.join(apart)} wants every file that was drawn" if apart else ""
        yield f"Stop: {'each of these' if apart or moved else 'every standard'} is decided{rest}."

"""The command that reads an order of training which was drawn, and says what teams trained first show."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ilacs_audit.cli.options import FILE, evidence_option, workspace_option
from ilacs_audit.domain.calendar import parse_day

if TYPE_CHECKING:
    import pandas as pd

    from ilacs_audit.domain.about import Dossier
    from ilacs_audit.stats.lists.order import Waiting


@click.command("rollout")
@click.argument("audits", nargs=-1, required=True, metavar="AUDIT...")
@click.option("--order", type=FILE, required=True, help="The order that draw --teams wrote, with the days filled in.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the orders tried, where teams are many.")
@workspace_option
@evidence_option
def roll_out(audits: tuple[str, ...], order: Path, seed: int, workspace: Path, evidence: Path | None) -> None:
    """Compare teams trained by the first day of each AUDIT with those still waiting, by the order that was drawn.

    It describes, for internal readers: no page shows it, and no verdict follows from it.
    """
    from ilacs_audit.intake.open_audit import open_audit
    from ilacs_audit.intake.registers.case_list import load_order, load_seed
    from ilacs_audit.intake.workspace import load_workspace

    programme = load_workspace(workspace, evidence=evidence).programme
    works = []
    for protocol in (programme[audit] for audit in dict.fromkeys(audits)):
        about: dict[str, Any] = {"period": str(protocol.period), "as_of": str(protocol.until), "audience": "internal"}
        works.append(open_audit(protocol.id, workspace=str(workspace), evidence=str(evidence or ""), **about))
    for line in _told(load_order(order), load_seed(order), works, seed):
        click.echo(line)


def _told(order: "pd.DataFrame", drawn_by: int | None, works: "list[Dossier]", seed: int) -> Iterator[str]:
    from ilacs_audit.analysis.draw import draw_order
    from ilacs_audit.claims.sentences.draws import roll_out as words
    from ilacs_audit.claims.words import listed
    from ilacs_audit.domain.counting import read_by, with_met
    from ilacs_audit.domain.errors import UsageError, bare

    days = [parse_day(text[:10], name="trained on") if text else None for text in order["trained"]]
    if not _as_drawn(days):
        yield words.NOT_AS_DRAWN
        return
    if drawn_by is not None and draw_order([*order["team"]], seed=drawn_by) != [*order["team"]]:
        yield words.NOT_OF_THE_SEED.format(seed=drawn_by)
        return
    counted = [with_met(read_by(each.answers), standards=each.standards).query("applies") for each in works]
    asked = [each for each in works[0].standards if all((of["standard_id"] == each.id).any() for of in counted)]
    if not asked:
        fix = "Name rounds of one audit, such as the one before the training and the ones after it."
        raise UsageError("These audits have no standard in common.", where="AUDIT", fix=fix)
    known = {bare(team) for team in order["team"]}
    if strangers := {team for of in counted for team in of["team"] if bare(team) not in known}:
        yield words.NOT_OF_THE_ORDER.format(teams=listed(sorted(each or "no team" for each in strangers)))
    for standard in asked:
        rounds = [
            _waiting(of[of["standard_id"] == standard.id], order, days, each.protocol.on)
            for of, each in zip(counted, works, strict=True)
        ]
        yield from words.order_words(standard.id, rounds, seed=seed)
    if len(asked) > 1:
        yield words.SEVERAL.format(many=len(asked))


def _as_drawn(days: list[date | None]) -> bool:
    """Whether nobody was trained before a team that stood earlier in the order."""
    placed = [each or date.max for each in days]
    return placed == sorted(placed)


def _waiting(answers: "pd.DataFrame", order: "pd.DataFrame", days: list[date | None], on: date) -> "Waiting":
    from ilacs_audit.domain.errors import bare
    from ilacs_audit.stats.lists.order import Waiting

    found = answers.groupby(answers["team"].map(bare))["met"].agg(["sum", "size"])
    counts = found.reindex([bare(team) for team in order["team"]], fill_value=0)
    trained = sum(day is not None and day < on for day in days)
    return Waiting(trained, counts["sum"].astype(int).tolist(), counts["size"].astype(int).tolist())

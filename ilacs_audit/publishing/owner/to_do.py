"""What only the owner is told of the pages that a run was asked for: set aside, not yet written, hidden, restated."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ilacs_audit.claims.words import listed
from ilacs_audit.domain.about import Commentary
from ilacs_audit.domain.calendar import Period
from ilacs_audit.domain.errors import UnwrittenError
from ilacs_audit.intake.commentary import load_commentary
from ilacs_audit.intake.store.reading import read_answers, read_manifest, read_tables

_DECIDED = "excluded"  # a person has taken it out already


def set_aside(store: Path, audits: Collection[str], *, unclaimed: bool) -> Iterator[str]:
    """A sentence for each thing that set rows, answers or files of these audits aside: how many, why, what to do.

    `unclaimed` tells of files too that are no audit's.
    """
    entry = read_manifest(store)["returns"] if unclaimed else {}
    found = [read_answers(store, audits=sorted(audits), columns=["audit_id"]).problems]
    found += [read_tables([store / entry["problems"]])] if entry.get("problems") else []
    problems = pd.concat([each.astype(object) for each in found])
    errors = problems[(problems["severity"] == "error") & (problems["rule"] != _DECIDED)]
    for (audit, what, fix), rows in errors.groupby(["audit_id", "message", "fix"], sort=True):
        about = f"{audit}: " if audit else ""
        yield f"{about}{len(rows):,} set aside and counted nowhere. {what} What to do: {fix}"


def unwritten(evidence: Path, period: Period, audits: Collection[str]) -> Iterator[str]:
    """A sentence for each thing that people have still to write of these audits."""
    wanting: dict[str, list[str]] = defaultdict(list)
    for audit in audits:
        for what in _lacking(load_commentary(evidence, period=period, about=audit)):
            wanting[what].append(audit)
    for what, those in wanting.items():
        yield f"Still to be written in commentary/{period}.yml: {what}, for {listed(those)}."


def _lacking(words: Commentary) -> Iterator[str]:
    if not words.paragraphs:
        yield "what the figures mean (words)"
    if not words.decisions:
        yield "what is to be decided, or None. (decisions)"
    sought = [each for each in words.decisions if not each.asks_nothing]
    if not all(each.owner for each in sought):
        yield "who owns a decision (owner)"
    if not all(each.by for each in sought):
        yield "by when it is due (by)"


def refuse_unwritten(evidence: Path, period: Period, audits: Collection[str]) -> None:
    """Stop a strict run. Raises UnwrittenError (exit 19) where something is still to be written."""
    found = list(unwritten(evidence, period, audits))
    if found:
        fix = "Write it (docs/commentary.md), or run without --strict."
        raise UnwrittenError(" ".join(found), fix=fix)


def hidden(summary: Mapping[str, Any]) -> str:
    """How many figures of a page are hidden for their own sake, and how many because they would tell one of those."""
    status = [each.get("status") for each in summary.get("released", ())]
    small, beside = status.count("suppressed"), status.count("secondary")
    told = [f"{count:,} {why}" for count, why in ((small, "small"), (beside, "beside them")) if count]
    return ", ".join(told) or "none"


def restated(summary: Mapping[str, Any]) -> Sequence[str]:
    """Each count of a page that late returns have changed since readers first had it, before and after."""
    return [f"{name} {was}, now {now}" for name, (was, now) in summary.get("restated", {}).items()]

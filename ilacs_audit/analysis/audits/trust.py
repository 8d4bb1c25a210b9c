"""How far an audit can be leaned on: what came back, what was set aside, who read it twice.

Boards are told these facts before any result. They are measures like all others and pass
the same gate.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ilacs_audit.domain import given
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.counting import files_read, grade_levels
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import in_order, measures
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import OVERALL, Standard, Standards

READERS = ("auditor", "partner", "moderator")  # families tell of their own experience and read no file


def _contents(work: Dossier) -> dict[str, Any]:
    read = {"returns": work.answers, "problems": work.problems, "audits": [work.id]}
    return {**read, "standards": work.standards, "programme": work.programme}


@accepts(Dossier, _contents)
def trust_facts(
    returns: pd.DataFrame,
    problems: pd.DataFrame,
    *,
    programme: Programme,
    audits: list[str],
    standards: Standards | None = None,
) -> pd.DataFrame:
    """Count what an audit's results rest on.

    Returns Measures, one set for each audit (group "audit", level its id): `returned` of the
    files drawn, whoever read them, `set_aside` (group "rule", level "rule in audit"), `auditors`, `moderated` of the
    files read, how many grades moderation `marked_down` and `marked_up`, and with `standards` how
    many of them are `comparable` with the round before.
    """
    standards = given.of_kind(standards, Standards, "standards")
    returns = doors.answers(returns, standards=standards, also=("rater_ref",))
    problems = doors.problems(problems)
    return measures(
        row
        for audit in doors.audits_of(audits, programme)
        for row in (
            *_facts(returns, problems, audit, standards),
            *_comparable(returns, audit, programme, standards),
        )
    )


def _comparable(
    returns: pd.DataFrame, audit: Audit, programme: Programme, standards: Standards | None
) -> Iterator[dict[str, Any]]:
    """How many of the standards read now were worded alike in the round before, and which were not."""
    if standards is None or audit.baseline is None:
        return
    edition = programme[audit.baseline].edition
    read = sorted({*returns.loc[returns["audit_id"] == audit.id, "standard_id"].unique()} - {OVERALL}, key=in_order)
    known = [standards[each] for each in read if each in standards]
    new = [each.id for each in known if each.version_in(edition) is None]
    reworded = [each.id for each in known if each.id not in new and _changed(each, audit.edition, edition)]
    told = [f"{each} is new this round" for each in new] + [f"{each} was reworded" for each in reworded]
    yield {
        **_about(audit),
        "measure": "comparable",
        **_of(len(known) - len(new) - len(reworded), len(known)),
        "note": "; ".join(told),
    }


def _changed(standard: Standard, now: int | None, before: int | None) -> bool:
    earlier = standard.version_in(before)
    return earlier is not None and standard.version_in(now) != earlier and standard.comparable(earlier) != "yes"


def _about(audit: Audit) -> dict[str, Any]:
    about = {"theme": audit.theme, "period": str(audit.period), "selection": audit.selection, "method": "count"}
    return {**about, "group": "audit", "level": audit.id}


def _facts(
    returns: pd.DataFrame, problems: pd.DataFrame, audit: Audit, standards: Standards | None
) -> Iterator[dict[str, Any]]:
    answers = returns.loc[returns["audit_id"] == audit.id, ["role", "rater_ref", "child_ref", "standard_id", "answer"]]
    files, auditors = files_read(answers, roles=READERS), answers.loc[answers["role"] == "auditor", "rater_ref"]
    aside = problems[(problems["audit_id"] == audit.id) & (problems["severity"] == "error")]
    spoiled = aside.drop_duplicates(["file", "sheet", "row", "rule"])
    base = _about(audit)
    yield {**base, "measure": "returned", **_of(files, audit.intended), "population": audit.population_size}
    if len(auditors) or not files:
        yield {**base, "measure": "auditors", "numerator": auditors.nunique()}
    reasons = spoiled["rule"].value_counts(sort=False).sort_index()
    for rule, count in reasons.items():
        own = {"group": "rule", "level": f"{rule} in {audit.id}"}
        yield {**base, **own, "measure": "set_aside", "numerator": int(count), "note": str(rule)}
    if reasons.empty:
        yield {**base, "measure": "set_aside", "numerator": 0}
    yield from _moderation(answers, grade_levels(answers, standards), files, base)


def _moderation(
    answers: pd.DataFrame, levels: Sequence[str], files: int, base: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    moved = _grade_moves(answers, levels)
    moderated = files_read(answers, roles=["moderator"])
    yield {**base, "measure": "moderated", **_of(moderated, files)}
    if moderated and not moved:
        return  # they read the answers and gave no grade, so none can have been moved
    gone = {"missing": moderated - len(moved)}
    yield {**base, "measure": "marked_down", **_of(sum(each > 0 for each in moved), len(moved)), **gone}
    yield {**base, "measure": "marked_up", **_of(sum(each < 0 for each in moved), len(moved)), **gone}


def _grade_moves(answers: pd.DataFrame, levels: Sequence[str]) -> list[int]:
    """How many places the moderator moved each file's grade: positive is down, towards the worst."""
    graded = answers[answers["standard_id"] == OVERALL]
    columns = (graded[name].tolist() for name in ("role", "child_ref", "answer"))
    last = {(role, child): levels.index(grade) for role, child, grade in zip(*columns, strict=True)}
    both = ((last.get(("auditor", child)), moved) for (role, child), moved in last.items() if role == "moderator")
    return [moved - given for given, moved in both if given is not None]


def _of(numerator: int, denominator: int | None) -> dict[str, Any]:
    share = numerator / denominator if denominator else None
    return {"numerator": numerator, "denominator": denominator, "value": share}

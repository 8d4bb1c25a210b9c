"""How far an audit can be leaned on: what came back, what was set aside, who read it twice.

Boards are told these facts before any result. They are measures like all others and pass
the same gate.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.analysis.second import answered_twice, latest
from ilacs_audit.claims.change.comparable import barriers, which_not
from ilacs_audit.claims.sentences.sentences import MORE, UNDRAWN
from ilacs_audit.claims.words import counted
from ilacs_audit.domain import given
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.audiences import audience as find_audience
from ilacs_audit.domain.calendar import parse_day
from ilacs_audit.domain.counting import FEWEST_IN_A_GROUP, files_read, files_read_again, grade_levels
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import measures
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import OVERALL, Standards

APART = frozenset({"missing-answer", "unknown-answer"})  # set one answer aside, and not its row
EXCLUDED = "excluded"
PERHAPS = "and up to {} that did not come back may be of this service"
READERS = ("auditor", "partner", "moderator")  # families tell of their own experience and read no file


def _contents(work: Dossier) -> dict[str, Any]:
    read = {"returns": work.answers, "problems": work.problems, "audits": [work.id], "before": work.earlier.answers}
    about = {"as_of": work.as_of, "of_service": bool(find_audience(work.audience).service)}
    return {**read, "standards": work.standards, "programme": work.programme, **about}


@accepts(Dossier, _contents)
def trust_facts(
    returns: pd.DataFrame,
    problems: pd.DataFrame,
    *,
    programme: Programme,
    audits: list[str],
    standards: Standards | None = None,
    before: pd.DataFrame | None = None,
    as_of: str = str(date.max),
    of_service: bool = False,
) -> pd.DataFrame:
    """Count what an audit's results rest on; `of_service` says that a file that did not come may be another service's.

    Returns Measures, one set for each audit (group "audit", level its id): `returned` of the files drawn, by those who
    read first (with a `note` where more were read than drawn), of these `later` than `as_of`, where any are;
    `agency_returns` where agencies answer apart (by group "agency" too), `set_aside` (group "rule", level "rule in
    audit"), `auditors`, `moderated` of the files read, how many grades moderation `marked_down` and `marked_up` (or
    `moderated_same` of the answers given twice, where no grade was), and with the answers of the round `before` how
    many standards are `comparable` with it.
    Example: `ia.trust_facts(work)`.
    """
    standards = given.of_kind(standards, Standards, "standards")
    returns = doors.answers(returns, standards=standards, also=("rater_ref",))
    problems = doors.problems(problems)
    before = None if before is None else doors.answers(before, standards=standards)
    about: dict[str, Any] = {"standards": standards, "problems": problems}
    return measures(
        row
        for audit in doors.audits_of(audits, programme)
        for row in (
            *_facts(returns, problems, audit, standards, parse_day(as_of), of_service),
            *([] if before is None else _comparable(before, returns, audit, programme, **about)),
        )
    )


def _comparable(
    before: pd.DataFrame, returns: pd.DataFrame, audit: Audit, programme: Programme, **about: Any
) -> Iterator[dict[str, Any]]:
    """How many of the standards may be compared with the round before, and which may not: as their changes say."""
    if audit.baseline is None:
        return
    was, now = before[before["audit_id"] == audit.baseline], returns[returns["audit_id"] == audit.id]
    found = barriers(was, now, audits=(programme[audit.baseline], audit), programme=programme, **about)
    comparable = sum(not why for why in found.values())
    yield {**_about(audit), "measure": "comparable", **_of(comparable, len(found)), "note": which_not(found)}


def _about(audit: Audit) -> dict[str, Any]:
    about = {"theme": audit.theme, "period": str(audit.period), "selection": audit.selection, "method": "count"}
    return {**about, "group": "audit", "level": audit.id}


def _facts(
    returns: pd.DataFrame,
    problems: pd.DataFrame,
    audit: Audit,
    standards: Standards | None,
    as_of: date,
    of_service: bool,
) -> Iterator[dict[str, Any]]:
    columns = ["audit_id", "audited_on", "role", "rater_ref", "child_ref", "standard_id", "answer", "agency"]
    answers = returns.loc[returns["audit_id"] == audit.id, columns]
    files, auditors = files_read(answers, roles=audit.readers), answers.loc[answers["role"] == "auditor", "rater_ref"]
    aside = problems[(problems["audit_id"] == audit.id) & (problems["severity"] == "error")]
    cell = aside["column"].where(aside["rule"].isin(APART), "")
    spoiled = aside.assign(column=cell).drop_duplicates(["file", "sheet", "row", "rule", "column"])
    base = _about(audit)
    drawn, more = audit.intended and max(audit.intended, files), files > (audit.intended or files)
    strange = ((problems["audit_id"] == audit.id) & (problems["rule"] == "not-drawn") & problems["row"].notna()).any()
    told = {"population": audit.population_size, "note": MORE if more else UNDRAWN if strange else ""}
    if of_service and drawn and drawn > files:
        told["note"], drawn = PERHAPS.format(counted(drawn - files, "more file")), files
    yield {**base, "measure": "returned", **_of(files, drawn), **told}
    if later := files_read(answers[answers["audited_on"] > pd.Timestamp(as_of)], roles=audit.readers):
        yield {**base, "measure": "later", **_of(later, files)}
    if len(auditors) or not files:
        yield {**base, "measure": "auditors", "numerator": auditors[auditors != ""].nunique() or None}
    yield from _agencies(answers, audit, files, base)
    for rule, rows in spoiled.groupby("rule"):
        why = " ".join(rows["message"].unique()) if rule == EXCLUDED else rule  # a person's own words
        own = {"group": "rule", "level": f"{rule} in {audit.id}"}
        yield {**base, **own, "measure": "set_aside", "numerator": len(rows), "note": why}
    if spoiled.empty:
        yield {**base, "measure": "set_aside", "numerator": 0}
    again = files_read_again(answers, roles=audit.readers)
    yield {**base, "measure": "moderated", **_of(again, files)}
    yield from _moderation(answers, grade_levels(answers, standards), again, base)


def _agencies(answers: pd.DataFrame, audit: Audit, files: int, base: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Where agencies answer apart: the returns of each on the files asked of it, and of them all."""
    told = answers[answers["role"].isin(READERS)].drop_duplicates(["agency", "child_ref"])["agency"].value_counts()
    came = {each: int(told.get(each, 0)) for each in audit.agencies}
    asked = audit.asked(max(files, *came.values(), 0))
    if came:
        yield {**base, "measure": "agency_returns", **_of(sum(came.values()), asked * len(came))}
    for agency, returns in came.items():
        own = {"group": "agency", "level": f"{agency} in {audit.id}", "note": agency}
        yield {**base, **own, "measure": "agency_returns", **_of(returns, asked)}


def _moderation(
    answers: pd.DataFrame, levels: Sequence[str], moderated: int, base: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    moved = _grade_moves(answers, levels)
    if not moved:  # no grade was given a second time, so none can have been moved
        yield from ({**base, "measure": "moderated_same", **each} for each in _answers_same(answers))
        return
    gone = {"missing": moderated - len(moved)}
    yield {**base, "measure": "marked_down", **_of(sum(each > 0 for each in moved), len(moved)), **gone}
    yield {**base, "measure": "marked_up", **_of(sum(each < 0 for each in moved), len(moved)), **gone}


def _answers_same(answers: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Of the answers that both readers gave, how many were the same; of so few files one could be known, none."""
    twice = answered_twice(answers.assign(team=""))
    if twice["child_ref"].nunique() >= FEWEST_IN_A_GROUP:
        yield _of(int((twice["answer"] == twice["answer_again"]).sum()), len(twice))


def _grade_moves(answers: pd.DataFrame, levels: Sequence[str]) -> list[int]:
    """How many places the moderator moved each file's grade: positive is down, towards the worst."""
    graded = latest(answers[answers["standard_id"] == OVERALL], ["role", "child_ref"])
    columns = (graded[name].tolist() for name in ("role", "child_ref", "answer"))
    last = {(role, child): levels.index(grade) for role, child, grade in zip(*columns, strict=True)}
    both = ((last.get(("auditor", child)), moved) for (role, child), moved in last.items() if role == "moderator")
    return [moved - given for given, moved in both if given is not None]


def _of(numerator: int, denominator: int | None) -> dict[str, Any]:
    share = numerator / denominator if denominator else None
    return {"numerator": numerator, "denominator": denominator, "value": share}

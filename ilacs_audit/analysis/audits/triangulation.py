"""Do the sources agree? Each standard as auditors, second readers, agencies, families and registers tell it.

They stand side by side, each with its own count and its own verdict, and are never averaged: where one calls met what
another calls not met, or two read the same files and differ by more than chance, that is the finding. Sources of other
months, lists or children cannot contradict one another, so a conflict is one of the same list. Which count of a
register speaks to which standard is written in the catalogue (`measured_by`) and never guessed.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from ilacs_audit.analysis.month import with_partners
from ilacs_audit.claims.sentences.registers import told_of
from ilacs_audit.claims.sources import (
    APART_ON,
    AUDITORS,
    CONFLICT,
    FAMILIES,
    READ_BY,
    READERS_AGREE,
    SECOND,
    SURVEY,
    Names,
    each_once,
    kind_of,
    longer_list,
    of_month,
    place_of,
    same_list,
)
from ilacs_audit.claims.verdicts.conflicts import DIFFERENT, Conflict, conflict
from ilacs_audit.claims.verdicts.counted import counted_answers
from ilacs_audit.claims.verdicts.missing_returns import APART, TOGETHER, agency_counts, called, judged
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.counting import read_by, with_met
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.errors import CatalogueError, near, quoted
from ilacs_audit.domain.measures import Row, from_rows, gather, in_order, measures, rows, select
from ilacs_audit.domain.plan import Plan
from ilacs_audit.domain.programme import TWO_PHASE, Audit, Programme
from ilacs_audit.domain.standards import OVERALL, Standards
from ilacs_audit.stats.intervals import paired_difference

_ROLES = {"auditor": AUDITORS, "moderator": SECOND, "family": FAMILIES}
COUNTED = "Counted on the register, and held against the target of the standard."
SHORT = "The register names fewer than the list from which files were drawn, so it is held against no target."
FEWEST = 5
_OF_A_REGISTER = re.compile(r"[a-z]+(_[a-z]+)+")


def _contents(work: Dossier) -> dict[str, Any]:
    about = {"plan": work.handed.plan(), "period": work.period, "exact": work.audience == "internal"}
    return {**with_partners(work), **about}


@accepts(Dossier, _contents)
def triangulate(
    returns: pd.DataFrame,
    *,
    programme: Programme,
    audits: Sequence[str],
    standards: Standards,
    problems: pd.DataFrame | None = None,
    counts: pd.DataFrame | None = None,
    plan: Plan | None = None,
    period: str = "",
    exact: bool = True,
) -> pd.DataFrame:
    """Put what each source says of a standard side by side, and list where they conflict.

    `counts` are Measures of registers, of which those are taken that a standard or an area of the plan names in
    `measured_by`. Returns Measures of the standards of which two kinds of source speak, and of such areas:
    `auditors_met`, `second_reader_met`, `families_met`, `agencies_met` (group "audit") and `agency_met` (group
    "agency"), each with its own verdict; the counts of registers under the standard or the area; `readers_agree`, files
    of which two readers say the same, whose verdict is "different" where they part by more than chance (by agency where
    `exact`); `sources_apart`, a standard on which sources conflict, in words; `sources_conflict`, how many they are.
    Unless `exact`, no count of readers or families rests on fewer than five files, and no conflict does.
    Raises CatalogueError where `measured_by` names a count that no register has.
    Example: `ia.triangulate(month)`.
    """
    returns = doors.answers(returns, standards=standards, programme=programme)
    told = None if problems is None else doors.problems(problems)
    counts = None if counts is None else doors.findings(counts)
    ours = doors.audits_of(audits, programme)
    parts = [(each, returns[returns["audit_id"] == each.id]) for each in ours]
    readings = [found for audit, answers in parts for found in _readings(answers, audit, standards, told)]
    pairs = measures(row for audit, answers in parts for row in _pairs(answers, audit, standards))
    readings, pairs = (readings, pairs) if exact else ([*map(_of_enough, readings)], _of_enough(pairs))
    read = [audit for audit, answers in parts if len(answers)]
    beside = judged(measures(_measured(counts, standards, plan, period, read)), standards)
    said = [row._replace(method="count", reason=_why(row, read)) for row in rows(beside)]
    found = gather(*readings, from_rows(said, columns=beside.columns))
    spoken = _of_several_kinds(each_once([*rows(found)]), standards)
    kept = [row for row in rows(gather(found, pairs)) if row.standard_id in spoken or row.standard_id not in standards]
    shown = [row for row in kept if exact or (row.measure, row.group) != (READERS_AGREE, "agency")]
    return gather(
        measures(_conflicts(kept, spoken, read, exact)),
        from_rows(shown, columns=Row._fields),
    )


def _readings(
    answers: pd.DataFrame, audit: Audit, standards: Standards, problems: pd.DataFrame | None
) -> Iterator[pd.DataFrame]:
    """What those who read the files of one audit, or live with what is in them, say of each standard."""
    for role, measure in _ROLES.items():
        second = role == "moderator"
        about = Programme((_read_again(audit) if second else audit,))
        gone = None if second else problems  # a second reader who graded alone was asked for no answer
        found = counted_answers(answers, role=role, standards=standards, programme=about, problems=gone)
        yield judged(called(select(found, measure="compliance"), measure, "audit", audit.id), standards)
    yield agency_counts(answers, audit, standards=standards, problems=problems)


def _of_enough(found: pd.DataFrame) -> pd.DataFrame:
    """The counts of readers of an audit that rest on five files or more; those of agencies are judged at the gate."""
    return found[(found["group"] != "audit") | (found["denominator"] >= FEWEST)]


def _read_again(audit: Audit) -> Audit:
    """The protocol of a second reading: a random share of files drawn one by one is such a draw, of a fixed size."""
    again, whole = audit.moderation, "random" if audit.selection == "census" else audit.selection
    drawn = again is not None and again.selection == "random" and (audit.stopping, audit.by) == ("fixed", "file")
    drawn = drawn and audit.selection != TWO_PHASE
    share = float(again.share) if again and again.share else None
    intended = round(share * audit.intended) or None if share and audit.intended else None
    return replace(
        audit,
        kind="thematic",
        strata=(),
        stopping="fixed",
        by="file",
        selection=whole if drawn else "unknown",
        intended=intended,
    )


def _measured(
    counts: pd.DataFrame | None, standards: Standards, plan: Plan | None, period: str, audits: Sequence[Audit]
) -> Iterator[dict[str, Any]]:
    """The counts of registers that the catalogue names, each under the standard or the area that names it.

    A count of one month is that of the month of a list whose files were read, where the register holds it. One of fewer
    than the list holds is held against no target.
    """
    known = [] if counts is None else [*rows(doors.findings(counts))]
    for standard in standards:
        months = {each.population.month for each in audits if each.theme == standard.theme} - {""}
        for row in _named(standard.measured_by, known, standard.id, period, months):
            of_enough = row.measure != SURVEY and (row.denominator or 0) >= FEWEST
            holds_all = not longer_list(audits, row._replace(theme=standard.theme))
            judged_by = standard.target if of_enough and holds_all else None
            target = None if judged_by is None else float(judged_by)
            yield {**_whole_list(row), "standard_id": standard.id, "theme": standard.theme, "target": target}
    for each in plan.lines if plan else ():
        found = _named(each.measured_by, known, each.id, period)
        yield from ({**_whole_list(row), "standard_id": each.id} for row in found)


def _why(row: Row, audits: Sequence[Audit]) -> str:
    return COUNTED if row.verdict else SHORT if longer_list(audits, row) else row.reason


def _whole_list(row: Row) -> dict[str, Any]:
    return {**row._asdict(), "method": "whole list", "selection": ""}


def _named(
    names: Sequence[str], known: Sequence[Row], code: str, period: str, months: Collection[str] = ()
) -> Iterator[Row]:
    for name in names:
        if _OF_A_REGISTER.fullmatch(name) and name not in told_of():
            fix = near(name, told_of(), otherwise="Name one of docs/registers.md, or a question as it is asked.")
            raise CatalogueError(f"{quoted(name)} is no count of a register.", where=f"{code}, measured_by", fix=fix)
        ours = [row for row in known if _is_named(row, name) and row.numerator is not None and row.denominator]
        of_a_list = {row.period: row for row in reversed(ours) if of_month(row) in months}
        yield from [*of_a_list.values()] or [row for row in ours if row.period in ("", period)][:1]


def _is_named(row: Row, name: str) -> bool:
    asked = row.level.rpartition(" (")[0] if row.measure == SURVEY else row.group == "all" and row.measure
    return asked == name


def _of_several_kinds(found: Sequence[Row], standards: Standards) -> dict[str, int]:
    """The standards of which more than one kind of source speaks, and of how many sources."""
    kinds: dict[str, list[str]] = {}
    for row in found:
        if row.denominator and row.standard_id in standards and kind_of(row):
            kinds.setdefault(row.standard_id, []).append(kind_of(row))
    return {code: len(each) for code, each in kinds.items() if len({*each}) > 1}


def _pairs(answers: pd.DataFrame, audit: Audit, standards: Standards) -> Iterator[dict[str, Any]]:
    """Of the files that auditors and somebody else have read, on how many they say the same of each standard."""
    told = with_met(answers[answers["standard_id"] != OVERALL], standards=standards)
    told = told[told["applies"]]
    first = read_by(told)
    for role, name in (("moderator", READ_BY[SECOND]), ("partner", READ_BY[TOGETHER])):
        both = read_by(told, role=role).merge(first, on=["child_ref", "standard_id"], suffixes=("", "_first"))
        yield from _agreeing(both, audit, "audit", name)
        for agency, ours in both.groupby("agency") if role == "partner" else ():
            yield from _agreeing(ours, audit, "agency", str(agency))


def _agreeing(both: pd.DataFrame, audit: Audit, group: str, name: str) -> Iterator[dict[str, Any]]:
    for code, ours in both.groupby("standard_id"):
        first, second = ours["met_first"].astype(bool), ours["met"].astype(bool)
        cells = [int((one & two).sum()) for one in (first, ~first) for two in (second, ~second)]
        same, read = cells[0] + cells[3], len(ours)
        apart = paired_difference(*cells) if ours["child_ref"].is_unique and read >= FEWEST else None
        word = "" if apart is None else DIFFERENT if apart.lower > 0 or apart.upper < 0 else "within chance"
        about = {"measure": READERS_AGREE, "standard_id": code, "period": str(audit.period), "method": "count"}
        about |= {"theme": audit.theme, "group": group, "level": f"{name} in {audit.id}", "verdict": word}
        yield {**about, "numerator": same, "denominator": read, "value": same / read}


def _conflicts(
    kept: Sequence[Row], spoken: Mapping[str, int], audits: Sequence[Audit], exact: bool
) -> Iterator[dict[str, Any]]:
    """How many standards sources of one list conflict on, each in words; nothing where one source alone speaks."""
    few = {place_of(row) for row in kept if row.measure == APART and (row.denominator or 0) < FEWEST and not exact}
    told = [row for row in kept if row.group != "agency" or place_of(row) not in few]  # no word of what may be hidden
    names = Names(audits)
    found = []
    for code in sorted(spoken, key=in_order):
        ours = [row for row in told if row.standard_id == code]
        if apart := _list_by_list(ours, audits, names):
            found.append((ours[0], apart))
    if spoken:
        about = {"period": max(row.period for row in kept), "method": "count", "group": "all"}
        k, n = len(found), len(spoken)
        yield {**about, "measure": CONFLICT, "level": "all", "numerator": k, "denominator": n, "value": k / n}
        for row, apart in found:
            said = {"measure": APART_ON, "standard_id": row.standard_id, "theme": row.theme, "level": apart.words}
            yield {**about, **said, "numerator": apart.sources, "denominator": spoken[row.standard_id]}


def _list_by_list(ours: Sequence[Row], audits: Sequence[Audit], names: Names) -> Conflict | None:
    """What those who speak of one list contradict each other on, list after list."""
    found = []
    for audit in audits:
        told = each_once([row for row in ours if same_list(audit, row)])
        pairs = [row for row in told if row.measure == READERS_AGREE]
        if apart := conflict([row for row in told if row not in pairs], pairs, names.of):
            found.append(apart)
    return Conflict(sum(each.sources for each in found), "; ".join(each.words for each in found)) if found else None

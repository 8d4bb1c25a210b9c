"""What was expected against what came back: files drawn, by auditor and team, and agencies asked."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ilacs_audit.claims.words import listed
from ilacs_audit.domain.columns import AI
from ilacs_audit.domain.programme import TWO_PHASE, Audit
from ilacs_audit.intake.cells.footers import told_rows
from ilacs_audit.intake.problems import Problem, problem
from ilacs_audit.intake.registers.draws import Drawn, load_draws, stray_draws
from ilacs_audit.intake.tables.columns import ColumnMap


class Expected(NamedTuple):
    """What an evidence folder's returns are held against: each audit's protocol, and its draw where it is kept."""

    audits: Mapping[str, Audit]
    drawn: Mapping[str, Drawn]
    doubted: frozenset[str] = frozenset()  # audits whose draw cannot be relied on


def expected(
    evidence: Path, audits: Iterable[Audit], columns: ColumnMap, *, known: Mapping[str, Collection[str]]
) -> tuple[Expected, list[Problem]]:
    """What audits and their draws lead one to expect, and what is wrong with the draws; without audits nothing.

    `known` are the references that each audit's returns give in full.
    """
    awaited = {audit.id: audit for audit in audits}
    if not awaited:
        return Expected({}, {}), []
    drawn, problems = load_draws(evidence, awaited, columns, known=known)
    unlike = [each for audit_id, draw in drawn.items() for each in unlike_protocol(draw, awaited[audit_id])]
    doubted = {each.audit_id for each in problems if each.rule == "draw-changed" or each.severity == "error"}
    resting = {audit.id for audit in awaited.values() if _rests_on_draw(audit)}
    amiss = frozenset({each.audit_id for each in unlike} | (doubted & resting))
    return Expected(awaited, drawn, amiss), [*problems, *unlike, *stray_draws(evidence, awaited)]


def _rests_on_draw(audit: Audit) -> bool:
    """Whether its ranges ask of each file in which place, from which part or with which others it was drawn."""
    return audit.stopping == "sequence" or audit.selection == TWO_PHASE or audit.by != "file"


def unlike_protocol(drawn: Drawn, audit: Audit) -> Iterator[Problem]:
    """What a draw says of its own making that the protocol denies: parts, whole cases, more files than are listed."""
    at: dict[str, Any] = {"audit_id": audit.id, "file": drawn.name}
    if audit.population_size is not None and len(drawn.units) > audit.population_size:
        yield problem("draw-differs: list", found=len(drawn.units), listed=audit.population_size, **at)
    if audit.stopping == "sequence" and not drawn.order and drawn.files["order"].notna().any():
        yield problem("draw-differs: order", column="order", **at)
    if audit.by == "file" and drawn.files["drawn_with"].ne("").any():
        yield problem("draw-differs: by", **at)
    parts = {str(part): rows for part, rows in drawn.files.groupby("drawn_in")["row"] if part}
    due = {each.name.casefold(): each.drawn for each in audit.strata}
    if not due and len(parts) > 1 and audit.selection in ("random", "systematic", "census"):
        yield problem("draw-differs: parts", part=listed([*parts]), **at)
    for part, rows in parts.items() if due else ():
        if len(rows) != (asked := due.get(part.casefold(), 0)):
            told: dict[str, Any] = {"rows": told_rows([*rows]), "part": part, "found": len(rows), "drawn": asked}
            yield problem("draw-differs: part", row=int(rows.iloc[0]), column="stratum", **told, **at)


def not_returned(entries: pd.DataFrame, awaited: Expected) -> list[Problem]:
    """Every return that did not come, counted by audit, by team and auditor of its draw, and by agency asked."""
    entries = entries[entries["role"] != AI]
    readers = {audit.id: audit.readers for audit in awaited.audits.values()}
    read = [role in readers.get(audit, ()) for audit, role in entries[["audit_id", "role"]].itertuples(index=False)]
    answered = entries[entries["answered"] & np.array(read, dtype=bool)]
    here = sorted(set(entries["audit_id"]) & set(awaited.audits))
    return [
        *missing_agency(entries, awaited.audits),
        *(problem for audit_id in here for problem in _too_few(answered, awaited, audit_id)),
    ]


def missing_agency(entries: pd.DataFrame, audits: Mapping[str, Audit]) -> list[Problem]:
    """For each request, the agencies the programme names that have no row at all."""
    problems: list[Problem] = []
    for audit in (audit for audit in audits.values() if audit.agencies):
        rows = entries[(entries["audit_id"] == audit.id) & (entries["child_ref"] != "")]
        came = set(zip(rows["child_ref"], rows["agency"], strict=True))
        units = rows.drop_duplicates("child_ref")[["child_ref", "unit_cell", "file", "sheet"]]
        for unit, cell, file, sheet in units.itertuples(index=False):
            for agency in (agency for agency in audit.agencies if (unit, agency) not in came):
                missing = problem("missing-return: agency", agency=agency, audit_id=audit.id, file=file, sheet=sheet)
                problems.append(missing._replace(column="agency", value=cell))
    return problems


def _too_few(answered: pd.DataFrame, awaited: Expected, audit_id: str) -> Iterator[Problem]:
    if awaited.audits[audit_id].stopping == "sequence":  # a file that did not come was not read yet
        return
    ours = answered[(answered["audit_id"] == audit_id) & (answered["child_ref"] != "")]
    came, intended = ours["child_ref"].nunique(), awaited.audits[audit_id].intended
    if intended is not None and came < intended:
        yield problem("missing-return: files", came=came, intended=intended, audit_id=audit_id)
    if intended is not None and came > intended and audit_id not in awaited.drawn:  # the draw's own check names them
        yield problem("not-drawn: more", came=came, intended=intended, audit_id=audit_id)
    if audit_id in awaited.drawn:
        yield from _owed(awaited.drawn[audit_id], set(ours["unit"]), audit_id)


def _owed(drawn: Drawn, came: Collection[str], audit_id: str) -> Iterator[Problem]:
    """How many of their files each team and each auditor returned, where some are missing."""
    back = drawn.files.assign(back=drawn.files["unit"].isin(came))
    for by, who in (("team", "{}"), ("auditor", "An auditor")):
        counted = back.groupby(by)["back"].agg(["sum", "size"])
        for name, came_back, asked in counted[counted["sum"] < counted["size"]].itertuples():
            owed = problem("missing-return: drawn", who=who.format(name), came=came_back, asked=asked)
            yield owed._replace(audit_id=audit_id, file=drawn.name, column=by, value=str(name))

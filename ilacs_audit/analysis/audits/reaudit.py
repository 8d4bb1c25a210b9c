"""Two rounds of one audit: what each found, and whether the difference may be called better.

The rounds are counted alike, matched by child where the same files were read twice, and handed
to `claims.changes`, which decides. Where the area was chosen because it scored worst, every
standard of the earlier round is needed to say how much of a rise that choice alone explains.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from ilacs_audit.claims.change.chance import Judge, stand_together
from ilacs_audit.claims.change.changes import change
from ilacs_audit.claims.change.comparable import shares_returned
from ilacs_audit.claims.change.two_rounds import Cells
from ilacs_audit.claims.verdicts.counted import counted_answers
from ilacs_audit.domain.about import Answering, Dossier
from ilacs_audit.domain.counting import (
    files_read,
    files_read_again,
    missing_answers,
    protocol,
    read_by,
    tally,
    with_met,
)
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import measures
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import OVERALL, Standards


def _contents(work: Dossier) -> dict[str, Any]:
    return {**_rounds(work), "judge": partial(_judged, work)}


def _rounds(work: Dossier) -> dict[str, Any]:
    catalogue = {"standards": work.standards, "programme": work.programme}
    rounds = {"before": work.earlier.answers, "after": work.answers, "among": work.answers_alongside}
    return {**rounds, "problems": pd.concat([work.earlier.problems, work.problems]), **catalogue}


@accepts(Dossier, _contents)
def reaudit_impact(
    before: pd.DataFrame,
    after: pd.DataFrame,
    *,
    by: str = "standard",
    paired_on: str | None = None,
    among: pd.DataFrame | None = None,
    standards: Standards | None = None,
    programme: Programme | None = None,
    problems: pd.DataFrame | None = None,
    judge: Judge = stand_together,
) -> pd.DataFrame:
    """Compare two rounds standard by standard.

    Parameters
    ----------
    before, after
        Answer rows of the earlier and the later round; an empty earlier round gives no rows. An opened audit
        knows both.
    paired_on
        "child_ref" where the same files were read twice; otherwise the rounds are different files.
    among
        Answer rows of everything audited when the earlier round was, for the rebound guard.
    problems
        What was set aside in the returns of both rounds: rows that could not be read are missing answers.
    judge
        Which changes stand, by the chance of each; an opened audit judges them with every audit of its month.

    Returns
    -------
    Measures `change`: `value`, `lower` and `upper` are after minus before, the counts are the later
    round's, and `verdict`, `rule` and `reason` say what may be said of it.
    Example: `ia.reaudit_impact(work)`.
    """
    before, after, among = doors.rounds(before, after, among, by, paired_on, standards, programme)
    if before.empty or after.empty:
        return measures([])
    told = None if problems is None else doors.problems(problems)
    about: dict[str, Any] = {"standards": standards, "programme": programme, "problems": told}
    was, now = (counted_answers(each, by=by, **about) for each in (before, after))
    audits = [protocol(each, programme=programme) for each in (before, after)]
    picked = audits[1] is not None and audits[1].chosen_because_worst  # on its result, so it may rise by itself
    return change(
        was,
        now,
        standards=standards,
        protocols=(audits[0], audits[1]) if audits[0] and audits[1] else None,
        paired=_pairs(before, after, paired_on, **about) if paired_on else None,
        returns=shares_returned(before, after, audits),
        moderated=_moderated(after),
        family=_family(among, before, standards) if among is not None and picked else None,
        judge=judge,
    )


def standing(work: Dossier) -> Sequence[object]:
    """Which changes of an audit stand among those of its month: all that its pages take from the other audits.

    Where there are rounds before the last, what lasts since them is judged with the other audits too, so with these.
    """
    month = _of_month(work)
    return [*_judged(work, month.get(work.id, ())), *(sorted(month.items()) if len(work.rounds) > 2 else ())]


def _judged(work: Dossier, own: Sequence[float]) -> Sequence[bool]:
    return stand_together(own, [each for audit, told in _of_month(work).items() if audit != work.id for each in told])


def _of_month(work: Dossier) -> Mapping[str, Sequence[float]]:
    return work.handed.together(work.id, partial(_chances, work))


def _chances(work: Dossier, handed: Answering) -> dict[str, list[float]]:
    """The chance of every change of every audit of the month, each judged by nobody yet."""
    told: dict[str, list[float]] = {each.id: [] for each in handed.alongside(work.id) if each.baseline}
    for audit, heard in told.items():
        # An audit that cannot be counted has no page that names a change, and its own page says why.
        with suppress(Exception):
            reaudit_impact(**_rounds(replace(work, handed=handed, id=audit)), judge=partial(_heard, heard))
    return told


def _heard(heard: list[float], chances: Sequence[float]) -> Sequence[bool]:
    heard += chances
    return [True] * len(chances)


def _pairs(
    before: pd.DataFrame,
    after: pd.DataFrame,
    on: str,
    standards: Standards | None,
    programme: Programme | None,
    problems: pd.DataFrame | None,
) -> dict[str, Cells]:
    """For each standard: files that met it both times, first only, second only, neither, and lacking a reading."""
    first, second = (_met_by_file(each, on, standards) for each in (before, after))
    both = first.rename(columns=lambda name: f"{name}_was").join(second, how="inner")
    gone = [missing_answers(read_by(each), programme=programme, problems=problems) for each in (before, after)]
    asked = [
        {name: missing + len(read.loc[[name]]) for (name, _), missing in each.items() if name in read.index}
        for each, read in zip(gone, (first, second), strict=True)
    ]
    return {
        str(name): (*_cells(each), max(of.get(str(name), 0) for of in asked) - len(each))
        for name, each in both.groupby(level="standard_id")
    }


def _met_by_file(answers: pd.DataFrame, on: str, standards: Standards | None) -> pd.DataFrame:
    return with_met(read_by(answers), standards=standards).set_index(["standard_id", on])[["met", "applies"]]


def _cells(pairs: pd.DataFrame) -> Cells:
    apply = pairs[pairs["applies_was"] & pairs["applies"]]
    first, second = apply["met_was"], apply["met"]
    return tuple(int(each.sum()) for each in (first & second, first & ~second, ~first & second, ~first & ~second))


def _moderated(after: pd.DataFrame) -> float | None:
    """The share of the later round's files that a moderator read again."""
    read = files_read(after)
    return files_read_again(after) / read if read else None


def _family(among: pd.DataFrame, before: pd.DataFrame, standards: Standards | None) -> list[tuple[int, int]]:
    """Met and read of every standard that was audited in the earlier round's period."""
    same = among[among["period"].isin(before["period"].unique()) & (among["standard_id"] != OVERALL)]
    counts = tally(read_by(same), by=["audit_id", "standard_id", "period"], standards=standards)
    read = counts[counts["applies"] > 0]
    return list(zip(read["met"].tolist(), read["applies"].tolist(), strict=True))

"""Whether a second reader gave the grade that the first one gave, over all audits of a month.

A headline rests on grades that another reader might not give. How often they differ, which way, how soon and in which
teams somebody looked again is counted here; what that does to the headline stands in `corrected`.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from ilacs_audit.analysis.clocks import NO_LIMIT
from ilacs_audit.analysis.month import of_month
from ilacs_audit.analysis.second import ONE_FILE, answered_twice, graded_twice, latest, of_enough_files
from ilacs_audit.analysis.shares import Record, aside, counted, level_by_level, share
from ilacs_audit.claims.sentences.readers.agreement import (
    AC2,
    ALPHA,
    BOWKER,
    BY_LUCK,
    COEFFICIENT,
    KAPPA,
    ONE_WAY,
    SAME,
    SHIFT,
    STUART,
)
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import date_words, parse_day, working_days
from ilacs_audit.domain.catalogue.limits import Limit
from ilacs_audit.domain.counting import files_read, files_read_again, last_day, read_by, small_groups_together
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import OVERALL, Standards
from ilacs_audit.stats.agreement import Agreement, gwet_ac, krippendorff_alpha, weighted_kappa
from ilacs_audit.stats.movement import movement

LIMIT, SPOILT = "moderation", ("same-moderator", "second-unread", "second-blank")
READERS = ("auditor", "partner", "moderator")
NO_TEAM = "the return names no team"
FEWEST_GRADED_TWICE = 10  # below it the files are listed and no coefficient is worked out
_LAGS = (
    "within 5 working days",
    "6 to 10 working days",
    "more than 10 working days",
    "no day, or before the first reading",
)
ONE_GRADE = "It cannot be calculated: every file had the same grade from both."
ONE_SIDED = "It cannot be calculated: one of the two readers gave one grade throughout."


def _contents(work: Dossier) -> Record:
    limit = work.handed.limits().on(parse_day(work.as_of)).get(LIMIT)
    about = {"limit": limit, "holidays": work.handed.holidays(), "exact": work.audience == "internal"}
    return {**{name: each for name, each in of_month(work).items() if name != "problems"}, **about}


@accepts(Dossier, _contents)
def inter_rater_agreement(
    returns: pd.DataFrame,
    *,
    programme: Programme,
    audits: Sequence[str],
    standards: Standards | None = None,
    holidays: Sequence[date] = (),
    limit: Limit | None = None,
    period: str = "",
    exact: bool = True,
) -> pd.DataFrame:
    """Count how often a second reader agreed with the first, and which way it moved what it did not.

    Returns Measures for all audits together and for each (group "audit", level its title): `second_same`,
    `second_down` and `second_near` (within one grade) of the files graded by both, `second_read` of the files read (by
    team too), and `second_answer_same` of the answers given twice; `second_lag` in bands and, where there is a
    `limit`, `second_in_time`. Of group "coefficient", `alike` has how often both gave one grade and would by luck
    alone, `agreement` kappa, AC2 and alpha with their intervals, of ten files or more on the full scale that most were
    graded on, and without a value where it cannot be calculated; `movement` the chance of the lean by luck;
    `second_other_scale` the files that those leave out. A file counts once, with its latest second reading;
    `second_more` says how many had several, and `second_no_grade` how many lack a grade from one of both. Alpha takes
    every reader's grade. Unless `exact`, grades and answers of audits with fewer than five files read by both are in
    no count, and `second_few` says of how many files.
    Example: `ia.inter_rater_agreement(month)`.
    """
    returns = doors.answers(returns, standards=standards, also=("rater_ref", "team"))
    protocols = doors.audits_of(audits, programme)
    twice, graded = answered_twice(returns), graded_twice(returns, standards=standards)
    answers = twice[twice["standard_id"] != OVERALL]
    told, answers = (graded, answers) if exact else (of_enough_files(graded), of_enough_files(answers))
    found = [*_counts(returns, told, protocols), *_answers_same(answers, protocols)]
    if left := len(graded) - len(told):
        found.append({"measure": "second_few", "group": "all", "level": "all", "numerator": left})
    found += [
        *_by_team(returns),
        *_more(returns),
        *_ungraded(returns, graded),
        *_lags(twice, limit, holidays),
        *_coefficients(returns, told),
    ]
    return counted(found, theme="", period=period)


def second_readings(work: Dossier) -> pd.DataFrame:
    """How far second readings can be leaned on: those used, the last day of one, and those set aside.

    Returns Measures `rows_read` and `set_aside`, as of a register.
    """
    month = of_month(work)
    again = month["returns"][lambda each: each["role"] == "moderator"]
    spoilt = month["problems"][lambda each: each["rule"].isin(SPOILT)].drop_duplicates(["file", "sheet", "row"])
    used, gone = len(again.drop_duplicates(ONE_FILE)), len(spoilt)
    last = last_day(again[["audited_on"]], parse_day(work.as_of))
    level = f"second readings to {date_words(last)}" if last else "second readings"
    read = {"numerator": used, "denominator": used + gone, "value": used / (used + gone) if used + gone else None}
    found: list[Record] = [{"measure": "rows_read", "group": "register", "level": level, **read}]
    found += aside(spoilt["rule"].value_counts().sort_index().to_dict(), "second readings")
    return counted(found, theme="", period=work.period)


def on_one_scale(work: Dossier) -> pd.DataFrame:
    """The answers of the month's audits that were graded twice on the scale that most were graded on."""
    returns = doors.answers(of_month(work)["returns"], standards=work.standards)
    graded = graded_twice(returns, standards=work.standards)
    ours, _ = _most(graded if work.audience == "internal" else of_enough_files(graded))
    return returns[returns["audit_id"].isin(ours["audit_id"])]


def _most(graded: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The files on the scale that most were graded on, and that scale."""
    if graded.empty:
        return graded, ()
    levels: tuple[str, ...] = graded["scale"].value_counts().index[0]
    return graded[[each == levels for each in graded["scale"]]], levels


def _counts(returns: pd.DataFrame, graded: pd.DataFrame, audits: Sequence[Audit]) -> Iterator[Record]:
    """Of all audits together, and audit by audit."""
    parts = {audit: returns[returns["audit_id"] == audit.id] for audit in audits}
    read = {
        audit: (files_read_again(part, roles=audit.readers), files_read(part, roles=audit.readers))
        for audit, part in parts.items()
    }
    yield from _of_moves(graded["moved"], *map(sum, zip((0, 0), *read.values(), strict=True)))
    for audit, (again, files) in read.items():
        ours = graded.loc[graded["audit_id"] == audit.id, "moved"]
        yield from _of_moves(ours, again, files, group="audit", level=audit.title) if files else ()


def _of_moves(moves: "pd.Series[Any]", again: int, files: int, **about: Any) -> Iterator[Record]:
    for name, so in (("same", moves == 0), ("down", moves > 0), ("up", moves < 0), ("near", moves.abs() <= 1)):
        yield from share(f"second_{name}", so, **about)
    if files:
        told = {"numerator": again, "denominator": files, "value": again / files}
        yield {"measure": "second_read", "group": "all", "level": "all", **about, **told}


def _answers_same(answers: pd.DataFrame, audits: Sequence[Audit]) -> Iterator[Record]:
    """Of the answers to standards that were given twice, those that were the same, audit by audit."""
    for audit in audits:
        ours = answers[answers["audit_id"] == audit.id]
        yield from share("second_answer_same", ours["answer"] == ours["answer_again"], group="audit", level=audit.title)


def _by_team(returns: pd.DataFrame) -> Iterator[Record]:
    """Team by team, of the files that auditors read, those that somebody read again."""
    files = read_by(returns).drop_duplicates(ONE_FILE, keep="last")
    files = small_groups_together(files.assign(team=files["team"].where(files["team"] != "", NO_TEAM)))
    again = returns.loc[returns["role"] == "moderator", ONE_FILE].drop_duplicates()
    so = files[ONE_FILE].merge(again, on=ONE_FILE, how="left", indicator=True)["_merge"] == "both"
    yield from level_by_level("second_read", so, files["team"].set_axis(so.index), group="team")


def _more(returns: pd.DataFrame) -> Iterator[Record]:
    """Of the files that were read again, those that were so more than once: by another reader or on another day."""
    again = returns[returns["role"] == "moderator"].drop_duplicates([*ONE_FILE, "rater_ref", "audited_on"])
    more = again.groupby(ONE_FILE).size() > 1
    yield from share("second_more", more) if more.any() else ()


def _ungraded(returns: pd.DataFrame, graded: pd.DataFrame) -> Iterator[Record]:
    """Of the files that were read again, those without a grade from both, which are in no count of grades."""
    again = returns.loc[returns["role"] == "moderator", ONE_FILE].drop_duplicates()
    so = again.merge(graded[ONE_FILE], on=ONE_FILE, how="left", indicator=True)["_merge"] == "left_only"
    yield from share("second_no_grade", so) if so.any() else ()


def _lags(twice: pd.DataFrame, limit: Limit | None, holidays: Sequence[date]) -> Iterator[Record]:
    """Working days from the first reading of a file to the second."""
    files = twice.drop_duplicates(ONE_FILE)
    pairs = [*zip(files["audited_on"], files["audited_on_again"], strict=True)]
    days = [
        working_days(first.date(), then.date(), holidays=holidays) if pd.notna(first) and first <= then else None
        for first, then in pairs
    ]
    known = [each for each in days if each is not None]
    if limit and known:
        soon = sum(then <= limit.until(first, holidays) for first, then in pairs if pd.notna(first) and first <= then)
        count = {"numerator": soon, "denominator": len(days), "value": soon / len(days)}
        most = {"upper": (soon + len(days) - len(known)) / len(days)}  # of the others the days do not tell
        yield {"measure": "second_in_time", "group": "all", "level": limit.length, **count, **most}
    elif known:
        yield from aside({NO_LIMIT: len(known)}, "second readings")
    bands = pd.Series([_LAGS[3 if each is None else (each > 5) + (each > 10)] for each in days], dtype=object)
    for band in _LAGS if known else ():
        yield from share("second_lag", bands == band, group="time until the second reading", level=band)


def _coefficients(returns: pd.DataFrame, graded: pd.DataFrame) -> Iterator[Record]:
    """Agreement beyond chance and the lean of the moves, on the scale on which most files were graded twice."""
    ours, levels = _most(graded)
    if left := len(graded) - len(ours):
        yield {"measure": "second_other_scale", "group": "all", "level": "all", "numerator": left}
    if len(ours) < FEWEST_GRADED_TWICE:
        return
    place = {level: at for at, level in enumerate(levels)}
    table = np.zeros((len(levels), len(levels)), dtype=int)
    np.add.at(table, (ours["answer"].map(place), ours["answer_again"].map(place)), 1)
    yield from share("alike", ours["moved"] == 0, group=COEFFICIENT, level=SAME)
    luck = float((table.sum(axis=0) * table.sum(axis=1)).sum()) / len(ours) ** 2
    about = {"group": COEFFICIENT, "denominator": len(ours)}
    if luck < 1:
        yield {"measure": "alike", "level": BY_LUCK, "value": luck, "method": "test", **about}
    by_file = _by_file(returns[returns["audit_id"].isin(ours["audit_id"])])
    known = gwet_ac(table)
    yield _coefficient(KAPPA, weighted_kappa(table), len(ours), ONE_SIDED if known else ONE_GRADE)
    yield _coefficient(AC2, known, len(ours))
    yield _coefficient(ALPHA, krippendorff_alpha(by_file, categories=levels), len(by_file))
    about["measure"] = "movement"
    yield {**about, "level": SHIFT, "value": float(ours["moved"].mean())}
    moved = movement(table)
    for level, chance in zip(
        (ONE_WAY, BOWKER, STUART), (moved.sign, moved.symmetry, moved.homogeneity) if moved else (), strict=False
    ):
        yield {**about, "level": level, "value": chance, "method": "test"}


def _by_file(returns: pd.DataFrame) -> list[list[str]]:
    """All grades of each file that has two or more, whoever gave them; of each reader the latest."""
    grades = returns[(returns["standard_id"] == OVERALL) & returns["role"].isin(READERS)]
    grades = latest(grades, [*ONE_FILE, "role", "agency", "rater_ref"])
    return [each.tolist() for _, each in grades.groupby(ONE_FILE)["answer"] if len(each) > 1]


def _coefficient(name: str, found: Agreement | None, files: int, why: str = ONE_GRADE) -> Record:
    about = {"measure": "agreement", "group": COEFFICIENT, "level": name, "denominator": files, "method": "bootstrap"}
    if found is None:
        return {**about, "note": why}
    ends = {"lower": found.interval.lower, "upper": found.interval.upper} if found.interval else {}
    return {**about, "value": found.value, "confidence": 0.95, "method": found.method, **ends}

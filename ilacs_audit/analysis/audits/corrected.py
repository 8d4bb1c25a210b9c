"""The share of files good or better, as auditors graded them and as a moderator would have.

Auditors mark their own service kindly. Where a moderator read some of the files again, drawn by chance, the headline
can be set right at the price of a wider range; else the reason why not stands in its place.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ilacs_audit.analysis.month import of_month
from ilacs_audit.analysis.second import graded_twice
from ilacs_audit.analysis.shares import Record, counted
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.counting import FEWEST_IN_A_GROUP, missing_answers, read_by
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import GRADES, OVERALL, Standards
from ilacs_audit.stats.correction import FEWEST_MODERATED, FEWEST_MODERATED_IN_A_GROUP, corrected_proportion
from ilacs_audit.stats.funnel import spread
from ilacs_audit.stats.missing import limits_with_missing

FEWEST_OF_AN_AUDITOR = 8
PICKED = "The files read again were picked, so they cannot speak for the others."
UNSAID = "How the files read again were chosen is not recorded."
OF_THE_AUDIT = "The second reader judged the audit and not the practice, so it cannot set the headline right."
FEW = "{} files were graded again: {} are needed."
FEW_IN_A_GROUP = "Fewer than {} of the files graded again had been {} by the auditor."


def _contents(work: Dossier) -> Record:
    exact = work.audience == "internal"
    return {**of_month(work), "each_auditor": exact, "exact": exact}


@accepts(Dossier, _contents)
def corrected_headline(
    returns: pd.DataFrame,
    *,
    programme: Programme,
    audits: Sequence[str],
    problems: pd.DataFrame | None = None,
    standards: Standards | None = None,
    each_auditor: bool = False,
    exact: bool = True,
    period: str = "",
) -> pd.DataFrame:
    """Give the share graded good or better of each audit that was moderated, raw and corrected.

    Returns Measures by audit (group "audit", level its title): `graded_good` of the files graded, with a range where
    they were drawn by chance, and `graded_good_corrected`, with its range of `denominator` files graded twice, or
    without a value and with the `reason` why it cannot be. Both ranges allow for files without a grade. With
    `each_auditor`, `auditor_good` is each auditor's share good or better of eight files or more, shrunk towards all.
    Unless `exact`, an audit of fewer than five graded files is left out.
    Example: `ia.corrected_headline(month)`.
    """
    returns = doors.answers(returns, standards=standards, also=("rater_ref", "team"))
    told = None if problems is None else doors.problems(problems)
    grades = read_by(returns)
    grades = grades[grades["standard_id"] == OVERALL]
    twice, found = graded_twice(returns, standards=standards), list[Record]()
    grades = grades.assign(good=_good(grades, programme, standards))
    twice = twice.assign(
        good=_good(twice, programme, standards), again=_good(twice, programme, standards, "answer_again")
    )
    for audit in doors.audits_of(audits, programme):
        ours, asked = twice[twice["audit_id"] == audit.id], read_by(returns[returns["audit_id"] == audit.id])
        good = grades.loc[grades["audit_id"] == audit.id, "good"]
        if len(ours) and (exact or len(good) >= FEWEST_IN_A_GROUP):
            gone = missing_answers(asked, programme=programme, problems=told)[OVERALL, str(audit.period)]
            found += _of_audit(audit, good, ours, gone)
    return counted([*found, *(_of_auditors(grades) if each_auditor else [])], theme="", period=period)


def _good(
    grades: pd.DataFrame, programme: Programme, standards: Standards | None, column: str = "answer"
) -> list[bool]:
    """Whether each grade meets the scale of its audit's theme."""
    themes = {theme.id: theme.grade.meets for theme in standards.themes} if standards else {}
    usual = frozenset(GRADES[:2])
    pairs = zip(grades["audit_id"], grades[column], strict=True)
    return [grade in themes.get(programme[audit].theme, usual) for audit, grade in pairs]


def _of_audit(audit: Audit, good: "pd.Series[Any]", twice: pd.DataFrame, missing: int) -> Iterator[Record]:
    """One audit's share, as it was graded and as it would be if all had been read again."""
    passed, read = int(good.sum()), len(good)
    about = {"group": "audit", "level": audit.title, "selection": audit.selection, "missing": missing}
    raw = {"measure": "graded_good", "numerator": passed, "denominator": read, "value": passed / read, **about}
    if audit.by_chance and (audit.stopping, audit.by) == ("fixed", "file"):
        listed, strata = audit.population_size, audit.design(read + missing)
        size = listed if audit.selection == "random" else sum(each for _, each in strata) or None
        ends = limits_with_missing(passed, read, missing=missing, size=size, strata=strata)
        method = "stratified" if strata else "hypergeometric" if size else "wilson"
        raw |= {"lower": ends[0], "upper": ends[1], "method": method, "population": size}
    yield raw
    yield {
        "measure": "graded_good_corrected",
        "denominator": len(twice),
        **about,
        **_corrected(audit, passed, read, twice, missing),
    }


def _corrected(audit: Audit, passed: int, read: int, twice: pd.DataFrame, missing: int) -> Record:
    groups = [twice[twice["good"] == so] for so in (True, False)]
    if why := _refused(audit, passed, read, groups):
        return {"reason": why}
    (passes, fails), (confirmed, raised) = map(len, groups), (int(each["again"].sum()) for each in groups)
    found = corrected_proportion(
        passed,
        read,
        passes_moderated=passes,
        passes_confirmed=confirmed,
        fails_moderated=fails,
        fails_raised=raised,
    )
    assert found is not None
    files = read + missing  # whatever the files without a grade hold
    lower, upper = found.interval.lower * read / files, (found.interval.upper * read + missing) / files
    rough = "Rough: under 30 files were graded again." if found.rough else ""
    alone = "" if audit.by_chance else "Of the files read alone."
    return {
        "value": found.value,
        "lower": lower,
        "upper": upper,
        "confidence": 0.95,
        "method": "corrected",
        "note": f"{rough} {alone}".strip(),
    }


def _refused(audit: Audit, passed: int, read: int, groups: Sequence[pd.DataFrame]) -> str:
    """Why a headline cannot be corrected, in one sentence; nothing where it can."""
    again = sum(map(len, groups))
    if audit.moderation is None or audit.moderation.selection != "random":
        return UNSAID if audit.moderation is None else PICKED
    if audit.moderation.judges == "audit":
        return OF_THE_AUDIT
    if again < FEWEST_MODERATED:
        return FEW.format(again, FEWEST_MODERATED)
    small = [len(each) < FEWEST_MODERATED_IN_A_GROUP for each in groups]
    if any(small):
        which = "graded good or better" if small[0] else "graded below good"
        return FEW_IN_A_GROUP.format(FEWEST_MODERATED_IN_A_GROUP, which)
    return ""


def _of_auditors(grades: pd.DataFrame) -> Iterator[Record]:
    """Each auditor's share, drawn towards that of all: of so few files a share alone would be read as a person's."""
    tally = grades[grades["rater_ref"] != ""].groupby("rater_ref")["good"].agg(["sum", "size"])
    told = tally[tally["size"] >= FEWEST_OF_AN_AUDITOR]
    if len(told) < 2:
        return
    strength, mean = spread(tally["sum"].tolist(), tally["size"].tolist())
    for name, good, files in told.itertuples():
        value = (good + strength * mean) / (files + strength)
        about = {"measure": "auditor_good", "group": "auditor", "level": str(name), "method": "shrunk"}
        yield {**about, "numerator": int(good), "denominator": int(files), "value": float(value)}

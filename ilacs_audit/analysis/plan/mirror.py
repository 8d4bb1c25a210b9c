"""Whether a council's own auditing has the weaknesses that inspectors criticise elsewhere, counted over twelve months.

Nobody asks this of themselves while there is practice to look at, and inspectors ask it first. Every count is one
that is weak where it is high; which of them is worth a look is said by `claims.verdicts.mirror`.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from ilacs_audit.analysis.month import NO_CHILD, of_year
from ilacs_audit.analysis.second import ONE_FILE, graded_twice, of_enough_files
from ilacs_audit.analysis.shares import Record, counted
from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_MET
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import add_months, parse_day
from ilacs_audit.domain.catalogue.limits import Limit
from ilacs_audit.domain.counting import files_read
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row, rows, select
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import KINDS, RECORDS, Standards

SUPERVISED_WITHIN = 1  # months: a finding younger than this may not have come to supervision yet
DISCUSSED = "discussed_on"


def _contents(work: Dossier) -> Record:
    year, day = of_year(work), parse_day(work.as_of)
    about = {"limit": work.handed.limits().on(day).get("moderation"), "holidays": work.handed.holidays()}
    told = {name: work.register(name) for name in ("actions", "survey")}
    return {**year, **about, **told, "as_of": day, "exact": work.audience == "internal"}


@accepts(Dossier, _contents)
def audit_quality(
    returns: pd.DataFrame,
    actions: pd.DataFrame,
    *,
    programme: Programme,
    audits: Sequence[str],
    standards: Standards,
    as_of: date | str,
    contradicted: pd.DataFrame | None = None,
    limit: Limit | None = None,
    holidays: Sequence[date] = (),
    survey: pd.DataFrame | None = None,
    period: str = "",
    exact: bool = True,
) -> pd.DataFrame:
    """Count in what share of a council's own audits each of the nine weaknesses shows.

    `returns` are the answers of the `audits` of twelve months, `actions` and `survey` registers, `contradicted` what
    `ia.grade_against_answers` says of the same answers. Returns Measures of the whole service, each weak where it is
    high: `mirror_open` and `mirror_undiscussed` of the actions, `mirror_down` of the files graded twice (those moved
    up in `reason`), `mirror_compliance` of the questions, `mirror_unheard` of the files, `mirror_contradicted` of the
    graded files, `mirror_alone`, `mirror_unseen` and `mirror_unmoderated` of audits and themes, `mirror_unreturned`
    of the files drawn, and `mirror_late` of the second readings. Where nothing was supplied to count, a row has no
    number. Unless `exact`, grades of audits with fewer than five files graded twice are in no count.
    """
    day = parse_day(as_of)
    returns = doors.answers(returns, standards=standards, programme=programme)
    returns = returns[~(returns["audited_on"] > pd.Timestamp(day))]
    done = [audit for audit in doors.audits_of(audits, programme) if audit.until <= day]
    graded = graded_twice(returns, standards=standards)
    found = [
        *_loop(doors.register(actions, "actions"), pd.Timestamp(day)),
        *_moved(graded if exact else of_enough_files(graded)),
        *_asked(returns, standards),
        *_heard(returns, done, standards, survey, day),
        *_contradicted(contradicted),
        *_alone(done),
        *_covered(returns, done, standards),
        *_again(returns, done, limit, holidays),
    ]
    return counted(found, theme="", period=period)


def kinds_met(found: Sequence[Row], *, standards: Standards, period: str = "") -> pd.DataFrame:
    """Count the standards that are met and not met among those that ask for compliance, quality, a record or the deed.

    `found` are the compliance rows of a month's audits with their verdicts, one a standard and audit. Returns Measures
    `kind_met` and `kind_not_met` by "kind of question", and by "what is asked" where forms ask both whether something
    was recorded and whether it was done.
    """
    judged = [row for row in found if row.verdict in (MET, NOT_MET, CANNOT_TELL)]
    told: list[Record] = []
    for group, name, levels in (("kind of question", "kind", KINDS), ("what is asked", "records", RECORDS)):
        parts = {
            level: [row for row in judged if getattr(standards[row.standard_id], name) == level] for level in levels
        }
        if name == "kind" or all(parts.values()):
            told += [
                {
                    "measure": measure,
                    "group": group,
                    "level": level,
                    "numerator": k,
                    "denominator": len(ours),
                    "value": k / len(ours),
                }
                for level, ours in parts.items()
                for measure, word in (("kind_met", MET), ("kind_not_met", NOT_MET))
                if ours
                for k in [sum(row.verdict == word for row in ours)]
            ]
    return counted(told, theme="", period=period)


def _of(measure: str, k: int, n: int, **about: Any) -> Record:
    """A count of the whole service; without a number where there was nothing to count."""
    told = {"numerator": k, "denominator": n, "value": k / n} if n else {}
    return {"measure": measure, "group": "all", "level": "all", **told, **about}


def _loop(actions: pd.DataFrame, day: pd.Timestamp) -> Iterator[Record]:
    """CR1 and CR2: actions that are late or were closed unseen, and findings that never came to supervision."""
    told = actions[actions["raised_on"] <= day].drop_duplicates("action_id", keep="last")
    closed, late = told["closed_on"] <= day, told["due_on"] < day
    early = (told["checked_on"] > day) | (told["checked_on"] < told["closed_on"])
    unseen = closed & (early | ~told["still_a_problem"].isin(("yes", "no")))
    undated = int((~closed & told["due_on"].isna()).sum())
    note = f"{undated:,} more have no due day: nobody can say whether they are late" if undated else ""
    yield _of("mirror_open", int(((~closed & late) | unseen).sum()), len(told), note=note)
    known = DISCUSSED in told and told[DISCUSSED].notna().any()
    old = told[told["raised_on"] <= pd.Timestamp(add_months(day.date(), -SUPERVISED_WITHIN))]
    yield _of("mirror_undiscussed", int((~(old[DISCUSSED] <= day)).sum()) if known else 0, len(old) if known else 0)


def _moved(graded: pd.DataFrame) -> Iterator[Record]:
    """CR3: grades that a second reader moved down, with those moved up beside them."""
    yield _of("mirror_down", int((graded["moved"] > 0).sum()), len(graded), reason=f"{(graded['moved'] < 0).sum()}")


def _asked(returns: pd.DataFrame, standards: Standards) -> Iterator[Record]:
    """CR4: questions that ask only whether something was done."""
    codes = {*returns["standard_id"]}
    asked = [each for each in standards if each.id in codes]
    yield _of("mirror_compliance", sum(each.kind == "compliance" for each in asked), len(asked))


def _of_survey(survey: pd.DataFrame | None, audit: Audit, standards: Standards, day: date) -> pd.DataFrame:
    """The files of an audit whose family answered a survey that names them, on what it asks, from its first day."""
    if survey is None or "child_ref" not in survey:
        return pd.DataFrame(columns=ONE_FILE)
    told = doors.register(survey, "survey")
    asked = {each for standard in standards.theme(audit.theme).standards for each in standard.measured_by}
    heard = told["question"].isin(asked) & (told["returned"] > 0).fillna(False) & (told["child_ref"] != "")
    heard &= told["on"].between(pd.Timestamp(audit.on), pd.Timestamp(day))
    return told.loc[heard, ["child_ref"]].assign(audit_id=audit.id)[[*ONE_FILE]]


def _heard(
    returns: pd.DataFrame, audits: Sequence[Audit], standards: Standards, survey: pd.DataFrame | None, day: date
) -> Iterator[Record]:
    """CR5: children's files that were read without a word of the family."""
    of_children = [each for each in audits if not {*standards.theme(each.theme).unit.split()} & NO_CHILD]
    ours = returns[returns["audit_id"].isin([each.id for each in of_children])]
    read = ours.loc[ours["role"].isin(("auditor", "partner")), ONE_FILE].drop_duplicates()
    said = (_of_survey(survey, each, standards, day) for each in of_children)
    family = pd.concat([ours.loc[ours["role"] == "family", ONE_FILE], *said]).drop_duplicates()
    yield _of("mirror_unheard", len(read) - len(read.merge(family, on=ONE_FILE)), len(read))


def _contradicted(found: pd.DataFrame | None) -> Iterator[Record]:
    """CR6: overall grades that the same reader's answers contradict."""
    told = [] if found is None else [*rows(select(found, measure="grade_contradicted"))]
    yield _of("mirror_contradicted", sum(row.numerator or 0 for row in told), sum(row.denominator or 0 for row in told))


def _alone(audits: Sequence[Audit]) -> Iterator[Record]:
    """CR7: audits that were done without the practitioner, of those that say."""
    told = [audit.with_practitioner for audit in audits if audit.with_practitioner is not None]
    yield _of("mirror_alone", told.count(False), len(told))


def _covered(returns: pd.DataFrame, audits: Sequence[Audit], standards: Standards) -> Iterator[Record]:
    """CR8: themes that nobody looked at, and files that were drawn and never came back."""
    came = {audit: files_read(returns[returns["audit_id"] == audit.id], roles=audit.readers) for audit in audits}
    seen = {audit.theme for audit, files in came.items() if files}
    yield _of("mirror_unseen", sum(each.id not in seen for each in standards.themes), len(standards.themes))
    drawn = {audit: audit.asked(files) for audit, files in came.items() if audit.intended is not None}
    lost = sum(asked - min(came[audit], asked) for audit, asked in drawn.items())
    yield _of("mirror_unreturned", lost, sum(drawn.values()))


def _again(
    returns: pd.DataFrame, audits: Sequence[Audit], limit: Limit | None, holidays: Sequence[date]
) -> Iterator[Record]:
    """CR9: audits of which nobody read a file again, and second readings that came too late."""
    read = [each for each in audits if (returns["audit_id"] == each.id).any()]
    again = {*returns.loc[returns["role"] == "moderator", "audit_id"]}
    yield _of("mirror_unmoderated", sum(each.id not in again for each in read), len(read))
    first, second = (
        returns[returns["role"] == role].groupby(ONE_FILE)["audited_on"].max() for role in ("auditor", "moderator")
    )
    pairs = pd.DataFrame({"first": first, "second": second}).dropna()
    pairs = pairs[pairs["first"] <= pairs["second"]] if limit else pairs.iloc[:0]
    late = [then > limit.until(day, holidays) for day, then in pairs.itertuples(index=False)] if limit else []
    yield _of("mirror_late", int(np.sum(late)), len(late))

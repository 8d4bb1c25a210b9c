"""What a report on all audits of a month looks at: their answers, the problems of their returns, the catalogue."""

from typing import Any

import pandas as pd

from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import Period, add_months, parse_day
from ilacs_audit.domain.columns import AI
from ilacs_audit.domain.programme import Audit

MONTHS = 12
NO_CHILD = frozenset({"worker", "request"})  # a theme whose unit is one of these reads no child's file


def of_month(work: Dossier) -> dict[str, Any]:
    """The audits of the month, or the one that was opened, with what was read in them, and again by the day of it."""
    programme = work.programme if work.id else work.handed.planned()
    audits = [work.id] if work.id else [each.id for each in programme.in_period(Period.parse(work.period))]
    answers, problems = (work.answers, work.problems) if work.id else work.handed.answers(audits)
    ahead = answers["role"].isin(("moderator", AI)) & (answers["audited_on"] > pd.Timestamp(parse_day(work.as_of)))
    about = {"programme": programme, "standards": work.standards, "audits": audits, "period": work.period}
    return {"returns": answers[~ahead], "problems": problems, **about}


def with_partners(work: Dossier) -> dict[str, Any]:
    """The same, and the audits that partners made by themselves of these themes, while their evidence is not old."""
    month = of_month(work)
    themes = {month["programme"][each].theme for each in month["audits"]}
    own = [each.id for each in month["programme"] if each.theme in themes and _partners_own(each, work)]
    audits = [*dict.fromkeys([*month["audits"], *own])]
    answers, problems = work.handed.answers(audits)
    return {**month, "returns": answers, "problems": problems, "audits": audits}


def rounds_of_month(work: Dossier) -> dict[str, Any]:
    """Every round so far of the forms that the month asks, with what was read in them by the day of the page."""
    month = of_month(work)
    themes = {month["programme"][each].theme for each in month["audits"]}
    rounds = [each.id for each in month["programme"] if each.theme in themes and str(each.period) <= work.period]
    answers, problems = work.handed.answers(rounds)
    ahead = answers["audited_on"] > pd.Timestamp(parse_day(work.as_of))
    return {**month, "returns": answers[~ahead], "problems": problems}


def of_year(work: Dossier) -> dict[str, Any]:
    """The audits of the twelve months to this one, with what was read in them."""
    last = Period.parse(work.period)
    first, programme = add_months(last.first, 1 - MONTHS), work.handed.planned()
    audits = [each.id for each in programme if first <= each.period.first <= last.first]
    about = {"programme": programme, "standards": work.standards, "audits": audits, "period": work.period}
    return {"returns": work.handed.answers(audits)[0], **about}


def _partners_own(audit: Audit, work: Dossier) -> bool:
    last = add_months(audit.until, work.standards.theme(audit.theme).stale_after)
    return {*audit.raters} == {"partner"} and str(audit.period) <= work.period and last >= parse_day(work.as_of)

"""Closures where a family said no: who agreed to them, and which the form only calls so.

After an enquiry the closure form forces a reason and one of its sub-reasons; "no consent" there is the form's word and
not practice. The two stand apart, or every count of withdrawn consent is too high.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import pandas as pd

from ilacs_audit.analysis.codes import OTHERWISE, REFUSED, code_of
from ilacs_audit.claims.words import period_words
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import parse_day
from ilacs_audit.domain.counting import misdated
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import measures


@accepts(
    Dossier,
    lambda work: {
        **{"closures": work.register("closures"), "as_of": work.as_of, "period": work.period},
        "begun": _begun(work),
    },
)
def consent_oversight(
    closures: pd.DataFrame,
    *,
    as_of: date | str,
    period: str = "",
    theme: str = "",
    begun: Mapping[str, str] = MappingProxyType({}),
) -> pd.DataFrame:
    """Count, month by month, closures for want of consent with a service manager's agreement, and miscoded ones.

    Returns Measures of the whole service, of closures and not of children, first of every month told, then by month:
    `consent_agreed`, `consent_not_agreed` and `consent_unanswered` are all closures on withdrawn consent, neither after
    a section 47 enquiry nor after a completed assessment; `consent_miscoded`, those after one, and `consent_unplaced`,
    of which that is not recorded, of all that are called "no consent"; `consent_forced`, those called so of all
    closures after an enquiry. `consent_called`, `consent_miscoded_in_all` and `consent_agreed_in_all` are of every
    month told, their level; in place of the last stands `consent_agreed_in_part`, up to the month in which the first
    training or support of the theme began (`begun`, by theme) and after it.
    Example: `ia.consent_oversight(month)`.
    """
    closures, day = doors.register(closures, "closures"), parse_day(as_of)
    known = closures[misdated(closures, "closures", day) == ""]
    refused, unclear = _refused(known)
    enquired, assessed = known["section_47"], known["assessment_completed"]
    after = (enquired == "yes") | (assessed == "yes")
    told = {"after": after, "own": refused & (enquired == "no") & (assessed == "no"), "enquired": enquired == "yes"}
    known = known.assign(month=known["closed_on"].dt.strftime("%Y-%m"), refused=refused, unclear=unclear, **told)
    months = sorted(known.groupby("month"), key=lambda each: (each[0] != period, each[0]))
    found = [(str(month), row) for month, ours in months for row in _month(ours)]
    parts = [*_in_parts(known, begun.get(theme, ""))]
    whole = [{**row, "level": _span(known)} for row in _in_all(known, agreed=not parts)]
    found[:0] = [(period, row) for row in (*parts, *whole)]
    about = {"theme": theme, "group": "all", "level": "all", "method": "count"}
    return measures({**about, **row, "period": month} for month, row in found)


def _refused(closed: pd.DataFrame) -> tuple["pd.Series[Any]", "pd.Series[Any]"]:
    """Which closures are called "no consent", and which name consent in words that nobody knows."""
    codes = {name: closed[name].map(lambda said: code_of(said, REFUSED)) for name in ("reason", "sub_reason")}
    refused = (codes["reason"] == "no consent") | (codes["sub_reason"] == "no consent")
    named = [(codes[name] == OTHERWISE) & closed[name].str.contains(r"\bconsent", case=False) for name in codes]
    return refused, (named[0] | named[1]) & ~refused


def _span(closed: pd.DataFrame) -> str:
    first, last = period_words(closed["month"].min()), period_words(closed["month"].max())
    return f"in {first}" if first == last else f"from {first} to {last}"


def _begun(work: Dossier) -> dict[str, str]:
    """By theme the month in which the first of what was done between its audits began."""
    first: dict[str, str] = {}
    for audit in work.handed.planned():
        for each in audit.interventions:
            first[audit.theme] = min(first.get(audit.theme, "9999"), f"{each.on:%Y-%m}")
    return first


def _in_parts(closed: pd.DataFrame, begun: str) -> Iterator[dict[str, Any]]:
    """Agreement up to a month and after it, where there are closures in both: of all months it may be true of none."""
    ours = closed[closed["own"]]
    parts = [ours[ours["month"] <= begun], ours[ours["month"] > begun]]
    for each in parts if begun and all(map(len, parts)) else ():
        yield {**_of("consent_agreed_in_part", each["manager_agreed"] == "yes"), "level": _span(each)}


def _in_all(closed: pd.DataFrame, *, agreed: bool) -> Iterator[dict[str, Any]]:
    """What every month told says together; that no closure is called so is an answer too."""
    if agreed and closed["own"].any():
        yield _of("consent_agreed_in_all", closed.loc[closed["own"], "manager_agreed"] == "yes")
    if closed["refused"].any():
        yield _of("consent_miscoded_in_all", closed.loc[closed["refused"], "after"])
    if len(closed):
        yield _of("consent_called", closed["refused"])
    if closed["unclear"].any():
        yield _of("consent_unclear", closed["unclear"])


def _month(closed: pd.DataFrame) -> Iterator[dict[str, Any]]:
    refused, agreed = closed[closed["refused"]], closed.loc[closed["own"], "manager_agreed"]
    yield _of("consent_agreed", agreed == "yes")
    yield _of("consent_not_agreed", agreed == "no")
    yield _of("consent_unanswered", ~agreed.isin(["yes", "no"]))
    yield _of("consent_miscoded", refused["after"])
    yield _of("consent_unplaced", ~refused["after"] & ~refused["own"])
    yield _of("consent_forced", closed.loc[closed["enquired"], "refused"])


def _of(measure: str, so: "pd.Series[Any]") -> dict[str, Any]:
    k, n = int(so.sum()), len(so)
    return {"measure": measure, "numerator": k, "denominator": n, "value": k / n if n else None}

"""The lists of Annex A as the tables that analysis knows: cases, visits, assessments and so on.

An Annex A is a snapshot: it holds the latest visit of each child, not every visit, and does not
say when a visit was written up. What it cannot say is left empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ilacs_audit.domain.calendar import parse_day
from ilacs_audit.domain.schemas import SIDE_TABLES
from ilacs_audit.intake.problems import Loaded
from ilacs_audit.intake.registers.reading import AsOf

_WHO = ("child_ref", "team", "worker_ref")
_BANDS = ((0, "0 to 4"), (5, "5 to 9"), (10, "10 to 15"), (16, "16 and over"))
_ELSEWHERE = ("care", "child protection", "closed")  # on lists 7 and 8 of their own, or no longer a case
_CASES: Mapping[str, tuple[str, str, str]] = {
    "child_protection": ("child protection", "started_on", "ended_on"),
    "children_in_care": ("care", "started_on", "ceased_on"),
}
_SEEN: Mapping[str, tuple[str, str]] = {
    "children_in_need": ("child in need", "seen_on"),
    "child_protection": ("child protection", "visited_on"),
    "children_in_care": ("care", "visited_on"),
}
_LEAVER = ("eligibility", "in_touch", "contacted_on", "plan_reviewed_on", "accommodation", "suitability", "activity")
# For each table its list, the day its rows begin, and its columns.
_PLAIN: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "contacts": ("contacts", "contacted_on", ("child_ref", "contacted_on", "source")),
    "referrals": (
        *("referrals", "referred_on"),
        (*_WHO, "referred_on", "source", "no_further_action", "referrals_in_year"),
    ),
    "assessments": ("assessments", "started_on", (*_WHO, "started_on", "authorised_on", "seen", "support_needed")),
    "conferences": (
        *("section_47", "strategy_on"),
        (*_WHO, "strategy_on", "conference_on", "conference_unnecessary", "plan_made", "enquiries_in_year"),
    ),
    "care_leavers": ("care_leavers", "", (*_WHO, *_LEAVER)),
    "return_interviews": (
        *("children_in_care", "started_on"),
        (*_WHO, "missing_episodes", "interview_offered", "interview_accepted"),
    ),
}


def annex_a_tables(lists: Mapping[str, Loaded], *, as_of: AsOf) -> dict[str, pd.DataFrame]:
    """Turn the lists into tables as they stood on a day: what began later is left out.

    Gives `cases` and `visits` with the columns of `SIDE_TABLES`, and `contacts`, `referrals`,
    `assessments`, `conferences`, `care_leavers` and `return_interviews` with those of their list.
    A child in need who is also on list 7 or 8 by case status is a case there, so nobody is a case
    twice. A child in need's "last seen" is a visit at which the child was seen; whether alone is
    asked on list 7 only, and a child not seen alone may still have been seen.
    """
    day = pd.Timestamp(parse_day(as_of)) if as_of is not None else pd.Timestamp.max
    tables = {}
    for name, (source, began, columns) in _PLAIN.items():
        table = lists[source].table
        kept = table[~(table[began] > day)] if began else table
        tables[name] = kept[list(columns)].reset_index(drop=True)
    return {"cases": _cases(lists, day), "visits": _visits(lists, day), **tables}


def _cases(lists: Mapping[str, Loaded], day: pd.Timestamp) -> pd.DataFrame:
    need = lists["children_in_need"].table
    need = need[~need["status"].isin(_ELSEWHERE) | (need["status"].eq("closed") & need["closed_on"].notna())]
    plans = need["status"].where(need["status"].eq("assessment"), "child in need")
    parts = [_case(need, plans, "started_on", "closed_on")]
    parts += [_case(lists[name].table, plan, begun, over) for name, (plan, begun, over) in _CASES.items()]
    parts.append(_case(lists["care_leavers"].table, "pathway", "", ""))
    cases = pd.concat(parts, ignore_index=True)
    cases = cases[~(cases["opened_on"] > day)].reset_index(drop=True)
    return cases.assign(closed_on=cases["closed_on"].mask(cases["closed_on"] > day))


def _case(table: pd.DataFrame, plan: str | pd.Series[Any], opened: str, closed: str) -> pd.DataFrame:
    never = pd.Series(pd.NaT, index=table.index, dtype="datetime64[ns]")
    return table.assign(
        plan_type=plan,
        opened_on=table[opened] if opened else never,
        closed_on=table[closed] if closed else never,
        age_band=["" if pd.isna(age) else [band for start, band in _BANDS if age >= start][-1] for age in table["age"]],
    )[list(SIDE_TABLES["cases"])]


def _visits(lists: Mapping[str, Loaded], day: pd.Timestamp) -> pd.DataFrame:
    parts = [_visit(lists[name].table, name, plan, on) for name, (plan, on) in _SEEN.items()]
    visits = pd.concat(parts, ignore_index=True)
    return visits[visits["visited_on"].notna() & ~(visits["visited_on"] > day)].reset_index(drop=True)


def _visit(table: pd.DataFrame, name: str, plan: str, on: str) -> pd.DataFrame:
    alone = (
        table["seen_alone"] if "seen_alone" in table else pd.Series("", index=table.index, dtype=table["team"].dtype)
    )
    told = alone.eq("yes") | (name == "children_in_need")
    return table.assign(
        plan_type=plan,
        visited_on=table[on],
        recorded_on=pd.Series(pd.NaT, index=table.index, dtype="datetime64[ns]"),
        seen=alone.mask(told, "yes").where(told, ""),
        seen_alone=alone,
    )[list(SIDE_TABLES["visits"])]

"""Whether a sample looks like its list, by plan, age band, ethnic group, team and worker's time in post.

A sample of one team says nothing of the others, and nobody sees that in a count of files. What is not known is told as
such, and a sample that no test calls unlike is not called representative: how great a difference would go unseen stands
beside it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.analysis.month import NO_CHILD, of_month
from ilacs_audit.analysis.shares import Record, counted, short
from ilacs_audit.claims.sentences.readers.samples import KINDS, LIKE, NO_LIST, UNLIKE
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import parse_day
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.errors import bare
from ilacs_audit.domain.measures import in_order
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.registers.children import (
    NOT_UNDERSTOOD,
    age_band_of,
    ethnic_group_of,
    plan_type_of,
    same_plan,
)
from ilacs_audit.domain.standards import Standards
from ilacs_audit.stats.lists.alike import chance_of_so_unlike, least_seen

APART, WHOLE, OFF, BLANK = (
    "not compared, as groups were drawn out of proportion on purpose",
    "every file of the list was read",
    "unknown, as files read stand on no list",
    "unknown, as nothing else is known of its children",
)
LUCK = 0.05  # the chance of a false alarm of a fair draw
KNOWN, MOST = 0.5, 0.9  # shares: of a list of whom a kind must be known, of the files read that must be on it
_POST = "time in post"
_READ: Mapping[str, tuple[Callable[[object], str], Callable[[str], str]]] = {
    "plan_type": (plan_type_of, same_plan),
    "age_band": (age_band_of, bare),
    "ethnicity": (ethnic_group_of, bare),
    "team": (str, bare),
    _POST: (str, bare),
}
_YEARS = ((1, "under 1 year"), (2, "1 year"), (5, "2 to 4 years"))
_LONGER = "5 years or more"


def _contents(work: Dossier) -> dict[str, Any]:
    month = {name: each for name, each in of_month(work).items() if name != "problems"}
    told = {name: work.register(name) for name in ("population", "cases", "workforce")}
    return {**month, **told, "as_of": work.as_of, "each_group": work.audience == "internal"}


@accepts(Dossier, _contents)
def sample_beside_list(
    returns: pd.DataFrame,
    population: pd.DataFrame,
    cases: pd.DataFrame,
    workforce: pd.DataFrame,
    *,
    programme: Programme,
    audits: Sequence[str],
    standards: Standards,
    as_of: date | str,
    each_group: bool = False,
    period: str = "",
) -> pd.DataFrame:
    """Hold the files read in each audit of children against the list that they were drawn from.

    `population` is the register of lists: a row a child and audit. What a list leaves out of a child is taken from
    `cases`, and the worker's time in post from `workforce`. Returns Measures `sample_alike` (group "audit", level its
    id): files read of the list, in `verdict` what chance says of all kinds of groups together at one false alarm in 20
    fair draws, in `reason` the kinds that differ, in `note` those that were compared, and in `upper_limit` the least
    difference that would have been seen, as a share of the files read. Without a list or a reading of it a row has no
    number. With `each_group` also `sample_group`, by kind (group "KIND in a sample", level "GROUP in AUDIT"): files
    read, of all; the list's in `reason`. Method: docs/methods.md 9.2.

    """
    returns = doors.answers(returns, standards=standards, programme=programme)
    lists = _described(
        doors.register(population, "population", "audit_id", "child_ref"), cases, workforce, parse_day(as_of)
    )
    found: list[Record] = []
    for audit in doors.audits_of(audits, programme):
        ours = returns[(returns["audit_id"] == audit.id) & returns["role"].isin(audit.readers)]
        if {*standards.theme(audit.theme).unit.split()} & NO_CHILD or ours.empty:
            continue
        listed = lists[lists["audit_id"] == audit.id].drop_duplicates("child_ref", keep="last")
        found += _beside(audit, {*ours["child_ref"]}, listed, each_group)
    return counted(found, theme="", period=period)


def _described(lists: pd.DataFrame, cases: pd.DataFrame, workforce: pd.DataFrame, day: date) -> pd.DataFrame:
    """Each child of each list with the group of every kind to which it belongs; "" where nobody says."""
    known = doors.register(cases, "cases", "child_ref").drop_duplicates("child_ref", keep="last").set_index("child_ref")
    begun = doors.register(workforce, "workforce", "person_ref", "started_on").groupby("person_ref")["started_on"].max()
    told = lists.assign(
        **{each: _said(lists, each, known) for each in ("worker_ref", "plan_type", "age_band", "ethnicity", "team")}
    )
    told[_POST] = [_in_post(begun.get(worker), day) for worker in told["worker_ref"]]
    for name, (column, (read, same)) in zip(KINDS, _READ.items(), strict=True):
        words = told[column].map(lambda cell, read=read: read(str(cell).strip())).map(short)
        key = words.map(same)
        told[name] = words.groupby(key).transform("first").mask(words.isin(["", NOT_UNDERSTOOD]), "")
    return told


def _said(lists: pd.DataFrame, column: str, cases: pd.DataFrame) -> "pd.Series[Any]":
    """What the list says of each child, else what the cases register does."""
    blank = pd.Series("", index=lists.index, dtype=object)
    own = lists[column].astype("string").fillna("").astype(str) if column in lists else blank
    other = lists["child_ref"].map(cases[column]).astype("string").fillna("").astype(str) if column in cases else blank
    return own.where(own.str.strip() != "", other)


def _in_post(begun: Any, day: date) -> str:
    if begun is None or pd.isna(begun) or begun.date() > day:
        return ""
    years = day.year - begun.year - ((day.month, day.day) < (begun.month, begun.day))
    return next((words for end, words in _YEARS if years < end), _LONGER)


def _beside(audit: Audit, read: set[str], listed: pd.DataFrame, each_group: bool) -> Iterator[Record]:
    about = {"measure": "sample_alike", "group": "audit", "level": audit.id, "theme": audit.theme}
    about |= {"selection": audit.selection, "period": str(audit.period)}
    drawn = listed["child_ref"].isin(read)
    kinds = [name for name in KINDS if _compared(listed[name])]
    why = NO_LIST if listed.empty else OFF if drawn.sum() < MOST * len(read) else _uncompared(audit, drawn, kinds)
    if why:
        yield about | {"verdict": why}
        return
    found = chance_of_so_unlike(
        {name: listed[name].tolist() for name in kinds}, drawn.tolist(), seed=int(str(audit.period).replace("-", ""))
    )
    k, n = int(drawn.sum()), len(listed)
    yield about | {
        **{"numerator": k, "denominator": n, "value": k / n, "verdict": UNLIKE if found.chance <= LUCK else LIKE},
        "reason": ", ".join(name for name in kinds if found.by_kind[name] <= LUCK),
        "note": ", ".join(kinds),
        "upper_limit": min(least_seen(k, n, kinds=len(kinds)), 1.0),
    }
    for name in kinds if each_group else ():
        for group in sorted({*listed[name]}, key=in_order):
            ours = listed[name] == group
            met = int((ours & drawn).sum())
            told = {"group": f"{name} in a sample", "level": f"{group or 'not recorded'} in {audit.id}"}
            yield {**about, **told, "measure": "sample_group", "numerator": met, "denominator": k, "value": met / k} | {
                "reason": f"{int(ours.sum())} of {n}"
            }


def _compared(said: "pd.Series[str]") -> bool:
    known = said[said != ""]
    return len(known) >= max(1, KNOWN * len(said)) and len({*known}) > 1


def _uncompared(audit: Audit, drawn: "pd.Series[bool]", kinds: Sequence[str]) -> str:
    """Why a sample is not held against its list; nothing where it is."""
    if drawn.all():
        return WHOLE
    return APART if audit.selection == "uneven" else "" if kinds else BLANK
